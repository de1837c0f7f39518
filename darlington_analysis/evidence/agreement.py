"""What a ward's agreement record says, what the checks find in it, and what was signed."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import pandas as pd

from darlington_analysis.agreements import reading, signing
from darlington_analysis.agreements.checks import check_record
from darlington_analysis.agreements.checks.check import CheckContext, Finding, TargetFacts
from darlington_analysis.agreements.reading import practices
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core import bounded_toml
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import DisclosureError, UnknownAreaError
from darlington_analysis.core.settings import Agreements
from darlington_analysis.evidence import changes
from darlington_analysis.evidence.agreed_targets import assess_target
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import indicator, register

SHOWN_KINDS = ("proportion", "rate", "modelled", "published", "mean")


class RecordState(StrEnum):
    """What became of a record since it was signed last.

    ``MOVED``: only what goes on while it stands is new, such as progress, or a note. ``GONE``: it
    was signed, and is not there any more.
    """

    NOT_SIGNED = ""
    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"

    @property
    def is_in_force(self) -> bool:
        """True where what was signed is what the record says."""
        return self in (RecordState.SAME, RecordState.MOVED)


@dataclass(frozen=True)
class AgreementAnswer(Answer):
    """One ward's agreement, or that there is none (``read`` is None).

    ``signings`` are oldest first; ``lists`` are what records may point at. ``wards`` are all wards
    of the partnership, this one first. ``today`` is given where a record is checked or signed, and
    not in packs, which are the same whenever they are made.
    """

    not_listed = Answer.not_listed | {"check_context"}

    ward: Ward
    table: EditionTable = field(repr=False)
    read: reading.Read | None
    signings: tuple[signing.Signing, ...]
    lists: Agreements
    today: date | None = None

    @property
    def record(self) -> Agreement | None:
        """The record, where there is one."""
        return self.read.record if self.read else None

    @property
    def frame(self) -> pd.DataFrame:
        """The figures that its outcomes are tied to, in its wards and in wider areas."""
        if not self.record:
            return self.table.rows.head(0)
        return figures_of(self.table, self.ward, self.record)

    @property
    def is_example(self) -> bool:
        """True where the record's content is invented, to show what one looks like."""
        return bool(self.record and self.record.example)

    @property
    def wards(self) -> tuple[Ward, ...]:
        """Every ward that the partnership works in, in the record's order."""
        if not self.record:
            return (self.ward,)
        named = (self.record.ward, *self.record.also_wards)
        return tuple(self.table.wards.find(name).ward for name in named)

    @property
    def began(self):
        """The day on which the two sides began: a figure of an earlier day can't show their work."""
        if not self.record:
            return None
        return self.record.independence.starts or self.record.consultation.since

    @cached_property
    def targets(self) -> dict[str, TargetFacts]:
        """What the evidence says of each outcome's target, by the outcome's id."""
        if not self.record:
            return {}
        return {
            outcome.id: assess_target(self.table, self.wards, outcome, self.began)
            for outcome in self.record.filled("outcomes")
            if outcome.target
        }

    @cached_property
    def draft(self) -> reading.Draft | None:
        """Which draft the record is: its number, its hash, and whether it was printed."""
        return reading.draft_of(self.table.project, self.read) if self.read else None

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
            aims=tuple(aim.id for aim in self.lists.aims),
            indicators=slugs,
            indicator_titles=tuple(indicator(slug).title for slug in slugs),
            practices=tuple(practice.id for practice in practices()),
            themes=self.lists.themes,
            targets=self.targets,
            withheld=range(rule.withhold_from, rule.withhold_to + 1),
            names=reading.names(self.table.project),
            comments=bounded_toml.comments(self.read.text),
            signed=self.signed_record,
            residents=sum(
                count for ward in self.wards for count in _bands(self.table, ward).values()
            ),
            residents_asked=of_groups(self),
            wards=tuple(ward.name for ward in self.wards),
            places=tuple(ward.name for ward in self.table.wards.wards),
            as_at=self.table.edition.dated,
            today=self.today,
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
    def state(self) -> RecordState:
        """What became of the record since it was signed last."""
        if not self.signings:
            return RecordState.NOT_SIGNED
        if not self.record:
            return RecordState.GONE
        if self.signings[-1].record == self.read.text:
            return RecordState.SAME
        is_kept = self.signed_record.offered == self.record.offered
        return RecordState.MOVED if is_kept else RecordState.CHANGED

    @property
    def warning(self) -> str:
        """What a reader must know first: "example", "changed" or "gone" since signing, or ""."""
        if self.is_example:
            return "example"
        is_off = self.state in (RecordState.CHANGED, RecordState.GONE)
        return self.state.value if is_off else ""

    @property
    def of_indicator(self) -> dict[str, tuple]:
        """What people here know, by the indicator it stands beside; a story needs consent."""
        known = self.record.filled("knowledge") if self.record else ()
        fit = [story for story in known if not story.story or story.consent == "given"]
        return {
            slug: tuple(story for story in fit if story.indicator == slug)
            for slug in {story.indicator for story in fit}
        }


def of_ward(table: EditionTable, ward: Ward) -> AgreementAnswer:
    """Return a ward's agreement. Raises AgreementError where its file can't be used.

    It lies in the ward's own file, or in that of another ward whose partnership works here too.
    """
    path = table.project.agreements / f"{ward.slug}.toml"
    read = (
        reading.read(path)
        if path.is_file()
        else reading.read_elsewhere(table.project, table.wards, ward)
    )
    if read and not is_of(table, ward, read):
        read = None
    answer = AgreementAnswer(ward, table, read, (), table.settings.agreements)
    return replace(answer, signings=_signings(answer, path))


def ledger_of(answer: AgreementAnswer) -> Path:
    """Return where the signings of a ward's record are kept: beside the record that covers it."""
    stem = answer.read.path.stem if answer.read else answer.ward.slug
    return signing.ledger_path(answer.table.project, stem)


def _signings(answer: AgreementAnswer, path: Path) -> tuple[signing.Signing, ...]:
    """Return the signings of a record, or of one that is missing from its place."""
    ledger = ledger_of(answer)
    if answer.read:
        return signing.signings(ledger, answer.wards[0].code)
    if path.is_file():
        return ()
    kept = signing.signings(ledger)
    return kept if kept and kept[-1].ward == answer.ward.code else ()


def is_of(table: EditionTable, ward: Ward, read: reading.Read) -> bool:
    """True where a record is of this ward, among the wards of this edition.

    Raises AgreementError where it names a ward or an edition that does not exist, or lies in the
    file of another ward.
    """
    try:
        edition = table.settings.edition(read.record.edition)
    except UnknownAreaError as fault:
        raise _at(read, "edition", fault) from fault
    if edition.ward_set != table.wards.name:
        return False
    named = [_named(table, read, "ward", read.record.ward)]
    named += [_named(table, read, "also_wards", name) for name in read.record.also_wards]
    if len(set(named)) < len(named):
        where = read.line(("also_wards",))
        rule, write = "Each ward of the partnership once.", "also_wards = […], the others alone"
        raise reading.at(read.path, where, "a ward is named twice", rule, write)
    if named[0].slug != read.path.stem:
        raise reading.at(
            read.path,
            read.line(("ward",)),
            f"the record of {named[0].name} lies in another's file",
            f"A record is named after its first ward: {named[0].slug}.toml.",
            f'ward = "{ward.name}"',
        )
    return ward in named


def _named(table: EditionTable, read: reading.Read, key: str, name: str) -> Ward:
    try:
        return table.wards.find(name).ward
    except UnknownAreaError as fault:
        raise _at(read, key, fault) from fault


def pickable(table: EditionTable) -> tuple[str, ...]:
    """Return the slugs of indicators that an outcome may be tied to: wards have figures of them.

    A place among wards is none: it moves when others move.
    """
    known = set(table.rows[table.rows.area_type == "ward"].indicator)
    fit = [named for named in register().values() if named.kind in SHOWN_KINDS]
    return tuple(named.slug for named in fit if named.slug in known)


def figures_of(table: EditionTable, ward: Ward, record: Agreement) -> pd.DataFrame:
    """Return the gated rows that an agreement uses: its indicators, in its wards and beside."""
    slugs = {outcome.indicator for outcome in record.filled("outcomes") if outcome.indicator}
    codes = [ward.code, *(table.wards.find(name).ward.code for name in record.also_wards)]
    wider = table.rows.area_type.isin(["borough", "region", "country"])
    rows = table.rows[table.rows.indicator.isin(slugs) & (table.rows.area_code.isin(codes) | wider)]
    return rows.sort_values(["indicator", "area_type", "area_code", "period", "breakdown"])


def _at(read: reading.Read, key: str, fault: UnknownAreaError):
    what = fault.what[0].lower() + fault.what[1:]
    return reading.at(
        read.path,
        read.line((key,)),
        what,
        fault.expected,
        f'{key} = "…", one of those; {fault.try_}',
    )


OLDEST = 200
Span = tuple[int, int]


def of_groups(answer: AgreementAnswer) -> dict[str, int | None]:
    """Return, for each group that was asked, how many of it live in the wards, or None."""
    groups = answer.record.fairness.who_was_asked if answer.record else ()
    bands = [_bands(answer.table, ward) for ward in answer.wards] if groups else []
    return {group.group: _in_all(group.group, bands) for group in groups}


def _in_all(group: str, bands: list[dict[Span, int]]) -> int | None:
    counts = [_count(group, of_one) for of_one in bands]
    return None if None in counts else sum(counts)


def span(words: str) -> Span | None:
    """Return the ages of "under 18", "18 to 64" or "65 and over", None for other words."""
    plain = words.casefold().removeprefix("aged ").strip()
    if ages := re.fullmatch(r"under (\d+)", plain):
        return 0, int(ages[1]) - 1
    if ages := re.fullmatch(r"(\d+) (?:to|-) (\d+)", plain):
        return int(ages[1]), int(ages[2])
    if ages := re.fullmatch(r"(\d+)(?: and over| or over|\+)", plain):
        return int(ages[1]), OLDEST
    return None


def _bands(table: EditionTable, ward: Ward) -> dict[Span, int]:
    rows = table.latest("residents")
    rows = rows[(rows.area_code == ward.code) & rows.breakdown.str.startswith("age_")]
    return {_band(row.breakdown): int(row.numerator) for row in rows.itertuples()}


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
    for finding in answer.findings:
        if finding.check in PERSONAL:
            where = f"{reading.shown(answer.read.path)}, line {answer.read.line(finding.where)}"
            raise DisclosureError(
                f"{where}: it names or points to a person",
                "Roles only: everybody may read it.",
                f"darlington agreement check {answer.ward.slug}",
            )


def written(table: EditionTable, ward: Ward) -> str:
    """Return what changes when a ward's record or its signings do."""
    path = table.project.agreements / f"{ward.slug}.toml"
    read = None if path.is_file() else reading.read_elsewhere(table.project, table.wards, ward)
    path = read.path if read else path
    files = [path, signing.ledger_path(table.project, path.stem)]
    return "\n".join(_bytes(file) for file in files)


def fingerprint(table: EditionTable, ward: Ward) -> str:
    """Return what changes when a ward's record, its signings or anybody's refusal does."""
    declined = sorted(reading.declined(table.project))  # it decides who comes next
    return "\n".join([written(table, ward), *declined])


def is_frozen(table: EditionTable, ward: Ward) -> bool:
    """True while a partnership asks its members: the pack they look at stays as it is."""
    read, _ = reading.try_to_read(table.project.agreements / f"{ward.slug}.toml")
    return bool(read) and read.record.consultation.state == "with members"


def _bytes(path: Path) -> str:
    return path.read_bytes().hex() if path.is_file() else ""
