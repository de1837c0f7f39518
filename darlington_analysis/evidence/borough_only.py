"""Indicators that no ward has: the borough beside its region and England, year by year."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.indicators import Indicator, indicator

SLUGS = ("first-time-entrants",)
YEAR = r"(19|20)\d\d"


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


def answers(table: EditionTable) -> tuple[WiderAnswer, ...]:
    """Return the indicators of which this edition has no figure for any ward."""
    found = (_answer(table, slug) for slug in SLUGS if table.latest(slug).empty)
    return tuple(each for each in found if each is not None)


def _answer(table: EditionTable, slug: str) -> WiderAnswer | None:
    rows = table.of(slug)
    areas = table.settings.place.names
    rows = rows[rows.area_code.isin(list(areas)) & rows.period.str.fullmatch(YEAR)]
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
    }
    return claim("wider-only", facts, rows, slug)
