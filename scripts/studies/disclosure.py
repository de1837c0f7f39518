"""Make docs/disclosure.md: how many withheld counts an attack narrows, with cover and without.

python -m scripts.studies.disclosure [file to write, docs/disclosure.md unless told]
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd

from darlington_analysis.cleaning.indicator_rows import small_number_rule
from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.disclosure import attack
from darlington_analysis.disclosure.attack import worst_case
from darlington_analysis.disclosure.constraints import Known, Rule, keys_of
from darlington_analysis.disclosure.suppression import gate
from scripts.studies.disclosure_counts import count_sets
from scripts.studies.disclosure_editions import ROOT, Town, towns
from scripts.studies.disclosure_replay import replayed
from scripts.studies.disclosure_words import AFTER, HEAD, NOT_COVERED, REPLAY, TOGETHER

SEED = 20110327
PAGE = ROOT / "docs" / "disclosure.md"
COLUMNS = [
    "edition",
    "counts of the wards",
    "rounded to",
    "small",
    "found without cover",
    "cover",
    "found with cover",
    "found whatever the total",
    "found by an insider",
]


def main() -> None:
    """Attack every edition with every set of counts and write the page."""
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    rule = small_number_rule(load_settings(Project(ROOT)).small_numbers)
    with tempfile.TemporaryDirectory() as folder:
        found = [row for town in towns(Path(folder)) for row in _attacked(town, rule)]
    table = pd.DataFrame(found, columns=COLUMNS)
    sums = table[table["cover"] != "refused"].drop(columns=COLUMNS[:3]).astype(int).sum()
    told = {name.replace(" ", "_"): count for name, count in sums.items()}
    text = [
        HEAD.format(seed=SEED, width=rule.protected_width),
        _written(table),
        AFTER.format(tables=len(table), refused=(table["cover"] == "refused").sum(), **told),
        REPLAY.format(width=rule.protected_width, **replayed(rule)),
        NOT_COVERED,
    ]
    _, title, together = PAGE.read_text("utf-8").partition(TOGETHER)
    text.append(title + together)
    page.write_text("\n\n".join(filter(None, map(str.strip, text))) + "\n", encoding="utf-8")
    print(sums.to_string())


def _attacked(town: Town, rule: Rule) -> list[list]:
    """Return a row for each set of counts and each rounding; what is shipped comes first."""
    rows = []
    for name, counts in {
        "as shipped": None,
        **count_sets(SEED, len(town.wards), len(town.years)),
    }.items():
        true, totals = town.cleaned(counts)
        if true.empty:  # an edition whose counts nobody has, real or made up
            continue
        for each in (rule, replace(rule, round_to=1)):
            rows.append([town.edition.id, name, each.round_to, *_found(true, totals, each)])
            print(*rows[-1], sep=" | ", flush=True)
    return rows


def _found(true: pd.DataFrame, totals: list, rule: Rule) -> list:
    """Return how many counts are small, found without cover, cover, and found in spite of it."""
    rows = true.assign(status="")
    bare = gate(rows, rule, totals, secondary=False)
    small = int(bare["numerator"].isna().sum())
    first = [small, len(_narrowed(bare, true, totals, rule, small="all"))]
    try:
        out = gate(rows, rule, totals)
    except DisclosureError:
        return [*first, "refused", "", "", ""]
    told = keys_of(bare[bare["numerator"].isna()])
    whatever = worst_case(out.drop(columns="gate"), totals, rule)
    return [
        *first,
        int(out["numerator"].isna().sum()) - small,
        len(_narrowed(out, true, totals, rule)),
        len(_too_narrow(whatever, rule)),
        len(_narrowed(out, true, totals, rule, small=told)),
    ]


def _too_narrow(found: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    return found[found["possible"] < rule.protected_width]


def _narrowed(out: pd.DataFrame, true: pd.DataFrame, totals, rule: Rule, small=None):
    """Return the withheld counts narrowed by somebody who knows each printed total exactly."""
    counts = dict(zip(keys_of(true), true["numerator"].tolist(), strict=True))
    printed = set(keys_of(out[out["numerator"].notna()]))
    known = {total.total for total in totals if total.is_known} & printed
    also = [Known({key: 1.0}, counts[key], counts[key], str(key)) for key in sorted(known, key=str)]
    found = attack.bounds(out.drop(columns="gate"), totals, rule, also=also, small=small)
    return _too_narrow(found, rule)


def _written(table: pd.DataFrame) -> str:
    lines = [" | ".join(COLUMNS), " | ".join("---" for _ in COLUMNS)]
    lines += [" | ".join(str(cell) for cell in row) for row in table.to_numpy().tolist()]
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    main()
