"""A file nobody has described, opened: every sheet somebody could see, as cells."""

from pathlib import Path

from darlington_analysis.catalogue import formats, grids
from darlington_analysis.catalogue.grids import Grid
from darlington_analysis.errors import SourceError

_DELIMITERS = ",;\t|"


def how_of(path: Path) -> dict:
    """Return how a file is to be read, as far as its first bytes tell. Raises SourceError."""
    return {"format": formats.format_of(path)}


def grids_of(path: Path, how: dict, sheet: str, hidden: bool = False) -> list[Grid]:
    """Return every sheet of a file, hidden ones where asked for, and note how its text is read."""
    if how["format"] in grids.WORKBOOKS:
        names = [sheet] if sheet else grids.sheet_names(path, hidden)
        how["hidden"] = [each for each in grids.sheet_names(path) if each not in names]
        return [grids.sheet_grid(path, name) for name in names]
    if how["format"] == "csv":
        how["encoding"], how["is_sure"] = grids.encoding_of(path)
        how["delimiter"] = _delimiter(path, how["encoding"])
        return [grids.csv_grid(path, how["encoding"], how["delimiter"])]
    if how["format"] == "parquet":
        return [grids.parquet_grid(path)]
    return [grids.layer_grid(path)]


def heads_of(path: Path, most: int) -> list[Grid]:
    """Return the first ``most`` rows of every sheet or layer of a file, hidden ones too.

    Of a text no more is taken apart, of a layer no outline is read. Raises SourceError.
    """
    how = how_of(path)
    if how["format"] in grids.LAYERS:
        return grids.layer_heads(path, most)
    if how["format"] == "csv":
        encoding, _ = grids.encoding_of(path)
        return [grids.csv_grid(path, encoding, _delimiter(path, encoding, most), most)]
    return grids_of(path, how, "", hidden=True)


def _delimiter(path: Path, encoding: str, most: int | None = None) -> str:
    """Return the mark that parts most rows into cells; a comma where none does."""
    rows = {}
    for each in _DELIMITERS:
        try:
            rows[each] = sum(
                len(row) > 1 for row in grids.csv_grid(path, encoding, each, most).rows
            )
        except SourceError:
            rows[each] = 0
    return max(_DELIMITERS, key=rows.get)
