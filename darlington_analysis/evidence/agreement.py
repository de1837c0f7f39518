"""What a ward's agreement record says, what the checks find in it, and what was signed."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from darlington_analysis.agreements import reading, signing
from darlington_analysis.agreements.checks.all_checks import check_record
from darlington_analysis.agreements.checks.check import CheckContext, Finding
from darlington_analysis.agreements.parts import practices
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import DisclosureError, UnknownAreaError
from darlington_analysis.core.settings import Agreements
from darlington_analysis.evidence import changes
from darlington_analysis.evidence import targets as telling
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import indicators
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import indicator, register

SHOWN_KINDS = ("proportion", "rate", "modelled", "published", "mean")


@dataclass(frozen=True)
class AgreementAnswer:
    """One ward's agreement, or that there is none (``read`` is None).

    ``signings`` are oldest first; ``lists`` are what records may point at.
    """

    ward: Ward
    table: EditionTable = field(repr=False)
    read: reading.Read | None
    signings: tuple[signing.Signing, ...]
    lists: Agreements

    @property
    def record(self) -> Agreement | None:
        """The record, where there is one."""
        return self.read.record if self.read else None

    @property
    def is_example(self) -> bool:
        """True where the record's content is invented, to show what one looks like."""
        return bool(self.record and self.record.example)

    @cached_property
    def targets(self) -> dict[str, telling.Told]:
        """Whether each outcome's target could be told from chance, by the outcome's id."""
        if not self.record:
            return {}
        asked = [each for each in self.record.filled("outcomes") if each.target]
        return {each.id: telling.of(self.table, self.ward, each) for each in asked}

    @property
    def coming(self) -> dict[str, indicators.NextRelease | None]:
        """When a figure of each outcome is next to be had, by the outcome's id; None: unknown.

        It must describe a day after the two sides began, or it can't show what they did.
        """
        since = self.record.consultation.since if self.record else None
        asked = self.record.filled("outcomes") if self.record else ()
        return {each.id: indicators.next_after(each.indicator, since) for each in asked}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the checks find: errors, then warnings, then questions."""
        return check_record(self.record, self.check_context) if self.record else ()

    @cached_property
    def check_context(self) -> CheckContext:
        """What the record is judged beside."""
        rule = self.table.settings.small_numbers
        slugs = pickable(self.table)
        return CheckContext(
            aims=tuple(each.id for each in self.lists.aims),
            indicators=slugs,
            indicator_titles=tuple(indicator(slug).title for slug in slugs),
            practices=tuple(each.id for each in practices()),
            themes=self.lists.themes,
            telling={key: told.verdict for key, told in self.targets.items()},
            withheld=range(rule.withhold_from, rule.withhold_to + 1),
            coming={key: each for key, each in self.coming.items() if each},
            names=reading.names(self.table.project),
            comments=bounded_toml.comments(self.read.text),
            signed=self.signed_record,
        )

    @cached_property
    def signed_record(self) -> Agreement | None:
        """The record as it was signed last, None where it never was."""
        if not self.signings:
            return None
        return reading.parse(self.signings[-1].record)

    @cached_property
    def changes(self) -> changes.Changes | None:
        """What has changed since the last signing, None where nothing was signed."""
        if not self.signings:
            return None
        return changes.since(self.table, self.ward, self.signings[-1])

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What may be said on figures since they were signed."""
        return self.changes.claims if self.changes else ()

    @property
    def is_as_signed(self) -> bool:
        """True where the record is, letter for letter, what was signed last."""
        return bool(self.signings and self.read) and self.signings[-1].record == self.read.text

    @property
    def since_signing(self) -> str:
        """What became of the record since it was signed last: "same", letter for letter, "moved"
        where only the consultation or notes are others, "changed", or "" where nothing was signed.
        """
        if not self.signings or not self.record:
            return ""
        if self.is_as_signed:
            return "same"
        then = self.signed_record.model_copy(update={"consultation": self.record.consultation})
        return "moved" if then == self.record else "changed"

    @property
    def standing(self) -> str:
        """What a reader must know first: "example", "changed" since it was signed, or ""."""
        if self.is_example:
            return "example"
        return "changed" if self.since_signing == "changed" else ""

    @property
    def of_indicator(self) -> dict[str, tuple]:
        """What people here know, by the indicator it stands beside; a story needs consent."""
        told = self.record.filled("knowledge") if self.record else ()
        fit = [each for each in told if not each.story or each.consent == "given"]
        return {
            slug: tuple(each for each in fit if each.indicator == slug)
            for slug in {each.indicator for each in fit}
        }


def of_ward(table: EditionTable, ward: Ward) -> AgreementAnswer:
    """Return a ward's agreement. Raises AgreementError where its file can't be used."""
    path = table.project.agreements / f"{ward.slug}.toml"
    found = reading.read(path) if path.is_file() else None
    if found and not is_of(table, ward, found):
        found = None
    ledger = signing.ledger_path(table.project, ward.slug)
    signed = signing.signings(ledger, ward.code) if found else ()
    return AgreementAnswer(ward, table, found, signed, table.settings.agreements)


def is_of(table: EditionTable, ward: Ward, found: reading.Read) -> bool:
    """True where a record is of this ward, among the wards of this edition.

    Raises AgreementError where it names a ward or an edition that does not exist, or lies in the
    file of another ward.
    """
    try:
        edition = table.settings.edition(found.record.edition)
    except UnknownAreaError as fault:
        raise _at(found, "edition", fault) from fault
    if edition.ward_set != table.wards.name:
        return False
    try:
        named = table.wards.find(found.record.ward).ward
    except UnknownAreaError as fault:
        raise _at(found, "ward", fault) from fault
    if named != ward:
        raise reading.at(
            found.path,
            found.line(("ward",)),
            f"the record of {named.name} lies in another's file",
            f"A record is named after its ward: {named.slug}.toml.",
            f'ward = "{ward.name}"',
        )
    return True


def pickable(table: EditionTable) -> tuple[str, ...]:
    """Return the slugs of indicators that an outcome may be tied to: wards have figures of them.

    A place among wards is none: it moves when others move.
    """
    known = set(table.rows[table.rows.area_type == "ward"].indicator)
    fit = [each for each in register().values() if each.kind in SHOWN_KINDS]
    return tuple(each.slug for each in fit if each.slug in known)


def figures_of(table: EditionTable, ward: Ward, record: Agreement) -> pd.DataFrame:
    """Return the gated rows an agreement rests on: its indicators, in the ward and beside it."""
    slugs = {each.indicator for each in record.filled("outcomes") if each.indicator}
    wider = table.rows.area_type.isin(["borough", "region", "country"])
    rows = table.rows[
        table.rows.indicator.isin(slugs) & (table.rows.area_code.eq(ward.code) | wider)
    ]
    return rows.sort_values(["indicator", "area_type", "area_code", "period", "breakdown"])


def _at(found: reading.Read, key: str, fault: UnknownAreaError):
    what = fault.what[0].lower() + fault.what[1:]
    return reading.at(
        found.path,
        found.line((key,)),
        what,
        fault.expected,
        f'{key} = "…", one of those; {fault.try_}',
    )


OLDEST = 200
Span = tuple[int, int]


def of_groups(answer: AgreementAnswer) -> dict[str, int | None]:
    """Return, for each group that was asked, how many of it live here, or None."""
    asked = answer.record.fairness.who_was_asked if answer.record else ()
    bands = _bands(answer.table, answer.ward.code)
    return {each.group: _count(each.group, bands) for each in asked}


def span(words: str) -> Span | None:
    """Return the ages of "under 18", "18 to 64" or "65 and over", None for other words."""
    plain = words.casefold().removeprefix("aged ").strip()
    if found := re.fullmatch(r"under (\d+)", plain):
        return 0, int(found[1]) - 1
    if found := re.fullmatch(r"(\d+) (?:to|-) (\d+)", plain):
        return int(found[1]), int(found[2])
    if found := re.fullmatch(r"(\d+)(?: and over| or over|\+)", plain):
        return int(found[1]), OLDEST
    return None


def _bands(table: EditionTable, code: str) -> dict[Span, int]:
    rows = table.latest("residents")
    own = rows[(rows.area_code == code) & rows.breakdown.str.startswith("age_")]
    return {_band(row.breakdown): int(row.numerator) for row in own.itertuples()}


def _band(name: str) -> Span:
    first, last = name.removeprefix("age_").split("_")
    return int(first), OLDEST if last == "plus" else int(last)


def _count(group: str, bands: dict[Span, int]) -> int | None:
    """Add up bands that fill the group's ages exactly, without a gap or an overlap."""
    wanted = span(group)
    if wanted is None:
        return None
    inside = sorted(band for band in bands if wanted[0] <= band[0] and band[1] <= wanted[1])
    next_age = wanted[0]
    for first, last in inside:
        if first != next_age:
            return None
        next_age = last + 1
    return sum(bands[band] for band in inside) if next_age == wanted[1] + 1 else None


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
