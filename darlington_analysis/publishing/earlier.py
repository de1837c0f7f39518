"""What earlier editions, still in reports, tell of the same counts."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd

from darlington_analysis.errors import SchemaError
from darlington_analysis.methods.cells import KEY_COLUMNS, Known, Rule
from darlington_analysis.methods.figures import from_earlier

FIGURES, AUDIT = "figures.csv", "disclosure-audit.csv"
_SAYS = [*KEY_COLUMNS, "numerator"]
SAME_FACT = [*KEY_COLUMNS, "indicator", "numerator", "source", "vintage", "edition"]


def figures_in(reports: Path) -> pd.DataFrame:
    """Return every row of every pack's figures.csv, with the edition's folder as ``edition``.

    A row that several packs of an edition repeat is there once. Empty where nothing lies there.
    """
    found = [
        _table(path, [*SAME_FACT[:-1], "is_dummy"]).assign(edition=path.parent.parent.name)
        for path in sorted(reports.glob(f"[!.]*/*/{FIGURES}"))
    ]
    if not found:
        return pd.DataFrame(columns=[*SAME_FACT, "is_dummy"])
    return pd.concat(found, ignore_index=True).drop_duplicates(SAME_FACT, ignore_index=True)


def same_source(figures: pd.DataFrame, rows: pd.DataFrame, areas: Collection[str]) -> pd.DataFrame:
    """Return the figures that earlier editions took from the sources of one indicator's rows."""
    kept = (
        figures["indicator"].isin(rows["indicator"])
        & figures["source"].isin(rows["source"])
        & figures["area_code"].isin(areas)
    )
    return figures[kept].reset_index(drop=True)


def facts_of(before: pd.DataFrame, rows: pd.DataFrame, reports: Path, rule: Rule) -> list[Known]:
    """Return what earlier figures tell, each read by the rule of its own edition.

    A figure that says again what ``rows`` say, under the same rule, tells nothing and is left out.
    """
    said = set(map(tuple, rows[_SAYS].astype(str).to_numpy()))
    facts = []
    for edition, told in before.groupby("edition"):
        then = rule_of(reports, edition, rule)
        is_again = told[_SAYS].astype(str).apply(tuple, axis=1).isin(said)
        news = told[_SAYS][~is_again | (then != rule)].drop_duplicates()
        # An edition may hold packs made before and after a change: one reading of each at a time.
        for _, each in news.groupby(news.groupby(list(KEY_COLUMNS)).cumcount()):
            facts += from_earlier(each, then)
    return facts


def rule_of(reports: Path, edition: str, rule: Rule) -> Rule:
    """Return the rule an earlier edition was gated by, as its audit says, else today's."""
    path = reports / edition / AUDIT
    names = ("withhold_from", "withhold_to", "round_to")
    told = _table(path, [*names]) if path.is_file() else pd.DataFrame()
    if told.empty:
        return rule
    try:
        return replace(rule, **{name: int(told[name].iloc[0]) for name in names})
    except ValueError as fault:
        raise _spoilt(path) from fault


def _table(path: Path, columns: list[str]) -> pd.DataFrame:
    """Return a published table. Raises SchemaError where somebody has made another of it."""
    try:
        table = pd.read_csv(path, keep_default_na=False, na_values={"numerator": [""]})
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
        "put the published file back, or delete that folder and make its pack anew",
    )
