"""The words of rows and registers: what is asked of each."""

import pandas as pd
import pytest

from darlington_analysis.core.vocabulary import (
    COLUMNS,
    KEY,
    Polarity,
    Status,
    is_missing,
    is_testable,
)


def test_three_statuses_stand_where_no_figure_is():
    """An unreliable figure is shown and is not compared; a withheld one is not shown."""
    assert ["c", "x", "z"] == sorted(status for status in Status if status.is_missing)
    column = pd.Series(["", "c", "u", "low", "e"])
    assert [False, True, False, False, False] == list(is_missing(column))
    assert [True, False, False, False, True] == list(is_testable(column))
    with pytest.raises(ValueError, match="q"):
        Status("q")


@pytest.mark.parametrize(
    ("polarity", "worse", "better"),
    [(Polarity.LOW_IS_GOOD, "higher", "lower"), (Polarity.HIGH_IS_GOOD, "lower", "higher")],
)
def test_each_polarity_has_a_bad_side(polarity, worse, better):
    """What cannot be told apart is neither better nor worse."""
    assert polarity.is_worse(worse)
    assert polarity.is_better(better)
    assert not polarity.is_worse(better)
    assert not polarity.is_better("cannot be told apart")


def test_neither_side_is_bad_where_no_way_is_good():
    """An empty comparison is no side either."""
    for comparison in ("higher", "lower", ""):
        assert not Polarity.NEITHER.is_worse(comparison)
        assert not Polarity.NEITHER.is_better(comparison)


def test_the_key_is_of_the_tables_columns():
    """In the order of the table."""
    assert set(KEY) <= set(COLUMNS)
