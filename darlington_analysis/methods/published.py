"""What the rows of a published table tell: every value and limit, at its full precision.

A figure rounded for a page tells no more than the same figure at full precision.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from darlington_analysis.errors import SchemaError
from darlington_analysis.methods.cells import Key, Known, Rule, keys_of, name
from darlington_analysis.methods.figures import from_printed

FIGURES = {"value": "the value", "lower_limit": "the lower limit", "upper_limit": "the upper limit"}
Make = Callable[[pd.DataFrame], pd.DataFrame]


def from_rows(published: pd.DataFrame, make: Make, rule: Rule) -> list[Known]:
    """Return what each value and limit of gated rows tells of the count behind it.

    ``published`` has the key columns, numerator, denominator, value, lower_limit, upper_limit;
    ``make`` gives a table with numerator and denominator those figures. A figure that a gated
    count gives tells what that count tells. Any other was made from a true count, and tells it.
    Raises ``SchemaError`` where no count of people gives a figure.
    """
    highest = int(np.nan_to_num(published["numerator"].astype(float)).max(initial=0)) * 2 + 100
    facts = []
    for key, row in zip(keys_of(published), published.to_dict("records"), strict=True):
        shown = [column for column in FIGURES if not pd.isna(row[column])]
        if shown:
            made = make(_counts(highest, row["denominator"]))
            facts += [_fact(key, column, row[column], made, rule) for column in shown]
    return facts


def _counts(highest: int, denominator: float) -> pd.DataFrame:
    counts = np.arange(highest + 1, dtype=float)
    return pd.DataFrame({"numerator": counts, "denominator": float(denominator)})


def _fact(key: Key, column: str, printed: float, made: pd.DataFrame, rule: Rule) -> Known:
    """Return what one figure tells, first by the gated counts that give it, else by the true."""
    fits = np.isclose(made[column].to_numpy(float), printed, rtol=1e-9, atol=1e-12)
    highest = len(made) - rule.round_to - 1
    for by in (rule, None):
        try:
            return from_printed(key, True, lambda n: bool(fits[n]), FIGURES[column], highest, by)
        except SchemaError:
            continue
    raise SchemaError(
        f"No count of people gives {FIGURES[column]} of {name(key)}",
        "a value and limits made from the count beside them, by the method the row names",
        "python -m darlington_analysis data",
    )
