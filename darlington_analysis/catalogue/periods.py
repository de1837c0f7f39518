"""What a period's label means: its kind, first and last day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from darlington_analysis.errors import SchemaError

Kind = Literal[
    "calendar", "financial", "academic", "pooled", "census", "index", "month", "midyear", "rolling",
    "day", "quarter", "term",
]  # fmt: skip
_FINANCIAL = re.compile(r"(\d{4})/(\d{2})")
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
CENSUS_DAYS = {"2001": date(2001, 4, 29), "2011": date(2011, 3, 27), "2021": date(2021, 3, 21)}


@dataclass(frozen=True)
class Period:
    """A time that figures describe. ``label`` is as it stands in the table."""

    label: str
    kind: Kind
    first_day: date
    last_day: date


def parse(label: str, kind: Kind) -> Period:
    """Return the period of a label of a declared kind.

    ``calendar`` 2010 · ``financial`` 2009/10 · ``pooled`` 2006/07 to 2010/11 · ``census`` 2011 ·
    ``index`` 2010 (the edition of an index, which stands for its year) · ``month`` 2023-10 ·
    ``midyear`` mid-2020 (30 June).
    Raises SchemaError for a label that is not of its kind.
    """
    if kind == "pooled":
        first, _, last = label.partition(" to ")
        return Period(label, kind, _financial(first)[0], _financial(last)[1])
    if kind == "financial":
        return Period(label, kind, *_financial(label))
    if kind == "census" and label in CENSUS_DAYS:
        return Period(label, kind, CENSUS_DAYS[label], CENSUS_DAYS[label])
    if kind in ("calendar", "index") and re.fullmatch(r"(19|20)\d\d", label):
        return Period(label, kind, date(int(label), 1, 1), date(int(label), 12, 31))
    if kind == "midyear" and re.fullmatch(r"mid-(19|20)\d\d", label):
        return Period(label, kind, date(int(label[4:]), 6, 30), date(int(label[4:]), 6, 30))
    if kind == "month" and _MONTH.fullmatch(label):
        return Period(label, kind, *_month(label))
    raise _not_of_its_kind(label, kind)


def kind_of(label: str, declared: Kind) -> Kind:
    """Return the kind of a period: most labels say so, plain years are what is declared.

    A single year beside financial years is a calendar year (England's printed rates).
    """
    if " to " in label:
        return "pooled"
    if "/" in label:
        return "financial"
    if label.startswith("mid-"):
        return "midyear"
    if _MONTH.fullmatch(label):
        return "month"
    return "calendar" if declared == "financial" else declared


def pooled_label(years: list[str]) -> str:
    """Return the label of consecutive financial years pooled into one period.

    Raises SchemaError where a year is missing, doubled or out of order.
    """
    starts = [_financial(year)[0].year for year in years]
    if not years or starts != list(range(starts[0], starts[0] + len(starts))):
        raise SchemaError(
            f"Years that can't be pooled: {', '.join(years)}",
            "Consecutive financial years, each once, in order.",
            "look at first_time_entrants_years in darlington.toml, and at the raw file",
        )
    return f"{years[0]} to {years[-1]}"


def _month(label: str) -> tuple[date, date]:
    year, month = (int(part) for part in label.split("-"))
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _financial(label: str) -> tuple[date, date]:
    found = _FINANCIAL.fullmatch(label)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise _not_of_its_kind(label, "financial")
    return date(int(found[1]), 4, 1), date(int(found[1]) + 1, 3, 31)


def _not_of_its_kind(label: str, kind: str) -> SchemaError:
    return SchemaError(
        f'"{label[:40]}" is not the label of a {kind} period',
        "calendar 2010, financial 2009/10, pooled 2006/07 to 2010/11, census 2011, index 2010, "
        "month 2023-10, midyear mid-2020.",
        "look at the period column of the raw file",
    )
