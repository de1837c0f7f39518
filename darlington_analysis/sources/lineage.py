"""How LSOAs fit the wards of a set, where people of earlier wards went, and wards of other times."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.sources import register


@dataclass(frozen=True)
class Fit:
    """The ward each LSOA is put in; ``exact`` where LSOAs nest in the wards, else ``best_fit``."""

    ward_of: pd.Series
    kind: str


def fit(project: Project, lsoas: str, ward_set: str) -> Fit:
    """Return how the LSOAs of a year ("2001", "2011", "2021") fit the wards of a set.

    Raises SourceError where no lookup between the two is held.
    """
    lookup = _read(project, f"lsoa{lsoas}-to-ward", ward_set)
    ward_of = lookup.set_index("lsoa_code")["ward_code"]
    is_nested = lsoas in load_place(project).wards(ward_set).nested
    return Fit(ward_of, "exact" if is_nested else "best_fit")


def overlaps(project: Project, lsoas: str, ward_set: str) -> pd.DataFrame:
    """Return lsoa_code, ward_code and share: a first guess of who of an LSOA lives in the ward.

    No figure is made from the guess alone: ``cleaning.ward_geography.shares`` makes it agree with
    published residents.
    """
    return _read(project, f"lsoa{lsoas}-overlaps", ward_set).astype({"share": float})


def split_and_merged(project: Project) -> pd.DataFrame | None:
    """Return lsoa2011_code and lsoa2021_code, a row a pair that overlap; None where not held."""
    try:
        return _read(project, "lsoa2011-to-lsoa2021", None)
    except register.AbsentError:
        return None


def lineage(project: Project, ward_set: str) -> pd.DataFrame:
    """Return ward_code_before, ward_code, people_2020, share_of_before and share_of_ward.

    One row a pair of a ward of the set and one of its predecessor that share people; estimates.
    Raises AbsentError where the project does not hold them.
    """
    table = _read(project, "ward-lineage", ward_set)
    numbers = ["people_2020", "share_of_before", "share_of_ward"]
    return table.astype({name: float for name in numbers})


def neighbourhoods(project: Project, lsoas: str) -> pd.DataFrame:
    """Return lsoa_code, lsoa_name, postcodes (the commonest starts, "" without any) and column and
    row (of a tile on a drawing of its ward, null without one) of the LSOAs of a year; no rows
    where the project does not hold them.
    """
    columns = ["lsoa_code", "lsoa_name", "postcodes", "column", "row"]
    try:
        table = _read(project, f"lsoa{lsoas}-names", None)
    except register.AbsentError:
        table = pd.DataFrame()
    return table.reindex(columns=columns).astype({"column": float, "row": float})


def postcodes(project: Project, ward_set: str) -> dict[str, list[str]]:
    """Return the starts of postcodes in each ward, by its code; empty where they are not held."""
    try:
        table = _read(project, "ward-postcodes", ward_set)
    except register.AbsentError:
        return {}
    return {row.ward_code: row.postcodes.split(", ") for row in table.itertuples()}


def names_of(project: Project, ward_set: str) -> dict[str, str]:
    """Return the names of a set's wards by their codes."""
    table = _read(project, "wards", ward_set)
    return dict(zip(table.ward_code, table.ward_name, strict=True))


def _read(project: Project, dataset: str, vintage: str | None) -> pd.DataFrame:
    return register.open_raw(project, register.find(project, dataset, vintage)).frame


@dataclass(frozen=True)
class IndexEdition:
    """``lsoas``: the year of its LSOAs; how many England had."""

    lsoas: str
    lsoas_of_england: int


INDEX_EDITIONS = {
    "2004": IndexEdition("2001", 32_482),
    "2007": IndexEdition("2001", 32_482),
    "2010": IndexEdition("2001", 32_482),
    "2015": IndexEdition("2011", 32_844),
    "2019": IndexEdition("2011", 32_844),
    "2025": IndexEdition("2021", 33_755),
}


def index_edition(vintage: str) -> IndexEdition:
    """Return what is known of an edition of the Index. Raises SchemaError for a new one."""
    if vintage not in INDEX_EDITIONS:
        raise SchemaError(
            f"The Index of {vintage} is not known",
            f"Known editions: {', '.join(INDEX_EDITIONS)}.",
            "add its LSOAs to sources/lineage.py",
        )
    return INDEX_EDITIONS[vintage]


MOST = 3  # successors offered
LEAST_SHARE = 0.1


@dataclass(frozen=True)
class OtherSetWard:
    """A ward of another set: the codes and the name it goes by, what it is, and what to ask for."""

    identifiers: tuple[str, ...]
    description: str
    hint: str


def other_set_wards(project: Project, ward_set: str) -> tuple[OtherSetWard, ...]:
    """Return the wards of every other set that a person may ask for by mistake.

    Earlier and later wards come with those that share most of their people.
    """
    others = [
        source for source in register.find_all(project, "wards") if source.vintage != ward_set
    ]
    later = [known for source in others for known in _of_set(project, source)]
    return (*later, *_former(project))


def _of_set(project: Project, source: register.Source) -> list[OtherSetWard]:
    lines, names = _lines(project, source.vintage)
    wards = register.open_raw(project, source).frame
    return [
        OtherSetWard(
            (ward.ward_code, ward.ward_code_old, ward.ward_name),
            f"{ward.ward_name} ({ward.ward_code}) is a ward of {source.vintage}",
            _hint(lines[lines.own == ward.ward_code], names),
        )
        for ward in wards.itertuples()
    ]


def _lines(project: Project, ward_set: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return own, other and share (of own's people) a pair of wards, and the others' names."""
    sets = load_place(project).ward_sets
    later = next((wards.id for wards in sets if wards.predecessor == ward_set), "")
    earlier = next((wards.predecessor for wards in sets if wards.id == ward_set), "")
    columns, other_set = ("ward_code", "ward_code_before", "share_of_ward"), earlier
    if later:
        columns, other_set = ("ward_code_before", "ward_code", "share_of_before"), later
    try:
        pairs = lineage(project, later or ward_set)
    except register.AbsentError:  # a town without a change of wards
        pairs = pd.DataFrame(columns=list(columns))
    lines = pairs.reindex(columns=list(columns)).set_axis(["own", "other", "share"], axis=1)
    return lines, names_of(project, other_set) if len(lines) else {}


def _hint(lines: pd.DataFrame, names: dict[str, str]) -> str:
    kept = lines[lines.share >= LEAST_SHARE].nlargest(MOST, "share")
    if kept.empty:
        return "No ward asked for shares its people."
    parts = [
        f"{names[row.other]} ({row.other}) {100 * row.share:.0f}%" for row in kept.itertuples()
    ]
    return f"Its people live in: {', '.join(parts)}."


def _former(project: Project) -> list[OtherSetWard]:
    sources = register.find_all(project, "former-wards")
    return [
        OtherSetWard(
            (row.ward_code_old,),
            f"{row.ward_name} ({row.ward_code_old}) is a ward {source.vintage.replace('-', ' ')}",
            "No figures of those wards are held, and names that live on had other borders.",
        )
        for source in sources
        for row in register.open_raw(project, source).frame.itertuples()
    ]
