"""What a period's label means: its kind, first and last day."""

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


_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = {short: at for at, name in enumerate(_NAMES, 1) for short in (name, name[:3])}
MONTHS["sept"] = 9
_M = "|".join(sorted(MONTHS, key=len, reverse=True))
_Y = r"(?:19|20)\d\d"
_TO = r"\s?(?:-|to|until)\s?"
# Signs of footnotes, and words that say how sure a label's figures are.
_MARKS = re.compile(
    r"(?:\s*(?:\((?:\d{1,2}|[a-z]{1,3})\)|\[(?:[a-z0-9]{1,3}|notes? [\d, ]{1,12})\]"
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]+|\(?\b(?:provisional|revised|final)\)?)"
    r"|(?<=\d)\s?[pr])+$"
)
_PREFIX = re.compile(r"^(?:calendar year|year|cy)\s*(?=\d)|^(?:at|as at|as of|on)\s+(?=\d)")
_FINANCIAL_YEAR_WORDS = r"(?:fy|f/y|(?:financial|fiscal|tax) years?)\s*:?\s*"
_ENDING = (
    r"(?:(?:12|twelve) months|(?:financial )?year|fye?|ye|y/e)\s?"
    r"(?:ended|ending|to end|to|end)?(?: in| of)?\s?(?:\d{1,2}(?:st|nd|rd|th)? )?"
)
_DAYS = (
    r"(?P<y>\d{4})[-/](?P<m>\d\d?)[-/](?P<d>\d\d?)"
    r"(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?",
    r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})(?: 0?0:00(?::00)?)?",
    rf"(?P<d>\d\d?)(?:st|nd|rd|th)?[ -](?P<m>{_M})[ ,-]+(?P<y>\d{{4}}|\d\d)(?: \(q\d\))?",
)
_MONTHS = (
    rf"(?P<m>{_M})[ ,-]*'?(?P<y>{_Y}|\d\d)",
    rf"(?P<y>{_Y})[ ,-]*(?P<m>{_M})",
    rf"(?P<y>{_Y})(?:-| ?m)?(?P<m>0[1-9]|1[0-2])",
    rf"(?P<m>0[1-9]|1[0-2])[/-](?P<y>{_Y})",
)
_SPAN = rf"(?P<a>{_M})(?:[ -](?P<y>{_Y}|\d\d))?{_TO}(?P<b>{_M})[ -](?P<z>{_Y}|\d\d)"
_QUARTER = r"(?:q|quarter )([1-4])[ ,-]*(\S+)|(\S+?)[ ,-]*(?:q|quarter )([1-4])"
_TERM = r"(autumn|spring|summer)(?: term)?"


def readings(text: str) -> dict[Kind, str]:
    """Return every kind of period a label may be, with the label this project would give it.

    ``2007-08`` is a financial or academic year, and August 2007. Empty where it is no label.
    """
    said = " ".join(text.split()).lower().replace("\u2019", "'")
    said = re.sub("[\u2010-\u2015]", "-", said)
    for _ in range(2):  # “2019 (p) [note 2]”
        said = _MARKS.sub("", said)
    said = unicodedata.normalize("NFKC", _PREFIX.sub("", said)).strip()
    found: dict[Kind, str] = {}
    for read in (_years, _pairs, _days, _serials, _months, _quarters, _rolling, _pooled, _terms):
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
    if not (match := re.fullmatch(rf"(?:mid[- ])?({_Y})(?:\.0)?", said)):
        return {}
    year = match[1]
    found = {"calendar": year, "index": year, "midyear": f"mid-{year}"}
    return found | ({"census": year} if year in CENSUS_DAYS else {})


def _pairs(said: str) -> dict:
    """Read 2018/19, 201819, 2018 to 2019, FY19/20, FYE 2019 and academic year 2018/19."""
    academic = re.match(r"(?:academic|school) years? ", said)
    financial = re.match(_FINANCIAL_YEAR_WORDS, said)
    said = re.sub(rf"^(?:{_FINANCIAL_YEAR_WORDS}|(?:academic|school) years? )", "", said)
    if financial and (short := re.fullmatch(r"(\d\d)[-/](\d\d)", said)):
        said = f"20{short[1]}/{short[2]}"
    if match := re.fullmatch(rf"(?:e|end(?:ed|ing)?)[ :]*({_Y})", said):
        return {"financial": f"{int(match[1]) - 1}/{match[1][2:]}"}
    match = re.fullmatch(rf"({_Y})\s?(?:[-/]|to)\s?({_Y}|\d\d)|({_Y})(\d\d)", said)
    if not match:
        return {}
    first, last = match[1] or match[3], match[2] or match[4]
    if int(first[:2] + last if len(last) == 2 else last) != int(first) + 1 and (
        last != "00" or first[2:] != "99"
    ):
        return {}
    years = f"{first}/{last[-2:]}"
    if academic:
        return {"academic": f"{years} academic"}
    return {"financial": years} | ({} if financial else {"academic": f"{years} academic"})


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
    match = next(filter(None, (re.fullmatch(pattern, said) for pattern in _DAYS)), None)
    if not match:
        return None
    try:
        return date(_year(match["y"]), _period_labels_month(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _year(said: str) -> int:
    return int(said) if len(said) == 4 else 2000 + int(said)


def _period_labels_month(said: str) -> int:
    return MONTHS.get(said) or int(said)


def _serials(said: str) -> dict:
    """A spreadsheet's own number of a day, 1992 to 2036: 44197 is 1 January 2021."""
    if not re.fullmatch(r"(?:3[4-9]|4\d)\d{3}", said):
        return {}
    return _days((date(1899, 12, 30) + timedelta(days=int(said))).isoformat())


def _months(said: str) -> dict:
    match = next(filter(None, (re.fullmatch(pattern, said) for pattern in _MONTHS)), None)
    if not match or (said.isdigit() and len(said) != 6):
        return {}
    return {"month": f"{_year(match['y'])}-{_period_labels_month(match['m']):02d}"}


def _quarters(said: str) -> dict:
    """Read 2019 Q1 and Jan-Mar 2019; of a financial year, Q1 is April to June: 2020 Q2."""
    match = re.fullmatch(_QUARTER, said)
    if match:
        quarter, years = int(match[1] or match[4]), match[2] or match[3]
        if re.fullmatch(_Y, years):
            return {"quarter": f"{years} Q{quarter}"}
        pair = (_pairs(years) or _pairs(f"fy {years}")).get("financial", "")
        after = quarter == 4
        return {"quarter": f"{int(pair[:4]) + after} Q{quarter % 4 + 1}"} if pair else {}
    match = re.fullmatch(_SPAN, said)
    if match and _months_between(match) == 3 and MONTHS[match["b"]] % 3 == 0:
        return {"quarter": f"{_year(match['z'])} Q{MONTHS[match['b']] // 3}"}
    return {}


def _months_between(span: re.Match) -> int:
    """Return how many months a span such as Apr 2018 to Mar 2019 has; 0 where it ends first."""
    last = 12 * _year(span["z"]) + MONTHS[span["b"]]
    year = _year(span["y"] or span["z"])
    return max(last - 12 * year - MONTHS[span["a"]] + 1, 0)


def _rolling(said: str) -> dict:
    """Read the year ending March 2019 and April 2018 to March 2019: a financial year as well."""
    span = re.fullmatch(_SPAN, said)
    match = re.fullmatch(rf"{_ENDING}(?P<b>{_M})[ ,-]+(?P<z>{_Y}|\d\d)", said)
    if span and _months_between(span) != 12 or not (match := span or match):
        return {}
    year, month = _year(match["z"]), MONTHS[match["b"]]
    found = {"rolling": f"year to {year}-{month:02d}"}
    if month == 3:
        found["financial"] = f"{year - 1}/{year % 100:02d}"
    return found | ({"calendar": str(year)} if month == 12 else {})


def _pooled(said: str) -> dict:
    match = re.fullmatch(rf"({_Y})(/\d\d)?{_TO}({_Y}|\d\d)(/\d\d)?", said)
    if not match or bool(match[2]) != bool(match[4]):
        return {}
    last = match[3] if len(match[3]) == 4 else match[1][:2] + match[3]
    years = int(last) - int(match[1])
    if not 1 <= years <= 9 or (years == 1 and not match[2] and not re.search(r" .* \d{4}$", said)):
        return {}  # 2007-08 is one year; 2018 - 2019 may be two
    if not match[2]:
        return {"pooled": f"{match[1]} to {last}"}
    for start, end in ((match[1], match[2]), (last, match[4])):
        if (int(start) + 1) % 100 != int(end[1:]):
            return {}
    return {"pooled": f"{match[1]}{match[2]} to {last}{match[4]}"}


def _terms(said: str) -> dict:
    """Read 2018/19 Autumn term, and Autumn 2018; spring and summer are in the year after it."""
    match = re.fullmatch(rf"(\S+) {_TERM}|{_TERM} (\S+)", said)
    if not match:
        return {}
    years, term = match[1] or match[4], match[2] or match[3]
    if re.fullmatch(_Y, years):
        start = int(years) - (term != "autumn")
        return {"term": f"{start}/{(start + 1) % 100:02d} {term}"}
    years = _pairs(years).get("financial", "")
    return {"term": f"{years} {term}"} if years else {}


def year_of(label: str) -> int:
    """Return the first year that a label of a period or a release names, 0 where it names none."""
    found = re.search(r"(?:19|20)\d\d", label)
    return int(found[0]) if found else 0
