"""From the command line: an edition that gives somebody away is refused, and nothing is written."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from darlington_analysis.sources import areas
from tests.support.projects import copy_project
from tests.support.real_counts import YEARS, drop_real_counts

BARE = """
import functools, sys
from darlington_analysis.cli.main import main
from darlington_analysis.disclosure import suppression
from darlington_analysis.publishing import run_state
run_state.load_state = lambda project, name: {}  # no hash of files shows that the gate is another
run_state.save_state = lambda project, name, told: None
suppression.gate = functools.partial(suppression.gate, secondary=False)
sys.exit(main(["packs", "--ward", "Mowden"]))
"""


def run(project, *arguments):
    """Run Python with these arguments on a project."""
    environment = {**os.environ, "DARLINGTON_PROJECT": str(project.root)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=600
    )


def packs(project, *arguments):
    """Make packs as a person would."""
    return run(project, "-m", "darlington_analysis", "packs", *arguments)


def counts_that_need_cover(project):
    """Return counts of 7 and 12 in two wards of the borough and none elsewhere: 19 is known."""
    codes = [ward.code for ward in areas.ward_set(project, "2003-2015").wards]
    counts = {(code, year): 0 for code in codes for year in YEARS}
    counts |= {(codes[0], YEARS[at % 5]): 2 - (at == 3) for at in range(4)}
    return counts | {(codes[1], year): 3 - (year > "2007/08") for year in YEARS}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return a project whose real counts needed cover, with one pack made, and what was said."""
    project = copy_project(tmp_path_factory.mktemp("disclosure") / "town")
    counts = drop_real_counts(project, counts_that_need_cover(project))
    by_ward = pd.Series(counts).groupby(level=0).sum()
    assert [7, 12] == sorted(by_ward[by_ward > 0])
    return project, packs(project, "--ward", "Mowden")


def files(project):
    """Return every file of the edition with its bytes."""
    folder = project.reports / "2011"
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_edition_is_published_with_the_bounds_of_its_withheld_counts(published):
    """Small counts and their cover keep five numbers each; the index page says so."""
    project, said = published
    assert 0 == said.returncode, said.stderr
    audit = pd.read_csv(project.reports / "2011/disclosure-audit.csv")
    table = pd.read_parquet(project.processed / "indicators.parquet")
    withheld = table[table.indicator.eq("first-time-entrants") & table.status.eq("c")]
    assert set(withheld.area_code) == set(audit.area_code)
    assert withheld.area_type.eq("ward").sum() >= 2
    assert bool((audit.possible >= 5).all())
    page = (project.reports / "2011/index.html").read_text("utf-8")
    assert "at least five numbers are still possible" in page
    assert "made-up count" not in page


def test_without_cover_the_edition_is_refused_and_the_old_one_stays(published):
    """Exit code 14, three lines, the ward and the figures by name, no count, no file touched."""
    project, _ = published
    before = files(project)
    said = run(project, "-c", BARE)
    lines = said.stderr.strip().splitlines()
    assert (14, 3) == (said.returncode, len(lines)), said.stderr
    assert "Bank Top (E05001553)" in lines[0]
    assert "is the sum of its 24 parts" in lines[0]
    assert before == files(project)
    assert {"2011"} == {path.name for path in project.reports.iterdir() if path.is_dir()}


def test_a_notebook_that_names_a_withheld_count_is_not_published(published):
    """The files are read before they are put in place: the old edition stays."""
    project, _ = published
    before = files(project)
    path = project.notebooks / "02-ward-evidence-pack.ipynb"
    text = path.read_text("utf-8")
    asked = "## Inside the ward"
    assert asked in text
    path.write_text(text.replace(asked, f"{asked} First-time entrants: Bank Top 7."), "utf-8")
    said = packs(project, "--ward", "Mowden")
    path.write_text(text, "utf-8")
    assert (14, 3) == (said.returncode, len(said.stderr.strip().splitlines())), said.stderr
    assert "Bank Top: First-time entrants, a sentence" in said.stderr
    assert before == files(project)


def test_what_an_earlier_edition_printed_is_no_cover(published):
    """A count that an edition in reports printed to the nearest two is no cover any more."""
    project, _ = published
    audit = project.reports / "2010/disclosure-audit.csv"
    audit.parent.mkdir()
    audit.write_text("withhold_from,withhold_to,round_to\n1,7,2\n")
    table = pd.read_parquet(project.processed / "indicators.parquet")
    row = table[table.indicator.eq("first-time-entrants") & table.area_code.eq("E05001554")]
    folder = project.reports / "2010/E05001554-central"
    folder.mkdir()
    row.assign(numerator=12.0, status="u").to_csv(folder / "figures.csv", index=False)
    before = files(project)
    said = packs(project, "--ward", "Mowden")
    assert 14 == said.returncode, said.stderr
    assert "an earlier edition of E05001554" in said.stderr
    assert before == files(project)
