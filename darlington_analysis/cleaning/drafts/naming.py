"""Slugs of indicators that a draft gives to a table's columns."""

import re
from pathlib import Path

from darlington_analysis.cleaning.drafts import parts
from darlington_analysis.cleaning.drafts.looking import Column


def slug(text: str) -> str:
    """Return text as a slug: lower case, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-") or "figures"


def indicators(splits: parts.Splits, seen, path: Path) -> dict:
    """Return the slug of each name in the indicators' column, numbered where two would share it."""
    column = next((c for c in seen.columns if c.name == splits.indicator), None)
    told: dict[str, str] = {}
    for name in dict.fromkeys(column.cells if column else ()):
        own = slug(f"{slug(path.stem)[:30]} {name}")
        told[name] = own if own not in told.values() else f"{own[:76]}-{len(told)}"
    return told


def figures(columns: list[Column], times: parts.Times, splits, seen, path: Path) -> list[dict]:
    """Return what each column of figures is: its indicator, measure, period, breakdown."""
    stem = slug(path.stem)[:40]
    if times.headers:
        return [{"indicator": stem}]
    if times.parts:
        return _dated_figures(stem, times)
    names = [column.name for column in columns]
    told, last = [], ""
    for name in names:
        own = slug(f"{stem} {name}") if len(names) > 1 or splits.indicator == "" else stem
        measure = parts.limit_of(name)
        is_export = "Lower CI 95.0 limit" in [column.name for column in seen.columns]
        if is_export:
            measure = {"Count": "numerator", "Denominator": "denominator"}.get(name, measure)
        if measure and "99.8" not in name and last:
            told.append({"column": name, "indicator": last, "measure": measure})
            continue
        last = own if not is_export or name != "Value" else stem
        if any(each["indicator"] == last for each in told):
            last = f"{last[:74].strip('-')}-{len(told) + 1}"
        one = {"column": name, "indicator": last}
        if splits.indicator and told:
            one["breakdown"] = name
        told.append(one)
    return told


def _dated_figures(stem: str, times: parts.Times) -> list[dict]:
    """A limit belongs to the figure of its period that stands before it."""
    told, last = [], {}
    for name, period, rest in times.parts:
        one = {"column": name, "indicator": slug(f"{stem} {rest}"), "period": period}
        measure = parts.limit_of(rest)
        if measure and period in last:
            one |= {"indicator": last[period], "measure": measure}
        else:
            last[period] = one["indicator"]
        told.append(one)
    return told
