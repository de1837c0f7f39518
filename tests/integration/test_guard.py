"""Real counts of young people are looked after, whatever a sidecar says by mistake."""

import pytest

import darlington_analysis as da
from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import DisclosureError, SourceError
from darlington_analysis.sources import register
from tests.support.real_counts import FILE, drop_real_counts


def change_sidecar(project, old, new):
    """Change the restricted sidecar."""
    sidecar = project.restricted / f"{FILE}.source.toml"
    text = sidecar.read_text("utf-8")
    assert old in text
    sidecar.write_text(text.replace(old, new), "utf-8")


def test_counts_called_open_are_refused(town):
    """A slip of one word must not publish true small counts."""
    drop_real_counts(town)
    change_sidecar(town, '"controlled"', '"open"')
    with pytest.raises(DisclosureError, match="counts young people") as fault:
        register.register(town)
    assert 14 == fault.value.exit_code


def test_counts_outside_the_restricted_folder_are_refused(town):
    """Where git could commit them, real counts stop the run."""
    drop_real_counts(town)
    (town.raw / "council/2011").mkdir(parents=True)
    for path in list(town.restricted.iterdir()):
        path.rename(town.raw / "council/2011" / path.name)
    with pytest.raises(DisclosureError, match="could be committed"):
        register.register(town)


@pytest.mark.parametrize(
    "command", [["check"], ["agreement", "check"], ["agreement", "show", "Central"]]
)
def test_what_was_dropped_in_by_hand_is_shut_by_whoever_looks_first(town, command):
    """“check” and steps on records take no lock, and shut what is private all the same."""
    folder = town.agreements / "private"
    folder.mkdir(exist_ok=True)
    for path in (town.restricted / "list.csv", folder / "names.toml"):
        path.write_text("", "utf-8")
        path.chmod(0o644)
    main(command)
    for path in (town.restricted, town.restricted / "list.csv", folder, folder / "names.toml"):
        assert 0 == path.stat().st_mode & 0o007


def test_a_restricted_file_that_would_not_be_used_is_refused(town):
    """Real counts are not left aside for made-up ones without a word."""
    drop_real_counts(town)
    change_sidecar(town, "is_dummy = false", "is_dummy = true")
    with pytest.raises(SourceError, match="would not be used"):
        register.register(town)


@pytest.mark.parametrize("folder", ["restricted", "council/2011"])
def test_controlled_counts_that_no_rule_is_applied_to_are_refused_in_every_folder(town, folder):
    """The first message says all: which dataset and folder the rule knows, and what else to do."""
    drop_real_counts(town)
    change_sidecar(town, '"fte-ward-counts"', '"fte-by-ward"')
    (town.raw / folder).mkdir(parents=True, exist_ok=True)
    for path in list(town.restricted.iterdir()):
        path.rename(town.raw / folder / path.name)
    with pytest.raises(DisclosureError, match="is none that the small-number rule") as fault:
        register.register(town)
    assert "dataset fte-ward-counts" in fault.value.expected
    assert "data/raw/restricted" in fault.value.try_
    assert "by your own rule before you add them" in fault.value.try_


def test_a_file_that_may_not_be_published_is_not_open(town):
    """“Not for publication” and “open” contradict each other: a person must say which holds."""
    drop_real_counts(town)
    change_sidecar(town, '"fte-ward-counts"', '"garden-counts"')
    change_sidecar(town, '"controlled"', '"open"')
    with pytest.raises(DisclosureError, match="its licence is “not for publication”"):
        register.register(town)


def test_a_script_s_error_shows_its_own_line_and_no_more(town):
    """What a person can put right ends a call with two frames: the script's own, and ours."""
    assert not (town.processed / "indicators.parquet").exists()
    with pytest.raises(SourceError, match="no table of indicators yet") as fault:
        da.wards()
    assert 2 == len(fault.traceback)
    assert fault.value.__cause__ is None
    assert fault.value.__suppress_context__


def test_two_files_that_say_they_are_the_same_are_refused(town):
    """Which of two is used is not left to chance."""
    path = town.raw / "census/2011/age_bands.csv"
    for name in ("age_bands.csv", "age_bands.csv.source.toml"):
        copied = path.with_name(f"copy_of_{name}")
        copied.write_bytes(path.with_name(name).read_bytes())
    with pytest.raises(SourceError, match="say they are the same"):
        register.register(town)


def test_lock_files_of_office_programs_are_no_data(town):
    """A table that somebody has open does not stop a run."""
    (town.raw / "census/2011/.~lock.age_bands.csv#").write_text("x", "utf-8")
    (town.raw / "census/2011/~$age_bands.xlsx").write_text("x", "utf-8")
    assert register.register(town)
