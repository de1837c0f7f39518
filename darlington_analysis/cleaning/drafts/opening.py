"""A file nobody has described, opened: every sheet of it as cells."""

from pathlib import Path

from darlington_analysis.catalogue import formats, grids
from darlington_analysis.catalogue.grids import Grid
from darlington_analysis.errors import SourceError

_DELIMITERS = ",;\t|"


def how_of(path: Path) -> dict:
    """Return how a file is to be read, as far as its first bytes tell. Raises SourceError."""
    return {"format": formats.format_of(path)}


def open_file(path: Path, how: dict, sheet: str) -> list[Grid]:
    """Return every sheet of a file, and note how its text is read."""
    if how["format"] in grids.WORKBOOKS:
        names = [sheet] if sheet else grids.sheet_names(path)
        return [grids.sheet_grid(path, name) for name in names]
    if how["format"] == "csv":
        how["encoding"], how["is_sure"] = grids.encoding_of(path)
        how["delimiter"] = _delimiter(path, how["encoding"])
        return [grids.csv_grid(path, how["encoding"], how["delimiter"])]
    if how["format"] == "parquet":
        return [grids.parquet_grid(path)]
    return [grids.layer_grid(path)]


def _delimiter(path: Path, encoding: str) -> str:
    """Return the mark that parts most rows into cells; a comma where none does."""
    rows = {}
    for each in _DELIMITERS:
        try:
            rows[each] = sum(len(row) > 1 for row in grids.csv_grid(path, encoding, each).rows)
        except SourceError:
            rows[each] = 0
    return max(_DELIMITERS, key=rows.get)
