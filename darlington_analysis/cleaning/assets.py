"""Declared tables of published figures: what an entry says, and how its rows are made.

The entries themselves are in `declared.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from darlington_analysis.cleaning import indicator_rows, ward_geography
from darlington_analysis.cleaning import ward_geography as ward_sums
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Wards, load_place
from darlington_analysis.core.vocabulary import Status
from darlington_analysis.sources import lineage, register, sidecars
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

    ``share`` is the column of a published share of ``denominator``, out of ``out_of``, whose count
    is not published: the numerator is the share of the denominator, and the ward's figure the mean
    of its areas' shares, people being the weights.

    ``rounded_to`` is what the publisher rounds the numerator of a published ``value`` to: limits
    are then worked out for the count, as far either way as rounding can have moved it.
    """

    indicator: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    breakdown: str = "all"
    method: str = ""
    share: str = ""
    out_of: int = 1
    rounded_to: int = 0

    @property
    def columns(self) -> list[str]:
        """The columns of the measure, each once, the numerator first."""
        named = (self.numerator or self.count_of_share, self.denominator, self.value)
        return list(dict.fromkeys(name for name in named if name))

    @property
    def read(self) -> list[str]:
        """The columns of the table that the measure is read from."""
        named = (self.numerator or self.share, self.denominator, self.value)
        return list(dict.fromkeys(name for name in named if name))

    @property
    def count_of_share(self) -> str:
        """The name of the numerator that a share is turned into, "" without a share."""
        return f"{self.share} of {self.denominator}" if self.share else ""


@dataclass(frozen=True)
class Asset:
    """One table: the ``dataset`` and ``vintage`` of its source, and what is taken from it.

    ``geography`` says how the rows become wards. A ``published`` table holds wards. LSOAs of the
    year ``lsoas`` are put into the ``first`` or the ``last`` ward set of the settings: added up
    where they nest in its wards, and else shared out among them. ``dataset`` may name the sets'
    ids, {first} and {last}.

    The sum of the wards may miss the borough's own row by ``slack``; None makes no such check.
    ``period`` is the period of every row, ``period_column`` the column that holds it; without
    either it is the source's vintage. Published wards whose denominators add up to less than
    ``complete`` of the borough's are set aside. ``only_wards`` leaves the wider areas out, where
    another entry has them; where there is one ward set, that other entry alone is used.
    ``no_count`` is the status of a ward of which an area has no count.
    """

    dataset: str
    measures: tuple[Measure, ...]
    geography: Literal["published", "first", "last"]
    vintage: str | None = None
    lsoas: str = ""
    slack: float | None = 0
    period: str = ""
    period_column: str = ""
    complete: float = 0
    only_wards: bool = False
    checks: tuple[Check, ...] = ()
    no_count: Status = Status.NOT_AVAILABLE


def clean(project: Project, family: str, asset: Asset) -> indicator_rows.Cleaned:
    """Return a table's rows, for wards and the wider areas around them.

    ``family`` names the table in what was checked. Raises AbsentError where the project does not
    have it, SchemaError where it is not as declared.
    """
    raw = register.open_raw(project, _source(project, asset))
    measures = [_with_column(measure, list(raw.frame.columns)) for measure in asset.measures]
    columns = list(dict.fromkeys(name for measure in measures for name in measure.columns))
    area = next((name for name in raw.frame.columns if name in _AREA_COLUMNS), "area_code")
    key = [name for name in (asset.period_column, area) if name]
    read = list(dict.fromkeys(name for measure in measures for name in measure.read))
    types = ["area_type"] if _AREA_COLUMNS[area] is None else []
    sidecars.require_columns(raw.source, [*key, *types, *read])
    kept, aside = indicator_rows.sift(raw, read, key)
    areas = _areas(project, _with_counts(kept, measures), area, columns)
    if asset.complete:
        areas, left = _without_lost(areas, raw.source, measures[0].denominator, asset.complete)
        aside = indicator_rows.stack([aside, left])
    placed, checks = _places(project, asset, areas, measures, columns)
    checks += [check(_beside_each_other(placed)) for check in asset.checks]
    if area == "lsoa_code":
        expected = len(lineage.fit(project, asset.lsoas, _wards(project, asset).id).ward_of)
        checks.append((f"LSOAs, {family}", expected, len(kept)))
    rows = [
        _rows(_kept(places, asset), measure, raw.source, asset)
        for measure, places in zip(measures, placed, strict=True)
    ]
    return indicator_rows.Cleaned(
        indicator_rows.stack(rows), aside, (raw.source,), len(raw.frame), tuple(checks)
    )


def _with_column(measure: Measure, found: list[str]) -> Measure:
    if not measure.value.endswith("*"):
        return measure
    start = measure.value.removesuffix("*")
    return replace(measure, value=next((name for name in found if name.startswith(start)), start))


def _with_counts(kept: pd.DataFrame, measures: list[Measure]) -> pd.DataFrame:
    """Return rows with a column of the people that each published share comes to."""
    shares = [measure for measure in measures if measure.share]
    counts = {
        measure.count_of_share: _people(kept[measure.share], kept[measure.denominator], measure)
        for measure in shares
    }
    return kept.assign(**counts)


def _people(share: pd.Series, of: pd.Series, measure: Measure) -> pd.Series:
    """Return whole people for a share of people; a rate has no people, and is not rounded."""
    counted = share * of / measure.out_of
    return counted.round() if _has_people(measure) else counted


def _has_people(measure: Measure) -> bool:
    return indicator(measure.indicator).kind != "mean"


def _areas(project: Project, kept: pd.DataFrame, area: str, columns: list[str]) -> pd.DataFrame:
    """Return rows with area_code and area_type; LSOAs without their borough are added up to it."""
    named = _AREA_COLUMNS[area]
    areas = kept.rename(columns={area: "area_code"})
    areas = areas.assign(area_type=named) if named else areas
    lsoas = areas[areas.area_type == "lsoa"]
    if lsoas.empty or areas.area_type.eq("borough").any():
        return areas
    code = load_place(project).code
    borough = lsoas[columns].sum().to_frame().T.assign(area_code=code, area_type="borough")
    return pd.concat([areas, borough], ignore_index=True)


def _places(
    project: Project,
    asset: Asset,
    areas: pd.DataFrame,
    measures: list[Measure],
    columns: list[str],
) -> tuple[list[pd.DataFrame], list[Checked]]:
    """Return, for each measure, wards and wider areas with its columns, and what was compared."""
    wards = _wards(project, asset)
    if asset.lsoas in wards.nested:
        ward_of = lineage.fit(project, asset.lsoas, wards.id).ward_of
        places = ward_sums.with_wards(areas, ward_of, columns)
        return [places] * len(measures), [*_sums_checked(places, columns, asset.slack)]
    if asset.lsoas:
        parts = ward_geography.shares(project, asset.lsoas, wards.id)
        people = ward_geography.residents(project, asset.lsoas)
        placed = [
            ward_geography.apportioned_to_wards(
                areas, parts, measure.columns, people, is_whole=_has_people(measure)
            )
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


def _source(project: Project, asset: Asset) -> register.Source:
    place = load_place(project)
    dataset = asset.dataset.format(first=place.first.id, last=place.last.id)
    return register.find(project, dataset, asset.vintage)


def _wards(project: Project, asset: Asset) -> Wards:
    """Return the ward set that an asset's LSOAs are put into."""
    place = load_place(project)
    return place.first if asset.geography == "first" else place.last


def _sums_checked(places: pd.DataFrame, columns: list[str], slack: float | None) -> tuple:
    if slack is None:
        return ()
    if slack:
        return ward_sums.near_borough(places, columns, slack)
    return ward_sums.borough_checks(places, columns)


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


def _kept(places: pd.DataFrame, asset: Asset) -> pd.DataFrame:
    return places[places.area_type == "ward"] if asset.only_wards else places


def _rows(
    places: pd.DataFrame, measure: Measure, source: register.Source, asset: Asset
) -> pd.DataFrame:
    named = {name: getattr(measure, name) for name in ("numerator", "denominator", "value")}
    named["numerator"] = named["numerator"] or measure.count_of_share
    made = {name: places[column] for name, column in named.items() if column}
    made["method"] = "dummy" if source.is_dummy else measure.method
    multiplier = indicator(measure.indicator).multiplier
    if measure.method == "modelled":
        made["value"] = multiplier * made["numerator"] / made["denominator"]
    if measure.rounded_to:
        made |= indicator_rows.rounded_limits(
            made["numerator"], made["value"], multiplier, measure.rounded_to
        )
    if measure.share:
        made |= _means_of_shares(places.area_type, made, measure)
    if "numerator" in named and "numerator" in made:
        is_missing = places[named["numerator"]].isna()
        made["status"] = is_missing.map({True: asset.no_count.value, False: Status.NONE.value})
    period = places[asset.period_column] if asset.period_column else asset.period or source.vintage
    return indicator_rows.tidy(
        places.assign(**made),
        source,
        indicator=measure.indicator,
        period=period,
        breakdown=measure.breakdown,
    )


def _means_of_shares(area_type: pd.Series, made: dict, measure: Measure) -> dict:
    """Return numerator, denominator, value and method of published shares.

    Where people stand behind the share they stay, and limits are worked out from them later. A
    rate without people (kind "mean"), and a country's mean of its areas, have a value alone.
    """
    about = indicator(measure.indicator)
    has_people = area_type.ne("country") & (about.kind != "mean")
    value = about.multiplier * made["numerator"] / made["denominator"]
    return {
        "numerator": made["numerator"].where(has_people),
        "denominator": made["denominator"].where(has_people),
        "value": value.where(~has_people),
        "method": has_people.map({True: "", False: "mean of areas"}),
    }
