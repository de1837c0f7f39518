"""Tables written as CSV that a spreadsheet can only show: no cell of words becomes a formula."""

import re
from pathlib import Path

from darlington_analysis.core.errors import visible

# The wide ones of East Asian keyboards are taken for the others by spreadsheets set up there.
_STARTS = ("=", "+", "-", "@", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SPACES = ("\t", "\r")
_NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?%?")


def write(table, path: Path) -> None:
    """Write a pandas table as UTF-8 CSV without its index; numbers stay as they are.

    A byte order mark in front tells Excel, by a double click too, that ’ and é are UTF-8.
    """
    words = table.select_dtypes(exclude="number").columns
    safe = table.assign(**{name: table[name].map(defused) for name in words})
    safe.rename(columns=defused).to_csv(
        path, index=False, lineterminator="\n", encoding="utf-8-sig"
    )


def defused(cell):
    """Return a cell as a spreadsheet may have it: words that begin like a formula, after white
    space of any kind, get a quote mark before them, and control characters are shown. What is no
    text, or a number, is as it was.
    """
    if not isinstance(cell, str):
        return cell
    begins = cell.strip().startswith(_STARTS) or cell.lstrip(" ").startswith(_SPACES)
    is_formula = begins and not _NUMBER.fullmatch(cell.strip())
    return f"'{visible(cell)}" if is_formula else visible(cell)
