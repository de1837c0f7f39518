"""From the command line: no edition holds packs of an old and a new small-number rule together."""

import re

import pandas as pd
import pytest

from darlington_analysis.core.errors import SourceError
from darlington_analysis.evidence import table
from darlington_analysis.sources import areas
from tests.support.projects import copy_project, run
from tests.support.real_counts import YEARS, drop_real_counts

STANDING = "E05001573-park-east"
TEN = "E05001568"  # ten young people in five years: printed as 10, so 8 to 12


def set_rule(project, to, width):
    """Withhold counts up to ``to``, with ``width`` numbers to stay possible."""
    text = project.settings_file.read_text("utf-8")
    text = re.sub(r"withhold_to = \d+", f"withhold_to = {to}", text)
    text = re.sub(r"protected_width = \d+", f"protected_width = {width}", text)
    project.settings_file.write_text(text, "utf-8")


def packs(project, *wards):
    """Make packs of the edition of 2011."""
    named = [word for ward in wards for word in ("--ward", ward)]
    return run(project, "packs", "--edition", "2011", *named)


def files(project):
    """Return every file of the edition with its bytes."""
    folder = project.reports / "2011"
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def row_of(project, folder, ward):
    """Return the text of each row about a ward in the annex of a pack."""
    page = (project.reports / "2011" / folder / "figures.html").read_text("utf-8")
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows if ward in row]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return a project with real counts under the rule as shipped, and packs of two wards."""
    project = copy_project(tmp_path_factory.mktemp("rules") / "town")
    codes = [ward.code for ward in areas.ward_set(project, "2003-2015").wards]
    counts = {(code, year): 7 + place for place, code in enumerate(codes) for year in YEARS}
    drop_real_counts(project, counts | {(TEN, year): 2 for year in YEARS})
    said = packs(project, "Park East", "Mowden")
    assert 0 == said.returncode, said.stderr
    assert any("[u]" in row for row in row_of(project, STANDING, "Lingfield"))
    return project


def test_every_count_that_packs_show_is_left_to_be_read(published):
    """Two packs show all wards' counts, and the edition lists all of them with their rule."""
    counts = pd.read_csv(published.reports / "2011/controlled-counts.csv", encoding="utf-8-sig")
    lingfield = counts[counts.area_code.eq(TEN)]
    assert [10.0] == lingfield.numerator.to_list()
    assert 24 == counts[counts.area_type.eq("ward")].area_code.nunique()
    assert {7} == set(counts.withhold_to)


@pytest.mark.parametrize("width", [5, 8])
def test_a_pack_of_the_old_rule_does_not_stay_beside_the_new(published, width):
    """Exit code 14 names the pack and says to make all; no file of the edition is touched."""
    before = files(published)
    set_rule(published, 12, width)
    said = packs(published, "Mowden")
    set_rule(published, 7, 5)
    assert (14, 3) == (said.returncode, len(said.stderr.strip().splitlines())), said.stderr
    assert "Park East" in said.stderr
    assert "darlington_analysis packs --edition 2011" in said.stderr
    assert before == files(published)


def test_the_audit_reads_what_packs_print_of_other_wards(published):
    """All packs made anew are refused where old annexes narrow a count that is now withheld."""
    before = files(published)
    set_rule(published, 12, 6)
    said = packs(published, "Mowden", "Park East")
    set_rule(published, 7, 5)
    assert (14, 3) == (said.returncode, len(said.stderr.strip().splitlines())), said.stderr
    assert f"Lingfield ({TEN})" in said.stderr
    assert f"an earlier edition of {TEN}" in said.stderr
    assert before == files(published)


def test_all_packs_made_anew_say_what_has_changed_beside_them(published):
    """With five numbers left, all packs are of the new rule: the audit and the summary say so."""
    set_rule(published, 12, 5)
    said = packs(published, "Mowden", "Park East")
    assert 0 == said.returncode, said.stderr
    audit = pd.read_csv(published.reports / "2011/disclosure-audit.csv").set_index("area_code")
    assert [8, 12, 5] == audit.loc[TEN, ["attacker_min", "attacker_max", "possible"]].to_list()
    assert any("[c]" in row for row in row_of(published, STANDING, "Lingfield"))
    assert not any("[u]" in row for row in row_of(published, STANDING, "Lingfield"))
    assert "Mowden: 0 figures, 0 sentences, and figures of other areas beside it" in said.stdout
    assert "is another" not in said.stdout


def test_papers_of_the_old_rule_are_read_where_no_edition_is_left(tmp_path):
    """Papers written alone list what they may show; a new rule that they undo is refused."""
    project = copy_project(tmp_path / "town")
    codes = [ward.code for ward in areas.ward_set(project, "2003-2015").wards]
    counts = {(code, year): 7 + place for place, code in enumerate(codes) for year in YEARS}
    drop_real_counts(project, counts | {(TEN, year): 2 for year in YEARS})
    assert 0 == run(project, "data").returncode
    assert 0 == run(project, "agreement", "papers", "park-east", "--edition", "2011").returncode
    papers = project.reports / "papers" / STANDING
    before = {path: path.read_bytes() for path in sorted(papers.iterdir())}
    set_rule(project, 12, 6)
    said = run(project, "agreement", "papers", "mowden", "--edition", "2011")
    assert 10 == said.returncode
    assert "the settings as they are now" in said.stderr
    with pytest.raises(SourceError, match="another small-number rule"):
        table.load("2011", project)
    for said in (
        packs(project, "Mowden"),
        run(project, "agreement", "papers", "mowden", "--edition", "2011"),
        run(project, "agreement", "papers", "park-east", "--edition", "2011"),
    ):
        assert (14, 3) == (said.returncode, len(said.stderr.strip().splitlines())), said.stderr
        assert f"Lingfield ({TEN})" in said.stderr
    assert before == {path: path.read_bytes() for path in sorted(papers.iterdir())}
    assert [STANDING] == [path.name for path in papers.parent.iterdir()]
    set_rule(project, 12, 5)
    assert 0 == packs(project, "Mowden").returncode
