"""The cards of page 1."""

from types import SimpleNamespace

import pytest

from darlington_analysis.pages import what_matters
from darlington_analysis.pages.components.numbers import Frequency


@pytest.mark.parametrize(
    ("benchmark", "name", "compared"),
    [
        ("5", "England", "3 to 6 allowing for chance; 5 in England. November 2023."),
        ("", "", "3 to 6 allowing for chance. November 2023."),
    ],
)
def test_a_card_reads_well_with_and_without_a_benchmark(monkeypatch, benchmark, name, compared):
    """No “in .” where there is nothing to compare with."""
    figure = Frequency("4", "3", "6", benchmark, "100", name)
    monkeypatch.setattr(what_matters, "frequency", lambda facts: figure)
    answer = SimpleNamespace(
        claims=[SimpleNamespace(facts={})],
        indicator=SimpleNamespace(
            short_title="Claimants",
            who="adults",
            what="claim",
            period_kind="month",
            is_worked_out=False,
        ),
        row=SimpleNamespace(period="2023-11", numerator=40.0, fit="exact"),
    )
    card = what_matters.indicator_card(answer)
    assert ("adults claim", f"40 in all. {compared}") == (card.words, card.compare)
