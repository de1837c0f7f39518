"""Sentences on the Indices count a neighbourhood once, and hide no list that says otherwise."""

import pytest

from darlington_analysis.pages import deprivation, robustness

PLACED = {
    "ward": "Here",
    "period": "2010",
    "position": 30.0,
    "place": 12,
    "wards": 24,
    "line": 25.0,
    "is_within_line": False,
    "lists_within": 0,
    "lists_told": 5,
    "other_low": 12,
    "other_high": 12,
    "ways": 4,
    "by_people": 30.0,
    "own_areas": 30.0,
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "It is not in the most deprived quarter of wards."),
        ({"lists_within": 1}, "but one of four other lists puts it there."),
        ({"ways": 1}, "The other Indices give the same place."),
        ({"is_within_line": True, "lists_within": 3}, "but two of four other lists put it outside"),
        ({}, "Other Indices and ways of adding up give the same place."),
        ({"other_high": 14}, "put it between 12th and 14th."),
        ({"other_low": 14, "other_high": 14}, "put it 14th."),
        ({"place": 23}, "it is 23rd of 24 wards, the 1st being the most deprived"),
    ],
)
def test_page_one_says_where_other_lists_differ(changed, expected):
    """A ward that one list of five puts beyond the line is not said to be simply outside."""
    assert expected in deprivation.position(PLACED | changed)


@pytest.mark.parametrize(
    ("tenth", "fifth", "expected"),
    [
        (0, 0, "None of them is in England’s most deprived fifth."),
        (0, 2, "but none in the most deprived tenth."),
        (1, 1, "One of them is in England’s most deprived fifth, and in the most"),
        (1, 3, "Three of them are in England’s most deprived fifth; one of these is in"),
        (4, 4, "All four are in England’s most deprived fifth; all of these are in"),
    ],
)
def test_a_neighbourhood_in_the_worst_tenth_is_not_counted_twice(tenth, fifth, expected):
    """The worst tenth lies inside the worst fifth, and the sentence says so."""
    facts = {
        "neighbourhoods": 4,
        "period": "2010",
        "lowest": 1.0,
        "highest": 30.0,
        "position": 10.0,
        "worst_10": tenth,
        "worst_20": fifth,
    }
    said = deprivation.pockets(facts)
    assert expected in said
    assert "beyond all of theirs" not in said
    assert "beyond all of theirs" in deprivation.pockets(facts | {"position": 40.0})


def test_people_in_the_worst_tenth_are_among_those_in_the_worst_fifth():
    """36 in every 100 and 36 in every 100 are the same people."""
    facts = {"fifth": 36.0, "tenth": 36.0, "period": "2010"}
    assert "They live in the most deprived tenth too." in robustness.people(facts)
    assert "About 12 in every 100 live in the most deprived tenth." in robustness.people(
        facts | {"tenth": 12.0}
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ""),
        (
            {"by_people": 34.0},
            "If we counted the ward’s own residents, rather than whole neighbourhoods, it would be more "
            "deprived than 66.",
        ),
        ({"position": 26.0, "by_people": 24.6, "own_areas": 26.0}, "If we counted"),
        (
            {"own_areas": 12.6},
            "With the neighbourhoods that this Index itself puts here, it would be more deprived "
            "than 87.",
        ),
    ],
)
def test_page_one_says_where_other_means_differ(changed, expected):
    """By people where that is three places off or on the other side of the line; and on areas that
    were split or put elsewhere.
    """
    said = deprivation.position(PLACED | changed)
    assert expected in said
    assert bool(expected) == ("If we counted" in said or "itself puts here" in said)
