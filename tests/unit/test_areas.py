"""Wards are found by what people call them, and never guessed."""

import pytest

from darlington_analysis.core.errors import UnknownAreaError
from darlington_analysis.sources import areas


@pytest.fixture(scope="module")
def wards(project):
    """Return the 24 wards of 2003 to 2015."""
    return areas.ward_set(project, "2003-2015")


@pytest.mark.parametrize(
    ("text", "code", "by"),
    [
        ("E05001556", "E05001556", "code"),
        ("e05001556 ", "E05001556", "code"),
        ("00EHNF", "E05001556", "old code"),
        ("Cockerton West", "E05001556", "name"),
        ("COCKERTON  WEST", "E05001556", "name"),
        ("Red Hall", "E05001561", "alias"),
        ("Redhall", "E05001561", "alias"),
        ("Haughton East (Red Hall)", "E05001561", "alias"),
        ("Middleton St. George", "E05001569", "name"),
        ("Sadberge & Whessoe", "E05001576", "name"),
    ],
)
def test_a_ward_is_found_by_code_name_or_alias(wards, text, code, by):
    """Each way of naming a ward leads to it, and says which way it was."""
    found = wards.find(text)
    assert (code, by) == (found.ward.code, found.by)


def test_a_near_miss_is_offered_and_not_taken(wards):
    """A misspelt name stops with the name that was perhaps meant."""
    with pytest.raises(UnknownAreaError, match=r"Did you mean Cockerton West \(E05001556\)\?"):
        wards.find("Cockerton Wst")


@pytest.mark.parametrize("text", ["Narnia", "", "E05010412", "../../etc", "\x1b[31mCentral"])
def test_what_is_no_ward_is_refused(wards, text):
    """A stranger, a later ward's code, a path and control characters are no ward."""
    with pytest.raises(UnknownAreaError) as fault:
        wards.find(text)
    assert 12 == fault.value.exit_code
    assert 3 == len(str(fault.value).splitlines())
    assert "\x1b" not in str(fault.value)


def test_there_are_24_wards_and_names_sort_them(wards):
    """The ward set has 24 wards in the order of their names."""
    names = [ward.name for ward in wards.wards]
    assert (24, sorted(names)) == (len(names), names)


def test_neighbours_go_both_ways(project):
    """Where one ward touches another, that one touches it too."""
    touching = areas.neighbours(project, "2003-2015")
    assert all(code in touching[other] for code, others in touching.items() for other in others)


def test_slugs_are_safe_and_different(wards):
    """Folder names hold only letters, digits and hyphens, and no two are the same."""
    slugs = {ward.slug for ward in wards.wards}
    assert 24 == len(slugs)
    assert all(slug.replace("-", "").isalnum() and slug.isascii() for slug in slugs)
