"""Numbers as published files write them, and the marks that stand where no number is."""

import math
import re
from datetime import date, datetime
from typing import Any, Literal

# c confidential, x not available, z not applicable, low: under half of what is shown, 0: nothing.
Meaning = Literal["c", "x", "z", "low", "0"]
_NUMBER = re.compile(
    r"(?P<sign>[-+\u2212\u2013]?)(?P<pound>£?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?P<rest>\.\d+)?"
    r"(?P<power>[eE][-+]?\d{1,3})?\s?(?P<percent>%?)"
)
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")


# What may stand behind a number: [r], [note 3], (p), (2), r, p, e, b, u, *.
_MARKED = re.compile(
    r"(?P<number>.*[0-9%])\s?"
    r"(?P<mark>\[[a-z0-9][a-z0-9 ,]{0,11}\]|\((?:\d{1,2}|[a-z])\)|[rpebu*†‡]{1,2}"
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2})",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a cell without spaces at its ends, every kind of space made an ordinary one."""
    return _SPACES.sub(" ", text).strip()


def number(text: str) -> float | None:
    """Return the number a cell writes, None where it writes none.

    Thousands may be parted by commas or spaces, three digits each; a pound sign may stand before
    and a per cent sign after it. ``1,23`` and ``12*`` are no numbers: nothing is guessed.
    """
    found = _NUMBER.fullmatch(plain(text))
    if not found or not (found["digits"] or found["rest"]):
        return None
    digits = (found["digits"] or "0").replace(",", "").replace(" ", "")
    value = float(digits + (found["rest"] or "") + (found["power"] or ""))
    if value in (float("inf"), float("-inf")):
        return None
    return -value if found["sign"] in ("-", "\u2212", "\u2013") else value


_COMMA = re.compile(r"[-+]?\d+(?:\.\d{3})*,(?:\d{1,2}|\d{4,})\s?%?")
_EITHER = re.compile(r"[-+]?[\d.,]*\d[\d.,]*\s?%?")
_SWAPPED = str.maketrans(",.", ".,")


def has_decimal_comma(text: str) -> bool:
    """True for a number whose comma can't part thousands: ``2,5``, ``1.234,56``."""
    return _COMMA.fullmatch(text) is not None


def with_point(text: str, decimal: str) -> str:
    """Return a number's text with a point before its decimals, where a comma is declared."""
    return text.translate(_SWAPPED) if decimal == "," and _EITHER.fullmatch(text) else text


def marked(text: str) -> tuple[float, str] | None:
    """Return the number and the mark of a cell such as ``1,234 [r]`` or ``12.1p``, else None."""
    found = _MARKED.fullmatch(plain(text))
    value = number(found["number"]) if found else None
    return None if value is None else (value, found["mark"])


def cell_text(cell: Any) -> str:
    """Return a cell as text: 12.0 is 12, a date is 2021-06-30, an empty cell is empty."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.min.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
