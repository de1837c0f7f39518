"""May what a record says go into print, does its pack stand still, and when is it made anew."""

from pathlib import Path

from darlington_analysis.agreements import reading, signing
from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.areas import Ward

PERSONAL = ("named-person", "personal-data")


def refuse_persons(answer: AgreementAnswer) -> None:
    """Raise DisclosureError where a record names somebody: nothing is published of it."""
    for each in answer.findings:
        if each.check in PERSONAL:
            where = f"{reading.shown(answer.read.path)}, line {answer.read.line(each.where)}"
            raise DisclosureError(
                f"{where}: it names or points to a person",
                "Roles only: everybody may read it.",
                f"python -m darlington_analysis agreement check {answer.ward.slug}",
            )


def written(table: EditionTable, ward: Ward) -> str:
    """Return what changes when a ward's record or its signings do."""
    files = [
        table.project.agreements / f"{ward.slug}.toml",
        signing.ledger_path(table.project, ward.slug),
    ]
    return "\n".join(_bytes(path) for path in files)


def fingerprint(table: EditionTable, ward: Ward) -> str:
    """Return what changes when a ward's record, its signings or anybody's refusal does."""
    declined = sorted(reading.declined(table.project))  # it decides who comes next
    return "\n".join([written(table, ward), *declined])


def is_frozen(table: EditionTable, ward: Ward) -> bool:
    """True while a partnership asks its members: the pack they look at stays as it is."""
    found, _ = reading.try_to_read(table.project.agreements / f"{ward.slug}.toml")
    return bool(found) and found.record.consultation.state == "with members"


def _bytes(path: Path) -> str:
    return path.read_bytes().hex() if path.is_file() else ""
