"""What becomes of time and memory as wards grow: dummy boroughs, one after another.

python -m scripts.benchmarks.scale [--boroughs 292] [--first 0] [--into docs]

A borough is 24 wards and a project of its own: 10 are 240, 100 are 2,400 and 292 are 7,008. The
attack on withheld counts never spans two, which is what bounds it. Two processes take a borough
each in turn; the memory of each is read after every borough. Of a sample all claims are put in the
ledger's words and one pack's charts and tables are drawn. What is measured is kept in data/.bench,
so that a long measurement may be made in parts: --boroughs 100, then --first 100 --boroughs 192.
"""

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from darlington_analysis.cleaning import process
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages.register import shown
from darlington_analysis.publishing import disclosure_audit, pack
from scripts.benchmarks import growth, kept_results, results_page
from scripts.benchmarks.growth import SIZES, STAGES
from scripts.benchmarks.ways import CORES
from scripts.data_build import dummy_borough

PART = "scale"


def one_borough(parent: Path, number: int) -> dict:
    """Take a dummy borough through every stage.

    Returns the CPU seconds of each of ``STAGES``, the last two of a sample only; ``held``, the
    memory this process holds after, and ``peak``, the most it ever held, both in MB.
    """
    project = dummy_borough.make(parent / str(number), number)
    marks = [time.process_time()]
    process.write(project, process.process(project, load_settings(project)))
    marks.append(time.process_time())
    loaded = table.load(project=project)
    disclosure_audit.passed(loaded)
    marks.append(time.process_time())
    codes = [ward.code for ward in loaded.wards.wards]
    for code in codes:
        pack.key_of(in_table(loaded, code), project.notebooks / pack.NOTEBOOK)
    marks.append(time.process_time())
    if number < 3 or number % 30 == 0:
        wards = [in_table(loaded, code) for code in codes]
        _ = [pack.ledger_entry(claim) for each in wards for claim in each.claims]
        marks.append(time.process_time())
        _draw(wards[number % len(wards)])
        marks.append(time.process_time())
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    shutil.rmtree(project.root)
    spent = [after - before for before, after in zip(marks, marks[1:], strict=False)]
    held = pages * resource.getpagesize() / 2**20
    return dict(zip(STAGES, spent, strict=False)) | {"held": held, "peak": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _draw(evidence) -> None:
    for each in (
        evidence.header,
        evidence.what_matters,
        evidence.place,
        evidence.measures,
        evidence.indicators,
        evidence.deprivation,
        evidence.sources,
    ):
        shown()[type(each)].html(each)


def main() -> None:
    """Measure, keep, and write the page of all that is kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--boroughs", type=int, default=SIZES[-1])
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--into", type=Path, default=dummy_borough.ROOT / "docs")
    asked = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    kept = kept_results.kept(PART).get("boroughs", {}) if asked.first else {}
    numbers = range(asked.first, asked.first + asked.boroughs)
    spawn = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory(prefix="boroughs-") as name,
        ProcessPoolExecutor(CORES, spawn) as workers,
    ):
        made = workers.map(partial(one_borough, Path(name)), numbers)
        for number, found in zip(numbers, made, strict=True):
            kept[str(number)] = found
            print(f"borough {number + 1}: {json.dumps(found)}", flush=True)
    kept_results.keep(PART, [], boroughs=kept)
    results_page.write(asked.into)
    print("\n".join(growth.growth_lines(kept_results.kept(PART))))


if __name__ == "__main__":
    main()
