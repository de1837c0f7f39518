"""What is wrong with a record, printed: mistakes of form first, then what the gates find."""

from pathlib import Path

from darlington_analysis.agreements import gates, reading, signing, ssh
from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.evidence import agreement, table
from darlington_analysis.presentation.wording import agreements as words
from darlington_analysis.presentation.wording import gates as gate_words
from darlington_analysis.project import find_project
from darlington_analysis.publishing.kept import tell_if_untracked
from darlington_analysis.publishing.progress import say
from darlington_analysis.settings import load_settings


def check_one(path: Path) -> bool:
    """Print what is wrong with one record; True where something stands in the way."""
    found, faults = reading.try_to_read(path)
    for fault in faults:
        print(fault)
    if faults:
        return True
    loaded = table.load(_edition_of(found))
    ward = _ward_of(found, loaded)
    answer = agreement.of_ward(loaded, ward)
    for each in answer.signings:
        ssh.verify(signing.ledger_path(loaded.project, ward.slug), each)
    print_findings(found, answer.findings)
    stops = gates.errors(answer.findings)
    say(f"{reading.shown(path)}: {len(stops)} to mend, "
        f"{len(answer.findings) - len(stops)} worth a look or open")  # fmt: skip
    if answer.signings:
        say(words.SINCE_SIGNING[answer.since_signing])
        tell_if_untracked(loaded.project, ward)
    return bool(stops)


def _edition_of(found: reading.Read) -> str:
    settings = load_settings(find_project())
    known = [each.id for each in settings.editions]
    if found.record.edition not in known:
        line = found.line(("edition",))
        raise reading.at(found.path, line, f"no edition {found.record.edition}",
                         f"Editions: {', '.join(known)}.", f'edition = "{known[0]}"')  # fmt: skip
    return found.record.edition


def _ward_of(found: reading.Read, loaded: table.EditionTable) -> Ward:
    """Return the ward whose file it is; a file named after no ward names its own ward wrongly."""
    for ward in loaded.wards.wards:
        if found.path.stem == ward.slug:
            agreement.is_of(loaded, ward, found)
            return ward
    raise reading.at(
        found.path, found.line(("ward",)), f"no ward has a file named {found.path.name}",
        "A record is named after its ward, small letters and hyphens.",
        "rename the file, as in haughton-east.toml",
    )  # fmt: skip


def print_findings(read: reading.Read, findings) -> None:
    """Print each finding in three lines: where and what, what was expected, what to write."""
    # As one goes through the file, what stops an agreement first.
    in_order = sorted(findings, key=lambda each: read.line(each.where))
    for each in sorted(in_order, key=lambda each: gates.SEVERITIES.index(each.severity)):
        what, expected, try_ = gate_words.say(each)
        place = f"{reading.shown(read.path)}, line {read.line(each.where)}"
        say(f"{each.severity}: {place}: {what}\n  {expected}\n  Write: {try_}")
