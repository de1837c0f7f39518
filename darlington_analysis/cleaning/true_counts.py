"""True counts of children as a council holds them: read, complete, possible, and quoted nowhere."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.catalogue import lineage, sources
from darlington_analysis.catalogue.gazetteer import Gazetteer
from darlington_analysis.cleaning import imported, tidy, young_people
from darlington_analysis.errors import SchemaError
from darlington_analysis.project import Project

MANY, ROUNDED = 12, 5  # of so many true counts hardly ever all are multiples of so much


@dataclass(frozen=True)
class WardCounts:
    """True counts by ward_code and period; they are pooled at once and never written."""

    counts: pd.DataFrame
    set_aside: pd.DataFrame
    source: sources.Source


def read(project: Project, dataset: str) -> WardCounts:
    """Return a dataset's true counts. Raises SchemaError for a value that is no count."""
    source = sources.find(project, dataset)
    if source.reading:
        return _read_declared(project, source)
    raw = sources.open_raw(project, source)
    people = young_people.people_in([list(raw.frame.columns), *raw.frame.to_numpy().tolist()])
    if people:  # a row each: they are counted here, and their rows go no further
        counts = young_people.counted(project, people, _ward_set(dataset))
        return WardCounts(counts, tidy.no_set_aside(), source)
    column = raw.frame.columns[-1]
    kept, aside = tidy.sift(raw, [column], ["ward_code", "period"])
    if len(aside):
        raise SchemaError(
            f"data/raw/{source.path}: {len(aside)} invalid value(s), the first in row "
            f"{aside.row.iloc[0] + 1}: {aside.reason.iloc[0]}",
            "A whole number of children in every row, 0 where there was none.",
            "correct that row; the value is there, and is no count",
        )
    return WardCounts(kept.rename(columns={column: "count"}), aside, source)


def _ward_set(dataset: str) -> str:
    return dataset.removeprefix("fte-ward-counts").strip("-") or lineage.NESTED


def _read_declared(project: Project, source: sources.Source) -> WardCounts:
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
    aside = taken.set_aside.assign(source=source.path)[tidy.SET_ASIDE]
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
    holes = [f"{ward} {year}" for ward, row in table.iterrows() for year in years
             if pd.isna(row[year])]  # fmt: skip
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
