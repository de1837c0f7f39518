"""What a period's label means, and how people write periods and days."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from darlington_analysis.core.errors import SchemaError

Kind = Literal[
    "calendar",
    "financial",
    "academic",
    "pooled",
    "census",
    "index",
    "month",
    "midyear",
    "rolling",
    "day",
    "quarter",
    "term",
]
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
    years = _FINANCIAL.fullmatch(label)
    if not years or (int(years[1]) + 1) % 100 != int(years[2]):
        raise _not_of_its_kind(label, "financial")
    return date(int(years[1]), 4, 1), date(int(years[1]) + 1, 3, 31)


def _not_of_its_kind(label: str, kind: str) -> SchemaError:
    return SchemaError(
        f'"{label[:40]}" is not the label of a {kind} period',
        "calendar 2010, financial 2009/10, pooled 2006/07 to 2010/11, census 2011, index 2010, "
        "month 2023-10, midyear mid-2020.",
        "look at the period column of the raw file",
    )


MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_M = "|".join(sorted(MONTHS, key=len, reverse=True))
_Y = r"(?:19|20)\d\d"
_TO = r"\s?(?:-|to|until)\s?"
# Signs of footnotes, and words that say how sure a label's figures are or how many years it has.
_MARKS = re.compile(
    r"(?:\s*(?:\((?:\d{1,2}|[a-z]{1,3})\)|\[(?:[a-z0-9]{1,3}|notes? [\d, ]{1,12})\]"
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]+|\(?\b(?:provisional|revised|final|estimates?)\)?"
    r"|\(\d[- ]?y(?:ea)?rs?[^()]{0,12}\)|(?<=/\d\d) \(apr\w*(?:-| to )mar\w*\))"
    r"|(?<=\d)\s?(?:[pre]|est\.?))+$"
)
_PREFIX = re.compile(
    r"^(?:calendar(?: year)?|year|month|cy|snapshot|(?:as )?at|as of|on)\s*(?=\d)| calendar year$"
)
# “2019 Jul-Sep” and “2019 (Jan-Dec)”: months go before their year.
_MONTHS_BEHIND = re.compile(rf"^({_Y}) \(?((?:{_M}){_TO}(?:{_M}))\)?$")
_YEAR_WORDS = {
    "financial": r"fy|f/y|(?:financial|fiscal|tax) years?",
    "academic": r"ay|a/y|(?:academic|school) years?",
}
_ENDING = (
    r"(?:rolling )?(?:(?:12|twelve) ?m(?:onths|ths)?|(?:financial )?year|fye?|ye|y/e)\s?"
    r"(?:ended|ending|to end|to|end)?(?: in| of)?\s?"
)
_CLOCK = r"(?:[t ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?"
_DAYS = (
    r"(?P<y>\d{4})[-/](?P<m>\d\d?)[-/](?P<d>\d\d?)" + _CLOCK,
    r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})" + _CLOCK,
    rf"(?P<y>{_Y})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])",
    rf"(?P<d>\d\d?)(?:st|nd|rd|th)?[ -](?P<m>{_M})[ ,-]+(?P<y>\d{{4}}|\d\d)(?: \(q\d\))?",
    rf"(?P<m>{_M}) (?P<d>\d\d?)(?:st|nd|rd|th)?,? (?P<y>\d{{4}})",
)
_MONTHS = (
    rf"(?P<m>{_M})[ ,-]*'?(?P<y>{_Y}|\d\d)",
    rf"(?P<y>{_Y})[ ,-]*(?P<m>{_M})",
    rf"(?P<y>{_Y})(?:-| ?m)(?P<m>0[1-9]|1[0-2])",
    r"(?P<y>(?:19[5-9]|20\d)\d)(?P<m>0[1-9]|1[0-2])",
    rf"(?P<m>0[1-9]|1[0-2])[/-](?P<y>{_Y})",
)
_NTH = r"(?:q|quarter |qtr ?)([1-4])|([1-4])(?:st|nd|rd|th) quarter(?: of)?"
_QUARTER = rf"(?:{_NTH})[ ,-]*(\S+)|(\S+?)[ ,-]*(?:{_NTH})"
_TERM = r"(autumn|spring|summer)(?: term)?"


def readings(text: str) -> dict[Kind, str]:
    """Return every kind of period a label may be, with the label this project would give it.

    ``2007-08`` is a financial or academic year, and August 2007. Empty where it is no label.
    """
    plain = " ".join(text.split()).lower().replace("\u2019", "'")
    plain = re.sub("[\u2010-\u2015]", "-", plain)
    for _ in range(2):  # “2019 (p) [note 2]”
        plain = _MARKS.sub("", plain)
    plain = unicodedata.normalize("NFKC", _PREFIX.sub("", plain)).strip()
    plain = _MONTHS_BEHIND.sub(r"\2 \1", plain)
    labels: dict[Kind, str] = {}
    for read in (_years, _pairs, _days, _months, _quarters, _spans, _pooled, _terms):
        labels |= read(plain)
    return labels


def label(text: str, kind: Kind) -> str:
    """Return the project's label for a label of a declared kind. Raises SchemaError."""
    labels = readings(text)
    if kind not in labels:
        raise SchemaError(
            f'"{text[:40]}" is not the label of a {kind} period',
            f"It can be read as: {', '.join(labels) or 'no period at all'}.",
            "correct kind in the sidecar's [reading.times], or the file",
        )
    return labels[kind]


def _years(text: str) -> dict:
    if match := re.fullmatch(rf"(?:mid[- ](?:year )?(?:estimates? )?|mye )({_Y})", text):
        return {"midyear": f"mid-{match[1]}"}
    if match := re.fullmatch(rf"census ({_Y})|({_Y}) census", text):
        year = match[1] or match[2]
        return {"census": year} if year in CENSUS_DAYS else {}
    if not (match := re.fullmatch(rf"({_Y})(?:\.0)?", text)):
        return {}
    year = match[1]
    labels = {"calendar": year, "index": year, "midyear": f"mid-{year}"}
    return labels | ({"census": year} if year in CENSUS_DAYS else {})


def _pairs(text: str) -> dict:
    """Read 2018/19, 201819, 2018 to 2019, FY19/20, FYE 2019, 2018/19 academic year."""
    named = ""
    for kind, words in _YEAR_WORDS.items():
        bare = re.sub(rf"^(?:{words})\s*:?\s*|\s+(?:{words})$", "", text)
        named, text = (kind, bare) if bare != text else (named, text)
    is_financial = named == "financial"
    # Without words, 09/10 may be a month or a day, and 15-16 are ages.
    short = re.fullmatch(r"'?(\d\d)([-/])(\d\d)", text)
    if short and (is_financial or (short[2] == "/" and int(short[1]) > 12)):
        text = f"20{short[1]}/{short[3]}"
    if is_financial and (match := re.fullmatch(rf"(?:e|end(?:ed|ing)?)[ :]*({_Y}|\d\d)", text)):
        year = year_of(match[1])
        return {"financial": f"{year - 1}/{year % 100:02d}"}
    match = re.fullmatch(rf"({_Y})\s?(?:[-/]|to)\s?({_Y}|\d\d)|({_Y})(\d\d)", text)
    if not match:
        return {}
    first, last = match[1] or match[3], match[2] or match[4]
    if int(first[:2] + last if len(last) == 2 else last) != int(first) + 1 and (
        last != "00" or first[2:] != "99"
    ):
        return {}
    years = f"{first}/{last[-2:]}"
    both = {"financial": years, "academic": f"{years} academic"}
    return {named: both[named]} if named else both


def _days(text: str) -> dict:
    day = _day(text)
    if day is None:
        return {}
    labels = {"day": day.isoformat()}
    if (day.month, day.day) == (6, 30):
        labels["midyear"] = f"mid-{day.year}"
    if day.day == 1:
        labels["month"] = f"{day.year}-{day.month:02d}"
    if day in CENSUS_DAYS.values():
        labels["census"] = str(day.year)
    return labels


def _day(text: str) -> date | None:
    """Return the day that a label writes; 44197 is a spreadsheet's own number of one (1992 on)."""
    if re.fullmatch(r"(?:3[4-9]|4\d)\d{3}", text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    match = next(filter(None, (re.fullmatch(pattern, text) for pattern in _DAYS)), None)
    if not match:
        return None
    try:
        return date(year_of(match["y"]), MONTHS.get(match["m"]) or int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def year_of(digits: str) -> int:
    """Return a year of four digits for one of two: 1951 to 2050."""
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if digits > "50" else 2000)


def _months(text: str) -> dict:
    month = _month_of(text)
    return {"month": f"{month // 12}-{month % 12 + 1:02d}"} if month else {}


def _month_of(text: str) -> int:
    """Return a month's number since the year 0, 0 where a label names none."""
    match = next(filter(None, (re.fullmatch(pattern, text) for pattern in _MONTHS)), None)
    if not match:
        return 0
    return 12 * year_of(match["y"]) + (MONTHS.get(match["m"]) or int(match["m"])) - 1


def _quarters(text: str) -> dict:
    """Read 2019 Q1; of a financial year, Q1 is April to June. Months in brackets must agree."""
    months = re.fullmatch(rf"(.*?) ?\((?:{_M}){_TO}({_M})\)", text)
    match = re.fullmatch(_QUARTER, months[1] if months else text)
    if not match:
        return {}
    quarter = int(match[1] or match[2] or match[5] or match[6])
    years = match[3] or match[4]
    if re.fullmatch(_Y, years):
        year = int(years)
    elif pair := (_pairs(years) or _pairs(f"fy {years}")).get("financial", ""):
        year, quarter = int(pair[:4]) + (quarter == 4), quarter % 4 + 1
    else:
        return {}
    if months and MONTHS[months[2]] != 3 * quarter:
        return {}
    return {"quarter": f"{year} Q{quarter}"}


def _spans(text: str) -> dict:
    """Read Jan-Mar 2019, the year ending March 2019 and 1 April 2018 to 31 March 2019."""
    first, last = _span(text)
    months, year, month = last - first + 1, last // 12, last % 12 + 1
    if not first or months not in (1, 3, 12):
        return {}
    if months == 1:
        return {"month": f"{year}-{month:02d}"}
    if months == 3:
        return {"quarter": f"{year} Q{month // 3}"} if month % 3 == 0 else {}
    labels = {"rolling": f"year to {year}-{month:02d}"}
    years = f"{year - 1}/{year % 100:02d}"
    others = {
        3: {"financial": years},
        8: {"academic": f"{years} academic"},
        12: {"calendar": str(year)},
    }
    return labels | others.get(month, {})


def _span(text: str) -> tuple[int, int]:
    """Return the numbers of a span's first and last month, 0 and 0 where a label is no span."""
    if match := re.match(_ENDING, text):
        rest = text[match.end() :]
        named = re.sub(r"^\d{1,2}(?:st|nd|rd|th)? (?=[a-z])", "", rest)
        last = _month_of(named) if named[:1].isalpha() else _end_of(rest)
        return (last - 11, last) if last else (0, 0)
    for parted in re.finditer(r"\s*(?:-|\bto\b|\buntil\b)\s*", text):
        start, end = text[: parted.start()], text[parted.end() :]
        if last := _month_of(end):
            same_year = last - last % 12 + MONTHS[start] - 1 if start in MONTHS else 0
            first = _month_of(start) or same_year
        else:
            last, day = _end_of(end), _day(start)
            first = 12 * day.year + day.month - 1 if day and day.day == 1 else 0
        if first and last:
            return first, last
    return 0, 0


def _end_of(text: str) -> int:
    """Return the number of a month whose last day a label writes, else 0."""
    day = _day(text)
    is_last = day is not None and (day + timedelta(days=1)).day == 1
    return 12 * day.year + day.month - 1 if is_last else 0


def _pooled(text: str) -> dict:
    match = re.fullmatch(rf"({_Y})(/\d\d)?{_TO}({_Y}|\d\d)(/\d\d)?", text)
    if not match or bool(match[2]) != bool(match[4]):
        return {}
    last = match[3] if len(match[3]) == 4 else match[1][:2] + match[3]
    years = int(last) - int(match[1])
    if not 1 <= years <= 9 or (years == 1 and not match[2] and not re.search(r" .* \d{4}$", text)):
        return {}  # 2007-08 is one year; 2018 - 2019 may be two
    if not match[2]:
        return {"pooled": f"{match[1]} to {last}"}
    for start, end in ((match[1], match[2]), (last, match[4])):
        if (int(start) + 1) % 100 != int(end[1:]):
            return {}
    return {"pooled": f"{match[1]}{match[2]} to {last}{match[4]}"}


def _terms(text: str) -> dict:
    """Read 2018/19 Autumn term, and Autumn 2018; spring and summer are in the year after it."""
    match = re.fullmatch(rf"(\S+) {_TERM}|{_TERM} (\S+)", text)
    if not match:
        return {}
    years, term = match[1] or match[4], match[2] or match[3]
    if re.fullmatch(_Y, years):
        start = int(years) - (term != "autumn")
        return {"term": f"{start}/{(start + 1) % 100:02d} {term}"}
    years = _pairs(years).get("financial", "")
    return {"term": f"{years} {term}"} if years else {}
