"""Tables written as CSV that a spreadsheet can only show: no cell of words becomes a formula."""

import re
from pathlib import Path

from darlington_analysis.errors import visible

_STARTS = ("=", "+", "-", "@", "\t", "\r", "|")
_NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?%?")


def write(table, path: Path) -> None:
    """Write a pandas table as UTF-8 CSV without its index; numbers stay as they are."""
    words = table.select_dtypes(exclude="number").columns
    safe = table.assign(**{name: table[name].map(defused) for name in words})
    safe.rename(columns=defused).to_csv(path, index=False, lineterminator="\n")


def defused(cell):
    """Return a cell as a spreadsheet may have it: words that begin like a formula get a quote mark
    before them, and control characters are shown. What is no text, or a number, is as it was.
    """
    if not isinstance(cell, str):
        return cell
    is_formula = cell.lstrip(" ").startswith(_STARTS) and not _NUMBER.fullmatch(cell)
    return f"'{visible(cell)}" if is_formula else visible(cell)
