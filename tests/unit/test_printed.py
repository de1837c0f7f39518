"""What editions in reports print of counts under control, and which packs may stand together."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.disclosure.constraints import Rule
from darlington_analysis.publishing import pack, printed

ROW = {
    "area_code": "E1",
    "period": "2006/07 to 2010/11",
    "breakdown": "all",
    "indicator": "first-time-entrants",
    "numerator": 10.0,
    "source": "a.csv",
    "vintage": "2011",
    "is_dummy": False,
}


@pytest.mark.parametrize(
    ("before", "now", "is_other"),
    [
        ("real a", "real a", False),
        ("real a", "real b", True),
        ("real a", "none", True),
        ("real a", "made up b", True),
        ("made up a", "made up b", True),
        ("made up a", "real b", False),
        ("made up a", "none", False),
        ("none", "real b", False),
        (None, "real b", True),
        (None, "none", True),
    ],
)
def test_only_packs_of_the_same_counts_stand_together(before, now, is_other):
    """Made-up counts say nothing of real ones; a pack that doesn't say what it shows may not stay."""
    assert is_other == printed.is_other(before, now)


def test_counts_of_wards_without_a_pack_are_read_too(tmp_path):
    """A pack shows every ward, so an edition's list is read beside its packs' own figures."""
    (tmp_path / "2010/E1-ward").mkdir(parents=True)
    pd.DataFrame([ROW]).to_csv(tmp_path / "2010/E1-ward/figures.csv", index=False)
    rows = pd.DataFrame([ROW, ROW | {"area_code": "E2"}]).assign(**dict.fromkeys(printed.RULE, 1))
    rows.to_csv(tmp_path / "2010/controlled-counts.csv", index=False)
    figures = printed.figures_in(tmp_path)
    assert ["E1", "E2"] == sorted(figures.area_code)
    assert {"2010"} == set(figures.edition)


def test_an_earlier_rule_is_read_whatever_must_stay_possible_today(tmp_path):
    """A rule of 1 to 7 can't keep eight numbers possible, and what it printed is read by it."""
    (tmp_path / "2010").mkdir()
    rows = pd.DataFrame([ROW]).assign(withhold_from=1, withhold_to=7, round_to=5)
    rows.to_csv(tmp_path / "2010/controlled-counts.csv", index=False)
    then = printed.rule_of(tmp_path, "2010", Rule(1, 12, 5, protected_width=8))
    assert (1, 7, 5) == (then.withhold_from, then.withhold_to, then.round_to)
    assert (8, 12) == then.counts_behind(10)


@pytest.fixture
def edition(tmp_path):
    """Return an edition of three wards, whose packs show the counts of now, old and made-up ones."""
    marks = {"one": "real now", "two": "real old", "three": "made up old"}
    for folder, mark in marks.items():
        (tmp_path / folder).mkdir()
        manifest = {"version_id": "v", "key": "k", "files": {}, "controlled": mark}
        (tmp_path / folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    wards = [SimpleNamespace(folder=name, name=name.title(), code=name) for name in marks]
    return SimpleNamespace(
        wards=SimpleNamespace(wards=wards),
        edition=SimpleNamespace(id="2010"),
        shared=lambda key, make: "real now",
    )


@pytest.mark.parametrize(("is_frozen", "with_force"), [(False, False), (True, True)])
def test_a_run_that_would_leave_a_pack_of_old_counts_is_refused(
    edition, tmp_path, is_frozen, with_force
):
    """The message names the pack, and what makes it again also where it stands still."""
    with pytest.raises(DisclosureError) as fault:
        pack.take_out(edition, tmp_path, {tmp_path / "one"}, is_frozen)
    assert "in 1 of its packs, first that of Two" in fault.value.what
    assert with_force == fault.value.try_.endswith("packs --edition 2010 --force")
    assert (tmp_path / "two").is_dir()


def test_a_pack_of_old_counts_does_not_stay_where_the_new_one_fails(edition, tmp_path):
    """It is taken out before any is made; packs of the same counts, and of made-up ones, stay."""
    again = {tmp_path / name for name in ("one", "two", "three")}
    pack.take_out(edition, tmp_path, again, is_frozen=False)
    assert ["one", "three"] == sorted(path.name for path in tmp_path.iterdir())
