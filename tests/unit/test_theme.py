"""Colours have contrast, measured here and nowhere taken on trust."""

import re

import pytest

from darlington_analysis.pages.components import theme


@pytest.mark.accessibility(28)
@pytest.mark.parametrize(("pairs", "least"), [(theme.WORDS_ON, 4.5), (theme.MARKS_ON, 3.0)])
def test_every_pair_of_colours_has_contrast(pairs, least):
    """Words reach 4.5 to 1 and marks 3 to 1 on everything they stand on (WCAG 1.4.3, 1.4.11)."""
    short = {
        pair: round(theme.contrast(*pair), 2) for pair in pairs if theme.contrast(*pair) < least
    }
    assert {} == short


def test_contrast_is_the_standards():
    """Black on white is 21, a colour on itself 1, and a pale yellow on white fails."""
    assert 21 == pytest.approx(theme.contrast("#000000", "#FFFFFF"))
    assert 1 == pytest.approx(theme.contrast("#12436D", "#12436D"))
    assert theme.contrast("#F0E442", "#FFFFFF") < 3


@pytest.mark.accessibility(30)
def test_the_style_sheet_uses_the_themes_colours_and_loads_nothing():
    """Colours of words and marks in the style sheet are those whose contrast was measured."""
    sheet = theme.stylesheet()
    known = {colour for pair in theme.WORDS_ON + theme.MARKS_ON for colour in pair}
    allowed = {colour.upper() for colour in known} | {"#000000", "#CFD5D8"}
    assert set() == {found.upper() for found in re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)} - allowed
    assert not re.search(r"url\(|@import|@font-face|https?:", sheet.replace('[href^="http"]', ""))


def test_a_drawing_is_the_same_whatever_the_user_s_matplotlibrc_says(monkeypatch):
    """`rcdefaults` leaves the time zone and the first day of counting: dates would be moved."""
    import matplotlib as mpl

    monkeypatch.setitem(mpl.rcParams, "timezone", "Pacific/Kiritimati")
    monkeypatch.setitem(mpl.rcParams, "date.epoch", "0000-12-31T00:00:00")
    monkeypatch.setitem(mpl.rcParams, "lines.linewidth", 9)
    with theme.look():
        assert ("UTC", "1970-01-01T00:00:00", 1.5) == (
            mpl.rcParams["timezone"],
            mpl.rcParams["date.epoch"],
            mpl.rcParams["lines.linewidth"],
        )
    assert "Pacific/Kiritimati" == mpl.rcParams["timezone"]
