"""Make docs/coverage.md: what the limits, bands, rank sets and tests really do when simulated.

python -m scripts.studies.coverage [file to write, docs/coverage.md unless told]

The same shares go to presentation/static/trials.csv, from which a pack says how far to trust them.
"""

import csv
import sys
from pathlib import Path

import numpy as np

from scripts import ROOT
from scripts.studies.coverage_bands import band_rows, limit_rows, printed_rows
from scripts.studies.coverage_ranks import rank_rows
from scripts.studies.coverage_tests import alarm_rows, power_rows

SEED = 20110327
PAGE = ROOT / "docs" / "coverage.md"
SHARES = ROOT / "darlington_analysis" / "pages" / "static" / "trials.csv"
HEAD = """# What the statistics really do

Made by `python -m scripts.studies.coverage`, seed {seed}; do not edit. Each row simulates many wards
or series of a known kind and counts how often the answer was right, plus or minus twice the standard
error of that count. The last column says whether the share is within the range that was asked for.
"""
PARTS = (
    (
        "Limits and forecasts: asked to be right 95 times in 100",
        "Asked for: 93 to 99%. Counts are whole numbers, so no limits of a rare count can be "
        "right exactly 95% of the time; exact limits are right more often. Wilson's are right "
        "95% of the time on average, and a little more or less often for a given share of few "
        "people. Bands cover one to three years ahead, taken together. With fewer than eight "
        "points the level is held constant and the band is meant to be wide. How much drift "
        "and extra spread a band allows for was chosen by trying about a dozen settings on "
        "series of the same kinds, with other draws. This page shows nothing about kinds that "
        "are not listed.",
        (limit_rows, band_rows),
        (0.93, 0.99),
    ),
    (
        "Rank sets: asked to be right 95 times in 100",
        "Asked for: 93 to 99%. A set must hold every rank that a ward's true rate can claim "
        "(all 24 ranks if wards are alike). Where wards differ, sets are right more often "
        "than asked for: a rank is left out only if two wards clearly differ, and two wards "
        "are hardly ever put in the wrong order.",
        (rank_rows,),
        (0.93, 0.99),
    ),
    (
        "False alarms: asked for 5 in 100",
        "Asked for: 3 to 7%. In no row is there anything to find, except where the row says "
        "that wards differ. There, each ward that stands out is one more than the limits are "
        "meant for.",
        (alarm_rows,),
        (0.03, 0.07),
    ),
    (
        "The smallest change that can be detected: asked to be detected 80 times in 100",
        "The baseline count is kept as it was observed, and the later years are simulated.",
        (power_rows,),
        (0.79, 0.81),
    ),
    (
        "Ranges of counts as they are printed: asked to be right 95 times in 100",
        "Asked for: 93 to 99%. A count of young people is rounded, and a small one is withheld. "
        "What is printed is drawn here in the same way, by the numbers of `darlington.toml`, and "
        "only draws that are shown are counted. Where few are expected, a figure is shown only "
        "when it is none or unusually high, so its range misses far more often than it should. A "
        "range that allowed for the rounding as well would miss less often; it is not what is "
        "printed. A pack says how often its ranges held.",
        (printed_rows,),
        (0.93, 0.99),
    ),
)


def main() -> None:
    """Simulate every part and write the page."""
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    text, shares = [HEAD.format(seed=SEED)], []
    for number, (heading, words, parts, asked) in enumerate(PARTS):
        noise = np.random.default_rng([SEED, number])
        rows = [row for part in parts for row in part(noise)]
        text.append(f"## {heading}\n\n{words}\n\n{_table(rows, asked)}\n")
        shares += [[row["what"], row["kind"], f"{row['found']:.8f}"] for row in rows]
        print(heading, len(rows), "rows", flush=True)
    page.parent.mkdir(exist_ok=True)
    page.write_text("\n".join(text), encoding="utf-8")
    with SHARES.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["what", "kind", "share"], *shares])


def _table(rows: list[dict], asked: tuple[float, float]) -> str:
    """Return the rows as a table."""
    lines = ["| what | simulated | share | tries | as asked? |", "|---|---|---|---|---|"]
    for row in rows:
        slack = 2 * np.sqrt(row["found"] * (1 - row["found"]) / row["tries"])
        shown = f"{row['found']:.1%} ± {slack:.1%} | {row['tries']:,}"
        lines.append(f"| {row['what']} | {row['kind']} | {shown} | {_verdict(row, asked)} |")
    return "\n".join(lines)


def _verdict(row: dict, asked: tuple[float, float]) -> str:
    """Return whether the share lies within what was asked."""
    if row["found"] < asked[0]:
        return "no: less often"
    return "no: more often" if row["found"] > asked[1] else "yes"


if __name__ == "__main__":
    main()
