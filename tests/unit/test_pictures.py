"""Small pictures have room for their words."""

import re

import pytest

from darlington_analysis.pages.components import pictures


@pytest.mark.parametrize("name", ["here", "rest of Redcar and Cleveland", "rest of Middlesbrough"])
def test_the_words_beside_a_bar_end_within_the_picture(name):
    """A long name of a borough makes the bars shorter; Arial takes about 6.3 pixels a letter."""
    rows = [("here", "27", 27.2), (name, "26", 26.9), ("England", "18", 18.1)]
    svg = pictures.bars([("No qualifications, in every 100", rows)])
    for x, words in re.findall(r'<text x="(\d+)"[^>]*>([^<]*)</text>', svg):
        assert float(x) + 6.3 * len(words) <= pictures.WIDTH, words
    wide = [float(each) for each in re.findall(r'<rect x="1" y="\d+" width="([\d.]+)"', svg)]
    assert 0.01 > abs(wide[1] / wide[0] - 26.9 / 27.2)
    assert wide[0] <= 150
