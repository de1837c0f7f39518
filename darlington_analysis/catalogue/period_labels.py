"""Labels of periods as published files write them, turned into the labels of this project."""

import re
from datetime import date, timedelta

from darlington_analysis.catalogue.periods import CENSUS_DAYS, Kind
from darlington_analysis.errors import SchemaError

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )  # fmt: skip
    for name in names.split()
}
_MARKS = re.compile(
    r"(?:(?:\s*(?:\((?:\d{1,2}|[pre])\)|\[(?:[a-z0-9]{1,3}|notes? [\d, ]{1,12})\]))+"
    r"|(?<=\d)\s?[pr])$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TWO = re.compile(r"((?:19|20)\d\d)\s?[-/\u2013]\s?((?:(?:19|20))?\d\d)")
_SIX = re.compile(r"((?:19|20)\d\d)(\d\d)")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(?:((?:19|20)\d\d) ?q([1-4])|q([1-4]) ?((?:19|20)\d\d))")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T00:00:00)?")
_WORDY_DAY = re.compile(r"(?:as at )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+) (\d{4})(?: \(q\d\))?")
_BRITISH_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_WORDY_MONTH = re.compile(r"([a-z]+)[ -](\d{4}|\d\d)")
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
_ROLLING = re.compile(
    r"(?:(?:12|twelve) months|year) (?:ending|to)(?: in)? (?:\d+(?:st|nd|rd|th)? )?([a-z]+) (\d{4})"
)
_SPAN = re.compile(r"([a-z]+) (\d{4})\s?(?:[-\u2013]|to)\s?([a-z]+) (\d{4})")
_PREFIX = re.compile(r"^(?:fy|(?:financial|academic|calendar) year|year)\s*(?=\d)")
_POOLED = re.compile(r"((?:19|20)\d\d)(/\d\d)? ?(?:-|\u2013|to) ?((?:(?:19|20))?\d\d)(/\d\d)?")


def readings(text: str) -> dict[Kind, str]:
    """Return every kind of period a label may be, with the label this project would give it.

    ``2007-08`` is a financial or academic year, and August 2007. Empty where it is no label.
    """
    said = _MARKS.sub("", " ".join(text.replace("\u00a0", " ").split()).lower())
    said = _PREFIX.sub("", said)
    found: dict[Kind, str] = {}
    for read in (_years, _pairs, _days, _serials, _months, _rolling, _pooled):
        found |= read(said)
    return found


def label(text: str, kind: Kind) -> str:
    """Return the project's label for a label of a declared kind. Raises SchemaError."""
    found = readings(text)
    if kind not in found:
        raise SchemaError(
            f'"{text[:40]}" is not the label of a {kind} period',
            f"It can be read as: {', '.join(found) or 'no period at all'}.",
            "correct kind in the sidecar's [reading.times], or the file",
        )
    return found[kind]


def _years(said: str) -> dict:
    found = {}
    said = re.sub(r"^mid[- ]", "", said) if said.startswith("mid") else said
    said = re.sub(r"\.0$", "", said)
    if _YEAR.fullmatch(said):
        found = {"calendar": said, "index": said, "midyear": f"mid-{said}"}
        if said in CENSUS_DAYS:
            found["census"] = said
    return found


def _pairs(said: str) -> dict:
    match = _TWO.fullmatch(re.sub(r"(?: \([a-z]{1,3}\))$", "", said)) or _SIX.fullmatch(said)
    if match and (int(match[1]) + 1) % 100 == int(match[2]) % 100:
        if len(match[2]) == 4 and int(match[2]) != int(match[1]) + 1:
            return {}
        years = f"{match[1]}/{int(match[2]) % 100:02d}"
        return {"financial": years, "academic": f"{years} academic"}
    return {}


def _days(said: str) -> dict:
    day = _day(said)
    if day is None:
        return {}
    found = {"day": day.isoformat()}
    if (day.month, day.day) == (6, 30):
        found["midyear"] = f"mid-{day.year}"
    if day.day == 1:
        found["month"] = f"{day.year}-{day.month:02d}"
    if day in CENSUS_DAYS.values():
        found["census"] = str(day.year)
    return found


def _day(said: str) -> date | None:
    parts = None
    if match := _DAY.fullmatch(said):
        parts = (match[1], match[2], match[3])
    elif match := _BRITISH_DAY.fullmatch(said):
        parts = (match[3], match[2], match[1])
    elif (match := _WORDY_DAY.fullmatch(said)) and match[2] in MONTHS:
        parts = (match[3], MONTHS[match[2]], match[1])
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _serials(said: str) -> dict:
    """A spreadsheet's own number of a day, 1992 to 2036: 44197 is 1 January 2021."""
    if not re.fullmatch(r"(?:3[4-9]|4\d)\d{3}", said):
        return {}
    return _days((date(1899, 12, 30) + timedelta(days=int(said))).isoformat())


def _months(said: str) -> dict:
    if _MONTH.fullmatch(said):
        return {"month": said}
    if match := _YEAR_MONTH.fullmatch(said):
        return {"month": f"{match[1]}-{match[2]}"}
    if match := _QUARTER.fullmatch(said):
        return {"quarter": f"{match[1] or match[4]} Q{match[2] or match[3]}"}
    said = re.sub(r"^(\d{4}) ([a-z]+)$", r"\2 \1", said)
    match = _WORDY_MONTH.fullmatch(said)
    if match and match[1] in MONTHS:
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
        return {"month": f"{year}-{MONTHS[match[1]]:02d}"}
    return {}


def _rolling(said: str) -> dict:
    match = _ROLLING.fullmatch(said)
    if match and match[1] in MONTHS:
        return {"rolling": f"year to {match[2]}-{MONTHS[match[1]]:02d}"}
    match = _SPAN.fullmatch(said)
    if match and match[1] in MONTHS and match[3] in MONTHS:
        first = 12 * int(match[2]) + MONTHS[match[1]]
        if 12 * int(match[4]) + MONTHS[match[3]] - first == 11:
            return {"rolling": f"year to {match[4]}-{MONTHS[match[3]]:02d}"}
    return {}


def _pooled(said: str) -> dict:
    match = _POOLED.fullmatch(said)
    if not match or bool(match[2]) != bool(match[4]):
        return {}
    last = match[3] if len(match[3]) == 4 else match[1][:2] + match[3]
    years = int(last) - int(match[1])
    if not 1 <= years <= 9 or (years == 1 and not match[2]):
        return {}  # 2007-08 is one year, not two
    if not match[2]:
        return {"pooled": f"{match[1]} to {last}"}
    for start, end in ((match[1], match[2]), (last, match[4])):
        if (int(start) + 1) % 100 != int(end[1:]):
            return {}
    return {"pooled": f"{match[1]}{match[2]} to {last}{match[4]}"}
