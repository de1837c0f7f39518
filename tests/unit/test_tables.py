"""Tables can be read out, and say in words what is missing."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components.tables import Column, table

COLUMNS = [
    Column("area_name", "Ward"),
    Column("value", "Per cent", "value", digits=1),
    Column("numerator", "People", "number"),
]


def wards() -> pd.DataFrame:
    """Return five wards: plain, withheld, a true zero, unreliable, and nearly nothing."""
    return pd.DataFrame(
        {
            "area_code": ["E1", "E2", "E3", "E4", "E5"],
            "area_name": ["Bank Top", "St George's & <North>", "Zero", "Few", "Nearly"],
            "value": [12.345, None, 0.0, 7.0, 0.04],
            "numerator": [12345, None, 0, 3, 1],
            "status": ["", "c", "", "u", ""],
        }
    )


def cells(html: str) -> list[list[str]]:
    """Return the words of the body's cells, row by row."""
    rows = BeautifulSoup(html, "html.parser").select("tbody tr")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


@pytest.mark.accessibility(35)
def test_headers_have_scope_and_words():
    """Every header names its column or its row, and none is empty."""
    page = BeautifulSoup(table(wards(), COLUMNS, "Wards, 2011"), "html.parser")
    assert ["col"] * 3 == [cell["scope"] for cell in page.select("thead th")]
    assert ["row"] * 5 == [cell["scope"] for cell in page.select("tbody th")]
    assert all(cell.get_text().strip() for cell in page.find_all("th"))


def test_has_one_caption():
    """The caption is the table's first child and says what it was given."""
    page = BeautifulSoup(table(wards(), COLUMNS, "Wards & more, 2011"), "html.parser")
    assert "caption" == page.table.find(True).name
    assert "Wards & more, 2011" == page.caption.get_text()


def test_withheld_zero_and_nearly_nothing_are_told_apart():
    """Withheld is [c], a true zero is 0, what rounds to nothing is [low], unreliable has [u]."""
    shown = cells(table(wards(), COLUMNS, "Wards"))
    assert ["12.3", "[c]", "0", "7.0 [u]", "[low]"] == [row[1] for row in shown]
    assert ["12,345", "[c]", "0", "3", "1"] == [row[2] for row in shown]


def test_null_without_a_status_is_refused():
    """A null that nothing explains never becomes an empty cell."""
    rows = wards().assign(status="")
    with pytest.raises(SchemaError, match="no status"):
        table(rows, COLUMNS, "Wards")


def test_null_may_have_a_shorthand_of_its_column():
    """A column may say what its nulls mean, such as limits that do not apply."""
    columns = [COLUMNS[0], Column("upper_limit", "To", "number", missing="z")]
    shown = cells(table(wards().assign(upper_limit=None, status=""), columns, "Wards"))
    assert {"[z]"} == {row[1] for row in shown}


@pytest.mark.parametrize("words", ["", "  "])
def test_empty_header_or_caption_is_refused(words):
    """A table that would be read out as nothing is not made."""
    with pytest.raises(SchemaError):
        table(wards(), [Column("area_name", words)], "Wards")
    with pytest.raises(SchemaError):
        table(wards(), COLUMNS, words)


def test_picked_row_is_marked_by_words_too():
    """The picked ward has a class and the words it was given; no other has them."""
    html = table(wards(), COLUMNS, "Wards", picked="E3", picked_mark="(this ward)")
    picked = BeautifulSoup(html, "html.parser").select("tr.picked")
    assert ["Zero (this ward)"] == [row.th.get_text() for row in picked]
    assert 1 == html.count("(this ward)")


def test_names_are_escaped():
    """An apostrophe, & and < come out as letters, not as mark-up."""
    html = table(wards(), COLUMNS, "Wards")
    assert "<North>" not in html
    assert "St George's & <North>" == cells(html)[1][0]


def test_only_a_wide_table_is_a_scrolling_region():
    """A table that may be wider than a phone is focusable and named; a narrow one is not."""
    narrow = table(wards(), COLUMNS[:2], "Narrow")
    wide_columns = [Column("area_name", f"Denominator{n}") for n in range(6)]
    wide = BeautifulSoup(table(wards(), wide_columns, "Wide"), "html.parser")
    assert "tabindex" not in narrow
    assert ("region", "Wide", "0") == tuple(
        wide.div[key] for key in ("role", "aria-label", "tabindex")
    )


def test_numbers_are_set_to_the_right_under_their_header():
    """Numbers and their header share the class that sets them to the right."""
    page = BeautifulSoup(table(wards(), COLUMNS, "Wards"), "html.parser")
    assert 2 == len(page.select("thead th.number"))
    assert 10 == len(page.select("tbody td.number"))


@pytest.mark.accessibility(37)
def test_shorthand_stands_above_the_table():
    """What the brackets mean is said before the table is read."""
    html = table(wards(), COLUMNS, "Wards", shorthand="[c] means withheld.")
    assert html.index("[c] means withheld.") < html.index("<table")
