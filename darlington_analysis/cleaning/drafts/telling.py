"""What ``add`` says of a file: what was seen, and why nothing was drafted."""

import re
from pathlib import Path

from darlington_analysis.catalogue.gazetteer import Gazetteer
from darlington_analysis.catalogue.grids import Grid
from darlington_analysis.catalogue.indicators import register
from darlington_analysis.cleaning import long_rows
from darlington_analysis.errors import SchemaError, SourceError


def remarks(path: Path, how: dict, reading: dict, taken: long_rows.Taken) -> list[str]:
    """Return what was seen, in sentences for a person."""
    areas = reading["areas"]
    councils = areas.get("councils", ())
    where = f", sheet “{reading['sheet']}”" if reading.get("sheet") else ""
    said = [
        f"{path.name}: {how['format']}{where}, header in row "
        f"{' and '.join(map(str, reading['header_rows']))}, last row {reading['last_row']}.",
        f"Areas: {' or '.join(areas.get('columns', ())) or 'one for the whole file'} "
        f"({', '.join(areas['systems'])})"
        + (f"; the council of a row: {' or '.join(councils)}." if councils else "."),
        f"Rows read: {taken.rows_read}; with figures: {taken.rows_kept}; set aside: "
        f"{len(taken.set_aside)}.",
    ]
    said += [f"{count} row(s) set aside: {why}." for why, count in
             taken.set_aside.reason.value_counts().items()]  # fmt: skip
    if unknown := sorted({each["indicator"] for each in reading["figures"]} - set(register())):
        said.append(
            f"Figures called {', '.join(unknown)[:200]} wait in the table, and no pack shows them. "
            f"To have them shown, put a registered slug in place of one, or register it: "
            f"catalogue/indicators.toml says what it counts, of whom and why it matters."
        )
    if how.get("hidden"):
        said.append(f"Sheets not looked at: {', '.join(how['hidden'])} (hidden, or not asked for).")
    if reading.get("left_out"):
        said.append(f"Columns left out: {', '.join(reading['left_out'])}.")
    return said


def unheld(path: Path, taken: long_rows.Taken) -> SchemaError:
    """Return why a file whose every row is set aside can't be used."""
    reasons = taken.set_aside.reason.value_counts()
    return SchemaError(
        f"{path.name}: no row could be used; {reasons.iloc[0]} of them: {reasons.index[0]}",
        "Figures about the wards since May 2003, LSOAs, the borough, its region or country.",
        "look for a release of the same figures for those areas",
    )


def nothing(
    path: Path, found: list[Grid], gazetteer: Gazetteer, vetoes: list[str]
) -> SchemaError | SourceError:
    """Return why a file without a table of ours is refused."""
    if vetoes:
        more = f" ({len(vetoes)} rows bear such a name)" if len(vetoes) > 1 else ""
        return SchemaError(
            f"{path.name} holds no figures about Darlington: {vetoes[0]}{more}",
            "Figures about our borough, wards or neighbourhoods: a name beside another place's "
            "code, council or kind of area is not taken for ours.",
            "look for a release of the same figures by local authority, ward or LSOA",
        )
    if not any(cell.strip() for grid in found for row in grid.rows for cell in row):
        return SourceError(
            f"{path.name} holds no filled cell",
            "A table with a header and figures.",
            "download it again; if the figures are in a picture or text box, ask for the data",
        )
    for grid in found:
        for number, row in enumerate(grid.rows[:60], 1):
            areas = [cell for cell in row[1:] if cell.strip() and gazetteer.has(cell)]
            if len(set(areas)) > 2:
                return _across(path, number, areas)
    told = re.sub(r"\s+", " ", ", ".join(grid.sheet for grid in found if grid.sheet))[:120]
    return SchemaError(
        f"{path.name} holds no table of figures about Darlington"
        + (f" (sheets: {told})" if told else ""),
        "A row of names over rows of figures, in which a column names wards, neighbourhoods "
        "(LSOAs), the borough, its region or country.",
        "look whether the file is the right one; a count of events must be added up by area first",
    )


def _across(path: Path, row: int, areas: list[str]) -> SchemaError:
    return SchemaError(
        f"{path.name}, row {row} names areas across ({', '.join(areas[:2])}, …)",
        "Areas stand below each other, in a column.",
        "turn the table round (copy, paste special, transpose), save it as CSV and add that",
    )
