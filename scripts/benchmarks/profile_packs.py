"""Where the CPU seconds of one pack go: a copy of the notebook that tells the time at every cell.

python -m scripts.benchmarks.profile_packs [--wards 6] [--into docs]

Between the cells stand cells that print the CPU seconds of their kernel. What passes between two of
those with nothing in between is what it takes to talk to a kernel about one cell.
"""

import argparse
import os
import resource
import tempfile
from itertools import pairwise
from pathlib import Path

from scripts.benchmarks import kept_results, packs, page_text, results_page

PART = "profile"
CLOCK = "import resource as _r; _u = _r.getrusage(_r.RUSAGE_SELF); print(_u.ru_utime + _u.ru_stime)"
# Cells by what they show, in the order of the notebook's code cells after the parameters.
EVIDENCE = "evidence (the cells up to the header)"
SHOWN, EXPORTED = page_text.DRAWN
TALK = "talk with the kernel"


def timed(notebook, clock: str = CLOCK):
    """Return a notebook with a clock before and after each code cell but the parameters."""
    import nbformat

    cells = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", []):
            cells.append(cell)
        else:
            tick = nbformat.v4.new_code_cell(clock, metadata={"tags": ["clock"]})
            cells += [tick, cell, nbformat.v4.new_code_cell(clock, metadata={"tags": ["clock"]})]
    notebook.cells = cells
    return notebook


def one_pack(folder: Path, ward: str) -> dict[str, float]:
    """Run the timed notebook in a forked kernel, called in a warm worker; CPU seconds by what."""
    import nbformat

    from darlington_analysis.publishing import html, run_notebook

    parameters = {"ward": ward, "edition": "2011"}
    before = _own()
    run_notebook.execute(folder / "untimed.ipynb", folder / f"{ward}.ipynb", parameters)
    worker = _own() - before
    made = run_notebook.execute(folder / "timed.ipynb", folder / f"{ward}.ipynb", parameters)
    clocks = [cell for cell in made.cells if "clock" in cell.metadata.get("tags", [])]
    at = [float(cell.outputs[0].text) for cell in clocks]
    spent = dict(zip(("cell", "between"), _shares(at), strict=True))
    made.cells = [cell for cell in made.cells if "clock" not in cell.metadata.get("tags", [])]
    nbformat.validate(made)
    exported = _own()
    html.render(made, "title", "words", "", words=html.words())
    cells, talk = spent["cell"], spent["between"]
    # A clock costs a turn of talk as well, which a cell without one would not.
    evidence = sum(cells[:2]) - 2 * talk
    shown = sum(cells[2:]) - (len(cells) - 2) * talk
    return {
        "the kernel starts": at[0] - talk,
        EVIDENCE: evidence,
        SHOWN: shown,
        TALK: talk * len(cells),
        "papermill, in the worker": worker,
        EXPORTED: _own() - exported,
    }


def _shares(at: list[float]) -> tuple[list[float], float]:
    """Return the CPU seconds of each cell with its talk, and the least that lies between cells."""
    cells = [after - before for before, after in zip(at[::2], at[1::2], strict=True)]
    between = sorted(after - before for before, after in pairwise(at))[: len(cells)]
    return cells, sum(between) / len(between)


def _own() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    """Measure one pack after another, keep what is found, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wards", type=int, default=6)
    parser.add_argument("--into", type=Path, default=packs.ROOT / "docs")
    asked = parser.parse_args()
    import nbformat

    from darlington_analysis.core.project import Project
    from darlington_analysis.publishing import kernels
    from darlington_analysis.sources import areas

    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        town = packs.project_to_measure(Path(name))
        os.environ["DARLINGTON_PROJECT"] = str(town)
        notebook = nbformat.read(town / "notebooks/02-ward-evidence-pack.ipynb", as_version=4)
        nbformat.write(notebook, Path(name) / "untimed.ipynb")
        nbformat.write(timed(notebook), Path(name) / "timed.ipynb")
        wards = [each.code for each in areas.ward_set(Project(town), "2003-2015").wards]
        kernels.warm_up("2011")
        with kernels.pool(1) as worker:
            found = [
                worker.submit(one_pack, Path(name), code).result()
                for code in wards[: asked.wards + 1]
            ][1:]
    kept_results.keep(PART, found)
    results_page.write(asked.into)
    print(f"{asked.into}/benchmark.md")


if __name__ == "__main__":
    main()
