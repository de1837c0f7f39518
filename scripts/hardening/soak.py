"""Make an edition again and again in one process, and write docs/soak.md.

python -m scripts.hardening.soak [--runs 50] [--ward W ...]

One process makes every pack anew, run after run, which is harder than a process a run. After each
run: its memory, its open files and its processes, those of its children counted in, what lies in
its folder of temporary files and beside the published packs. Nothing may grow from run to run.
"""

import argparse
import atexit
import contextlib
import ctypes
import io
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from scripts import ROOT

PAGE = ROOT / "docs" / "soak.md"
WARM_UP = 2  # runs that load what stays loaded
MOST_GROWTH = {
    "memory, MB": 0.05,
    "open files": 0.0,
    "processes": 0.0,
    "temporary files": 0.0,
    "files beside packs": 0.0,
}
HEAD = """# Run after run

Made by `make soak`; do not edit. One process made {what} again {runs} times. Exit codes other than
0: {bad}. *Growth* is how much a straight line through the runs after the first {warm} rises from the
first of them to the last, as a share of their mean. Above *allowed*, the command fails.

{table}

{every}
"""


def main() -> int:
    """Run, measure, print and write the page; 1 where something grows or a run fails."""
    asked = argparse.ArgumentParser(description="Make an edition again and again.")
    asked.add_argument("--runs", type=int, default=50)
    asked.add_argument("--ward", action="append", default=[])
    asked.add_argument("--no-page", action="store_true", help="print only")
    asked = asked.parse_args()
    _without_huge_pages()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after the library's own ending
    measured, bad = _soaked(folder, asked.runs, asked.ward)
    grown = growth(measured)
    every = f"```\n{measured.to_string()}\n```"
    print(_table(grown), every, f"runs that failed: {bad}", sep="\n\n")
    if not asked.no_page:
        what = ", ".join(asked.ward) or "every pack of the default edition"
        PAGE.write_text(
            HEAD.format(
                what=what, runs=asked.runs, bad=bad, warm=WARM_UP, table=_table(grown), every=every
            ),
            "utf-8",
        )
    return int(bool(bad) or any(found > MOST_GROWTH[name] for name, found in grown.items()))


def growth(measured: pd.DataFrame) -> dict[str, float]:
    """Return, for each measure, what its straight line gains over the runs, as a share."""
    after = measured.iloc[WARM_UP:] if len(measured) > WARM_UP + 1 else measured
    last = len(after) - 1
    if last < 1:
        return dict.fromkeys(MOST_GROWTH, 0.0)
    slopes = {name: np.polyfit(np.arange(last + 1), after[name], 1)[0] for name in MOST_GROWTH}
    return {
        name: round(float(slope * last / max(after[name].mean(), 1)), 6)
        for name, slope in slopes.items()
    }


def _soaked(folder: Path, runs: int, wards: list[str]) -> tuple[pd.DataFrame, int]:
    from scripts.hardening import faults_town

    root = faults_town.copied(folder / "town")
    temporary = folder / "temporary"
    temporary.mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    os.environ["DARLINGTON_PROJECT"] = str(root)
    from darlington_analysis.cli.main import main as command

    words = ["packs", "--force", *(word for ward in wards for word in ("--ward", ward))]
    measured, bad = [], 0
    for _ in range(runs):
        began = time.monotonic()
        with contextlib.redirect_stdout(io.StringIO()):
            bad += bool(command(words))
        measured.append({"seconds": round(time.monotonic() - began, 1), **_now(temporary, root)})
    return pd.DataFrame(measured, index=pd.RangeIndex(1, runs + 1, name="run")), bad


def _without_huge_pages() -> None:
    """Have memory in small pages, here and in all children: Linux puts pages together, and holes
    between them to the count, whenever the machine has time for it.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(41, 1, 0, 0, 0)  # PR_SET_THP_DISABLE


def _now(temporary: Path, root: Path) -> dict[str, float]:
    """Return what this process and its children hold, and what lies about."""
    family = _family(os.getpid())
    beside = [path for path in (root / "reports").iterdir() if path.name.startswith(".")]
    return {
        "memory, MB": round(sum(map(_memory, family)), 1),
        "open files": sum(map(_open_files, family)),
        "processes": len(family),
        "temporary files": sum(1 for path in temporary.rglob("*") if not path.is_dir()),
        "files beside packs": len(beside),
    }


def _family(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *(each for child in told for each in _family(int(child)))]
    return []


def _open_files(pid: int) -> int:
    with contextlib.suppress(OSError):  # it has ended since it was counted
        return len(os.listdir(f"/proc/{pid}/fd"))
    return 0


def _memory(pid: int) -> float:
    """Return a process's own memory in MB: what it shares with its kin divided among them, and
    pages of files left out, whose share hangs on what else the machine has running.
    """
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss_Anon:")).split()[1]) / 1024
    return 0.0


def _table(grown: dict[str, float]) -> str:
    lines = ["| what | growth | allowed |", "|---|---:|---:|"]
    lines += [
        f"| {name} | {found:+.1%} | {MOST_GROWTH[name]:.0%} |" for name, found in grown.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
