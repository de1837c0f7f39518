"""Measure ways to make packs side by side: `make bench`, or with options for a short trial.

python scripts/bench_packs.py [--wards 24] [--runs 3] [--ways plain,pool,ours,floor] [--into docs]

Ways take turns within each run, so that a machine that slows down slows them all; every number in
the table is a median with its range. The order of rows is that of scripts/bench_ways.py.
"""

import argparse
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bench_page
from bench_ways import CORES, WAYS

ROOT = Path(__file__).resolve().parent.parent
SMALL = "ploomber-engine is not installed: pip install ploomber-engine"


@dataclass(frozen=True)
class Measured:
    """One way in one run: seconds on the clock, CPU seconds, peak MB of its largest process."""

    wall: float
    cpu: float
    peak: float
    printed: str


def measure(way: str, folder: Path, wards: int, project: Path) -> Measured:
    """Run a way in a process of its own and wait for all its descendants.

    Raises RuntimeError where the way fails.
    """
    scratch = folder / way
    scratch.mkdir(exist_ok=True)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _be_measured(way, scratch, wards, project, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        words = told.read().split("\n", 4)
    if os.waitpid(child, 0)[1] or words[0] != "0":
        raise RuntimeError(f"{way} failed: {words[-1][-800:]}")
    return Measured(*(float(word) for word in words[1:4]), words[4].strip())


def _be_measured(way: str, scratch: Path, wards: int, project: Path, writing: int) -> None:
    """Adopt every process the way leaves behind, so that none goes uncounted; then tell and end."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    command = [sys.executable, str(ROOT / "scripts/bench_ways.py"), way, str(scratch), str(wards)]
    environment = {**os.environ, "DARLINGTON_PROJECT": str(project), "OMP_NUM_THREADS": "1",
                   "OPENBLAS_NUM_THREADS": "1", "PLOOMBER_STATS_ENABLED": "false"}  # fmt: skip
    began = time.monotonic()
    said = subprocess.run(command, env=environment, capture_output=True, text=True)
    wall = time.monotonic() - began
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [said.returncode, wall, spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024,
             said.stdout if said.returncode == 0 else said.stderr]  # fmt: skip
    with os.fdopen(writing, "w") as told:
        told.write("\n".join(map(str, words)))
    os._exit(0)


def project_to_measure(folder: Path) -> Path:
    """Return a copy of this project with its data processed, so that reports stay as they are."""
    town = folder / "town"
    for name in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / name, town / name)
    shutil.copy(ROOT / "darlington.toml", town)
    environment = {**os.environ, "DARLINGTON_PROJECT": str(town)}
    command = [sys.executable, "-m", "darlington_analysis"]
    subprocess.run([*command, "data"], env=environment, check=True, capture_output=True)
    return town


def main() -> None:
    """Measure every way in turn, and write the table and the plot."""
    asked = _asked()
    found: dict[str, list[Measured]] = {way: [] for way in asked.ways}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        town = project_to_measure(folder)
        measure("ours", folder, 1, town)  # reads every file once, and leaves the floor an example
        (folder / "floor").mkdir()
        shutil.copy(next((folder / "ours").glob("*.ipynb")), folder / "floor/example.ipynb")
        for run in range(asked.runs):
            for way in asked.ways:
                found[way].append(measure(way, folder, asked.wards, town))
                print(f"run {run + 1}, {way}: {found[way][-1].wall:.1f} s", flush=True)
    for measured in found.get("floor", []):
        object.__setattr__(measured, "wall", float(measured.printed) / CORES)
    bench_page.write(asked.into, found, asked.wards, asked.runs)
    print(f"{asked.into}/benchmark.md")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wards", type=int, default=24)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ways", default=",".join(WAYS), type=lambda text: text.split(","))
    parser.add_argument("--into", type=Path, default=ROOT / "docs")
    asked = parser.parse_args()
    try:
        import ploomber_engine  # noqa: F401
    except ImportError:
        print(SMALL, file=sys.stderr)
        asked.ways = [way for way in asked.ways if way != "ploomber"]
    return asked


if __name__ == "__main__":
    main()
