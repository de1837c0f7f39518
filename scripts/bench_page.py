"""The table and the plot of `make bench`."""

import os
import platform
import statistics
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from darlington_analysis.presentation import theme
from darlington_analysis.presentation.charts import parts
from darlington_analysis.presentation.drawing import to_svg

SAID = {
    "plain": "papermill and nbconvert once a ward",
    "pool": "papermill in a pool of two processes",
    "ploomber": "ploomber-engine in a pool of two",
    "ours": "ours, to HTML only",
    "floor": "the floor: drawing and export alone, on two cores",
    "packs": "ours, the whole pack with its checks",
    "dask-1": "the whole pack, one Dask worker on this machine",
    "dask-2": "the whole pack, two Dask workers on this machine",
    "nothing": "ours, where nothing has changed",
}
GOALS = {"plain": (10.0, "at least"), "pool": (2.5, "at least"), "ploomber": (1.0, "more than"),
         "floor": (1 / 1.5, "at least")}  # fmt: skip
PACKAGES = ("papermill", "nbconvert", "ploomber-engine", "ipykernel", "matplotlib", "pandas")


def write(folder: Path, found: dict, wards: int, runs: int) -> None:
    """Write ``benchmark.md`` and ``benchmark.svg`` of what was measured.

    ``found``: way → measurements, each with wall, cpu (seconds) and peak (MB).
    """
    folder.mkdir(exist_ok=True)
    seconds = {way: [each.wall / wards for each in told] for way, told in found.items()}
    lines = [
        "# How long packs take", "",
        f"Made by `make bench` on {datetime.now(UTC):%d %B %Y}: {wards} wards of the default "
        f"edition, {runs} runs, the ways taking turns. {machine()}", "",
        "The first five rows make the same notebook and the same template to HTML only; data are "
        "processed beforehand. The range is over the runs. “As ours” is the median of the ratio, "
        "run by run, to ours in the same run.", "",
        "| way | seconds a pack | range | as ours | goal | CPU s a pack | peak MB |",
        "|---|---|---|---|---|---|---|",
        *(_row(way, seconds, found[way], wards) for way in found),
        "", "![Seconds a pack, by way](benchmark.svg)", "",
    ]  # fmt: skip
    (folder / "benchmark.md").write_text("\n".join(lines), "utf-8")
    (folder / "benchmark.svg").write_text(plot(seconds) + "\n", "utf-8")


def _row(way: str, seconds: dict, told: list, wards: int) -> str:
    own = seconds[way]
    ratio, goal = "", ""
    if "ours" in seconds:
        each = [one / ours for one, ours in zip(own, seconds["ours"], strict=True)]
        ratio = f"{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})"
        if way in GOALS:
            least, words = GOALS[way]
            reached = "reached" if statistics.median(each) >= least else "not reached"
            goal = f"{words} {least:.2f}: {reached}"
    cpu = statistics.median(each.cpu for each in told) / wards
    peak = max(each.peak for each in told)
    spread = f"{min(own):.2f} to {max(own):.2f}"
    cells = (SAID[way], f"{statistics.median(own):.2f}", spread, ratio, goal, f"{cpu:.2f}",
             f"{peak:.0f}")  # fmt: skip
    return f"| {' | '.join(cells)} |"


def plot(seconds: dict[str, list[float]]) -> str:
    """Return an SVG: a bar a way for the median, a line for the range."""
    names = [SAID[way] for way in seconds]
    with theme.look():
        figure, axes = parts.canvas(34 * len(names), left=310, right=60, bottom=40, width=760)
        for place, own in enumerate(seconds.values()):
            middle = statistics.median(own)
            axes.barh(place, middle, height=0.6, color=theme.NAVY)
            axes.plot([min(own), max(own)], [place, place], color=theme.ORANGE, linewidth=2)
            axes.annotate(f"{middle:.2f}", (max(own), place), (6, 0), va="center",
                          textcoords="offset points")  # fmt: skip
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlim(left=0)
        axes.set_xlabel("seconds a pack")
        return to_svg(figure)


def machine() -> str:
    """Return the machine and the versions in one sentence or two."""
    told = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(": ")[2] for line in told if line.startswith("model name")]
    cpu = models[0] if models else platform.processor()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{name} not installed")
    return (
        f"Machine: {cpu.strip()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}; "
        f"Python {platform.python_version()}, {', '.join(versions)}. "
        f"Load before the end: {os.getloadavg()[1]:.1f}."
    )
