"""What every statistic asks of the table it is given, checked in one place.

A withheld or missing figure is null and stays null. A figure that cannot be (a negative count,
a missing column) is a mistake in the caller and raises ``ValueError``: turned into null, it would
pass for a withheld one.
"""

import numpy as np
import pandas as pd

MOST = 1e15
"""No count is larger: above 2**53 a float skips whole numbers, and no search among them ends."""


def require_columns(table: pd.DataFrame, *columns: str) -> None:
    """Raise ``ValueError`` naming every column that the table lacks."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(f"The table has no column {', '.join(missing)}; it has {list(table)}.")


def require_one_of(name: str, given: str, allowed: tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless an option is one of those that exist."""
    if given not in allowed:
        raise ValueError(f"{name} is {given!r}; it may be {', '.join(allowed)}.")


def require_share(name: str, given: float) -> float:
    """Return a share that must lie between 0 and 1, such as a confidence of 0.95."""
    if not 0 < as_floats(name, given) < 1:
        raise ValueError(f"{name} is {given!r}; it must lie between 0 and 1, such as 0.95.")
    return float(given)


def require_multiplier(given: float) -> None:
    """Raise ``ValueError`` unless figures are per so many people: above 0, and finite."""
    if not 0 < as_floats("multiplier", given) < np.inf:
        raise ValueError(f"multiplier is {given!r}; it must be above 0, such as 100.")


def require_level(name: str, given, multiplier: float) -> np.ndarray:
    """Return proportions per ``multiplier`` as shares; none is below none or above everybody.

    ``given`` is one number or one for each row; a null is not judged. Else raises ``ValueError``.
    """
    require_multiplier(multiplier)
    levels = as_floats(name, given)
    if ((levels < 0) | (levels > multiplier)).any():
        raise ValueError(f"{name} is {given!r}; a proportion lies between 0 and {multiplier:g}.")
    return levels / multiplier


def require_at_least(name: str, given, least: float) -> None:
    """Raise ``ValueError`` unless every number given is ``least`` or more, and finite."""
    values = as_floats(name, given)
    if not (np.isfinite(values) & (values >= least)).all():
        raise ValueError(f"{name} is {given!r}; it must be {least:g} or more.")


def as_floats(name: str, given) -> np.ndarray:
    """Return an option as floats, nan for ``None``; what is no number raises ``ValueError``."""
    try:
        return np.asarray(given, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} is {given!r}; it must be a number.") from error


def as_numbers(values, name: str = "The figures") -> np.ndarray:
    """Return one figure a row as floats, with nan for a null; what is no number raises by name."""
    column = pd.Series(values).reset_index(drop=True)
    try:
        numbers = pd.to_numeric(column).to_numpy(na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: a figure must be a number or null ({error}).") from error
    if np.iscomplexobj(numbers):
        raise ValueError(f"{name}: a figure must be a number or null, not a complex one.")
    return numbers.astype(float)


def numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    """Return a column as floats, with nan for a null."""
    require_columns(table, column)
    return as_numbers(table[column], column)


def as_counts(values, name: str = "counts") -> np.ndarray:
    """Return counts as floats; one that is negative or above ``MOST`` raises ``ValueError``."""
    counts = as_numbers(values, name)
    if (counts < 0).any() or (counts > MOST).any():
        raise ValueError(
            f"{name} holds a negative count, or one above {MOST:.0e}; a withheld one must be null."
        )
    return counts


def counts(table: pd.DataFrame, column: str = "numerator") -> np.ndarray:
    """Return a column of counts as floats, nan where withheld or missing."""
    require_columns(table, column)
    return as_counts(table[column], column)


def parts_of(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return numerators and denominators of proportions, nan in both where there is no proportion.

    A numerator above its denominator is none: disclosure control's rounding does that to tiny areas.
    """
    has, people = counts(table), denominators(table)
    known = has <= people
    return np.where(known, has, np.nan), np.where(known, people, np.nan)


def as_denominators(values, name: str = "denominators") -> np.ndarray:
    """Return denominators as floats, nan where there is nothing to divide by."""
    people = as_numbers(values, name)
    if (np.isfinite(people) & (people > MOST)).any():
        raise ValueError(f"{name} holds more than {MOST:.0e} people.")
    return np.where(np.isfinite(people) & (people > 0), people, np.nan)


def denominators(table: pd.DataFrame, column: str = "denominator") -> np.ndarray:
    """Return a column of denominators, nan where null, zero, negative or endless."""
    require_columns(table, column)
    return as_denominators(table[column], column)
