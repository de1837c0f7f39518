"""Amounts of money and days as a reader meets them."""

import pytest

from darlington_analysis.pages.components import agreements


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, " (£0)"), (0.5, " (£0.50)"), (1200.0, " (£1,200)"), (1e6, " (£1,000,000)"), (None, "")],
)
def test_pounds_keep_their_pence(number, said):
    """Fifty pence are not nothing."""
    assert said == agreements.amount(number, "£")
    assert " (1 day a month)" == agreements.amount(1.0, "days a month")
    assert " (1,000,000 days a year)" == agreements.amount(1e6, "days a year")
