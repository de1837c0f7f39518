"""Numbers as published files write them, and the marks that stand where no number is."""

import re
from typing import Literal

# c confidential, x not available, z not applicable, low: under half of what is shown, 0: nothing.
Meaning = Literal["c", "x", "z", "low", "0"]
_NUMBER = re.compile(
    r"(?P<sign>[-+\u2212]?)(?P<pound>£?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?P<rest>\.\d+)?"
    r"(?P<power>[eE][-+]?\d{1,3})?\s?(?P<percent>%?)"
)
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")


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
    return -value if found["sign"] in ("-", "\u2212") else value
