"""Numbers as people: as many squares are full as the number says."""

import pytest

from darlington_analysis.pages import key_messages
from darlington_analysis.pages.key_messages import _people


@pytest.mark.parametrize("filled", [0, 1, 12, 100])
def test_as_many_squares_are_full_as_the_number_says(filled):
    """Full ones first, outlines for the rest, a hundred in all; hidden from screen readers."""
    full, rest = key_messages.squares(filled).split('fill="none"')
    assert (filled, 100 - filled) == (full.count("M"), rest.count("M"))
    assert 'aria-hidden="true"' in full


def test_more_than_there_are_is_refused():
    """101 of 100 is a mistake."""
    with pytest.raises(ValueError, match="can't be filled"):
        key_messages.squares(101)


@pytest.mark.parametrize("number", ["under 1 in 100", "3 in 1,000"])
def test_what_squares_cannot_show_has_none(number):
    """A number in words, or out of a thousand."""
    assert "" == _people(number)
