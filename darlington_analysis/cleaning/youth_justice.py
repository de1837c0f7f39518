"""First-time entrants: ward counts pooled over years before anything else, and England's own."""

import pandas as pd

from darlington_analysis.catalogue import lineage, periods, sources
from darlington_analysis.catalogue.areas import BOROUGH
from darlington_analysis.cleaning import assets, declared, tidy, true_counts
from darlington_analysis.cleaning.releases import FIRST_TIME_ENTRANTS
from darlington_analysis.errors import SchemaError
from darlington_analysis.methods.cells import Sum
from darlington_analysis.project import Project


def clean(
    project: Project,
    years: tuple[str, ...],
    aged_10_17: pd.Series,
    wards: tuple[str, ...],
    dataset: str = "fte-ward-counts",
) -> tidy.Cleaned:
    """Return ward counts pooled over ``years``, and the borough's single years.

    Single years of a ward never leave this function. ``aged_10_17`` are residents by area code
    on one day; they stand for every year, so these rows are estimates ([e]).
    Raises SchemaError where a ward of ``wards`` or a year is missing.
    """
    read = true_counts.read(project, dataset)
    table = true_counts.complete(read, list(years), wards)
    true_counts.refuse_impossible(read, table, aged_10_17)
    pooled = periods.pooled_label(list(years))
    by_ward, by_year = table.sum(axis=1), table.sum(axis=0)
    totals = pd.Series({(BOROUGH, pooled): by_ward.sum()})
    ward_rows = by_ward.set_axis(pd.MultiIndex.from_product([by_ward.index, [pooled]]))
    year_rows = by_year.set_axis(pd.MultiIndex.from_product([[BOROUGH], by_year.index]))
    counted = pd.concat([ward_rows, totals, year_rows])
    return tidy.Cleaned(
        rows=_rows(counted, aged_10_17, pooled, len(years), read.source),
        set_aside=read.set_aside,
        sources=(read.source,),
        rows_read=len(read.counts) + len(read.set_aside),
        checks=_borough_checks(project, read.source, by_year),
        totals=tuple(
            Sum((BOROUGH, pooled, "all"), tuple((*key, "all") for key in rows.index))
            for rows in (ward_rows, year_rows)
        ),
    )


def residents_aged_10_17(project: Project, ward_set: str) -> pd.DataFrame:
    """Return the residents that counts are divided by, as ``numerator``, by area code.

    For the wards of 2003 to 2015 those of the Census of 2011, for later ones those of mid-2020.
    """
    if ward_set == lineage.NESTED:
        rows = assets.clean(project, "population", declared.AGES_2011).rows
        rows = rows[rows.breakdown == "age_10_17"]
    else:
        rows = assets.clean(project, "residents aged 10 to 17", declared.AGED_10_17).rows
    return rows.set_index("area_code")


def england(project: Project) -> tidy.Cleaned:
    """Return England's counts over its residents on census day, and its rates as printed."""
    rows = _england(project, residents_aged_10_17(project, lineage.NESTED).numerator)
    return tidy.Cleaned(
        rows=tidy.stack(rows),
        set_aside=tidy.no_set_aside(),
        sources=_england_sources(project),
        rows_read=sum(map(len, rows)),
    )


def _rows(
    counted: pd.Series, aged_10_17: pd.Series, pooled: str, years: int, source: sources.Source
) -> pd.DataFrame:
    frame = counted.rename_axis(["area_code", "period"]).rename("numerator").reset_index()
    span = frame.period.eq(pooled).map({True: years, False: 1})
    return tidy.tidy(
        frame.assign(
            denominator=frame.area_code.map(aged_10_17) * span,
            area_type=frame.area_code.eq(BOROUGH).map({True: "borough", False: "ward"}),
        ),
        source,
        indicator=FIRST_TIME_ENTRANTS,
        status="e",
    )


def _england_sources(project: Project) -> tuple[sources.Source, sources.Source]:
    names = ("fte-england-counts", "fte-england-rates")
    return tuple(sources.find(project, name) for name in names)


def _england(project: Project, aged_10_17: pd.Series) -> list[pd.DataFrame]:
    """England's counts on census residents ([e]), and its rates as they were published."""
    counts, rates = (sources.open_raw(project, each) for each in _england_sources(project))
    counted, _ = tidy.sift(counts, ["first_time_entrants"], ["area_code", "period"])
    printed, _ = tidy.sift(rates, ["rate_per_100000"], ["area_code", "period"])
    return [
        tidy.tidy(
            counted.assign(
                numerator=counted.first_time_entrants, denominator=counted.area_code.map(aged_10_17)
            ),
            counts.source,
            indicator=FIRST_TIME_ENTRANTS,
            status="e",
        ),
        tidy.tidy(
            printed.assign(value=printed.rate_per_100000),
            rates.source,
            indicator=FIRST_TIME_ENTRANTS,
            method="published",
        ),
    ]


def _borough_checks(
    project: Project, source: sources.Source, by_year: pd.Series
) -> tuple[tuple[str, float, float], ...]:
    """Compare with the borough's own counts where a source of the same kind gives them."""
    own = [
        each
        for each in sources.find_all(project, "fte-borough-counts")
        if each.is_dummy == source.is_dummy
    ]
    if not own:
        return ()
    raw = sources.open_raw(project, own[0])
    column = raw.frame.columns[-1]
    kept, _ = tidy.sift(raw, [column], ["period"])
    expected = kept.set_index("period")[column].reindex(by_year.index)
    for year in by_year.index[expected.ne(by_year)]:
        raise SchemaError(
            f"First-time entrants of the wards do not add up to the borough's in {year}",
            f"data/raw/{source.path} and data/raw/{own[0].path} must agree.",
            "look for a ward that is missing or counted twice",
        )
    # Years are named here, never counts: this goes into provenance.json.
    return (("years whose wards add up to the borough", len(by_year), len(expected)),)
