"""What people recognise a census area by: its published name, its postcodes, where it lies."""

from pathlib import Path

import geopandas
import pandas as pd

from scripts.data_build.hexagon_search import search, total_cost, wanted_points
from scripts.data_build.raw_files import (
    NOT_TRIED,
    OGL,
    ONS_STATEMENT,
    OS_STATEMENT,
    RAW_FOLDER,
    Story,
    write_raw,
)

FOLDER = RAW_FOLDER / "geography"
METRES = 27700
MOST_AT_ONE_POINT = 5  # more postcodes at one point are post-office boxes
SHOWN, COVERED = 4, 0.8  # groups of postcodes that are shown: so many, or so great a part
COPY = (
    "open-postcode/codepoint at dd4880a1a6f437477fd6a7a3a6823c944ba6bd2f (2014) and "
    f"A-makarim/UCL-CSRI at c356a23737e8e33008ddf3b3d9e5536da4d50384 (2025). {NOT_TRIED}"
)
STATEMENT = (
    f"{ONS_STATEMENT} {OS_STATEMENT}. Contains Royal Mail data © Royal Mail copyright and "
    "database right 2014, 2025"
)
GROUPS = "the starts of its postcodes, without their last letter"
WARDS_OF = {"2001": "2003-2015", "2021": "2015-on"}  # the wards that LSOAs of a year are drawn in
SEEDS, MOVES = range(4), 1_500
WARD_SETS = {"2003-2015": "ward_2003_2015_code", "2015-on": "ward_2015_on_code"}


def write_neighbourhoods(reference: Path) -> list[Path]:
    """Write the names and postcodes of LSOAs of 2001 and 2021, and the postcodes of each ward."""
    geography = reference / "geography"
    postcodes = _postcodes(geography)
    written = [_lsoas(geography, postcodes, year) for year in ("2001", "2021")]
    return written + [_wards(postcodes, ward_set) for ward_set in WARD_SETS]


def _postcodes(geography: Path) -> pd.DataFrame:
    table = pd.read_csv(geography / "lookup_postcodes.csv", dtype=str)
    is_live = table.in_codepoint_2014.eq("1") | table.in_codepoint_2025.eq("1")
    is_home = table.postcodes_at_same_point.astype(int) <= MOST_AT_ONE_POINT
    return table[is_live & is_home].assign(group=table.postcode.str[:-1])


def _lsoas(geography: Path, postcodes: pd.DataFrame, year: str) -> Path:
    """Place each postcode's point in the outlines of a year, and write a row an LSOA."""
    outlines = geopandas.read_file(geography / f"boundary_lsoa_{year}.geojson").to_crs(METRES)
    code, name = (f"lsoa{year[2:]}{ending}" for ending in ("cd", "nm"))
    places = geopandas.points_from_xy(postcodes.easting, postcodes.northing, crs=METRES)
    points = geopandas.GeoDataFrame(postcodes[["group"]], geometry=places)
    inside = points.sjoin(outlines[[code, name, "geometry"]], predicate="within")
    groups = inside.groupby(code).group.apply(lambda found: found.value_counts())
    table = pd.DataFrame(
        {
            "lsoa_code": outlines[code],
            "lsoa_name": outlines[name],
            "postcodes": [_most(groups.get(one)) for one in outlines[code]],
        }
    )
    table = table.merge(_tiles(outlines.set_index(code).geometry, year), on="lsoa_code")
    return write_raw(table, FOLDER / "lsoas" / f"lsoa{year}_names.csv", _story(year))


def _tiles(shapes: geopandas.GeoSeries, year: str) -> pd.DataFrame:
    """Return lsoa_code, column and row: a tile for each LSOA on a drawing of its ward."""
    lookup = pd.read_csv(FOLDER / WARDS_OF[year] / f"lsoa{year}_to_ward.csv")
    parts = [_placed(shapes[group]) for _, group in lookup.groupby("ward_code").lsoa_code]
    return pd.concat(parts, ignore_index=True)


def _placed(shapes: geopandas.GeoSeries) -> pd.DataFrame:
    """Place the LSOAs of one ward as the tiles of wards are placed, by bearings and borders."""
    middles = {code: (shape.centroid.x, shape.centroid.y) for code, shape in shapes.items()}
    near = shapes.buffer(1)  # metre: borders that are drawn along one line
    touching = {
        one: {two for two in shapes.index if two != one and near[one].intersects(near[two])}
        for one in shapes.index
    }
    boards = [search(wanted_points(middles), touching, seed, MOVES) for seed in SEEDS]
    best = min(boards, key=lambda board: round(total_cost(board), 6))
    rows = [(code, *cell) for code, cell in sorted(best.cell_of.items())]
    table = pd.DataFrame(rows, columns=["lsoa_code", "column", "row"])
    table[["column", "row"]] -= table[["column", "row"]].min()
    return table


def _most(groups: pd.Series | None) -> str:
    """Return the groups that hold most of an area's postcodes, the largest first."""
    if groups is None:
        return ""
    ordered = (
        groups.rename("many").reset_index().sort_values(["many", "index"], ascending=[False, True])
    )
    before = ordered.many.cumsum() - ordered.many
    kept = ordered["index"][before < COVERED * ordered.many.sum()].head(SHOWN)
    return ", ".join(kept)


def _wards(postcodes: pd.DataFrame, ward_set: str) -> Path:
    known = postcodes.dropna(subset=[WARD_SETS[ward_set]])
    groups = known.groupby(WARD_SETS[ward_set]).group.apply(lambda one: ", ".join(sorted(set(one))))
    table = groups.rename_axis("ward_code").rename("postcodes").reset_index()
    story = Story(
        dataset="ward-postcodes",
        title=f"Postcodes in the wards of {ward_set}",
        publisher="Ordnance Survey",
        address="https://osdatahub.os.uk",
        licence=OGL,
        vintage=ward_set,
        columns={"ward_code": "electoral ward, GSS code", "postcodes": GROUPS},
        obtained_from=COPY,
        statement=STATEMENT,
        notes="To find a ward by a postcode: the start of one may lie in several wards.",
    )
    return write_raw(table, FOLDER / ward_set / "ward_postcodes.csv", story)


def _story(year: str) -> Story:
    return Story(
        dataset=f"lsoa{year}-names",
        title=f"Names and postcodes of lower layer super output areas of {year}",
        publisher="Office for National Statistics; Ordnance Survey",
        address="https://geoportal.statistics.gov.uk",
        licence=OGL,
        vintage=year,
        columns={
            "lsoa_code": f"lower layer super output area of {year}, GSS code",
            "lsoa_name": "its published name",
            "postcodes": f"{GROUPS}: the {SHOWN} commonest, or those of "
            f"{COVERED:.0%} of its postcodes",
            "column": f"axial column of its tile within its ward of {WARDS_OF[year]}, growing east",
            "row": "axial row of the tile, growing south",
        },
        obtained_from=f"Names with the boundaries; postcodes: {COPY}",
        statement=STATEMENT,
        notes="Each postcode of 2014 or 2025 is placed by its point in the area's outline; points "
        f"with more than {MOST_AT_ONE_POINT} postcodes are left out. Tiles "
        "are a drawing, not a measurement: they keep neighbours together and bearings within a ward.",
    )
