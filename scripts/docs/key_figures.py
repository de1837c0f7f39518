"""Run every notebook, and keep in it the text of the cells that state key figures.

nbval compares nothing where a notebook holds no outputs; these cells are what it compares. Run it
when a figure or a sentence has changed, and look at what git shows: each changed line is one.
"""

import tempfile
from pathlib import Path

import nbformat
import papermill

from darlington_analysis.core.project import find_project

TAG = "analyst"
PARAMETERS = {"02-ward-evidence-pack": {"ward": "Cockerton"}}  # it names no ward


def keep(path: Path, scratch: Path) -> int:
    """Run one notebook and keep its key figures; return how many cells keep some."""
    notebook = nbformat.read(path, as_version=4)
    ran_path = scratch / path.name
    given = PARAMETERS.get(path.stem)
    papermill.execute_notebook(
        str(path), str(ran_path), given, cwd=str(path.parent), progress_bar=False
    )
    ran = nbformat.read(ran_path, as_version=4)
    own = [cell for cell in ran.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    kept = 0
    for cell, done in zip(notebook.cells, own, strict=True):
        if cell.cell_type == "code":
            cell.outputs = [_text(each) for each in done.outputs] if _is_kept(cell) else []
            # nbval takes outputs of a cell without a number for a mistake.
            cell.execution_count = 1 if _is_kept(cell) else None
            kept += _is_kept(cell)
    nbformat.write(notebook, path)
    return kept


def _is_kept(cell) -> bool:
    return TAG in cell.metadata.get("tags", [])


def _text(output):
    output.data = {"text/plain": output.data["text/plain"]}
    output.execution_count = 1
    return output


def main() -> None:
    """Keep the key figures of every notebook of the project."""
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(find_project().notebooks.glob("*.ipynb")):
            print(f"{path.name}: {keep(path, Path(scratch))} cell(s) kept")


if __name__ == "__main__":
    main()
