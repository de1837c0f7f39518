"""Every printed number that is made from a controlled count, for the audit of disclosure.

Values are as printed: rounded to ``decimals`` (-1 is to the nearest ten). All are made from what
the gate let out; the audit takes them as further facts that a reader has.
"""

from collections.abc import Iterator

import pandas as pd

from darlington_analysis.core.vocabulary import Basis, Control
from darlington_analysis.evidence import indicator, targets
from darlington_analysis.evidence.claims import decimals_of
from darlington_analysis.evidence.outlook import FIGURES, Outlook
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.targets import keys_of

COLUMNS = ["indicator", "area_code", "period", "what", "value", "decimals", "made_from"]
ONE_NUMBER = COLUMNS[:4]
CHANGES = {"risen": 1.0, "fallen": -1.0}


def printed(table: EditionTable) -> pd.DataFrame:
    """Return a row for each derived number that the packs of an edition print.

    Columns: indicator, area_code, period, what (with target, scope and years where there are
    several), value (null where the page says that there is none), decimals, made_from (the
    (area_code, period) keys of the gated rows it is made from, none of them withheld). "has it
    changed" is 1, -1 or 0; "first year told" is 0 for never. Open figures are not listed.
    """
    rows = [row for slug in controlled(table) for row in _of_indicator(table, slug)]
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(ONE_NUMBER, ignore_index=True)


def controlled(table: EditionTable) -> list[str]:
    """Return the slugs of the indicators whose counts of people passed the gate for wards."""
    counted = table.rows[table.rows.area_type.eq("ward") & _is_controlled(table, table.rows)]
    return sorted(set(counted.indicator[counted.basis.eq(Basis.OBSERVED)]))


def _is_controlled(table: EditionTable, rows: pd.DataFrame) -> pd.Series:
    told = table.provenance["sources"]
    return rows.source.map(lambda path: told[path]["control"] == Control.CONTROLLED).astype(bool)


def _of_indicator(table: EditionTable, slug: str) -> Iterator[tuple]:
    for place, ward in enumerate(table.wards.wards):
        answer = indicator.answer(table, ward, slug)
        shown = answer.outlook
        series = shown.series[_is_controlled(table, shown.series)]
        of_all = () if place else _smoothed(shown, answer.wards)  # the same in every ward
        for found in (_history(shown, series), of_all, _takes(answer)):
            yield from ((slug, *each) for each in found)


def _history(shown: Outlook, series: pd.DataFrame) -> Iterator[tuple]:
    """Yield the forecasts of areas whose counts are controlled, and whether they have changed."""
    for code, own in series.groupby("area_code", sort=False):
        ahead = shown.forecast[shown.forecast.area_code == code]
        for row in ahead.to_dict("records"):
            for name in FIGURES:
                decimals = decimals_of(row[name], shown.indicator)
                yield code, row["period"], f"forecast {name}", row[name], decimals, keys_of(own)
        if len(ahead):
            sign = CHANGES.get(shown.of_wards.changes[code], 0.0)
            yield code, own.period.iloc[-1], "has it changed", sign, 0, keys_of(own)


def _smoothed(shown: Outlook, wards: pd.DataFrame) -> Iterator[tuple]:
    """Yield each ward's smoothed rate, and the rate of all wards shown that it is drawn towards."""
    period, made_from = wards.period.iloc[0], keys_of(wards)
    for row in shown.smoothed.dropna(subset=["smoothed_value"]).to_dict("records"):
        for what, name in (("smoothed", "smoothed_value"), ("wards together", "pooled_value")):
            decimals = decimals_of(row[name], shown.indicator)
            yield row["area_code"], period, what, row[name], decimals, made_from


def _takes(answer) -> Iterator[tuple]:
    """Yield what the targets of one ward would take, by target, scope and years."""
    take, code, period = answer.outlook.take, answer.ward.code, answer.row.period
    for rows, names in (
        (take.events, targets.OF_A_TARGET),
        (take.smallest, targets.OF_THE_SMALLEST),
    ):
        for row in rows.to_dict("records"):
            for name in names:
                which = f", {row['target']}" if name in targets.OF_A_TARGET else ""
                what = f"{name}{which}, {row['scope']}, {row['years']} years"
                decimals = targets.DECIMALS[name]
                yield code, period, what, row[name], decimals, take.made_from[row["scope"]]
    for each in take.claims:
        for scope, first in each.facts.get("told", {}).items():
            what = f"first year told, {each.facts['target']}, {scope}"
            yield code, period, what, float(first), 0, take.made_from[scope]
