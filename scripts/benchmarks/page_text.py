"""Parts of the benchmark's page beside its main table: many packs, Dask, the profile."""

import statistics

from scripts.benchmarks import dask_cost
from scripts.benchmarks.ways import CORES


def whole_runs(kept: dict) -> dict[str, list[dict]]:
    """Return a part's runs by way, those of the most packs."""
    by_way: dict[str, list[dict]] = {}
    for run in kept["found"]:
        by_way.setdefault(run["way"], []).append(run)
    return {
        way: [run for run in runs if run["packs"] == max(each["packs"] for each in runs)]
        for way, runs in by_way.items()
    }


def many(kept: dict) -> list[str]:
    """Return what ten times as many packs take beside few, in time and in memory."""
    if not kept["found"]:
        return []
    sizes = sorted({run["packs"] for run in kept["found"]})
    few, more = (
        [run for run in kept["found"] if run["packs"] == size] for size in (sizes[0], sizes[-1])
    )
    middle = {
        (name, size): statistics.median(run[name] for run in runs)
        for size, runs in ((sizes[0], few), (sizes[-1], more))
        for name in ("wall", "together", "peak")
    }
    times, memory, largest = (
        middle[name, sizes[-1]] / middle[name, sizes[0]] for name in ("wall", "together", "peak")
    )
    wanted = sizes[-1] / sizes[0]
    further, _ = _line(kept)
    reached = "reached" if times <= 1.1 * wanted and memory <= 1.1 else "not reached"
    return [
        "## Ten times as many packs",
        f"{sizes[-1]} packs take {middle['wall', sizes[-1]]:.0f} seconds, {sizes[0]} take "
        f"{middle['wall', sizes[0]]:.0f}: {times:.2f} times as long for {wanted:.0f} times as many."
        f" Each further pack takes {further:.2f} seconds, and the rest is the start. All processes "
        f"together use {memory:.2f} times as much memory, the largest {largest:.2f} times. The goal "
        f"is at most a tenth more in both: {reached}.",
    ]


def whole(kept: dict, table: str) -> list[str]:
    """Return the table of whole packs, and what Dask's way costs beside our own processes."""
    if not kept["found"]:
        return []
    text = (
        "A whole pack is page, notebook, figures, manifest and papers, attacked and read for leaks."
    )
    return [
        "## The whole pack",
        text + " Here “ours” makes whole packs, three at a time.",
        table,
        *dask_cost.told(kept),
    ]


def profile(kept: dict) -> list[str]:
    """Return where the CPU seconds of one pack go, beyond the floor."""
    if not kept["found"]:
        return []
    runs = kept["found"]
    names = list(runs[0])
    middle = {name: statistics.median(run[name] for run in runs) for name in names}
    total = sum(middle.values())
    rows = [
        f"| {name} | {middle[name]:.2f} | {100 * middle[name] / total:.0f}% |" for name in names
    ]
    return [
        "## Where the time of a pack goes",
        f"Median CPU seconds of {len(runs)} packs, made one at a time from the prepared process "
        f"({kept['at']}, load {kept['load']:.1f}). The floor is drawing and export. The rest is the "
        "cost of a real kernel for each ward and of that ward’s evidence.",
        "\n".join(
            [
                "| what | CPU s a pack | share |",
                "|---|---|---|",
                *rows,
                f"| together | {total:.2f} | |",
            ]
        ),
    ]


DRAWN = ("drawn, tables and words", "export to HTML")  # of the profile: what the floor counts too


def above_floor(html: dict, more: dict, profiled: dict) -> list[str]:
    """Return what stands between the floor and ours, on the clock; nothing where not measured."""
    ways = whole_runs(html)
    if not (ways.get("ours") and ways.get("floor") and more["found"] and profiled["found"]):
        return []
    ours, floor = (
        statistics.median(run["wall"] / run["packs"] for run in ways[way])
        for way in ("ours", "floor")
    )
    packs = ways["ours"][0]["packs"]
    further, start = _line(more)
    beside = statistics.median(
        sum(spent for name, spent in run.items() if name not in DRAWN) for run in profiled["found"]
    )
    return [
        f"Ours takes {ours:.2f} seconds a pack where there are {packs}, {ours / floor:.1f} times "
        f"the floor of {floor:.2f}. The floor is low because what all packs share is drawn once, at "
        f"the start. The start takes {start:.1f} seconds, {start / packs:.2f} a pack. The evidence, "
        f"kernel, messages and papermill of each pack take {beside:.2f} CPU seconds, "
        f"{beside / CORES:.2f} on {CORES} cores, which is {beside / CORES / floor:.1f} times the "
        f"floor. Each further pack takes {further:.2f} seconds.",
    ]


def _line(kept: dict) -> tuple[float, float]:
    """Return the seconds of each further pack, and of the start, from few packs and from many."""
    sizes = sorted({run["packs"] for run in kept["found"]})
    few, most = (
        statistics.median(run["wall"] for run in kept["found"] if run["packs"] == size)
        for size in (sizes[0], sizes[-1])
    )
    further = (most - few) / (sizes[-1] - sizes[0])
    return further, few - further * sizes[0]
