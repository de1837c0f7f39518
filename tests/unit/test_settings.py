"""darlington.toml is read whole, and every mistake in it is named."""

import shutil

import pytest

from darlington_analysis.core.errors import UnknownAreaError, UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings

# The eleven wards of the review's table, and the three of its paragraph 23.
SUPPORTED = {
    "Central",
    "Cockerton West",
    "Northgate",
    "Bank Top",
    "Lascelles",
    "Park East",
    "Eastbourne",
    "Haughton East",
    "North Road",
    "Lingfield",
    "Cockerton East",
}
WATCH_LIST = {"Pierremont", "Haughton West", "Haughton North"}


@pytest.mark.requirement(18)
def test_the_supported_wards_are_the_eleven_of_the_review(project):
    """Support and watch list are the wards the review names, and no others."""
    from darlington_analysis.sources import areas

    support = load_settings(project).support
    known = areas.ward_set(project, "2003-2015")
    assert SUPPORTED == {known.ward(code).name for code in support.supported}
    assert WATCH_LIST == {known.ward(code).name for code in support.watch_list}


@pytest.fixture
def settings_alone(project, tmp_path) -> Project:
    """Return a project that is nothing but its settings."""
    shutil.copy(project.settings_file, tmp_path)
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("withhold_to = 7", "withhold_to = 3", "small_numbers"),
        ("withhold_to = 7", "withhold_to = 6", "write 2 or 7"),
        ("withhold_to = 7", 'withhold_to = "seven"', "line 58: withhold_to: seven will not do"),
        ("round_to = 5", "round_too = 5", "round_to"),
        ('default_edition = "2025"', 'default_edition = "2012"', "default_edition"),
        ('"E05001553", # Bank Top', '"Bank Top",', "supported"),
        ("[packs]", "[packs", "line"),
    ],
)
def test_a_mistake_is_named_and_stops_the_run(settings_alone, old, new, named):
    """A wrong value, a misspelt key and broken TOML are usage errors that say where."""
    text = settings_alone.settings_file.read_text("utf-8")
    assert old in text
    settings_alone.settings_file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UsageError, match=named) as fault:
        load_settings(settings_alone)
    assert (2, 3) == (fault.value.exit_code, len(str(fault.value).splitlines()))


def test_an_unknown_edition_is_refused(project):
    """Only editions in the settings exist."""
    with pytest.raises(UnknownAreaError, match="2010"):
        load_settings(project).edition("2010")


def test_an_edition_given_as_a_number_is_the_one_of_that_name(project):
    """papermill turns `-p edition 2025` into a number; the edition is still found."""
    settings = load_settings(project)
    assert settings.edition("2025") == settings.edition(2025)


def test_no_name_means_the_default_edition(project):
    """None, as functions have it, and "", as the parameters of notebooks have it."""
    settings = load_settings(project)
    assert settings.packs.default_edition == settings.edition().id == settings.edition("").id
