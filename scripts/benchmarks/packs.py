"""Measure ways to make packs side by side: `make bench`, or a part of it at a time.

python -m scripts.benchmarks.packs [--part plain,html,many,whole] [--wards 24] [--runs 1] [--into docs]

Ways of a part take turns within each run, so that a machine that slows down slows them all. What a
part measured is kept in data/.bench until that part is measured again; the page is written of all
parts that are there. On two quiet cores with 24 wards: plain 9 minutes, html (two runs) 7, many 6,
whole 7.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from scripts import ROOT, copy_settings
from scripts.benchmarks import kept_results, measuring, results_page
from scripts.benchmarks.ways import CORES

FEW, MANY = 1 / 6, 10
# A part: its ways in order, each with how many packs as a share of --wards; how often it is run.
PARTS = {
    "plain": ((("plain", 1), ("ours", 1)), 1),
    "html": ((("pool", 1), ("ploomber", 1), ("ours", 1), ("floor", 1)), 2),
    "many": ((("ours", 1), ("ours", MANY)), 1),
    "whole": (
        (
            ("packs", 1),
            ("nothing", 1),
            ("two", 1),
            ("dask-1", 1),
            ("dask-2", 1),
            ("two", FEW),
            ("dask-1", FEW),
            ("dask-2", FEW),
        ),
        1,
    ),
}
APART = ROOT / ".venv/ploomber"


def project_to_measure(folder: Path) -> Path:
    """Return a copy of this project with its data processed, so that reports stay as they are."""
    town = folder / "town"
    for name in ("data/raw", "data/agreements", "notebooks"):
        shutil.copytree(ROOT / name, town / name)
    copy_settings(town)
    for name in ("data/statements.toml", "data/practices.toml"):
        shutil.copy(ROOT / name, town / name)
    environment = {**os.environ, "DARLINGTON_PROJECT": str(town)}
    command = [sys.executable, "-m", "darlington_analysis"]
    subprocess.run([*command, "data"], env=environment, check=True, capture_output=True)
    return town


def measure_part(part: str, asked: argparse.Namespace, folder: Path, town: Path) -> None:
    """Measure a part's ways in turn, and keep what was found in place of what was kept before."""
    ways, runs = PARTS[part]
    found = []
    for run in range(asked.runs or runs):
        for way, share in ways:
            if way == "ploomber" and not APART.is_dir():
                continue
            packs = max(2, round(asked.wards * share)) if share < 1 else round(asked.wards * share)
            measured = _measured(way, folder, packs, town)
            if measured is None:
                continue
            if way == "floor":  # what it printed: CPU seconds inside the drawing and export calls
                measured["wall"] = float(measured["printed"]) / CORES
            found.append({"part": part, "run": run, "way": way, "packs": packs, **measured})
            print(
                f"{part}, run {run + 1}, {way}, {packs} packs: {measured['wall']:.1f} s, "
                f"{measured['cpu']:.1f} CPU s",
                flush=True,
            )
    kept_results.keep(part, found)


def _measured(way: str, folder: Path, packs: int, town: Path) -> dict | None:
    """Measure a way, once more where it fails; None, said aloud, where it fails twice."""
    for _ in range(2):
        try:
            return measuring.measure(way, folder, packs, town, _paths(way))
        except RuntimeError as fault:
            print(fault, file=sys.stderr, flush=True)
    print(f"{way} is left out", file=sys.stderr, flush=True)
    return None


def main() -> None:
    """Measure the parts that are asked for, and write the page of all that is kept."""
    asked = _asked()
    if not APART.is_dir():
        print(f"{APART} is not there, so ploomber-engine is left out: make bench puts it there")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        town = project_to_measure(folder)
        measuring.measure("ours", folder, 1, town)  # reads files once, makes the floor's page
        (folder / "floor").mkdir()
        shutil.copy(next((folder / "ours").glob("*.ipynb")), folder / "floor/example.ipynb")
        for part in asked.part:
            measure_part(part, asked, folder, town)
    results_page.write(asked.into)
    print(f"{asked.into}/benchmark.md")


def _paths(way: str) -> str:
    """Return what stands on the path besides: ploomber-engine for its own way and no other."""
    return str(APART) if way == "ploomber" else ""


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", default=",".join(PARTS), type=lambda text: text.split(","))
    parser.add_argument("--wards", type=int, default=24)
    parser.add_argument("--runs", type=int, default=0, help="in place of each part's own number")
    parser.add_argument("--into", type=Path, default=ROOT / "docs")
    asked = parser.parse_args()
    unknown = set(asked.part) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if find_spec("ploomber_engine"):
        parser.error(
            "ploomber-engine is installed beside papermill, which imports every engine it finds: "
            "each way would pay. pip uninstall ploomber-engine; make bench installs it apart"
        )
    return asked


if __name__ == "__main__":
    main()
