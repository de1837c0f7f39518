"""The one table as an edition sees it: its wards, its years, and its wards in other editions.

Nothing is newer than the edition, but for one thing: a later census of the same wards, which says
how they have changed since. It is never the figure of an indicator (``latest``).
"""

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from darlington_analysis.core import fingerprints, periods
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import Edition, Settings, Support, load_settings
from darlington_analysis.core.vocabulary import FIGURE, Status
from darlington_analysis.evidence import approval
from darlington_analysis.evidence.approval import Approval
from darlington_analysis.evidence.claims import hash_of
from darlington_analysis.sources import areas, lineage
from darlington_analysis.sources.indicators import indicator, register
from darlington_analysis.sources.register import AbsentError


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with one row a figure: that of its newest vintage, in the order they came.

    A release that failed a check is not in the table, so it is never chosen. A vintage that is no
    date (figures quoted from a page) is older than any dated release.
    """
    is_dated = rows.vintage.str.match(r"(mid-)?\d{4}")
    in_order = rows.assign(is_dated=is_dated).sort_values(["is_dated", "vintage"], kind="stable")
    kept = in_order.drop_duplicates(FIGURE, keep="last")
    return rows.loc[rows.index.isin(kept.index)]


_FILES = ("indicators.parquet", "ranks.parquet", "provenance.json")


@dataclass(frozen=True)
class EditionTable(Answer):
    """What one edition is made from: gated rows, the settings, the wards and the sources' stories."""

    not_listed = Answer.not_listed | {"project", "settings", "provenance", "shared", "of_the_wards"}

    project: Project
    settings: Settings
    edition: Edition
    wards: areas.WardSet
    rows: pd.DataFrame
    ranks: pd.DataFrame
    provenance: dict
    later_years: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    approval: Approval | None = None
    _kept: dict[Hashable, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def shared(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what ``make`` gives, made once: for answers that are the same in every ward.

        ``key`` names the answer and all it depends on besides this table. It is never changed.
        """
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def of_the_wards(self, read: Callable[[Project, str], Any]) -> Any:
        """Return what ``read`` finds in ``data/raw`` about every ward of the set, read once."""
        return self.shared(read.__name__, lambda: read(self.project, self.wards.name))

    @cached_property
    def state(self) -> str:
        """Draft, in review or approved; approved figures that have changed since are a draft."""
        is_same = self.approval and self.approval.figures_hash == hash_of(self.rows)
        return self.approval.state if is_same else approval.DRAFT

    @property
    def support(self) -> Support | None:
        """What was decided on support for these wards; None where it was for other wards."""
        decided = self.settings.support
        return decided if decided.ward_set == self.wards.name else None

    @property
    def earlier_editions(self) -> tuple[str, ...]:
        """The titles of editions on the same wards with older data."""
        mine = self.edition
        others = [each for each in self.settings.editions if each.ward_set == mine.ward_set]
        return tuple(each.title for each in others if each.data_as_at < mine.data_as_at)

    @property
    def newer_editions(self) -> tuple[Edition, ...]:
        """Editions with newer data, for these wards or for others."""
        every = self.settings.editions
        return tuple(each for each in every if each.data_as_at > self.edition.data_as_at)

    def of(self, slug: str, **equal: str) -> pd.DataFrame:
        """Return one indicator's rows, those whose named columns equal what is asked for."""
        rows = self.shared(("of", slug), lambda: self.rows[self.rows.indicator == slug])
        for column, wanted in equal.items():
            rows = rows[rows[column] == wanted]
        return rows

    def latest(self, slug: str, area_type: str = "ward") -> pd.DataFrame:
        """Return an indicator's rows of the last period it has for areas of that type."""
        return self.shared(("latest", slug, area_type), lambda: self._latest(slug, area_type))

    def _latest(self, slug: str, area_type: str) -> pd.DataFrame:
        rows = self.of(slug, area_type=area_type)
        if rows.empty:
            return rows
        periods = [name for name in set(rows.period) if self.is_in_time(slug, name)]
        return rows[rows.period == max(periods, key=lambda name: last_day(slug, name))]

    def is_in_time(self, slug: str, period: str) -> bool:
        """True where a period of an indicator ends by the edition's cut-off."""
        return last_day(slug, period) <= self.edition.data_as_at


_POOLED = "first-time-entrants"  # pooled over the years that an edition names
_HELD: dict[str, EditionTable] = {}


def load(edition: str | None = None, project: Project | None = None) -> EditionTable:
    """Return an edition's table: the one that is held, where it is of these very files.

    Raises SourceError where nothing has been processed yet, or only under another small-number rule.
    """
    project = project or find_project()
    settings = load_settings(project)
    chosen = settings.edition(edition)
    path = project.processed / "indicators.parquet"
    if not path.is_file():
        raise SourceError(
            "There is no table of indicators yet",
            "data/processed/indicators.parquet is made from data/raw, never committed.",
            "python -m darlington_analysis data",
        )
    held = _HELD.get(_stamp(project, chosen))
    if held is not None:
        return held
    wards = areas.ward_set(project, chosen.ward_set)
    provenance = json.loads((project.processed / "provenance.json").read_text("utf-8"))
    if provenance.get("small_numbers") != settings.small_numbers.numbers:
        raise SourceError(
            "data/processed was made under another small-number rule",
            "The rule of darlington.toml: every count that is shown has passed it.",
            "python -m darlington_analysis data",
        )
    every = pd.read_parquet(path)
    rows = _in_edition(every, chosen, wards)
    ranks = pd.read_parquet(project.processed / "ranks.parquet")
    # An edition holds wards of one time: the break (b) lies between editions, not in a series,
    # but for a later Index that no longer has the areas of the one before.
    is_later = rows.indicator.str.startswith("imd-") & rows.period.ne(min(chosen.index_vintages))
    is_break = rows.status.eq(Status.BREAK) & ~is_later
    rows = rows.assign(status=rows.status.mask(is_break, Status.NONE.value))
    later = _later_years(every, chosen)
    record = approval.read(project, chosen.id)
    loaded = EditionTable(project, settings, chosen, wards, rows, ranks, provenance, later, record)
    if loaded.state == approval.APPROVED:  # no page calls it a draft
        return replace(loaded, edition=chosen.model_copy(update={"draft": False}))
    return loaded


def hold(loaded: EditionTable) -> None:
    """Keep a table, and all it shares, for every later ``load`` of the same files.

    For the parent that kernels are forked from: what it holds, each of them has at once.
    """
    _HELD[_stamp(loaded.project, loaded.edition)] = loaded


def _stamp(project: Project, edition: Edition) -> str:
    """Return the hash of the files that a table is loaded from, and of where they lie."""
    digest = hashlib.sha256(f"{project.root}\n{edition.id}".encode())
    for name in _FILES:
        digest.update((project.processed / name).read_bytes())
    digest.update(project.settings_file.read_bytes())
    if project.approvals.is_dir():
        digest.update(json.dumps(fingerprints.of_folder(project.approvals)).encode())
    return digest.hexdigest()


def last_day(slug: str, label: str):
    """Return the last day of a period of an indicator."""
    return span(slug, label).last_day


def span(slug: str, label: str) -> periods.Period:
    """Return a period of an indicator with its days."""
    return periods.parse(label, period_kind(slug, label))


def period_kind(slug: str, label: str) -> periods.Kind:
    """Return the kind of a period of an indicator."""
    return periods.kind_of(label, indicator(slug).period_kind)


def years_of(label: str) -> int:
    """Return how many years a period's label covers: 5 for "2006/07 to 2010/11"."""
    first, _, last = label.partition(" to ")
    return int(last[:4]) - int(first[:4]) + 1 if last else 1


def is_beside_wards(rows: pd.DataFrame) -> pd.Series:
    """True for rows of a period that wards have a figure of; rates and models keep every year."""
    wards = rows[rows.area_type == "ward"]
    known = set(zip(wards.indicator, wards.period, strict=True))
    kinds = {slug for slug in set(wards.indicator) if indicator(slug).kind in ("rate", "modelled")}
    return pd.Series(
        [
            pair in known or pair[0] in kinds
            for pair in zip(rows.indicator, rows.period, strict=True)
        ],
        index=rows.index,
    )


def _later_years(rows: pd.DataFrame, edition: Edition) -> dict[str, tuple[str, str, float]]:
    """Return the first and last single year of the borough's real figures that are newer than
    everything in an edition, and the figure of the last, by indicator.
    """
    is_year = rows.period.str.fullmatch(r"\d{4}")
    own = rows[rows.area_type.eq("borough") & ~rows.is_dummy & is_year & rows.value.notna()]
    later = own[own.period.astype(int) > edition.data_as_at.year]
    by_slug = later.sort_values("period").groupby("indicator")
    return {
        slug: (own.period.iloc[0], own.period.iloc[-1], float(own.value.iloc[-1]))
        for slug, own in by_slug
    }


def _in_edition(rows: pd.DataFrame, edition: Edition, wards: areas.WardSet) -> pd.DataFrame:
    codes = {ward.code for ward in wards.wards}
    # What a person imported under an unregistered slug waits in the table; no pack speaks of it.
    rows = rows[rows.indicator.isin(register())]
    here = rows.area_type.ne("ward") | rows.area_code.isin(codes)
    here &= edition.made_up_figures | ~rows.is_dummy
    here &= rows.area_type.ne("lsoa") | rows.period.isin(edition.index_vintages)
    rows = rows[here & _of_its_years(rows, edition)]
    pairs = pd.Series(list(zip(rows.indicator, rows.period, strict=True)), index=rows.index)
    last = {pair: last_day(*pair) for pair in set(pairs)}
    in_time = {pair for pair, day in last.items() if day <= edition.data_as_at}
    counted = set(pairs[rows.area_type == "ward"])
    censuses = {pair for pair in counted if _is_asked(pair[0])}
    current = {pair[0] for pair in censuses & in_time if pair[1] == _census(censuses & in_time)}
    current |= {slug for slug, _ in in_time - censuses}
    # A census that is not the edition's newest says how things have changed, of what that one asks,
    # and how many people live there.
    of_everybody = {(slug, when) for slug, when in counted if _counts_people(slug, when)}
    wanted = in_time | censuses | of_everybody
    kept = pairs.map(lambda pair: pair[0] in current and pair in wanted)
    return newest(rows[kept]).reset_index(drop=True)


def _of_its_years(rows: pd.DataFrame, edition: Edition) -> pd.Series:
    """True but for counts of young people that are pooled over another edition's years."""
    years = edition.first_time_entrants_years
    own = periods.pooled_label(list(years)) if years else ""
    is_pooled = rows.indicator.eq(_POOLED) & rows.period.str.contains(" to ")
    return ~is_pooled | rows.period.eq(own)


def _is_asked(slug: str) -> bool:
    """True for a share of people or homes that the census asks about."""
    about = indicator(slug)
    return about.period_kind == "census" and about.kind == "proportion"


def _counts_people(slug: str, when: str) -> bool:
    """True for a census's number of people."""
    return indicator(slug).kind == "count" and when.isdigit()


def _census(pairs: set[tuple[str, str]]) -> str:
    """Return the newest census among pairs of an indicator and a period, "" without one."""
    return max((period for _, period in pairs), default="")


LEAST_SHARE = 0.05  # of the ward's people: where fewer live is not the same place


@dataclass(frozen=True)
class Elsewhere:
    """Another edition, and its wards with the share of this ward's people in each, most first.

    ``is_earlier``: its wards are those before this ward's, so they are no more.
    """

    edition: Edition
    wards: tuple[tuple[areas.Ward, float], ...]
    is_earlier: bool = False


def elsewhere(table: EditionTable, ward: areas.Ward) -> tuple[Elsewhere, ...]:
    """Return where a ward's people are in each other edition, the newest edition first.

    Editions of the wards before and after are known by the lookup of shares, those of the same
    wards by the ward itself. Where the project holds no lookup there is none.
    """
    others = [one for one in table.settings.editions if one.id != table.edition.id]
    newest_first = sorted(others, key=lambda one: one.data_as_at, reverse=True)
    before = table.settings.place.wards(table.wards.name).predecessor
    found = [
        Elsewhere(one, _wards_of(table, ward, one.ward_set), one.ward_set == before)
        for one in newest_first
    ]
    return tuple(one for one in found if one.wards)


def _wards_of(
    table: EditionTable, ward: areas.Ward, ward_set: str
) -> tuple[tuple[areas.Ward, float], ...]:
    if ward_set == table.wards.name:
        return ((ward, 1.0),)
    shares = table.shared(("lineage", ward_set), lambda: _shares(table, ward_set))
    own = shares[(shares.own == ward.code) & (shares.share >= LEAST_SHARE)]
    others = table.shared(("wards of", ward_set), lambda: areas.ward_set(table.project, ward_set))
    return tuple(
        (others.ward(row.other), row.share)
        for row in own.sort_values(["share", "other"], ascending=[False, True]).itertuples()
    )


def _shares(table: EditionTable, ward_set: str) -> pd.DataFrame:
    """Return own, other and share: of the people of a ward of this edition, those in the other."""
    place, names = table.settings.place, ["own", "other", "share"]
    if place.wards(table.wards.name).predecessor == ward_set:
        later, columns = table.wards.name, ["ward_code", "ward_code_before", "share_of_ward"]
    elif place.wards(ward_set).predecessor == table.wards.name:
        later, columns = ward_set, ["ward_code_before", "ward_code", "share_of_before"]
    else:
        return pd.DataFrame(columns=names)
    try:
        return lineage.lineage(table.project, later)[columns].set_axis(names, axis=1)
    except AbsentError:
        return pd.DataFrame(columns=names)
