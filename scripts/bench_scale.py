"""What becomes of time and memory as wards grow: dummy boroughs, one after the other.

python scripts/bench_scale.py [--boroughs 1,10,100] [--into docs]

A borough is 24 wards: 10 are 240, 100 are 2,400 and 292 are 7,008. Each is a project of its own, so
the attack on withheld counts never spans two: that is what bounds it. Everything runs in this one
process, whose memory is read after each borough; of the packs one a borough is drawn, a sample.
"""

import argparse
import math
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bench_page
import dummy_borough

from darlington_analysis.cleaning import process
from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.presentation.show.register import shown
from darlington_analysis.publishing import disclosure, pack
from darlington_analysis.settings import load_settings

WARDS = 24
STAGES = ("cleaning, gate and ranks", "the attack", "keys of all packs", "one pack drawn")


def one_borough(folder: Path, seed: int) -> tuple[list[float], float]:
    """Take a dummy borough through every stage.

    Returns the CPU seconds of each of ``STAGES``, and the memory this process holds after, in MB.
    """
    project = dummy_borough.make(folder, seed)
    marks = [time.process_time()]
    process.write(project, process.process(project, load_settings(project)))
    marks.append(time.process_time())
    loaded = table.load(project=project)
    disclosure.passed(loaded)
    marks.append(time.process_time())
    notebook = project.notebooks / pack.NOTEBOOK
    for ward in loaded.wards.wards:
        pack.key_of(in_table(loaded, ward.code), notebook)
    marks.append(time.process_time())
    _draw(in_table(loaded, loaded.wards.wards[seed % WARDS].code))
    marks.append(time.process_time())
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    held = pages * resource.getpagesize() / 2**20
    shutil.rmtree(folder)
    return [after - before for before, after in zip(marks, marks[1:], strict=False)], held


def _draw(evidence) -> None:
    for each in (evidence.header, evidence.stands_out, evidence.place, evidence.measures,
                 evidence.indicators, evidence.deprivation, evidence.sources):  # fmt: skip
        shown()[type(each)].html(each)


def page(spent: list[list[float]], held: list[float], sizes: list[int]) -> str:
    """Return the table: CPU seconds a ward at each size, the exponent of growth, memory."""
    head = ["wards", *(f"{name}, CPU s a ward" for name in STAGES), "memory held, MB"]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    totals = []
    for size in sizes:
        sums = [sum(each[place] for each in spent[:size]) for place in range(len(STAGES))]
        totals.append(sum(sums))
        wards = [WARDS * size] * 3 + [size]
        cells = [f"{total / by:.3f}" for total, by in zip(sums, wards, strict=True)]
        lines.append(f"| {WARDS * size} | {' | '.join(cells)} | {held[size - 1]:.0f} |")
    growth = "one size alone shows no growth"
    if len(sizes) > 1:
        times, by = totals[-1] / totals[0], sizes[-1] / sizes[0]
        growth = f"time grows with the number of wards to the power {math.log(times, by):.3f}"
    return "\n".join([
        "# How time and memory grow", "",
        "Made by `scripts/bench_scale.py`: dummy boroughs of 24 wards, one after the other in one "
        f"process. {bench_page.machine()} From the smallest size to the largest, {growth}.", "",
        *lines, "",
    ])  # fmt: skip


def main() -> None:
    """Measure, and write ``benchmark-scale.md``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--boroughs", default="1,10,100")
    parser.add_argument("--into", type=Path, default=dummy_borough.ROOT / "docs")
    asked = parser.parse_args()
    sizes = sorted(map(int, asked.boroughs.split(",")))
    spent, held = [], []
    with tempfile.TemporaryDirectory(prefix="boroughs-") as name:
        for number in range(sizes[-1]):
            seconds, memory = one_borough(Path(name) / str(number), number)
            spent.append(seconds)
            held.append(memory)
            print(f"borough {number + 1}: {sum(seconds):.1f} s, {memory:.0f} MB", flush=True)
    asked.into.mkdir(exist_ok=True)
    (asked.into / "benchmark-scale.md").write_text(page(spent, held, sizes), "utf-8")


if __name__ == "__main__":
    main()
