"""What ``reports`` prints of counts under control: what editions and the papers of agreements leave
there to be read, what the audit reads of all of them, and whether a pack shows the counts of now.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd

from darlington_analysis.cleaning.indicator_rows import small_number_rule
from darlington_analysis.core import atomic
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.vocabulary import Control
from darlington_analysis.disclosure.constraints import KEY_COLUMNS, Known, Rule, from_earlier
from darlington_analysis.evidence.claims import hash_of_lines, lines_of
from darlington_analysis.evidence.table import EditionTable

FIGURES, AUDIT, COUNTS = "figures.csv", "disclosure-audit.csv", "controlled-counts.csv"
PAPERS = "papers"  # in reports, with a folder for each ward whose papers were written alone
RULE = ["withhold_from", "withhold_to", "round_to"]
_SAYS = [*KEY_COLUMNS, "numerator"]
SAME_FACT = [*KEY_COLUMNS, "indicator", "numerator", "source", "vintage", "edition"]
_NONE, _MADE_UP, _REAL = "none", "made up", "real"


def controlled(loaded: EditionTable) -> pd.DataFrame:
    """Return the rows whose counts had to pass the gate, as the sources' stories say."""
    stories = loaded.provenance["sources"]
    is_ours = loaded.rows.source.map(lambda path: stories[path]["control"] == Control.CONTROLLED)
    return loaded.rows[is_ours.astype(bool)]


def write(loaded: EditionTable, folder: Path) -> None:
    """Write every count under control as an edition or a ward's papers print it, with its rule.

    A pack's figures.csv has its own ward alone, and its annex shows every ward.
    """
    rule = _limits(small_number_rule(loaded.settings.small_numbers))
    atomic.write_csv(controlled(loaded).assign(**rule), folder / COUNTS)


def mark(loaded: EditionTable) -> str:
    """Return what tells an edition's counts under control from others: their hash, and their kind.

    It changes with the rule, and is made from what the rule let through.
    """
    rows = controlled(loaded)
    if rows.empty:
        return _NONE
    rule = _limits(small_number_rule(loaded.settings.small_numbers))
    lines = lines_of(rows[[*_SAYS, "indicator", "status"]].assign(**rule))
    return f"{_MADE_UP if rows.is_dummy.all() else _REAL} {hash_of_lines(lines)}"


def is_other(before: str | None, now: str) -> bool:
    """True where a pack with one mark may not stand in an edition with another.

    Made-up counts say nothing about real ones. A pack without a mark may show anything.
    """
    if before in (now, _NONE):
        return False
    return not (before and before.startswith(_MADE_UP) and not now.startswith(_MADE_UP))


def _limits(rule: Rule) -> dict[str, int]:
    return {name: getattr(rule, name) for name in RULE}


def figures_in(reports: Path) -> pd.DataFrame:
    """Return all rows that packs list and the counts that editions and papers print.

    ``edition`` is the folder of an edition, or of a ward's papers. A row that several files of an
    edition repeat is there once. Empty where nothing lies there.
    """
    editions = {
        path: path.parents[depth].relative_to(reports).as_posix()
        for pattern, depth in (
            (f"[!.]*/*/{FIGURES}", 1),
            (f"[!.]*/{COUNTS}", 0),
            (f"{PAPERS}/*/{COUNTS}", 0),
        )
        for path in sorted(reports.glob(pattern))
    }
    tables = [
        _table(path, [*SAME_FACT[:-1], "is_dummy"]).assign(edition=edition)
        for path, edition in editions.items()
    ]
    tables = [table for table in tables if len(table)]
    if not tables:
        return pd.DataFrame(columns=[*SAME_FACT, "is_dummy"])
    return pd.concat(tables, ignore_index=True).drop_duplicates(SAME_FACT, ignore_index=True)


def same_figures(figures: pd.DataFrame, rows: pd.DataFrame, areas: Collection[str]) -> pd.DataFrame:
    """Return the figures of one indicator and its areas that earlier editions printed.

    The name of the file that they were taken from does not matter: next year's file has another.
    Made-up counts say nothing about real ones, nor real ones about made-up ones.
    """
    kept = (
        figures["indicator"].isin(rows["indicator"])
        & figures["area_code"].isin(areas)
        & figures["is_dummy"].astype(bool).eq(bool(rows["is_dummy"].any()))
    )
    return figures[kept].reset_index(drop=True)


def facts_of(before: pd.DataFrame, rows: pd.DataFrame, reports: Path, rule: Rule) -> list[Known]:
    """Return what earlier figures tell, each read by the rule of that edition.

    A figure that says again what ``rows`` say, under the same rule, tells nothing and is left out.
    """
    printed = set(map(tuple, rows[_SAYS].astype(str).to_numpy()))
    facts = []
    for edition, figures in before.groupby("edition"):
        then = rule_of(reports, edition, rule)
        is_again = figures[_SAYS].astype(str).apply(tuple, axis=1).isin(printed)
        news = figures[_SAYS][~is_again | (then != rule)].drop_duplicates()
        # An edition may hold packs made before and after a change: one reading of each at a time.
        for _, reading in news.groupby(news.groupby(list(KEY_COLUMNS)).cumcount()):
            facts += from_earlier(reading, then)
    return facts


def rule_of(reports: Path, edition: str, rule: Rule) -> Rule:
    """Return the rule an earlier edition was gated by, as it says itself, else today's.

    How many numbers must stay possible is today's, as far as the earlier rule spans as many.
    """
    for path in (reports / edition / COUNTS, reports / edition / AUDIT):
        written = _table(path, RULE) if path.is_file() else pd.DataFrame()
        if written.empty:
            continue
        try:
            then = {name: int(written[name].iloc[0]) for name in RULE}
        except ValueError as fault:
            raise _spoilt(path) from fault
        spanned = then["withhold_to"] - then["withhold_from"] + 1
        return replace(rule, **then, protected_width=min(rule.protected_width, spanned))
    return rule


def _table(path: Path, columns: list[str]) -> pd.DataFrame:
    """Return a published table. Raises SchemaError where somebody has made another of it."""
    try:
        table = atomic.read_csv(path, na_values={"numerator": [""]})
        table.get("numerator", pd.Series(dtype=float)).astype(float)
    except ValueError as fault:
        raise _spoilt(path) from fault
    if not set(columns) <= set(table.columns):
        raise _spoilt(path)
    return table


def _spoilt(path: Path) -> SchemaError:
    return SchemaError(
        f"{'/'.join(path.parts[-3:])} is not the table that was published",
        "What is printed already narrows what may be printed now, so that each table is read.",
        "put the published file back, or delete that folder and make its pack again",
    )
