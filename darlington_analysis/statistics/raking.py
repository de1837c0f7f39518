"""Shares of areas that overlap, made to fit totals that are known for both (raking)."""

import numpy as np
import pandas as pd

NEAR = 0.001  # of each total: closer than a published estimate is true
MOST_ROUNDS = 5000
TOLERATED = 0.05
"""Of a column's total: how far shares may miss it where no table meets rows and columns.

That happens where both were counted in different years. Residents whose count was not used in the
fit are missed by as much (docs/ward-fit.md: 5% in the worst ward), so a larger miss means that the
overlaps are wrong, and a smaller one is no worse than the method itself.
"""


def rake(weights: pd.DataFrame, rows: pd.Series, columns: pd.Series) -> pd.DataFrame:
    """Return the share of each row's people in each column; every row adds up to 1.

    ``weights`` is a first guess of the people in each pair (0: they do not overlap), ``rows`` and
    ``columns`` the people each area has. Both add up to the same. Iterative proportional fitting
    (Deming and Stephan 1940): no other table that fits the totals is nearer to the guess in
    relative entropy. Where rows and columns were counted in different years, perhaps no table fits
    both: rows are then met, and columns within ``TOLERATED``. Raises ValueError where the totals
    disagree or no table comes so near to them.
    """
    table = weights.to_numpy(dtype=float, copy=True)
    people = rows.reindex(weights.index).to_numpy(dtype=float)
    wanted = columns.reindex(weights.columns).to_numpy(dtype=float)
    if not np.isclose(people.sum(), wanted.sum(), rtol=NEAR):
        raise ValueError(f"Totals disagree: {people.sum():,.0f} and {wanted.sum():,.0f}.")
    if (table < 0).any() or (table.sum(axis=1) <= 0).any() or (table.sum(axis=0) <= 0).any():
        raise ValueError("Every row and column of the first guess must hold somebody.")
    for _ in range(MOST_ROUNDS):
        table *= (wanted / table.sum(axis=0))[np.newaxis, :]
        table *= (people / table.sum(axis=1))[:, np.newaxis]
        off = np.abs(table.sum(axis=0) / wanted - 1).max()
        if off <= NEAR:
            break
    if off > TOLERATED:
        raise ValueError("No table fits both totals: the overlaps can't be right.")
    shares = table / table.sum(axis=1)[:, np.newaxis]
    return pd.DataFrame(shares, index=weights.index, columns=weights.columns)


def whole_numbers(parts: pd.Series) -> pd.Series:
    """Return parts as whole numbers that add up to their rounded total (largest remainders).

    A null stays null, and is counted as none.
    """
    floor = np.floor(parts)
    left = int(round(parts.sum() - floor.sum()))
    largest = (parts - floor).dropna().nlargest(left).index
    return floor.add(pd.Series(1.0, index=largest).reindex(floor.index, fill_value=0.0))
