"""Damaged files are refused or harmless; what nobody can see is caught by the checksum."""

import pytest

from scripts.hardening import damage_files


def test_no_damage_that_could_be_seen_gives_a_figure(reference_data):
    """A short `make damage`: no traceback, no hang, no wrong figure, unseen ones caught."""
    page = damage_files.run(140)
    last = next(line for line in page.splitlines() if line.startswith("| all"))
    refused_10, refused_11, same, unseen, wrong, traceback, hang = [
        int(part.replace(",", "")) for part in last.split("|")[2:-1]
    ]
    assert (0, 0, 0) == (wrong, traceback, hang)
    assert 140 == refused_10 + refused_11 + same + unseen
    assert refused_10 > 0
    assert refused_11 > 0
    assert f"{unseen:,} of {unseen:,} of them were" in page


FIGURE = ("slug", "E06000005", "2016", "all", "", "value")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({FIGURE: (4.0, "")}, True),
        ({FIGURE: (-1e99, "c")}, False),
        ({(*FIGURE[:2], "2017", *FIGURE[3:]): (3.0, "")}, False),
        ({}, False),
    ],
)
def test_only_a_number_for_a_number_can_not_be_seen(after, expected):
    """A mark for a number, another period or a lost figure counts as wrong."""
    assert expected == damage_files.is_unseen({FIGURE: (3.0, "")}, after)
