"""The shape every cleaner returns, and the sieve that keeps or sets aside each raw row."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.vocabulary import COLUMNS, Control
from darlington_analysis.disclosure.constraints import Sum
from darlington_analysis.sources.register import RawTable, Source

SET_ASIDE = ["source", "row", "reason"]


@dataclass(frozen=True)
class Cleaned:
    """One family's rows on their way to the one table.

    ``rows`` has the one table's columns and ``is_controlled``: true where a count must still pass
    the gate. ``set_aside`` names raw rows (numbered from 1 below the header) and why each was
    left out. ``checks`` are totals that were compared: what, expected, found. ``totals`` are the
    sums that bind the controlled rows.
    """

    rows: pd.DataFrame
    set_aside: pd.DataFrame
    sources: tuple[Source, ...]
    rows_read: int
    checks: tuple[tuple[str, float, float], ...] = ()
    totals: tuple[Sum, ...] = ()


def sift(raw: RawTable, numbers: list[str], key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a raw table's rows with numbers as numbers, and the rows set aside with reasons.

    A row is set aside where a number can't be read or is negative. Raises SchemaError where two
    rows that are kept describe the same thing.
    """
    parsed = raw.frame.copy()
    reasons = pd.Series("", index=parsed.index)
    for name in numbers:
        cells = raw.frame[name].str.strip()
        parsed[name] = pd.to_numeric(cells, errors="coerce").astype(float)
        bad = parsed[name].isna() | (parsed[name] < 0) | parsed[name].abs().eq(float("inf"))
        reasons[bad & reasons.eq("")] = f"column {name} is not a number of 0 or more"
    aside = reasons[reasons.ne("")]
    kept = parsed[reasons.eq("")]
    _refuse_doubles(kept, key, raw.source)
    frame = pd.DataFrame(
        {"source": raw.source.path, "row": aside.index + 1, "reason": aside.to_numpy()},
        columns=SET_ASIDE,
    )
    if len(kept) + len(frame) != len(raw.frame):
        raise AssertionError("rows read are not rows kept and rows set aside")
    return kept, frame


def tidy(rows: pd.DataFrame, source: Source, **constants) -> pd.DataFrame:
    """Return rows with every column of the one table, filled from the source and ``constants``.

    ``rows`` brings at least area_code, area_type and numerator with denominator, or value.
    """
    defaults = {
        "breakdown": "all",
        "numerator": float("nan"),
        "denominator": float("nan"),
        "value": float("nan"),
        "lower_limit": float("nan"),
        "upper_limit": float("nan"),
        "confidence": float("nan"),
        "method": "",
        "fit": "exact",
        "share_moved": 0.0,
        "share_left_out": 0.0,
        "sharing_error": 0.0,
        "status": "",
        "basis": source.basis.value,
        "is_dummy": source.is_dummy,
        "source": source.path,
        "vintage": source.vintage,
        "is_controlled": source.control is Control.CONTROLLED,
    }
    filled = rows.assign(**constants)
    missing = {name: value for name, value in defaults.items() if name not in filled}
    return filled.assign(**missing)[[*COLUMNS, "is_controlled"]].reset_index(drop=True)


def no_set_aside() -> pd.DataFrame:
    """Return an empty list of rows set aside."""
    return pd.DataFrame(columns=SET_ASIDE)


def _refuse_doubles(kept: pd.DataFrame, key: list[str], source: Source) -> None:
    doubled = kept.loc[kept.duplicated(key, keep=False), key]
    if len(doubled):
        first = ", ".join(str(part) for part in doubled.iloc[0])
        raise SchemaError(
            f"data/raw/{source.path} says {first} more than once",
            "Each row describes something else.",
            "take one of the rows out, and update the sidecar's checksum",
        )


def merge(parts: list[Cleaned]) -> Cleaned:
    """Return the rows, sources and checks of several tables as those of one family."""
    return Cleaned(
        rows=stack([part.rows for part in parts]),
        set_aside=stack([part.set_aside for part in parts]),
        sources=tuple(source for part in parts for source in part.sources),
        rows_read=sum(part.rows_read for part in parts),
        checks=tuple(check for part in parts for check in part.checks),
        totals=tuple(total for part in parts for total in part.totals),
    )


def stack(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return tables of the one shape under one another."""
    return pd.concat(tables, ignore_index=True)


def left_out(rows: pd.DataFrame, source: Source, reason: str) -> pd.DataFrame:
    """Return rows that were read well and failed a check, as rows set aside with the reason.

    The index of ``rows`` is that of the raw table, from 0.
    """
    return pd.DataFrame(
        {"source": source.path, "row": rows.index + 1, "reason": reason}, columns=SET_ASIDE
    )
