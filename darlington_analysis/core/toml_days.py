"""Days in the files that people write: in which order, and which are none."""

import calendar
import re
from datetime import date

from darlington_analysis.core.periods import MONTHS

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]\s*(\d{1,2}|[A-Za-z]{3,9})[-/., ]\s*(\d{4})")


def as_day(text: str) -> str:
    """Return a day as a record has it; "" where it is no day, or may be two days."""
    parts = _parts(text)
    try:
        return date(*parts).isoformat() if parts else ""
    except ValueError:
        return ""


def impossible(text: str) -> str:
    """Return the last day of the month, where the month has no such day; else ""."""
    parts = _parts(text)
    if not parts or not 1 <= parts[1] <= 12 or as_day(text) or not 1 <= parts[0] <= 9999:
        return ""
    return date(parts[0], parts[1], calendar.monthrange(*parts[:2])[1]).isoformat()


def _parts(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day; the day stands first, as in Britain, unless the year does."""
    iso, british = _ISO.fullmatch(text.strip()), _BRITISH.fullmatch(text.strip())
    if iso:
        return int(iso[1]), int(iso[2]), int(iso[3])
    if not british:
        return None
    month = int(british[2]) if british[2].isdigit() else MONTHS.get(british[2].lower(), 0)
    return int(british[3]), month, int(british[1])
