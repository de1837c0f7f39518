"""The benchmark's part on growth: time a ward and memory at each size, and the exponents."""

import numpy as np

from scripts.benchmarks import kept_results

WARDS = 24  # of a dummy borough
SIZES = (1, 10, 100, 292)  # boroughs
STAGES = ("cleaning, gate and ranks", "the attack", "keys of all packs", "ledger", "one pack drawn")
DRAWING = STAGES[-1]


def exponent(wards: list[int], seconds: list[float]) -> float:
    """Return the slope of a straight line through the logarithms of seconds and of wards."""
    return float(np.polyfit(np.log(wards), np.log(seconds), 1)[0])


def growth_lines(kept: dict) -> list[str]:
    """Return, for each stage measured at two sizes or more, how its time grows with the wards."""
    sizes, spent = _sizes(kept)
    lines = []
    for stage in STAGES[:-1]:
        totals = [_each(spent[:size], stage) * WARDS * size for size in sizes]
        lines += _line(stage, [WARDS * size for size in sizes], totals)
    return lines


def _line(name: str, wards: list[int], seconds: list[float]) -> list[str]:
    if len(wards) < 2 or not all(seconds):
        return []
    power, longest = exponent(wards, seconds), exponent(wards, [n * np.log(n) for n in wards])
    # Two runs of the same work differ by some per cent: a tenth is allowed for that.
    state = "no worse" if power <= longest + 0.1 else "WORSE"
    return [f"{name}: to the power {power:.2f}, where n log n has {longest:.2f}: {state}"]


def scale() -> list[str]:
    """Return the tables of growth: CPU seconds a ward at each size, memory, exponents."""
    kept = kept_results.kept("scale")
    sizes, spent = _sizes(kept)
    if not spent:
        return []
    rows = [
        [
            f"{WARDS * size}",
            *(f"{_each(spent[:size], stage):.3f}" for stage in STAGES),
            f"{max(each['held'] for each in spent[:size]):.0f}",
            f"{max(each['peak'] for each in spent[:size]):.0f}",
        ]
        for size in sizes
    ]
    head = ["wards", *(f"{name}, CPU s a ward" for name in STAGES), "MB held, at most", "MB, peak"]
    drawn = sum(DRAWING in each for each in spent)
    grown = growth_lines(kept) or ["One size alone shows no growth."]
    return [
        "## At any size",
        f"Invented boroughs of {WARDS} wards (`scripts/benchmarks/scale.py`), each a separate project. "
        "Wards are ranked within a borough, and the attack on withheld counts never spans two "
        f"boroughs, which limits its time. For {drawn} boroughs all sentences are written and the "
        "charts and tables of one pack are drawn. Memory is that of the largest process.",
        _table(head, rows),
        "How CPU seconds grow with the number of wards (a line through the logarithms):",
        "\n".join(f"- {each}" for each in grown),
    ]


def _sizes(kept: dict) -> tuple[list[int], list[dict]]:
    """Return at which numbers of boroughs there is something to tell, and all boroughs' stages."""
    in_order = sorted((int(number), each) for number, each in kept.get("boroughs", {}).items())
    spent = [each for _, each in in_order]
    return sorted({size for size in SIZES if size <= len(spent)} | {len(spent)} - {0}), spent


def _each(spent: list[dict], stage: str) -> float:
    """Return the CPU seconds of a stage, a ward; of drawing, a pack; of those it was done for."""
    found = [each[stage] for each in spent if stage in each]
    wards = len(found) * (1 if stage == DRAWING else WARDS)
    return sum(found) / wards if wards else 0.0


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
