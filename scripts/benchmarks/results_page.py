"""The page and the plot of `make bench`, made of whatever its parts measured last."""

import os
import platform
import statistics
from importlib import metadata
from pathlib import Path

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import text_width, to_svg
from scripts import ROOT
from scripts.benchmarks import growth, kept_results, page_text

SAID = {
    "plain": "papermill and nbconvert once a ward",
    "pool": "papermill in a pool of two processes",
    "ploomber": "ploomber-engine in a pool of two",
    "ours": "ours, to HTML only",
    "floor": "the floor: drawing and export alone, on two cores",
    "packs": "ours, the whole pack with its checks",
    "two": "the same, two at a time",
    "dask-1": "the same, one Dask worker on this machine",
    "dask-2": "the same, two Dask workers on this machine",
    "nothing": "ours, where nothing has changed",
}
# What the ratio to ours should be: the least, and how it is said.
GOALS = {
    "plain": (10.0, "at least"),
    "pool": (2.5, "at least"),
    "ploomber": (1.0, "more than"),
    "floor": (1 / 1.5, "at least"),
}
PACKAGES = ("papermill", "nbconvert", "ipykernel", "matplotlib", "pandas", "distributed")


def write(folder: Path) -> None:
    """Write ``benchmark.md`` and ``benchmark.svg`` of what is kept of every part."""
    folder.mkdir(exist_ok=True, parents=True)
    found = {part: kept_results.kept(part) for part in ("plain", "html", "many", "whole")}
    told = [
        "# How long packs take",
        f"Made by `make bench`. {machine()}",
        "Every way uses the same notebook and template and makes only the HTML. The data are "
        "processed beforehand. “Ours” is what this project does. The range is over the runs of a "
        "part. “Beside ours” is the median of the ratio to ours, run by run in the same part; the "
        "ways take turns. Memory is that of the largest process, and of all processes together "
        "with each shared page counted once. ploomber-engine’s cells share one process; in ours, "
        "each pack has its own kernel.",
        _table([*_rows(found["plain"]), *_rows(found["html"])]),
        "![Seconds a pack, by way](benchmark.svg)",
        *page_text.many(found["many"]),
        *page_text.whole(found["whole"], _table(_rows(found["whole"], beside="packs"))),
        *page_text.profile(kept_results.kept("profile")),
        *page_text.above_floor(found["html"], found["many"], kept_results.kept("profile")),
        *growth.scale(),
    ]
    (folder / "benchmark.md").write_text("\n\n".join(each for each in told if each) + "\n", "utf-8")
    seconds = _seconds_by_way(found)
    if seconds:
        (folder / "benchmark.svg").write_text(plot(seconds) + "\n", "utf-8")


def _rows(kept: dict, beside: str = "ours") -> list[list[str]]:
    """Return a row of cells for each way of a part, at its largest number of packs."""
    found = page_text.whole_runs(kept)
    own = {run["run"]: run["wall"] / run["packs"] for run in found.get(beside, [])}
    day = f"{kept['at']}, load {kept['load']:.1f}" if found else ""
    return [[SAID[way], *_numbers(way, runs, own), day] for way, runs in found.items()]


def _numbers(way: str, runs: list[dict], own: dict[int, float]) -> list[str]:
    seconds = [run["wall"] / run["packs"] for run in runs]
    ratios = [run["wall"] / run["packs"] / own[run["run"]] for run in runs if run["run"] in own]
    spread = f"{min(seconds):.2f} to {max(seconds):.2f}" if len(seconds) > 1 else "one run"
    ratio = f"{statistics.median(ratios):.2f}" if ratios else ""
    if len(ratios) > 1:
        ratio += f" ({min(ratios):.2f} to {max(ratios):.2f})"
    goal = ""
    if ratios and way in GOALS:
        least, words = GOALS[way]
        state = "reached" if statistics.median(ratios) >= least else "not reached"
        goal = f"{words} {least:.2f}: {state}"
    cpu = statistics.median(run["cpu"] / run["packs"] for run in runs)
    memory = [f"{max(run[name] for run in runs):.0f}" for name in ("peak", "together")]
    return [f"{statistics.median(seconds):.2f}", spread, ratio, goal, f"{cpu:.2f}", *memory]


def _table(rows: list[list[str]]) -> str:
    """Return the rows under their headers, in Markdown; empty where nothing was measured."""
    if not rows:
        return ""
    head = [
        "way",
        "seconds a pack",
        "range",
        "beside ours",
        "goal",
        "CPU s a pack",
        "MB, largest",
        "MB, together",
        "measured",
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _seconds_by_way(found: dict) -> dict[str, list[float]]:
    """Return the seconds a pack of every run of every way, slowest part first."""
    seconds: dict[str, list[float]] = {}
    for part in ("plain", "html", "whole"):
        for way, runs in page_text.whole_runs(found[part]).items():
            seconds.setdefault(way, []).extend(run["wall"] / run["packs"] for run in runs)
    return {way: seconds[way] for way in SAID if way in seconds and way != "nothing"}


def plot(seconds: dict[str, list[float]]) -> str:
    """Return an SVG: a bar a way for the median, a line for the range, the number beside it."""
    names = [SAID[way] for way in seconds]
    left = max(map(text_width, names)) + 2 * parts.EDGE
    with theme.look():
        figure, axes = parts.canvas(
            34 * len(names), left=left, right=60, bottom=60, width=left + 450
        )
        for place, own in enumerate(seconds.values()):
            middle = statistics.median(own)
            axes.barh(place, middle, height=0.6, color=theme.NAVY)
            axes.plot([min(own), max(own)], [place, place], color=theme.ORANGE, linewidth=2)
            axes.annotate(
                f"{middle:.2f}", (max(own), place), (6, 0), va="center", textcoords="offset points"
            )
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlim(left=0)
        axes.set_xlabel("Seconds a pack (bar: median; orange line: range)")
        return to_svg(figure).replace(
            ">", f"><title>Seconds a pack, by way</title><desc>{_said(seconds)}</desc>", 1
        )


def _said(seconds: dict[str, list[float]]) -> str:
    return "; ".join(f"{SAID[way]} {statistics.median(own):.2f}" for way, own in seconds.items())


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
        f"Python {platform.python_version()}, {', '.join(versions)}."
    )


if __name__ == "__main__":
    write(ROOT / "docs")
