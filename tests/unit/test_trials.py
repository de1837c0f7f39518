"""A pack says of its ranges what the trials found, no more."""

import csv
import re

from darlington_analysis.pages import sources
from tests.support.projects import ROOT

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([\d.]+)% ± [^|]+\|", re.M)


def test_the_pack_and_the_page_of_trials_rest_on_the_same_shares():
    """Each share of docs/coverage.md is the one that packs are worded from, in the same order."""
    page = ROW.findall((ROOT / "docs" / "coverage.md").read_text(encoding="utf-8"))
    with sources.TRIALS_FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 60
    shares = [(row["what"], row["kind"], f"{100 * float(row['share']):.1f}") for row in rows]
    assert page == shares


def test_the_words_give_the_worst_and_the_best_that_was_found(monkeypatch):
    """Shares are widened to whole numbers: 92.6% is told as 92, and 98.6% as 99."""
    rows = [
        ("limits of a rate", "few", 0.986),
        ("limits of a rate", "many", 0.96),
        ("range of a printed count", "3 events expected", 0.211),
        ("range of a printed count", "12 events expected", 0.96),
        ("limits of a proportion", "some", 0.926),
        ("forecast band", "some", 0.997),
        ("rank set of a ward", "alike", 0.942),
        ("has it changed?", "2 points (conditional)", 0.34),
        ("has it changed?", "5 points (permutation)", 0.068),
    ]
    monkeypatch.setattr(sources, "_trial_rows", lambda: rows)
    text = sources.trials()
    assert "a count held the true figure 96 to 99 times" in text
    printed = sources.printed_trials()
    assert "held the true figure 96 to 96 times in 100" in printed
    assert "held only 21 to 22 times in 100: do not rely on it" in printed
    assert "a share held it 92 to 93 times" in text
    assert "a false alarm 6 to 7 times in 100" in text


def test_the_pack_says_of_shared_out_ranges_what_the_page_of_wards_says():
    """Its numbers are those of docs/ward-fit.md, group by group, and 93 to 99 in 100 were held."""
    page = (ROOT / "docs" / "ward-fit.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| \*\*(.+): (\d+) figures\*\* \| \*\*([\d.]+)%", page, re.M)
    with sources.SHARED_FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    numbers = [(row["tried"], int(row["figures"]), int(row["held"])) for row in rows]
    assert told == [(name, str(many), f"{100 * held / many:.1f}") for name, many, held in numbers]
    assert all(0.93 <= held / many <= 0.99 for _, many, held in numbers)
    assert "380 percentages" in sources.shared_trials()
    assert "held 97 of them in 100" in sources.shared_trials()
