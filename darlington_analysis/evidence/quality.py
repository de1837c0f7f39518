"""Can this edition go out? Reasons why not, and what to know where it can."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.vocabulary import Status, is_missing
from darlington_analysis.evidence import table as tables
from darlington_analysis.sources import register
from darlington_analysis.sources.indicators import indicator

MOST_WITHHELD = 0.5  # of an indicator's wards; more, and a pack says nothing of it
MOST_OFF = 0.1  # of a total; best fit and rounding explain less
_MARKED = (Status.ESTIMATED, Status.UNRELIABLE, Status.BREAK)
_OF_WARDS = ("position", "score", "share")


@dataclass(frozen=True)
class Finding(Answer):
    """Something about an edition: ``kind`` of it, about ``what``, and how many (or a number)."""

    kind: str
    what: str
    number: float = 0


@dataclass(frozen=True)
class Verdict(Answer):
    """Whether an edition can go out: it can where there is no reason against it."""

    edition: str
    reasons: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def is_go(self) -> bool:
        """True where nothing stands against it."""
        return not self.reasons


@dataclass(frozen=True)
class KeyFindings(Answer):
    """The verdict once more, as plain text that a later run is compared with."""

    verdict: Verdict


@dataclass(frozen=True)
class Coverage(Answer):
    """One row an indicator: title, period, wards, withheld, marked (e, u, b), has_england."""

    rows: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """One row an indicator."""
        return self.rows


@dataclass(frozen=True)
class SetAside(Answer):
    """One row a source and reason: title, rows, reason."""

    rows: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """One row a source and reason."""
        return self.rows


@dataclass(frozen=True)
class Totals(Answer):
    """One row a total that was compared: what, expected, found."""

    rows: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """One row a sum that was checked."""
        return self.rows


@dataclass(frozen=True)
class Quality(Answer):
    """The state of one edition's data."""

    table: tables.EditionTable

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the edition can go out, and why not."""
        reasons = [
            *_made_up(self.table),
            *_gaps(self.coverage, len(self.table.wards.wards)),
            *_totals(self.totals),
            *_changed(self.table),
        ]
        return Verdict(self.table.edition.title, tuple(reasons), tuple(_notes(self)))

    @property
    def key_figures(self) -> KeyFindings:
        """What a notebook keeps of the verdict."""
        return KeyFindings(self.verdict)

    @cached_property
    def coverage(self) -> Coverage:
        """Which wards each indicator has a figure for, in its latest period."""
        slugs = dict.fromkeys(self.table.rows[self.table.rows.area_type == "ward"].indicator)
        return Coverage(pd.DataFrame([_covered(self.table, slug) for slug in slugs]))

    @cached_property
    def set_aside(self) -> SetAside:
        """Which raw rows were left out, and why."""
        told, counts = self.table.provenance["sources"], self.table.provenance["set_aside"]
        rows = [
            {"title": told[path]["title"], "rows": counts[path], "reason": why}
            for path, reasons in sorted(self.table.provenance["reasons"].items())
            for why in reasons
        ]
        return SetAside(pd.DataFrame(rows, columns=["title", "rows", "reason"]))

    @cached_property
    def totals(self) -> Totals:
        """Which totals were compared when the data were cleaned."""
        families = self.table.provenance["families"]
        rows = [check for own in families.values() for check in own["checks"]]
        return Totals(pd.DataFrame(rows, columns=["what", "expected", "found"]))


def data_quality(edition: str | None = None) -> Quality:
    """Return the state of an edition's data. Raises SourceError where nothing was processed."""
    return Quality(tables.load(edition))


def _covered(table: tables.EditionTable, slug: str) -> dict:
    latest = table.latest(slug)
    wider = table.of(slug, period=latest.period.iloc[0], area_type="country")
    return {
        "title": indicator(slug).title,
        "period": latest.period.iloc[0],
        "wards": latest.area_code.nunique(),
        "withheld": int(is_missing(latest.status).sum()),
        "marked": int(latest.status.isin(_MARKED).sum()),
        # A place or score of wards has no counterpart for the whole country.
        "has_england": not wider.empty or indicator(slug).kind in _OF_WARDS,
    }


def _made_up(table: tables.EditionTable) -> list[Finding]:
    slugs = table.rows[table.rows.is_dummy].indicator.unique()
    return [Finding("made up", indicator(slug).title) for slug in slugs]


def _gaps(coverage: Coverage, wards: int) -> list[Finding]:
    found = []
    for row in coverage.rows.itertuples():
        if row.wards < wards:
            found.append(Finding("missing wards", row.title, wards - row.wards))
        if row.withheld > MOST_WITHHELD * wards:
            found.append(Finding("mostly withheld", row.title, row.withheld))
    return found


def _totals(totals: Totals) -> list[Finding]:
    off = (totals.rows.found - totals.rows.expected).abs()
    wrong = totals.rows[off > MOST_OFF * totals.rows.expected.abs()]
    return [
        Finding("total is off", row.what, row.found - row.expected) for row in wrong.itertuples()
    ]


def _changed(table: tables.EditionTable) -> list[Finding]:
    """Raw files that came, went or changed since the table was made."""
    told = table.provenance["sources"]
    try:
        now = {each.path: each.sha256 for each in register.register(table.project)}
    except SourceError as fault:
        return [Finding("raw data", fault.what)]
    return [
        Finding("changed since", path)
        for path in sorted(told)
        if "sha256" in told[path] and told[path]["sha256"] != now.get(path)
    ]


def _notes(shown: Quality) -> list[Finding]:
    table = shown.table
    found = [Finding("draft", table.edition.title)] if table.edition.draft else []
    found += [
        Finding("no England", row.title)
        for row in shown.coverage.rows.itertuples()
        if not row.has_england
    ]
    if (table.rows.area_type == "borough").sum() == 0:
        found.append(Finding("no borough", table.edition.title))
    for fit, kind in (("apportioned", "shared out"), ("best_fit", "best fit")):
        fitted = table.rows[table.rows.fit.eq(fit) & table.rows.area_type.eq("ward")]
        if len(fitted):
            found.append(Finding(kind, "", 100 * fitted.share_moved.max()))
    absent = table.provenance.get("absent", {})
    found += [
        Finding("absent", f"{family} ({', '.join(datasets)})")
        for family, datasets in absent.items()
    ]
    odd = [each for each in table.provenance["odd"] if _is_shown(each, table)]
    return found + [
        Finding(
            "odd",
            f"{indicator(each['indicator']).title}: {each['area_code']}, "
            f"{each['period']}: {each['why']}",
        )
        for each in odd
    ]


def _is_shown(each: dict, table: tables.EditionTable) -> bool:
    rows = table.of(each["indicator"], area_code=each["area_code"], period=each["period"])
    return not rows.empty
