"""A published table read for leaks: no figure of a withheld count, no column of people."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from darlington_analysis.catalogue.vocabulary import COLUMNS
from darlington_analysis.publishing import ledger
from darlington_analysis.publishing.disclosure import COLUMNS as AUDITED
from darlington_analysis.publishing.leak_secrets import Secrets

_MADE = ["numerator", "value", "lower_limit", "upper_limit"]
_ALLOWED = {*COLUMNS, "area_name", *ledger.COLUMNS}


def faults(path: Path, secrets: Secrets) -> Iterator[str]:
    """Yield what a table gives away: a figure, a sentence of its ward, a column."""
    table = pd.read_csv(path, keep_default_na=False, dtype=str)
    if list(table.columns) == AUDITED:  # the audit's bounds, made from what is published
        return
    for column in sorted(set(table.columns) - _ALLOWED):
        yield f"a column that has no place here: {column}"
    if "sentence" in table.columns:
        for ward, told in table.groupby("ward"):
            yield from secrets.in_lines("\n".join(told["sentence"]), ward)
    key = ["indicator", "area_code", "period", "breakdown", "source"]
    if not set(key + _MADE) <= set(table.columns):
        return
    hidden = set(map(tuple, secrets.rows[secrets.rows.numerator.isna()][key].to_numpy()))
    is_hidden = table[key].apply(tuple, axis=1).isin(hidden) | table["status"].eq("c")
    for row in table[is_hidden & table[_MADE].ne("").any(axis=1)].itertuples():
        yield f"a figure of {row.indicator} in {row.area_code}, {row.period}"
