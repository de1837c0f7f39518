"""First-time entrants: ward counts pooled over years before anything else, and England's own."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from darlington_analysis.cleaning import assets, declared, imported, indicator_rows
from darlington_analysis.cleaning.imported import FIRST_TIME_ENTRANTS
from darlington_analysis.cleaning.indicator_rows import Cleaned
from darlington_analysis.core import periods
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Settings, load_place
from darlington_analysis.core.vocabulary import DENOMINATOR
from darlington_analysis.disclosure.constraints import Sum
from darlington_analysis.intake import young_people
from darlington_analysis.sources import areas, register
from darlington_analysis.sources.gazetteer import Gazetteer

MANY, ROUNDED = 12, 5  # of so many true counts hardly ever all are multiples of so much


@dataclass(frozen=True)
class WardCounts:
    """True counts by ward_code and period; they are pooled at once and never written."""

    counts: pd.DataFrame
    set_aside: pd.DataFrame
    source: register.Source


def read_true_counts(project: Project, dataset: str) -> WardCounts:
    """Return a dataset's true counts. Raises SchemaError for a value that is no count."""
    source = register.find(project, dataset)
    if source.reading:
        return _read_declared(project, source)
    raw = register.open_raw(project, source)
    people = young_people.people_in([list(raw.frame.columns), *raw.frame.to_numpy().tolist()])
    if people:  # a row each: they are counted here, and their rows go no further
        counts = young_people.counted(project, people, areas.ward_set_of_counts(project, dataset))
        return WardCounts(counts, indicator_rows.no_set_aside(), source)
    column = raw.frame.columns[-1]
    kept, aside = indicator_rows.sift(raw, [column], ["ward_code", "period"])
    if len(aside):
        raise SchemaError(
            f"data/raw/{source.path}: {len(aside)} invalid value(s), the first in row "
            f"{aside.row.iloc[0] + 1}: {aside.reason.iloc[0]}",
            "A whole number of children in every row, 0 where there was none.",
            "correct that row; the value is there, and is no count",
        )
    return WardCounts(kept.rename(columns={column: "count"}), aside, source)


def _read_declared(project: Project, source: register.Source) -> WardCounts:
    """Read a council's own layout (years across, ward names) as its sidecar's [reading] says."""
    taken = imported.take(project, source, Gazetteer(project))
    wards = taken.figures[taken.figures.area_type == "ward"]
    marked = wards[wards.number.isna() | (wards.number < 0)]
    if len(marked):
        raise SchemaError(
            f"data/raw/{source.path}: {len(marked)} invalid value(s), the first in row "
            f"{marked.row.iloc[0]}, column {marked.column.iloc[0]}",
            "True counts, 0 included: a withheld or negative one can't be added up.",
            "ask for the counts as they are; the library withholds small ones itself",
        )
    counts = wards.rename(columns={"area_code": "ward_code", "number": "count"})
    aside = taken.set_aside.assign(source=source.path)[indicator_rows.SET_ASIDE]
    return WardCounts(counts, aside, source)


def refuse_impossible(counted: WardCounts, table: pd.DataFrame, aged_10_17: pd.Series) -> None:
    """Refuse counts above the children who live there, and counts that were rounded before."""
    children = aged_10_17.reindex(table.index)
    above = [(ward, year) for year in table for ward in table.index[table[year] > children]]
    if above:
        raise SchemaError(
            f"data/raw/{counted.source.path}: {len(above)} impossible count(s), the first for "
            f"{above[0][0]} in {above[0][1]}: more than the children who live in the ward",
            "First-time entrants are counted among residents aged 10 to 17.",
            "look whether rates, or counts of another area, stand in the last column",
        )
    some = table.to_numpy()[table.to_numpy() > 0]
    if len(some) >= MANY and (some % ROUNDED == 0).all():
        raise SchemaError(
            f"data/raw/{counted.source.path}: every count is a multiple of {ROUNDED}: "
            f"the file was rounded before it came here",
            "True counts: rounded ones would be rounded and withheld a second time, and be wrong.",
            "ask for the counts as they are; the library rounds them itself",
        )


def complete(counted: WardCounts, years: list[str], wards: tuple[str, ...]) -> pd.DataFrame:
    """Return counts with a row a ward and a column a year; a hole would make a false total."""
    table = counted.counts.pivot(index="ward_code", columns="period", values="count")
    table = table.reindex(index=sorted(wards), columns=years)
    strangers = sorted(set(counted.counts.ward_code) - set(wards))
    holes = [
        f"{ward} {year}" for ward, row in table.iterrows() for year in years if pd.isna(row[year])
    ]
    if holes or strangers:
        raise SchemaError(
            f"data/raw/{counted.source.path}: {len(holes)} missing, {len(strangers)} unknown wards"
            f" (first: {[*holes, *strangers][0]})",
            f"A row for each of {len(wards)} wards and {len(years)} years, 0 where there was none.",
            "add the missing rows with the true count, 0 included",
        )
    if (table % 1 != 0).any(axis=None):
        raise SchemaError(
            f"data/raw/{counted.source.path}: a count of people is not a whole number",
            "Each row counts children; rates and averages have no place here.",
            "put the counts in the last column",
        )
    return table


def clean(
    project: Project,
    windows: Sequence[tuple[str, ...]],
    aged_10_17: pd.Series,
    wards: tuple[str, ...],
    dataset: str = "fte-ward-counts",
) -> indicator_rows.Cleaned:
    """Return ward counts pooled over each window of years, and the borough's single years.

    Windows may share years: they pass the small-number rule together. Single years of a ward never
    leave this function. ``aged_10_17`` are residents by area code on one day; they stand for every
    year, so these rows are estimates ([e]). Raises SchemaError where a ward of ``wards`` or a year
    is missing.
    """
    read = read_true_counts(project, dataset)
    table = complete(read, sorted(set().union(*windows)), wards)
    refuse_impossible(read, table, aged_10_17)
    by_year, borough = table.sum(axis=0), load_place(project).code
    year_rows = by_year.set_axis(pd.MultiIndex.from_product([[borough], by_year.index]))
    counted, totals, spans = [], [], dict.fromkeys(by_year.index, 1)
    for years in windows:
        pooled = periods.pooled_label(list(years))
        by_ward = table[list(years)].sum(axis=1)
        ward_rows = by_ward.set_axis(pd.MultiIndex.from_product([by_ward.index, [pooled]]))
        counted += [ward_rows, pd.Series({(borough, pooled): by_ward.sum()})]
        spans[pooled] = len(years)
        of_years = [(borough, year, "all") for year in years]
        for parts in ([(*key, "all") for key in ward_rows.index], of_years):
            totals.append(Sum((borough, pooled, "all"), tuple(parts)))
    return indicator_rows.Cleaned(
        rows=_rows(pd.concat([*counted, year_rows]), aged_10_17, spans, borough, read.source),
        set_aside=read.set_aside,
        sources=(read.source,),
        rows_read=len(read.counts) + len(read.set_aside),
        checks=_borough_checks(project, read.source, by_year),
        totals=tuple(totals),
    )


def residents_aged_10_17(project: Project, ward_set: str) -> pd.DataFrame:
    """Return the residents that counts are divided by, as ``numerator``, by area code.

    For the wards of 2020 those of mid-2020, for earlier ones those of the Census of 2011.
    """
    if ward_set == load_place(project).wards_in(2020).id:
        rows = assets.clean(project, "residents aged 10 to 17", declared.AGED_10_17).rows
        return rows.set_index("area_code")
    return _aged_10_17_in_2011(project)


def _aged_10_17_in_2011(project: Project) -> pd.DataFrame:
    rows = assets.clean(project, "population", declared.AGES_2011).rows
    return rows[rows.breakdown == "age_10_17"].set_index("area_code")


def england(project: Project) -> indicator_rows.Cleaned:
    """Return England's counts over its residents on census day, and its rates as printed."""
    rows = _england(project, _aged_10_17_in_2011(project).numerator)
    return indicator_rows.Cleaned(
        rows=indicator_rows.stack(rows),
        set_aside=indicator_rows.no_set_aside(),
        sources=_england_sources(project),
        rows_read=sum(map(len, rows)),
    )


def _rows(
    counted: pd.Series,
    aged_10_17: pd.Series,
    spans: dict[str, int],
    borough: str,
    source: register.Source,
) -> pd.DataFrame:
    """Return counts as rows; ``spans`` says of each period how many years it has."""
    frame = counted.rename_axis(["area_code", "period"]).rename("numerator").reset_index()
    span = frame.period.map(spans)
    return indicator_rows.tidy(
        frame.assign(
            denominator=frame.area_code.map(aged_10_17) * span,
            area_type=frame.area_code.eq(borough).map({True: "borough", False: "ward"}),
        ),
        source,
        indicator=FIRST_TIME_ENTRANTS,
        status="e",
    )


def _england_sources(project: Project) -> tuple[register.Source, register.Source]:
    names = ("fte-england-counts", "fte-england-rates")
    return tuple(register.find(project, name) for name in names)


def _england(project: Project, aged_10_17: pd.Series) -> list[pd.DataFrame]:
    """England's counts on census residents ([e]), and its rates as they were published."""
    counts, rates = (register.open_raw(project, each) for each in _england_sources(project))
    counted, _ = indicator_rows.sift(counts, ["first_time_entrants"], ["area_code", "period"])
    printed, _ = indicator_rows.sift(rates, ["rate_per_100000"], ["area_code", "period"])
    return [
        indicator_rows.tidy(
            counted.assign(
                numerator=counted.first_time_entrants, denominator=counted.area_code.map(aged_10_17)
            ),
            counts.source,
            indicator=FIRST_TIME_ENTRANTS,
            status="e",
        ),
        indicator_rows.tidy(
            printed.assign(value=printed.rate_per_100000),
            rates.source,
            indicator=FIRST_TIME_ENTRANTS,
            method="published",
        ),
    ]


def _borough_checks(
    project: Project, source: register.Source, by_year: pd.Series
) -> tuple[tuple[str, float, float], ...]:
    """Compare with the borough's own counts where a source of the same kind gives them."""
    own = [
        each
        for each in register.find_all(project, "fte-borough-counts")
        if each.is_dummy == source.is_dummy
    ]
    if not own:
        return ()
    raw = register.open_raw(project, own[0])
    column = raw.frame.columns[-1]
    kept, _ = indicator_rows.sift(raw, [column], ["period"])
    expected = kept.set_index("period")[column].reindex(by_year.index)
    for year in by_year.index[expected.ne(by_year)]:
        raise SchemaError(
            f"First-time entrants of the wards do not add up to the borough's in {year}",
            f"data/raw/{source.path} and data/raw/{own[0].path} must agree.",
            "look for a ward that is missing or counted twice",
        )
    # Years are named here, never counts: this goes into provenance.json.
    return (("years whose wards add up to the borough", len(by_year), len(expected)),)


def families(project: Project, settings: Settings) -> Iterator[tuple[str, Callable[[], Cleaned]]]:
    """Return the name of each ward set's family, and what cleans it.

    An edition that names no years has no ward counts, made up or real.
    """
    windows: dict[str, list[tuple[str, ...]]] = {}
    for edition in settings.editions:
        years = tuple(edition.first_time_entrants_years)
        if years and years not in windows.setdefault(edition.ward_set, []):
            windows[edition.ward_set].append(years)
    for ward_set, its in windows.items():
        if its:
            first, last = min(years[0] for years in its), max(years[-1] for years in its)
            name = f"youth justice, wards of {ward_set}, {first} to {last}"
            yield name, partial(_clean, project, ward_set, its)


def _clean(project: Project, ward_set: str, windows: list[tuple[str, ...]]) -> Cleaned:
    wards = tuple(ward.code for ward in areas.ward_set(project, ward_set).wards)
    children = residents_aged_10_17(project, ward_set)
    dataset = areas.ward_counts(load_place(project), ward_set)
    cleaned = clean(project, windows, children.numerator, wards, dataset)
    codes = cleaned.rows.area_code
    fitted = cleaned.rows.assign(
        fit=codes.map(children.fit.replace("apportioned", DENOMINATOR)),
        share_moved=codes.map(children.share_moved),
        sharing_error=codes.map(children.sharing_error),
    )
    return dataclasses.replace(cleaned, rows=fitted)
