"""CPU seconds that starting takes, beside the import of pandas: docs/start_up.md.

python -m scripts.benchmarks.start_up [--runs 3]

It needs the table of `darlington data`. What is compared takes turns within each run, so that a
machine that slows down slows them all.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from darlington_analysis.core.project import find_project
from scripts import ROOT
from scripts.benchmarks import results_page

PAGE = ROOT / "docs" / "start_up.md"
PANDAS, IMPORTED = "import pandas", "import darlington_analysis"
FIGURES = "import darlington_analysis as da; da.figures('no-qualifications')"
COMMAND = ("-P", "-m", "darlington_analysis")
STARTS = {
    "Python alone": ("-c", "pass"),
    f"`{PANDAS}`": ("-c", PANDAS),
    f"`{IMPORTED}`": ("-c", IMPORTED),
    "`darlington --help`": (*COMMAND, "--help"),
    "`darlington wards`": (*COMMAND, "wards"),
    "the first `da.figures(...)`, pandas included": ("-c", FIGURES),
}
HEAD = """# How quickly it starts

Made by `python -m scripts.benchmarks.start_up`, which `make bench` runs too; do not edit. {machine}

CPU seconds of a new process, the median of {runs} runs in which all of these took turns (load {load:.1f}).

| what | CPU seconds | range | times the import of pandas |
|---|---:|---|---:|
{rows}
"""


def cpu_seconds(words: tuple[str, ...], project: Path) -> float:
    """Return the CPU seconds of one run of Python and all that it starts."""
    environment = {**os.environ, "DARLINGTON_PROJECT": str(project)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *words]
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(project: Path, runs: int) -> dict[str, list[float]]:
    """Return the CPU seconds of every start, run by run, after one run that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in STARTS}
    for run in range(runs + 1):
        for name, words in STARTS.items():
            spent = cpu_seconds(words, project)
            if run:
                seconds[name].append(spent)
    return seconds


def page(seconds: dict[str, list[float]]) -> str:
    """Return the page: a row for each start, with its ratio to the import of pandas."""
    middle = {name: statistics.median(spent) for name, spent in seconds.items()}
    pandas = middle[f"`{PANDAS}`"]
    rows = [
        f"| {name} | {middle[name]:.2f} | {min(spent):.2f} to {max(spent):.2f} "
        f"| {middle[name] / pandas:.2f} |"
        for name, spent in seconds.items()
    ]
    return HEAD.format(
        machine=results_page.machine(),
        runs=len(seconds[f"`{PANDAS}`"]),
        load=os.getloadavg()[1],
        rows="\n".join(rows),
    )


def main() -> None:
    """Measure every start, print the page and write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    text = page(measured(find_project().root, asked.runs))
    PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
