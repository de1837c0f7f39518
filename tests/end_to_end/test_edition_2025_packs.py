"""The second edition comes out of the same commands, without a made-up figure."""

import json
import os
import subprocess
import sys

import nbformat
import pandas as pd
import pytest

from darlington_analysis.cli.main import main
from tests.support.projects import FILES, ROOT
from tests.support.shared import SAID


@pytest.fixture(scope="module")
def made(shared):
    """Return a project in which one ward of the 2025 edition was made."""
    return shared.published("2025")


def test_a_pack_of_the_second_edition_has_no_made_up_figure(made):
    """Four files, an index, no banner of made-up figures, no row of a dummy."""
    project = made
    folder = project.reports / "2025/E05010428-red-hall-lingfield"
    assert "“Red Hall” is Red Hall & Lingfield (E05010428)" in (made.root / SAID).read_text("utf-8")
    assert FILES <= {path.name for path in folder.iterdir()}
    assert (project.reports / "2025/index.html").is_file()
    page = (folder / "evidence-pack.html").read_text("utf-8")
    assert "made-up figures" not in page.split("<h2")[0]
    assert not pd.read_csv(folder / "figures.csv").is_dummy.any()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [] == manifest["made_up_indicators"]


def test_its_pages_speak_of_its_own_wards_and_time(made):
    """Twenty wards since 2015, mid-2020 and census 2021; nothing is decided on support."""
    project = made
    page = (project.reports / "2025/E05010428-red-hall-lingfield/evidence-pack.html").read_text()
    for words in ("20 wards since 2015", "mid-2020", "census 2021", "is not decided"):
        assert words in page
    for words in ("24 wards", "census 2011", "&amp;amp;"):
        assert words not in page
    assert "&amp;amp;" not in (project.reports / "2025/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--ward", "E05001556"], 12, "Cockerton (E05010414)"),
        (["--ward", "00EHMA"], 12, "before 2003"),
        (["--supported"], 2, "no support is decided"),
    ],
)
def test_wards_and_lists_of_another_time_are_refused_with_a_hint(
    town, capsys, arguments, code, words
):
    """A code of 2003 offers its successor; the list of supported wards is not carried over."""
    assert code == main(["packs", "--edition", "2025", *arguments])
    said = capsys.readouterr().err
    assert 3 == len(said.strip().splitlines())
    assert words in said
    assert not town.reports.exists()


def test_the_overview_runs_for_the_second_edition_under_plain_papermill(made, tmp_path):
    """papermill hands the edition over as a number; no heading stands over an Index it lacks."""
    project = made
    notebook = str(ROOT / "notebooks/03-borough-overview.ipynb")
    command = [sys.executable, "-m", "papermill", notebook, "out.ipynb", "-p", "edition", "2025"]
    environment = {**os.environ, "DARLINGTON_PROJECT": str(project.root)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    shown = [
        output.data.get("text/html", "")
        for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    assert not [html for html in shown if "Index of 2007" in html]
    places = '<th scope="row">Northgate</th><td class="number">3rd</td><td class="number">96</td>'
    assert 1 == sum(html.count(places) for html in shown)
