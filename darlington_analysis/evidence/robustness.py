"""Does a ward's place hold, whichever Index is taken and however it is added up?"""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.evidence.claims import Claim, RowsUsed, claim
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.areas import Ward

# Way of adding up: indicator and breakdown of the measure, and whether a low one is deprived.
WAYS = {
    "mean score": ("imd-score", "all", False),
    "mean rank": ("imd-mean-rank", "all", True),
    "neighbourhoods in the worst tenth": ("imd-worst-tenth", "neighbourhoods", False),
    "neighbourhoods in the worst fifth": ("imd-worst-fifth", "neighbourhoods", False),
    "people in the worst tenth": ("imd-worst-tenth", "people", False),
    "people in the worst fifth": ("imd-worst-fifth", "people", False),
}
# National lists: breakdowns that count wards at least as deprived, and more deprived.
LISTS = {
    "mean rank": ("mean rank", "mean rank"),
    "neighbourhoods in the worst tenth": ("worst-tenth, at least", "worst-tenth, more"),
    "neighbourhoods in the worst fifth": ("worst-fifth, at least", "worst-fifth, more"),
}
YES, NO, NOT_TOLD, NO_LIST = "yes", "no", "cannot be told", "no list"
ALL, SOME, NONE = "all", "some", "none"
MEASURES = sorted({slug for slug, _, _ in WAYS.values()})
POSITIONS = ("imd-national-position", "imd-position-by-method")


@dataclass(frozen=True)
class WardRobustness(Answer):
    """One ward on every Index and way: period, way, at_least, more, within, place_low, place_high.

    ``at_least`` and ``more`` are percentages of England's wards; null where England's list is not
    at hand. ``within`` says whether the ward is in the most deprived part. Places are among the
    borough's wards, ties kept; null where the ward has nothing to be ordered by.
    """

    ward: Ward
    places: pd.DataFrame
    claims: tuple[Claim, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """One row an Index and way."""
        return self.places


@dataclass(frozen=True)
class BoroughRobustness(Answer):
    """Every ward: times within, times told, verdict (all, some, none), place_low, place_high.

    ``tenth`` and ``fifth`` are percentages of its people in such neighbourhoods of England on the
    latest Index. ``lists`` has one row a national list: wards in the most deprived part, and open.
    ``places`` has every ward's rows, as ``WardRobustness`` has its own.
    """

    wards: pd.DataFrame
    lists: pd.DataFrame
    places: pd.DataFrame
    line: float
    claims: tuple[Claim, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """One row a ward."""
        return self.wards


def of_ward(table: EditionTable, ward: Ward) -> WardRobustness:
    """Return how firmly one ward's place holds."""
    places = all_places(table)
    own = places[places.area_code == ward.code]
    summed = table.shared("places summed", lambda: _summed(places).set_index("area_code"))
    summed = summed.loc[ward.code]
    counted = {name: int(summed[name]) for name in ("times", "told", "lists")}
    ranged = {name: int(summed[name]) for name in ("place_low", "place_high")}
    about = {"ward": ward.name, "wards": len(table.wards.wards), "line": _line(table)}
    positions = table.shared("positions", lambda: _rows(table, POSITIONS))
    measured = table.shared("by ways", lambda: RowsUsed(_rows(table, MEASURES)))
    claims = (
        claim("quarter-of-ward", about | counted, positions[positions.area_code == ward.code]),
        claim("places-by-ways", about | ranged, measured),
        *_people_claims(table, ward),
    )
    return WardRobustness(ward, own, claims)


def of_borough(table: EditionTable) -> BoroughRobustness:
    """Return which wards are in the most deprived part under all, some or none of the lists."""
    places = all_places(table)
    wards = _summed(places).sort_values(["place_low", "place_high", "area_name"])
    for name in ("tenth", "fifth"):
        people = table.latest(f"imd-worst-{name}").query("breakdown == 'people'")
        wards[name] = wards.area_code.map(people.set_index("area_code").value)
    listed = places[places.within != NO_LIST]
    lists = listed.assign(is_in=listed.within.eq(YES), is_open=listed.within.eq(NOT_TOLD))
    lists = lists.groupby(["period", "way"], sort=False)[["is_in", "is_open"]].sum().reset_index()
    facts = {
        "line": _line(table),
        "lists": len(lists),
        **{which: list(wards[wards.verdict == which].area_name) for which in (ALL, SOME, NONE)},
    }
    said = claim("quarter-by-ways", facts, _rows(table, POSITIONS))
    return BoroughRobustness(wards, lists, places, _line(table), (said,))


def all_places(table: EditionTable) -> pd.DataFrame:
    """Return one row a ward, Index and way: where it stands in England and in the borough."""
    return table.shared("places by ways", lambda: _all_places(table))


def _all_places(table: EditionTable) -> pd.DataFrame:
    measured = _rows(table, MEASURES)
    listed = _rows(table, POSITIONS)
    line = _line(table)
    parts = [
        _one_way(measured[measured.period == period], listed[listed.period == period], way, line)
        for period in sorted(table.edition.index_vintages)
        for way in WAYS
    ]
    return with_names(table, pd.concat(parts, ignore_index=True))


def _rows(table: EditionTable, slugs) -> pd.DataFrame:
    rows = table.rows[table.rows.indicator.isin(slugs) & table.rows.area_type.eq("ward")]
    return rows[rows.period.isin(table.edition.index_vintages)]


def _one_way(measured, listed, way: str, line: float) -> pd.DataFrame:
    slug, breakdown, is_low_deprived = WAYS[way]
    rows = measured[measured.indicator.eq(slug) & measured.breakdown.eq(breakdown)]
    found = rows[["area_code", "period", "value"]].assign(way=way)
    # A share of none makes no order: such wards have no place by it.
    values = rows.value if way.startswith("mean") else rows.value.where(rows.value > 0)
    for name, ties in (("place_low", "min"), ("place_high", "max")):
        found[name] = values.rank(method=ties, ascending=is_low_deprived)
    at_least, more = _national(listed, way)
    found["at_least"], found["more"] = (found.area_code.map(each) for each in (at_least, more))
    found["within"] = [
        _within(*pair, line) for pair in zip(found.at_least, found.more, strict=True)
    ]
    return found


def _national(listed: pd.DataFrame, way: str) -> tuple[pd.Series, pd.Series]:
    """Return the percentages of England's wards at least as, and more deprived, by ward."""
    if way == "mean score":
        own = listed[listed.indicator == POSITIONS[0]].set_index("area_code").value
        return own, own
    named = listed[listed.indicator == POSITIONS[1]]
    pair = LISTS.get(way, ("", ""))
    return tuple(named[named.breakdown == each].set_index("area_code").value for each in pair)


def _within(at_least: float, more: float, line: float) -> str:
    """Wards of one share fill a stretch of the list; where the line cuts it, no one can tell."""
    if pd.isna(at_least):
        return NO_LIST
    if at_least <= line:
        return YES
    return NO if more >= line else NOT_TOLD


def _summed(places: pd.DataFrame) -> pd.DataFrame:
    """Return one row a ward: in how many lists it is within the line, and its range of places."""
    marked = places.assign(
        times=places.within.eq(YES),
        told=places.within.isin([YES, NO]),
        lists=places.within.ne(NO_LIST),
    )
    summed = marked.groupby(["area_code", "area_name"], as_index=False).agg(
        times=("times", "sum"),
        told=("told", "sum"),
        lists=("lists", "sum"),
        place_low=("place_low", "min"),
        place_high=("place_high", "max"),
    )
    verdicts = [_verdict(row.times, row.told) for row in summed.itertuples()]
    return summed.assign(verdict=verdicts)


def _verdict(times: int, told: int) -> str:
    if times == 0:
        return NONE
    return ALL if times == told else SOME


def _people_claims(table: EditionTable, ward: Ward) -> tuple[Claim, ...]:
    """Return how many of the ward's people live in deprived neighbourhoods, where that is known."""
    slugs = ("imd-worst-tenth", "imd-worst-fifth")
    rows = table.shared("people in worst", lambda: _people_rows(table, slugs))
    own = rows[rows.area_code == ward.code]
    if own.empty:
        return ()
    values = own.set_index("indicator").value
    facts = {
        "ward": ward.name,
        "period": own.period.iloc[0],
        "tenth": values[slugs[0]],
        "fifth": values[slugs[1]],
    }
    return (claim("people-in-worst", facts, own),)


def _people_rows(table: EditionTable, slugs: tuple[str, ...]) -> pd.DataFrame:
    rows = pd.concat([table.latest(slug) for slug in slugs])
    return rows[rows.breakdown == "people"]


def _line(table: EditionTable) -> float:
    return table.settings.support.most_deprived_percent
