"""A workbook is read as it is shown: formats, hidden rows and columns, merged cells, formulas."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import grids, numbers, separate_process, workbooks
from tests.support.workbooks import write_ods


@pytest.fixture(scope="module", autouse=True)
def in_this_process():
    """Read workbooks in the process of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            separate_process,
            "workbook",
            lambda path, sheet=None: separate_process.workbook_of(path.read_bytes(), sheet),
        )
        yield


ACCOUNTS = '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.243, "0.0%", "24.3%"),
        (12, '[<5]"*";0', "12"),
        (3, '[<5]"*";0', None),
        (3, ";;;", None),
        (0, ACCOUNTS, "0"),
        (-1234.5, ACCOUNTS, "-1234.5"),
        (-5, "#,##0;(#,##0)", "-5"),
        (-3, "0;0", None),
        (12_000, "0,", None),
        (1_200_000, '0.0,,"m"', None),
        (5, "£#,##0", "£5"),
        (2023, '0"/24"', "2023/24"),
        (7, '#,##0" [r]"', "7 [r]"),
        (4, '"<5"', None),
        (0, "0;-0;;@", ""),
        (4, "@", "4"),
        (0.5, "# ?/?", "0.5"),
        (3, "mmm-yy", None),
        (3, '"[c]";"[c]";0', None),
        (0, '0;-0;"*"', None),
        (3, '[Red][<5]"<5";General', None),
        (5, "General", "5"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(value, code, text):
    """None where the format shows no number, or another one."""
    assert text == numbers.shown(value, code)


PARTS = [
    "0",
    "#,##0",
    "0.00",
    "0%",
    "0.0%",
    '"*"',
    '"n/a"',
    "",
    '0"*"',
    "[Red]0",
    '[<5]"*"',
    "0,",
    "General",
    "(0)",
    "-0",
    '"-"??',
    "0.0E+00",
    "@",
]


@given(
    st.floats(-1e6, 1e6) | st.integers(-50, 50),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=4),
)
def test_no_format_makes_another_number_of_a_number(value, parts):
    """What is read is the number, a hundred times it with a per cent sign, or nothing."""
    value = round(value, 4)
    text = numbers.shown(value, ";".join(parts))
    read = numbers.number(text) if text else None
    if read is not None:
        expected = value * 100 if "%" in text else value
        assert read == pytest.approx(expected, rel=1e-9, abs=1e-9), (value, parts, text)


@settings(max_examples=20)
@given(st.data())
def test_hidden_rows_and_columns_are_named_and_not_read(tmp_path_factory, data):
    """Whichever of them: what can be seen is read, and nothing else."""
    writer = pytest.importorskip("xlsxwriter")
    wide, high = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    rows = data.draw(st.sets(st.integers(1, high)))
    columns = data.draw(st.sets(st.integers(1, wide)))
    path = tmp_path_factory.mktemp("books") / "book.xlsx"
    with writer.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for row in range(high):
            sheet.write_row(row, 0, [100 * row + at + 1 for at in range(wide)])
        for row in rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for at in columns:
            sheet.set_column(at - 1, at - 1, None, None, {"hidden": True})
    grid = grids.sheet_grid(path, "Data")
    assert (rows, columns) == (set(grid.hidden_rows), set(grid.hidden_columns))
    for row, line in enumerate(grid.rows, 1):
        for at, cell in enumerate(line, 1):
            is_hidden = row in rows or at in columns
            assert ("" if is_hidden else str(100 * (row - 1) + at)) == cell
    everything = grids.sheet_grid(path, "Data", hidden=True).rows
    assert high * wide == sum(bool(cell) for line in everything for cell in line)


def book_of(write, **options) -> bytes:
    """Return a workbook with one sheet that ``write`` fills."""
    writer = pytest.importorskip("xlsxwriter")
    content = io.BytesIO()
    with writer.Workbook(content, options) as book:
        write(book, book.add_worksheet("Data"))
    return content.getvalue()


def test_a_condition_that_may_hide_numbers_is_a_fault():
    """A number format of a conditional style, as councils use for small counts."""

    def write(book, sheet):
        sheet.write_column("A1", [3, 12])
        style = book.add_format({"num_format": '"*"'})
        small = {"type": "cell", "criteria": "<", "value": 5, "format": style}
        sheet.conditional_format("A1:A2", small)

    faults = workbooks.sheet(book_of(write), "Data")["faults"]
    assert [("A1:A2", "a condition may hide its numbers")] == faults


@pytest.mark.parametrize(
    ("results", "is_fault"), [((0, 0), True), ((7, 0), False), (("#DIV/0!", "#N/A"), False)]
)
def test_formulas_without_results_are_faults(results, is_fault):
    """All of them 0 in a book that was never calculated; a result or a fault shows that it was."""

    def write(_book, sheet):
        for row, result in enumerate(results):
            sheet.write_formula(row, 0, "=1+2", None, result)

    faults = workbooks.sheet(book_of(write), "Data")["faults"]
    assert is_fault == bool(faults)


def test_a_merged_word_stands_in_each_of_its_rows_and_a_number_once(tmp_path):
    """A ward over two rows is the ward of both; a count over two rows is not counted twice."""

    def write(_book, sheet):
        sheet.merge_range("A1:A2", "Mowden")
        sheet.merge_range("B1:B2", 7)
        sheet.write_column("C1", [1, 2])

    path = tmp_path / "merged.xlsx"
    path.write_bytes(book_of(write))
    assert [["Mowden", "7", "1"], ["Mowden", "", "2"]] == grids.sheet_grid(path, "Data").rows


def test_numbers_in_the_colour_of_their_cell_are_faults():
    """White on white, or by a condition; white on blue can be read, and so can red by a condition."""

    def write(book, sheet):
        unseen = book.add_format({"font_color": "white"})
        shown = book.add_format({"font_color": "white", "bg_color": "navy"})
        sheet.write_number("A1", 3, unseen)
        sheet.write_number("A2", 4, shown)
        sheet.write_number("A3", 5)
        red = {"type": "cell", "criteria": "<", "value": 5}
        red["format"] = book.add_format({"font_color": "red", "bg_color": "pink"})
        sheet.conditional_format("A3:A4", red)

    def write_condition(book, sheet):
        white = {"type": "cell", "criteria": "<", "value": 5}
        sheet.write_number("A1", 3)
        white["format"] = book.add_format({"font_color": "#FFFFFF"})
        sheet.conditional_format("A1:A9", white)

    faults = workbooks.sheet(book_of(write), "Data")["faults"]
    assert [("A1", "its number has the colour of the cell")] == faults
    faults = workbooks.sheet(book_of(write_condition), "Data")["faults"]
    assert [("A1:A9", "a condition may hide its numbers")] == faults


def only_a_bar(_book, sheet):
    """Draw a bar in place of the number."""
    sheet.conditional_format("B2:B3", {"type": "data_bar", "bar_only": True})


def only_a_sign(_book, sheet):
    """Draw an arrow in place of the number."""
    icons = {"type": "icon_set", "icon_style": "3_arrows", "icons_only": True}
    sheet.conditional_format("B2:B3", icons)


def under_a_merged_cell(_book, sheet):
    """Merge the number's cell with the one before it, which covers it."""
    sheet.merge_range("A2:B2", "Mowden")
    sheet.write("B2", 555)


def words_without_a_form(book, sheet):
    """Write the number as words, which the fourth part of the format hides."""
    sheet.write_string("B2", "555", book.add_format({"num_format": "0;0;0;"}))


def white_words(book, sheet):
    """Write the number as words in the colour of the paper."""
    sheet.write_string("B2", "555", book.add_format({"font_color": "#FFFFFF"}))


HIDES = [only_a_bar, only_a_sign, under_a_merged_cell, words_without_a_form, white_words]


@pytest.mark.parametrize("hide", HIDES, ids=lambda hide: hide.__name__)
def test_other_ways_to_hide_a_number_are_faults(hide):
    """A sheet shows something else, or nothing, where the file holds a number."""

    def write(book, sheet):
        sheet.write_row("A1", ["Ward", "2019"])
        sheet.write_column("B2", [3, 12])
        hide(book, sheet)

    assert workbooks.sheet(book_of(write), "Data")["faults"]


ODS_STYLE = (
    '<office:automatic-styles><style:style xmlns:style="urn:style" style:name="ce1">'
    '<style:text-properties xmlns:fo="urn:fo" fo:color="#FFFFFF"/></style:style>'
    "</office:automatic-styles><office:body>"
)
ODS_BAR = (
    '<c:conditional-format xmlns:c="urn:c" c:target-range-address="Data.A2:Data.B2">'
    '<c:data-bar c:show-value="false"/></c:conditional-format></table:table>'
)
IN_ODS = {
    "shown": ("", "", []),
    "white": (
        "<table:table-cell ",
        '<table:table-cell table:style-name="ce1" ',
        ["its number has the colour of the cell"] * 4,
    ),
    "a bar alone": ("</table:table>", ODS_BAR, ["a condition may hide its numbers"]),
    "covered": (
        "<table:table-row><table:table-cell ",
        '<table:table-row><table:table-cell table:number-columns-spanned="2" ',
        ["the cell that it is merged with covers it"] * 2,
    ),
}


@pytest.mark.parametrize("how", IN_ODS)
def test_an_open_document_sheet_hides_numbers_in_the_same_ways(tmp_path, how):
    """By the colour of a style, by a bar, and under a merged cell."""
    old, new, faults = IN_ODS[how]
    path = write_ods(tmp_path / "sheet.ods", [[3, 4], [5, 6]])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    parts["content.xml"] = (
        parts["content.xml"].replace("<office:body>", ODS_STYLE).replace(old or "none", new)
    )
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    found = workbooks.sheet(path.read_bytes(), "Table 1")["faults"]
    assert faults == [why for _, why in found]


@pytest.mark.parametrize("state", ["hidden", "very hidden"])
def test_a_hidden_sheet_is_not_read_where_it_is_named(tmp_path, state):
    """Its name is known, and what it holds is not shown."""

    def write(book, sheet):
        sheet.write("A1", "shown")
        secret = book.add_worksheet("Secret")
        secret.hide() if state == "hidden" else secret.very_hidden()

    path = tmp_path / "hidden.xlsx"
    path.write_bytes(book_of(write))
    assert {"Data": True, "Secret": False} == grids.sheet_names(path)
    with pytest.raises(SourceError, match="that can be seen"):
        grids.sheet_grid(path, "Secret")


def test_an_open_document_sheet_shows_what_its_text_shows(tmp_path):
    """The file keeps the text of each cell: a star in place of a number is a fault."""
    path = write_ods(tmp_path / "sheet.ods", [["Ward", "2019"], ["Mowden", 3]])
    content = path.read_bytes()
    assert [] == workbooks.sheet(content, "Table 1")["faults"]
    assert numbers.text_as_shown(0.243, "24.3%") == "24.3%"
    assert numbers.text_as_shown(3, "*") is None
    assert numbers.text_as_shown(12_000, "12") is None
    assert numbers.text_as_shown(-1234.5, "-1,234.50") == "-1234.5"
