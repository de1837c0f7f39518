"""What a sheet hides is named and not read, or the file is refused, in every kind of workbook."""

import shutil
import struct
import subprocess
import zipfile

import pytest

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import grids, workbook_styles, workbooks

BELOW_13 = {"type": "cell", "criteria": "<", "value": 13}


def styled(value=12, **style):
    """Return a way that puts a value with a style into C3."""
    return lambda book, sheet: sheet.write("C3", value, book.add_format(style))


def condition(**style):
    """Return a way that shows numbers below 13 in a style."""
    return lambda book, sheet: sheet.conditional_format(
        "C2:D5", {**BELOW_13, "format": book.add_format(style)}
    )


def row(**options):
    """Return a way that sets the third row."""
    return lambda _book, sheet: sheet.set_row(2, options.pop("height", None), None, options)


def column(**options):
    """Return a way that sets the third column."""
    return lambda _book, sheet: sheet.set_column("C:C", None, None, options)


def filtered(_book, sheet):
    """Show the rows above 12 alone."""
    sheet.autofilter("A1:D5")
    sheet.filter_column("C", "x > 12")
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_row(2, None, None, {"hidden": True})


def merged(_book, sheet):
    """Put a number under a merged cell."""
    sheet.merge_range("B3:C3", "b")
    sheet.write("C3", 12)


def never_calculated(_book, sheet):
    """Write formulas without results."""
    for at in range(2, 6):
        sheet.write_formula(f"C{at}", f"=D{at}*2")


def without_zeros(_book, sheet):
    """Hold a 0 that is not shown."""
    sheet.write("C3", 0)
    sheet.hide_zero()


ROW, COLUMN = ([3], []), ([], [3])
HIDDEN = {
    "a hidden row": (row(hidden=True), ROW),
    "a row of no height": (row(height=0), ROW),
    "a collapsed group of rows": (row(level=1, hidden=True), ROW),
    "a hidden column": (column(hidden=True), COLUMN),
    "a collapsed group of columns": (column(level=1, hidden=True), COLUMN),
    "a filter": (filtered, ([2, 3], [])),
}
REFUSED = {
    "white": (styled(font_color="#FFFFFF"), "the colour of the cell"),
    "nearly white": (styled(font_color="#FDFDFD"), "the colour of the cell"),
    "blue on blue": (
        styled(font_color="#336699", bg_color="#336699", pattern=1),
        "the colour of the cell",
    ),
    "no format": (styled(num_format=";;;"), "its number format"),
    "a star": (styled(2, num_format='[<5]"*";0'), "its number format"),
    "words alone": (styled(num_format='"*"'), "its number format"),
    "thousands": (styled(12345, num_format="0,"), "its number format"),
    "a sign left out": (styled(-12, num_format="0;0"), "its number format"),
    "white by a condition": (condition(font_color="#FFFFFF"), "a condition"),
    "under a merged cell": (merged, "merged with"),
    "never calculated": (never_calculated, "never calculated"),
    "zeros not shown": (without_zeros, "does not show that it holds a 0"),
}
READ = {
    "nothing": (lambda _book, _sheet: None, "12"),
    "a share": (styled(0.243, num_format="0.0%"), "24.3%"),
    "red by a condition": (condition(font_color="#FF0000"), "12"),
    "white on blue": (styled(font_color="#FFFFFF", bg_color="#003366", pattern=1), "12"),
}
# LibreOffice leaves these out of XLS files.
NOT_IN_XLS = {
    "a format by a condition": (condition(num_format='"*"'), "a condition"),
    "a bar alone": (
        lambda _book, sheet: sheet.conditional_format(
            "C2:D5", {"type": "data_bar", "bar_only": True}
        ),
        "a condition",
    ),
}
WAYS = {**HIDDEN, **REFUSED, **READ, **NOT_IN_XLS}
KINDS = ("xlsx", "xls", "ods")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with a workbook for each way, as XLSX, XLS and ODS."""
    writer = pytest.importorskip("xlsxwriter")
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    into = tmp_path_factory.mktemp("hidden")
    for name, (way, _) in WAYS.items():
        book = writer.Workbook(into / f"{name}.xlsx")
        sheet = book.add_worksheet("Data")
        sheet.write_row("A1", ["Ward code", "Ward", "2019", "2020"])
        for at in range(4):
            sheet.write_row(at + 1, 0, [f"E0501041{at + 2}", "abcd"[at], at + 11, at + 21])
        way(book, sheet)
        book.add_worksheet("Secret").very_hidden()
        book.close()
    for kind in KINDS[1:]:
        options = ["--headless", f"-env:UserInstallation=file://{into}/office", "--convert-to"]
        command = [office, *options, kind, "--outdir", str(into), *map(str, into.glob("*.xlsx"))]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return into


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_rows_and_columns_are_named_and_not_read(folder, name, kind):
    """Whatever hides them: a flag, a height of 0, a group, a filter."""
    grid = grids.sheet_grid(folder / f"{name}.{kind}", "Data")
    assert HIDDEN[name][1] == (sorted(grid.hidden_rows), list(grid.hidden_columns))
    assert "" == grid.rows[2][2]
    assert "13" == grid.rows[3][2] or grid.hidden_columns


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", {**REFUSED, **NOT_IN_XLS})
def test_a_number_that_is_not_shown_stops_the_reading(folder, name, kind):
    """The file is refused, and the cell or range named."""
    if kind == "xls" and name in NOT_IN_XLS:
        pytest.skip("LibreOffice leaves it out of XLS files")
    with pytest.raises(SourceError, match=WAYS[name][1]):
        grids.sheet_grid(folder / f"{name}.{kind}", "Data")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", READ)
def test_what_can_be_seen_is_read(folder, name, kind):
    """A style is no fault; a share is what it shows."""
    assert READ[name][1] == grids.sheet_grid(folder / f"{name}.{kind}", "Data").rows[2][2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_very_hidden_sheet_is_not_read(folder, kind):
    """Its name is known."""
    path = folder / f"nothing.{kind}"
    assert {"Data": True, "Secret": False} == grids.sheet_names(path)
    with pytest.raises(SourceError, match="that can be seen"):
        grids.sheet_grid(path, "Secret")


def record(changes, colour=0):
    """Return the record of a condition of an XLS file: what it changes, and the words' colour."""
    return 0x1B1, struct.pack("<6xI82xi", changes, colour).ljust(130, b"\0")


@pytest.mark.parametrize(
    ("records", "is_hiding"),
    [
        ([record(1 << 25)], True),  # a number format
        ([record(1 << 26, 9)], True),  # white words
        ([record(1 << 26, 10)], False),  # red ones
        ([record((1 << 26) | (1 << 29), 9)], False),  # white ones on a colour
        ([(0x87A, b"")], True),  # bars and signs
        ([(0x1B1, b"")], False),
    ],
)
def test_conditions_of_xls_files_that_hide_are_known(records, is_hiding):
    """Those that LibreOffice can't write, too."""

    class Book:
        colour_map = {9: (255, 255, 255), 10: (255, 0, 0)}  # noqa: RUF012

    assert is_hiding == workbook_styles.is_hiding_in_xls(Book, records)


def test_an_older_condition_of_an_open_document_is_met(folder, tmp_path):
    """ODF 1.2 knows conditions as maps from a cell's style to another one."""
    path = tmp_path / "map.ods"
    with zipfile.ZipFile(folder / "nothing.ods") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "content.xml":
                style = (
                    b'<style:style style:name="no" style:family="table-cell"><style:text-properties'
                    b' fo:color="#ffffff"/></style:style><style:style style:name="yes"'
                    b' style:family="table-cell"><style:map style:condition="cell-content()&lt;13"'
                    b' style:apply-style-name="no"/></style:style></office:automatic-styles>'
                )
                text = text.replace(b"</office:automatic-styles>", style)
                old_cell = b'<table:table-cell office:value-type="float" office:value="12"'
                text = text.replace(
                    old_cell,
                    b'<table:table-cell table:style-name="yes"'
                    + old_cell.removeprefix(b"<table:table-cell"),
                )
            new.writestr(name, text)
    assert ["C3"] == [place for place, _ in workbooks.sheet(path.read_bytes(), "Data")["faults"]]


def test_a_binary_workbook_is_refused_by_name(tmp_path):
    """What an XLSB file hides can't be read here."""
    path = tmp_path / "figures.xlsb"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.bin", b"")
    with pytest.raises(SourceError, match="XLSB") as fault:
        grids.format_of(path)
    assert "save it as XLSX" in str(fault.value)
