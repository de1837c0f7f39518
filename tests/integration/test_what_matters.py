"""Side 1 of every pack says nothing that the ward's own figures contradict."""

import pytest

from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import what_matters

NONE_IS_BETTER = (what_matters.NO_BETTER, what_matters.NOTHING, what_matters.NOTHING_HEADLINE)


def clearly_better(answer) -> bool:
    """Return whether a figure's whole range lies on the good side of the first benchmark, by more
    than the smallest difference that matters; from the rows alone.
    """
    if answer.benchmarks.empty or answer.row[["lower_limit", "upper_limit"]].isna().any():
        return False
    level, matters = answer.benchmarks.value.iloc[0], answer.indicator.matters
    far = abs(answer.row.value - level) >= matters
    if answer.indicator.polarity is Polarity.LOW_IS_GOOD:
        return far and answer.row.upper_limit < level
    return (
        far
        and answer.indicator.polarity is Polarity.HIGH_IS_GOOD
        and (answer.row.lower_limit > level)
    )


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_no_pack_denies_a_figure_that_is_better(edition_table, edition):
    """A figure that is better than England's, but not than the borough's, is not passed over."""
    loaded = table.load(edition, edition_table.project)
    denied, denying = [], 0
    for ward in loaded.wards.wards:
        evidence = in_table(loaded, ward.code)
        side = str(what_matters.what_matters(evidence.what_matters))
        if any(words in side for words in NONE_IS_BETTER):
            denying += 1
            better = [a.indicator.slug for a in evidence.what_matters.real if clearly_better(a)]
            denied += [(ward.name, slug) for slug in better]
    assert [] == denied
    assert denying  # some wards have none, so the words are there to be wrong
