"""Where postcodes lie: in which ward, by a source that says so, or in none of ours."""

import re

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.sources import areas, lineage, register

DATASET = "postcodes"  # a source with the columns postcode and ward_code, vintage: the ward set
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
# Headings of columns of postcodes that are not those of a home.
_NOT_HOME = re.compile(r"school|college|offence|incident|court|victim|office|work|employ", re.I)


def wards_of_postcodes(project: Project, source: register.Source) -> dict[str, str]:
    """Return the ward's code of each postcode, written without spaces.

    Columns are ``postcode`` and ``ward_code``, or the ONS Postcode Directory's own ``pcds`` (also
    pcd7, pcd8) and ``wd25cd`` (of whatever year). Raises SchemaError where one is missing or no row
    names a ward of the source's set.
    """
    table = register.open_raw(project, source).frame
    columns = []
    wanted = {
        "postcode": r"postcode|pcds|pcd[78]?",
        "ward_code": r"ward_code|(?:wd|osward)(?:\d\d)?(?:cd)?",
    }
    for what, pattern in wanted.items():
        named = [name for name in table.columns if re.fullmatch(pattern, name.strip().lower())]
        if not named:
            raise SchemaError(
                f"data/raw/{source.path} has no column {what}",
                "postcode and ward_code, or pcds and wd25cd as the Office for National Statistics "
                f"names them. Its columns: {', '.join(table.columns)[:200]}.",
                "rename the columns in a copy of the file, and add that",
            )
        columns.append(table[named[0]])
    known = dict(zip(columns[0].map(bare), columns[1].str.strip(), strict=True))
    ours = {ward.code for ward in areas.ward_set(project, source.vintage).wards}
    if ours.isdisjoint(known.values()):
        raise SchemaError(
            f"data/raw/{source.path} puts no postcode into a ward of {source.vintage}",
            f"Ward codes such as {min(ours)}.",
            "look whether its sidecar's vintage names the set of wards that its codes are of",
        )
    return {postcode: ward if ward in ours else "" for postcode, ward in known.items()}


def bare(postcode: str) -> str:
    """Return a postcode in capitals, without spaces."""
    return re.sub(r"\s+", "", postcode).upper()


def own_sectors(project: Project, ward_set: str) -> set[str]:
    """Return the sectors of the postcodes of our wards, such as DL11; empty where none are held."""
    starts = lineage.postcodes(project, ward_set).values()
    return {bare(start)[:-1] for every in starts for start in every}


def are_elsewhere(heading: str, cells: list[str], sectors: set[str]) -> list[bool]:
    """Return, for each cell of a column, whether it is a postcode in a sector without our wards."""
    if not sectors or _NOT_HOME.search(heading):
        return [False] * len(cells)
    return [
        bool(POSTCODE.fullmatch(bare(cell))) and bare(cell)[:-2] not in sectors for cell in cells
    ]
