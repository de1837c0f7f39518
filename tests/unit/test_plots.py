"""A plot of an analyst has words for readers who cannot see it."""

import matplotlib
import pytest
from matplotlib.figure import Figure

from darlington_analysis.pages import explore

matplotlib.use("agg")


@pytest.fixture
def figure():
    """Return an empty figure."""
    return Figure(figsize=(2, 2))


def test_the_words_of_a_plot_are_those_that_stand_in_it(figure):
    """Titles of its parts and labels of its axes, each once."""
    left, right = figure.subplots(1, 2)
    left.set(title="Homes", xlabel="%", ylabel="wards")
    right.set(title="Health", xlabel="%", ylabel="")
    told = "A plot of 2 parts: Homes; Health. Across: %. Up: wards."
    assert told == explore.described(figure)
    assert f'<img alt="{told}" src="data:image/png;base64,' in explore.picture(figure)


def test_a_heat_map_is_told_by_its_rows_and_columns(figure):
    """Where axes have no labels, the names beside them stand for them."""
    axes = figure.subplots()
    axes.set_xticks([0, 1], ["Homes", "Health"])
    axes.set_yticks([])
    assert "Across: Homes; Health." == explore.described(figure)


def test_an_analyst_s_own_words_come_first_and_are_escaped(figure):
    """``figure.set_label`` is what matplotlib has for it."""
    figure.set_label('More than "a few" & <fewer>')
    assert 'alt="More than &#34;a few&#34; &amp; &lt;fewer&gt;"' in explore.picture(figure)


def test_a_plot_without_words_says_so(figure):
    """An empty text alternative would hide it."""
    assert explore.NO_WORDS == explore.described(figure)
