"""The benchmark's part on Dask: what its way costs beside our own processes, by what was measured.

A way's clock is its CPU seconds and the seconds its cores stood idle, divided by the cores; so the
loss between two ways falls into parts that add up to it.
"""

import time
from dataclasses import dataclass

from darlington_analysis.core.project import Project
from darlington_analysis.publishing import cluster
from scripts import ROOT
from scripts.benchmarks.ways import CORES

OURS, ONE, TWO = "two", "dask-1", "dask-2"


@dataclass(frozen=True)
class Line:
    """A way measured at few packs and at many: what it takes to start, and for each further one.

    ``wall`` and ``cpu``: seconds of the most packs; ``start`` and ``further`` by those names.
    """

    packs: int
    wall: float
    cpu: float
    start: dict[str, float]
    further: dict[str, float]

    @property
    def idle(self) -> float:
        """The seconds that cores stood idle, all cores together."""
        return CORES * self.wall - self.cpu


def told(kept: dict) -> list[str]:
    """Return the ratios, the table, and what the loss is made of; nothing where not measured."""
    lines = {way: _line(kept, way) for way in (OURS, ONE, TWO)}
    if not all(lines.values()):
        return []
    own, one, two = (lines[way] for way in (OURS, ONE, TWO))
    rows = [
        f"| {way} | {line.start['wall']:.1f} | {line.further['wall']:.2f} | "
        f"{line.start['cpu']:.1f} | {line.further['cpu']:.2f} | "
        f"{100 * line.idle / (CORES * line.wall):.0f}% |"
        for way, line in lines.items()
    ]
    return [
        f"Two Dask workers take {two.wall / one.wall:.2f} times as long as one, and "
        f"{two.wall / own.wall:.2f} times as long as our own two processes. From a few packs and "
        f"from all {two.packs}, the start, each further pack, and how much of {CORES} cores stood "
        "idle:",
        "\n".join(
            [
                "| way | start, s | a further pack, s | start, CPU s | a further pack, CPU s | "
                "idle |",
                "|---|---|---|---|---|---|",
                *rows,
            ]
        ),
        _loss(own, two),
        *_sent(),
    ]


def parts_of_loss(own: Line, other: Line) -> dict[str, float]:
    """Return the seconds on the clock that ``other`` takes more, by what for; they add up to it."""
    return {
        "work at the start": (other.start["cpu"] - own.start["cpu"]) / CORES,
        "work on packs": other.packs * (other.further["cpu"] - own.further["cpu"]) / CORES,
        "cores standing idle": (other.idle - own.idle) / CORES,
    }


def _loss(own: Line, two: Line) -> str:
    parts = parts_of_loss(own, two)
    most = max(parts, key=parts.get)
    shares = ", ".join(f"{seconds:+.1f} s {what}" for what, seconds in parts.items())
    return (
        f"Of the {two.wall - own.wall:+.1f} seconds that two Dask workers differ by from our own "
        f"two processes: {shares}. Most of it is {most}."
    )


def _line(kept: dict, way: str) -> Line | None:
    """Return a way's line through its fewest and its most packs; None where there is one point."""
    runs = sorted((run for run in kept["found"] if run["way"] == way), key=lambda run: run["packs"])
    if not runs or runs[0]["packs"] == runs[-1]["packs"]:
        return None
    few, most = runs[0], runs[-1]
    packs = most["packs"] - few["packs"]
    further = {name: (most[name] - few[name]) / packs for name in ("wall", "cpu")}
    start = {name: most[name] - further[name] * most["packs"] for name in ("wall", "cpu")}
    return Line(most["packs"], most["wall"], most["cpu"], start, further)


def _sent() -> list[str]:
    """Return how much a worker is sent, of this project as it lies here; none without its data."""
    began = time.monotonic()
    try:
        size = len(cluster.packed(Project(ROOT)))
    except OSError:  # no processed data
        return []
    seconds = time.monotonic() - began
    return [
        f"Each worker is sent {size / 1e6:.1f} MB, once (`tests/end_to_end/test_cluster.py` "
        f"counts it); packing took {seconds:.1f} s."
    ]
