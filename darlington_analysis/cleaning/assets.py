"""Declared tables of published figures: what an entry says, and how its rows are made.

The entries themselves are in `declared.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from darlington_analysis.cleaning import indicator_rows, ward_geography
from darlington_analysis.cleaning import ward_geography as ward_sums
from darlington_analysis.core.periods import year_of
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Wards, load_place
from darlington_analysis.sources import lineage, register
from darlington_analysis.sources.indicators import indicator

Checked = tuple[str, float, float]  # what was compared, expected, found
Check = Callable[[pd.DataFrame], Checked]
# The columns that may name the area of a row, and its type where the column alone tells it.
_AREA_COLUMNS = {"area_code": None, "lsoa_code": "lsoa", "ward_code": "ward"}


@dataclass(frozen=True)
class Measure:
    """One indicator, taken from the columns of a table.

    ``value`` is the column of a figure that is used as it was published; ``low_numeracy*`` is the
    one column whose name starts with low_numeracy. Without a value, it is worked out from
    ``numerator`` and ``denominator``.
    """

    indicator: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    breakdown: str = "all"
    method: str = ""

    @property
    def columns(self) -> list[str]:
        """The columns of the measure, each once, the numerator first."""
        named = (self.numerator, self.denominator, self.value)
        return list(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True)
class Asset:
    """One table: the ``dataset`` and ``vintage`` of its source, and what is taken from it.

    A table without ``lsoas`` holds wards. With it, it holds the LSOAs of that year ("2011", "2021"),
    which become the wards in force in the year of the table: they are added up where they nest in
    these wards, and shared out among them where they do not.

    The sum of the wards may miss the borough's own row by ``slack``; None makes no such check.
    ``period`` is the period of every row, ``period_column`` the column that holds it; without
    either it is the source's vintage. Published wards whose denominators add up to less than
    ``complete`` of the borough's are set aside.
    """

    dataset: str
    measures: tuple[Measure, ...]
    vintage: str | None = None
    lsoas: str = ""
    slack: float | None = 0
    period: str = ""
    period_column: str = ""
    complete: float = 0
    checks: tuple[Check, ...] = ()


def clean(project: Project, family: str, asset: Asset) -> indicator_rows.Cleaned:
    """Return a table's rows, for wards and the wider areas around them.

    ``family`` names the table in what was checked. Raises AbsentError where the project does not
    have it, SchemaError where it is not as declared.
    """
    raw = register.open_raw(project, register.find(project, asset.dataset, asset.vintage))
    measures = [_with_column(measure, list(raw.frame.columns)) for measure in asset.measures]
    columns = list(dict.fromkeys(name for measure in measures for name in measure.columns))
    area = next(name for name in raw.frame.columns if name in _AREA_COLUMNS)
    key = [name for name in (asset.period_column, area) if name]
    kept, aside = indicator_rows.sift(raw, columns, key)
    areas = _areas(project, kept, area, columns)
    if asset.complete:
        areas, left = _without_lost(areas, raw.source, measures[0].denominator, asset.complete)
        aside = indicator_rows.stack([aside, left])
    placed, checks = _places(project, asset, raw.source, areas, measures, columns)
    checks += [check(_beside_each_other(placed)) for check in asset.checks]
    if area == "lsoa_code":
        ward_set = _wards(project, raw.source).id
        expected = len(lineage.fit(project, asset.lsoas, ward_set).ward_of)
        checks.append((f"LSOAs, {family}", expected, len(kept)))
    rows = [
        _rows(places, measure, raw.source, asset)
        for measure, places in zip(measures, placed, strict=True)
    ]
    return indicator_rows.Cleaned(
        indicator_rows.stack(rows), aside, (raw.source,), len(raw.frame), tuple(checks)
    )


def _with_column(measure: Measure, found: list[str]) -> Measure:
    if not measure.value.endswith("*"):
        return measure
    start = measure.value.removesuffix("*")
    return replace(measure, value=next(name for name in found if name.startswith(start)))


def _areas(project: Project, kept: pd.DataFrame, area: str, columns: list[str]) -> pd.DataFrame:
    """Return rows with area_code and area_type; LSOAs alone are added up to the borough."""
    area_type = _AREA_COLUMNS[area]
    if area_type is None:
        return kept
    areas = kept.rename(columns={area: "area_code"}).assign(area_type=area_type)
    if area_type == "ward":
        return areas
    code = load_place(project).code
    borough = kept[columns].sum().to_frame().T.assign(area_code=code, area_type="borough")
    return pd.concat([areas, borough], ignore_index=True)


def _places(
    project: Project,
    asset: Asset,
    source: register.Source,
    areas: pd.DataFrame,
    measures: list[Measure],
    columns: list[str],
) -> tuple[list[pd.DataFrame], list[Checked]]:
    """Return, for each measure, wards and wider areas with its columns, and what was compared."""
    if asset.lsoas:
        wards = _wards(project, source)
        if asset.lsoas in wards.nested:
            ward_of = lineage.fit(project, asset.lsoas, wards.id).ward_of
            places = ward_sums.with_wards(areas, ward_of, columns)
            return [places] * len(measures), [
                *ward_sums.borough_checks(places, columns, asset.slack)
            ]
        parts = ward_geography.shares(project, asset.lsoas, wards.id)
        placed = [
            ward_geography.apportioned_to_wards(areas, parts, measure.columns, measure.columns[-1])
            for measure in measures
        ]
        checked = zip(placed, (measure.columns for measure in measures), strict=True)
    else:
        placed = [areas] * len(measures)
        counted = [name for name in columns if name not in _percentages(measures)]
        periods = areas.groupby(asset.period_column) if asset.period_column else [("", areas)]
        checked = ((rows, counted) for _, rows in periods)
    if asset.slack is None:
        return placed, []
    return placed, [
        check
        for rows, names in checked
        for check in ward_sums.near_borough(rows, names, asset.slack)
    ]


def _wards(project: Project, source: register.Source) -> Wards:
    """Return the wards in force in the year of a source."""
    return load_place(project).wards_in(year_of(source.vintage))


def _beside_each_other(placed: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the columns of every measure in one table; all have the same areas in one order."""
    columns = {name: places[name] for places in placed for name in places.columns}
    return placed[0].assign(**columns)


def _percentages(measures: list[Measure]) -> set[str]:
    return {measure.value for measure in measures if measure.method == "published"}


def _without_lost(
    areas: pd.DataFrame, source: register.Source, homes: str, complete: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the areas without the wards where these hold too little of the borough's own row."""
    wards = areas[areas.area_type == "ward"]
    found, expected = wards[homes].sum(), areas[areas.area_type == "borough"][homes].iloc[0]
    if found >= complete * expected:
        return areas, indicator_rows.no_set_aside()
    reason = (
        f"the wards' {homes} add up to {found:,.0f}, the borough's own row says "
        f"{expected:,.0f}: some neighbourhoods were lost on the way to wards"
    )
    return areas[areas.area_type != "ward"], indicator_rows.left_out(wards, source, reason)


def _rows(
    places: pd.DataFrame, measure: Measure, source: register.Source, asset: Asset
) -> pd.DataFrame:
    named = ("numerator", "denominator", "value")
    made = {what: places[column] for what in named if (column := getattr(measure, what))}
    if measure.method == "modelled":
        multiplier = indicator(measure.indicator).multiplier
        made["value"] = multiplier * made["numerator"] / made["denominator"]
    period = places[asset.period_column] if asset.period_column else asset.period or source.vintage
    return indicator_rows.tidy(
        places.assign(**made),
        source,
        indicator=measure.indicator,
        period=period,
        breakdown=measure.breakdown,
        method="dummy" if source.is_dummy else measure.method,
    )
