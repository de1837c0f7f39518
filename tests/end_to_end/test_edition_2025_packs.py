"""The second edition comes out of the same commands, without a made-up figure."""

import json
import os
import subprocess
import sys

import nbformat
import pandas as pd
import pytest

from darlington_analysis.sources import areas
from tests.support.projects import FILES, ROOT, copy_project, run
from tests.support.real_counts import (
    YEARS_SINCE_2015,
    drop_real_counts,
    drop_real_counts_since_2015,
)

SINCE_2015 = f"{YEARS_SINCE_2015[0]} to {YEARS_SINCE_2015[-1]}"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a project in which one ward of the 2025 edition was made, and what was said."""
    project = copy_project(tmp_path_factory.mktemp("modern") / "town")
    said = run(project, "packs", "--edition", "2025", "--ward", "Red Hall")
    assert 0 == said.returncode, said.stderr
    return project, said


def test_a_pack_of_the_second_edition_has_no_made_up_figure(made):
    """Four files, an index, no banner of made-up figures, no row of a dummy."""
    project, said = made
    folder = project.reports / "2025/E05010428-red-hall-lingfield"
    assert "“Red Hall” is Red Hall & Lingfield (E05010428)" in said.stdout
    assert FILES <= {path.name for path in folder.iterdir()}
    assert (project.reports / "2025/index.html").is_file()
    page = (folder / "evidence-pack.html").read_text("utf-8")
    assert "made-up figures" not in page.split("<h2")[0]
    assert not pd.read_csv(folder / "figures.csv").is_dummy.any()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [] == manifest["made_up_indicators"]


def test_its_pages_speak_of_its_own_wards_and_time(made):
    """Twenty wards since 2015, mid-2020 and census 2021; nothing is decided on support."""
    project, _ = made
    page = (project.reports / "2025/E05010428-red-hall-lingfield/evidence-pack.html").read_text()
    for words in ("20 wards since 2015", "mid-2020", "census 2021", "Nothing is decided for"):
        assert words in page
    for words in ("24 wards", "census 2011", "&amp;amp;"):
        assert words not in page
    assert "&amp;amp;" not in (project.reports / "2025/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--ward", "E05001556"], 12, "Cockerton (E05010414)"),
        (["--ward", "00EHMA"], 12, "before May 2003"),
        (["--supported"], 2, "no support is decided"),
    ],
)
def test_wards_and_lists_of_another_time_are_refused_with_a_hint(tmp_path, arguments, code, words):
    """A code of 2003 offers its successor; the list of supported wards is not carried over."""
    project = copy_project(tmp_path / "town")
    said = run(project, "packs", "--edition", "2025", *arguments)
    assert (code, 3) == (said.returncode, len(said.stderr.strip().splitlines()))
    assert words in said.stderr
    assert not project.reports.exists()


def test_the_overview_runs_for_the_second_edition_under_plain_papermill(made, tmp_path):
    """papermill hands the edition over as a number; the Index of 2007 is said not to be held."""
    project, _ = made
    notebook = str(ROOT / "notebooks/03-borough-overview.ipynb")
    command = [sys.executable, "-m", "papermill", notebook, "out.ipynb", "-p", "edition", "2025"]
    environment = {**os.environ, "DARLINGTON_PROJECT": str(project.root)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    texts = [
        output.data["text/plain"]
        for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    assert any("does not hold the Index of 2007" in text for text in texts)
    assert any("1st Northgate 2" in text for text in texts)


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Return a project with real counts, some withheld, in both ward sets, and the shown rows."""
    project = copy_project(tmp_path_factory.mktemp("counted") / "town")
    drop_real_counts(project)
    wards = areas.ward_set(project, "2015-on").wards
    drop_real_counts_since_2015(
        project,
        {
            (ward.code, year): int(place % 4 == 3) if place < 8 else place // 2 + offset
            for place, ward in enumerate(wards)
            for offset, year in enumerate(YEARS_SINCE_2015)
        },
    )
    said = run(project, "data")
    assert 0 == said.returncode, said.stderr
    table = pd.read_parquet(project.processed / "indicators.parquet")
    return project, table[table.indicator.eq("first-time-entrants") & table.area_type.eq("ward")]


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_real_counts_are_published_in_both_editions(counted, edition):
    """Whole packs are made of wards whose count is withheld and of wards whose count is shown."""
    project, rows = counted
    rows = rows[rows.period.eq("2006/07 to 2010/11" if edition == "2011" else SINCE_2015)]
    hidden = rows[rows.status.eq("c")].sort_values("share_moved").area_code.iloc[-1]
    shown = rows[rows.value.notna()].sort_values("share_moved").area_code.iloc[-1]
    said = run(project, "packs", "--edition", edition, "--ward", hidden, "--ward", shown)
    assert 0 == said.returncode, said.stderr
    pages = {
        folder.name[:9]: (folder / "evidence-pack.html").read_text("utf-8")
        for folder in (project.reports / edition).iterdir()
        if folder.is_dir()
    }
    assert {hidden, shown} == set(pages)
    note = "The residents aged 10 to 17 that the rate is divided by are an estimate"
    assert note not in pages[hidden]
    assert (edition == "2025") == (note in pages[shown])
