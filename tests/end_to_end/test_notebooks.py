"""Notebooks are thin narratives, and run under plain papermill and nbval from any folder."""

import ast
import os
import re
import statistics
import subprocess
import sys

import nbformat
import papermill
import pytest

from scripts.docs.key_figures import PARAMETERS
from tests.support.projects import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MAY_IMPORT = {"darlington_analysis", "seaborn"}


def code_cells(path):
    """Return the sources of a notebook's code cells."""
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def by_name(path):
    """Return a notebook's name for a test's id."""
    return path.stem


@pytest.fixture(scope="module")
def processed(shared):
    """Return the environment in which notebooks find a project with processed data."""
    return {**os.environ, "DARLINGTON_PROJECT": str(shared.as_shipped().root)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_notebooks_are_thin(path):
    """No def, no path, no reading, no filters; about 45 code lines, median 2 a cell."""
    cells = code_cells(path)
    lines = [len(source.splitlines()) for source in cells]
    assert sum(lines) <= 45
    assert statistics.median(lines) <= 2
    widest = max(len(line) for source in cells for line in source.splitlines())
    assert widest <= 85, "JupyterLab cuts it at the side of a window 1280 wide"
    for source in cells:
        assert not re.search(r"\bdef\b|\blambda\b|read_|open\(|warnings|/|\bfor\b", source), source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_notebooks_import_public_names_only(path):
    """Logic lives in the library; seaborn is there for plots that an analyst copies."""
    for source in code_cells(path):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom):
                assert "darlington_analysis" == node.module
                assert {"evidence", "pages"} >= {name.name for name in node.names}
            if isinstance(node, ast.Import):
                assert {name.name for name in node.names} <= MAY_IMPORT


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_only_key_figures_keep_their_outputs(path):
    """Outputs are not committed, but for the text of the cells that state key figures."""
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            keeps = "analyst" in cell.metadata.get("tags", [])
            assert keeps == bool(cell.outputs)
            for output in cell.outputs:
                assert {"text/plain"} == set(output.data)


@pytest.mark.parametrize(
    ("given", "header"),
    [
        (["ward", "Cockerton"], "Cockerton (E05010414), 2025 edition"),
        (
            ["ward", "E05001556", "-p", "edition", "2011"],
            "Cockerton West (E05001556), 2011 edition",
        ),
    ],
    ids=["default edition", "edition named"],
)
def test_plain_papermill_from_any_folder_gives_the_ward_asked_for(
    processed, tmp_path, given, header
):
    """`papermill 02-ward-evidence-pack.ipynb out.ipynb -p ward Cockerton`, in another folder."""
    notebook = str(ROOT / "notebooks/02-ward-evidence-pack.ipynb")
    command = [sys.executable, "-m", "papermill", notebook, "out.ipynb", "-p", *given]
    subprocess.run(command, cwd=tmp_path, env=processed, check=True, capture_output=True)
    texts = [
        output.data["text/plain"]
        for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells
        for output in cell.get("outputs", [])
        if "text/plain" in output.get("data", {})
    ]
    assert texts[0].startswith(header)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_no_notebook_names_an_edition_or_a_ward(path):
    """Its first cell has "": the default edition, of whichever council, and no ward by mistake."""
    given = papermill.inspect_notebook(str(path))
    assert {"edition"} <= set(given) or path.stem == "00-start-here"
    defaults = [given[name]["default"] for name in ("edition", "ward") if name in given]
    assert {'""'} >= set(defaults)


@pytest.mark.parametrize("engine", [(), ("--engine", "darlington-warm")], ids=["plain", "ours"])
def test_a_misspelt_parameter_gives_no_ward_s_pack(processed, tmp_path, engine):
    """`-p wards Mowden` stops with an error, under plain papermill too; no ward is the default."""
    notebook = str(ROOT / "notebooks/02-ward-evidence-pack.ipynb")
    command = [sys.executable, "-m", "papermill", notebook, "out.ipynb", *engine]
    ran = subprocess.run(
        [*command, "-p", "wards", "Mowden"], cwd=tmp_path, env=processed, capture_output=True
    )
    assert 0 != ran.returncode
    assert b"no parameter wards" in ran.stderr


def test_a_plot_in_a_notebook_has_a_text_alternative(processed, tmp_path):
    """IPython sets its own formatters of plots when matplotlib is first imported: ours stays."""
    plot = "plt.figure(figsize=(1, 1)).subplots().set(xlabel='homes, %', yticks=[]);"
    cells = ["from darlington_analysis import pages\npages.enable()"]
    cells.append(f"import matplotlib.pyplot as plt\n{plot}")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    nbformat.write(notebook, tmp_path / "plot.ipynb")
    command = [sys.executable, "-m", "papermill", "plot.ipynb", "out.ipynb", "-k", "python3"]
    ran = subprocess.run(command, cwd=tmp_path, env=processed, capture_output=True, text=True)
    assert 0 == ran.returncode, ran.stderr
    shown = nbformat.read(tmp_path / "out.ipynb", 4).cells[-1].outputs[0].data
    assert '<img alt="Across: homes, %." ' in shown["text/html"]


def test_every_notebook_looks_at_its_parameters_before_it_asks_for_anything():
    """`pages.enable()` stops at a parameter that papermill gives and the notebook does not have."""
    for path in NOTEBOOKS:
        sources = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
        first = next(source for source in sources if "import" in source)
        is_public = "import darlington_analysis as da\n" in first  # whose functions enable
        assert is_public or "pages.enable()\n" in first.partition("evidence.")[0], path.name


@pytest.mark.parametrize(
    ("notebook", "misspelt"), [("06-performance-review", "partnershp"), ("07-compare", "wrad")]
)
def test_a_misspelt_parameter_does_not_leave_the_default(processed, tmp_path, notebook, misspelt):
    """papermill alone would review another partnership, or compare other wards."""
    path = str(ROOT / f"notebooks/{notebook}.ipynb")
    command = [sys.executable, "-m", "papermill", path, "out.ipynb", "-p", misspelt, "Mowden"]
    ran = subprocess.run(command, cwd=tmp_path, env=processed, capture_output=True)
    assert 0 != ran.returncode
    assert f"This notebook has no parameter {misspelt}" in ran.stderr.decode()


def test_every_notebook_runs_under_nbval_and_says_what_it_said(processed, tmp_path):
    """The key figures kept in the notebooks are the ones a run gives.

    A copy names the ward whose figures are kept: the notebook itself names none.
    """
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, 4)
        for name, value in PARAMETERS.get(path.stem, {}).items():
            notebook.cells[0].source += f"\n{name} = {value!r}"
        nbformat.write(notebook, tmp_path / path.name)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-cell-timeout=300",
        "-p",
        "no:cacheprovider",
        "-q",
        str(tmp_path),
    ]
    ran = subprocess.run(command, cwd=ROOT, env=processed, capture_output=True, text=True)
    assert 0 == ran.returncode, ran.stdout[-3000:]


def test_the_parameters_are_the_ones_packs_are_made_with():
    """A misspelt parameter would publish the default ward under another's name."""
    notebook = ROOT / "notebooks/02-ward-evidence-pack.ipynb"
    assert {"ward", "edition"} == set(papermill.inspect_notebook(str(notebook)))
