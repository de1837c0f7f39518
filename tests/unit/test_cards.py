"""The cards of page 1."""

from types import SimpleNamespace

import pytest

from darlington_analysis.pages import indicator_sentences
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
    monkeypatch.setattr(indicator_sentences, "frequency", lambda facts: figure)
    answer = SimpleNamespace(
        claims=[SimpleNamespace(facts={})],
        indicator=SimpleNamespace(
            short_title="Claimants",
            who="adults",
            what="claim",
            unit="% of adults aged 16 to 64",
            kind="proportion",
            period_kind="month",
            has_people=True,
        ),
        row=SimpleNamespace(period="2023-11", numerator=40.0, fit="exact"),
    )
    card = indicator_sentences.indicator_card(answer)
    assert card.words == "adults claim"
    assert card.compare == f"Of adults aged 16 to 64. 40 in all. {compared}"
