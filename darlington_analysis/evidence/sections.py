"""The sections of a pack: plain records that presentation knows how to show."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from darlington_analysis.agreements.parts import Knowledge
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import UnknownAreaError
from darlington_analysis.core.settings import Edition, Roles, SmallNumbers, Support
from darlington_analysis.evidence import deprivation, table
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.approval import DRAFT, Approval
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.deprivation import Lines
from darlington_analysis.evidence.indicator import IndicatorAnswer, with_names
from darlington_analysis.evidence.table import EditionTable, Elsewhere
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.sources.outlines import Outlines

_BOROUGH_ONLY = ("first-time-entrants",)
_SINGLE_YEAR = r"(19|20)\d\d"


@dataclass(frozen=True)
class WiderAnswer(Answer):
    """One indicator in the borough and wider areas: published rates of single years.

    ``rows``: one row an area and year, from the first year of the borough on. ``set_aside``: how
    many figures of the same releases failed a check. ``children``: what the borough's latest rate
    comes to, over its residents aged 10 to 17.
    """

    indicator: Indicator
    rows: pd.DataFrame
    set_aside: int
    children: float
    claims: tuple[Claim, ...]


def borough_only(table: EditionTable) -> tuple[WiderAnswer, ...]:
    """Return the indicators of which this edition has no figure for any ward."""
    answers = (_answer(table, slug) for slug in _BOROUGH_ONLY if table.latest(slug).empty)
    return tuple(answer for answer in answers if answer is not None)


def _answer(table: EditionTable, slug: str) -> WiderAnswer | None:
    rows = table.of(slug)
    areas = table.settings.place.names
    rows = rows[rows.area_code.isin(list(areas)) & rows.period.str.fullmatch(_SINGLE_YEAR)]
    borough = rows[rows.area_type == "borough"]
    if borough.empty:
        return None
    order = {code: place for place, code in enumerate(areas)}
    rows = rows[rows.period >= borough.period.min()]
    rows = with_names(table, rows).assign(order=rows.area_code.map(order))
    rows = rows.sort_values(["order", "period"]).drop(columns="order")
    said = _claim(slug, rows, areas)
    children = said.facts["latest_value"] * _aged_10_17(table) / indicator(slug).multiplier
    return WiderAnswer(indicator(slug), rows, _set_aside(table), children, (said,))


def _aged_10_17(table: EditionTable) -> float:
    return float(table.latest("residents-10-17", "borough").value.iloc[0])


def _set_aside(table: EditionTable) -> int:
    told = table.provenance["sources"]
    paths = [path for path, source in told.items() if source["dataset"] == "fte-lait-rates"]
    return sum(table.provenance["set_aside"].get(path, 0) for path in paths)


def _claim(slug: str, rows: pd.DataFrame, names: dict[str, str]) -> Claim:
    """The borough's latest year, and the latest year in which every area has a figure."""
    values = rows.set_index(["area_code", "period"]).value
    years = {code: set(own.period) for code, own in rows.groupby("area_code")}
    common = max(set.intersection(*years.values()), default="")
    borough = next(iter(names))
    latest = max(years[borough])
    facts = {
        "indicator": slug,
        "year": common,
        "values": [
            (name, values[code, common]) for code, name in names.items() if common and code in years
        ],
        "first": min(years[borough]),
        "first_value": values[borough, min(years[borough])],
        "latest": latest,
        "latest_value": values[borough, latest],
        "latest_values": [
            (name, values[code, latest])
            for code, name in names.items()
            if latest in years.get(code, ())
        ],
    }
    return claim("wider-only", facts, rows, slug)


@dataclass(frozen=True)
class Header(Answer):
    """What stands at the top of a pack. ``made_up`` names the indicators whose figures are.

    ``newer`` are editions with newer figures, for these wards or for others. ``agreement``: the
    agreement's ``warning``. ``ages``: the first and the last year that real figures are of.
    ``is_estimated``: census areas do not nest in the ward, so its figures are estimates. ``state``
    and ``approval``: how far the Council is with the edition, and by whose word. ``change_until``:
    the census that changes are measured up to, where it is later than the newest figure, else "".
    ``index``: the latest Index of Multiple Deprivation.
    """

    ward: Ward
    edition: Edition
    roles: Roles
    version_id: str
    made_up: tuple[str, ...]
    newer: tuple[Edition, ...] = ()
    agreement: str = ""
    ages: tuple[str, str] = ("", "")
    is_estimated: bool = False
    state: str = DRAFT
    approval: Approval | None = None
    change_until: str = ""
    index: str = ""


@dataclass(frozen=True)
class Place(Answer):
    """Where a ward is: its neighbours, the borough's tiles, and residents by age.

    ``residents_at_other_times``: the ward's own rows of other counts of all ages, the newest first.
    """

    ward: Ward
    neighbours: tuple[Ward, ...]
    tiles: pd.DataFrame
    support: Support | None
    residents: pd.DataFrame
    when: str  # the wards are in force, in words
    lines: Lines
    outlines: Outlines | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    residents_at_other_times: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def frame(self) -> pd.DataFrame:
        """Residents by age: of the ward, then of the wider areas."""
        return self.residents


@dataclass(frozen=True)
class Indicators(Answer):
    """Population question (d): the indicators of page 3, and the stories of their sources."""

    ward: Ward
    answers: tuple[IndicatorAnswer, ...]
    provenance: dict
    wider: tuple[WiderAnswer, ...] = ()
    knowledge: dict[str, tuple[Knowledge, ...]] = field(default_factory=dict)
    knowledge_is_example: bool = False

    def __getitem__(self, slug: str) -> IndicatorAnswer:
        """Return the answer on one indicator. Raises UnknownAreaError where there is none."""
        by_slug = {answer.indicator.slug: answer for answer in self.answers}
        if slug not in by_slug:
            raise UnknownAreaError(
                f'There is no answer on "{slug}" for {self.ward.name}',
                f"There are answers on: {', '.join(by_slug)}.",
                "one of those",
            )
        return by_slug[slug]

    @property
    def frame(self) -> pd.DataFrame:
        """The ward's own row of every indicator."""
        return pd.concat([answer.own for answer in self.answers], ignore_index=True)


@dataclass(frozen=True)
class Measures(Answer):
    """Population question (c): what can be measured for wards."""

    answers: tuple[IndicatorAnswer, ...]


@dataclass(frozen=True)
class Questions(Answer):
    """Some of the documents' fourteen questions, by kind and letter.

    ``has_partnership`` is true where the review names a Community Partnership for the ward.
    ``agreement`` holds the answers people gave, if any.
    """

    ward: Ward
    kind: str
    letters: tuple[str, ...]
    has_partnership: bool
    agreement: AgreementAnswer


@dataclass(frozen=True)
class Negotiation(Answer):
    """Page 6: what each side wants, and what the evidence says of it.

    ``answers`` by slug: the evidence on each indicator an outcome is tied to.
    """

    agreement: AgreementAnswer
    answers: dict[str, IndicatorAnswer]


@dataclass(frozen=True)
class FairnessAndExit(Answer):
    """Page 7: who gains and who bears the need, how things are done, and when support ends.

    ``residents``: of each age group that was asked, how many live in the ward; None where the
    census bands do not fit it.
    """

    agreement: AgreementAnswer
    residents: dict[str, int | None]


@dataclass(frozen=True)
class ChangesSinceSigning(Answer):
    """Page 8: what has changed since signing, and since the last edition of these wards."""

    agreement: AgreementAnswer
    earlier_editions: tuple[str, ...]


@dataclass(frozen=True)
class Sources(Answer):
    """Where the figures come from: rows, the sources' stories and the version."""

    ward: Ward
    edition: Edition
    figures: pd.DataFrame
    provenance: dict
    small_numbers: SmallNumbers
    version_id: str

    @property
    def frame(self) -> pd.DataFrame:
        """The rows of the indicator table that the pack shows."""
        return self.figures


@dataclass(frozen=True)
class KeyFigures(Answer):
    """The claims of a notebook as plain data."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Editions(Answer):
    """The editions of the project, the default one first named."""

    editions: tuple[Edition, ...]
    default: str


@dataclass(frozen=True)
class Wards(Answer):
    """The wards of the default edition, each with the state of its support."""

    wards: tuple[Ward, ...]
    states: tuple[str, ...]


@dataclass(frozen=True)
class Ages(Answer):
    """One row an indicator: title, period, is_dummy, status of its ward figures."""

    rows: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """One row an indicator."""
        return self.rows


@dataclass(frozen=True)
class Overview(Answer):
    """The whole project at a glance."""

    table: table.EditionTable

    @property
    def editions(self) -> Editions:
        """Which editions there are."""
        settings = self.table.settings
        return Editions(settings.editions, settings.packs.default_edition)

    @property
    def wards(self) -> Wards:
        """Which wards the default edition has."""
        wards = self.table.wards.wards
        decided = self.table.support
        states = tuple(deprivation.support_state(decided, ward.code) for ward in wards)
        return Wards(wards, states)

    @cached_property
    def indicators(self) -> Ages:
        """Which indicators there are for wards, and how old they are."""
        slugs = sorted(set(self.table.rows[self.table.rows.area_type == "ward"].indicator))
        latest = [self.table.latest(slug).iloc[0] for slug in slugs]
        return Ages(
            pd.DataFrame(
                {
                    "title": indicator(row.indicator).title,
                    "period": row.period,
                    "is_dummy": row.is_dummy,
                }
                for row in latest
            )
        )


def overview() -> Overview:
    """Return what there is in the project's default edition."""
    return Overview(table.load())
