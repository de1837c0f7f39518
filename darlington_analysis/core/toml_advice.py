"""What TOML complains of, said to a person who never heard of TOML: the line, and what to write."""

import calendar
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from darlington_analysis.core.toml_days import as_day, impossible

_CURLY = "“”„‟«»‘’‚`´"
_INVISIBLE = re.compile("[\u00a0\u2007\u202f\u200b-\u200f\u2028\u2029\ufeff]")
_MOST, _WRITTEN = 60, 160
QUOTES = "\"'"
Told = tuple[str, str, str] | None


@dataclass(frozen=True)
class Row:
    """The line TOML stumbled over, in its parts; ``value`` is without its comment.

    ``keys`` are those that such a file may have, ``switches`` those that are true or false.
    """

    text: str
    key: str
    equals: str
    value: str
    message: str
    keys: Collection[str] = ()
    switches: Collection[str] = ()

    @property
    def start(self) -> str:
        """What stands in front of the value."""
        return f"{self.key} = "


def short(text: str) -> str:
    """Return a text cut to what fits a line."""
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _invisible(row: Row) -> Told:
    if not _INVISIBLE.search(row.text):
        return None
    return (
        "a space that can't be seen, as Word and web pages have them, stands here",
        "Ordinary spaces alone.",
        _INVISIBLE.sub(" ", row.text)[:_WRITTEN].strip(),
    )


def _heading(row: Row) -> Told:
    heading = re.fullmatch(r"([\[({<]*)\s*([\w. -]+?)\s*([\])}>]*)\s*(#.*)?", row.text)
    if row.equals or not heading or not (heading[1] or heading[3]):
        return None
    deep = 2 if "[[" in heading[1] or "]]" in heading[3] else 1
    name = heading[2].strip().replace(" ", "_").lower()
    return (
        f"a heading that is not closed as it was opened: {short(row.text)}",
        "A heading stands between square brackets: [one], or [[one of several]].",
        f"{'[' * deep}{name}{']' * deep}",
    )


def _no_equals(row: Row) -> Told:
    if row.equals or not row.text:
        return None
    match = re.fullmatch(r"([A-Za-z_-]+)\s*[:\s]\s*([\"'\d\[].*)", row.text)
    if match:
        return (
            f"there is no = after {match[1]}",
            'A line is key = "words".',
            f"{match[1]} = {match[2]}"[:_WRITTEN],
        )
    bare = row.text.lstrip("/-*•").strip().replace('"', "")[:40]
    return (
        f"this stands on a line of its own: {short(row.text)}",
        'Every line is a heading, a comment after #, or key = "words".',
        f'words = "{bare}"; or # {bare}, which nobody is shown',
    )


def _no_value(row: Row) -> Told:
    if not row.equals or row.value and not row.value.startswith("#"):
        return None
    return (
        f"nothing stands after {row.key} =",
        "Words between quotes, or # in front.",
        f'{row.key} = "…", or # {row.key} =',
    )


def _curly(row: Row) -> Told:
    first = row.value.lstrip("[ ")[:1]
    if not first or first not in _CURLY:
        return None
    ends = rf"(^|[\[,]\s*)[{_CURLY}]+|[{_CURLY}]+(?=\s*($|[\],]))"
    straight = re.sub(ends, lambda each: f'{each[1] or ""}"', row.value.rstrip('"'))
    straight += '"' if straight.count('"') % 2 else ""
    return (
        "quotes that are curly, as Word makes them",
        'Straight quotes, ", round the words; Notepad types them.',
        f"{row.start}{straight}"[:_WRITTEN],
    )


def inside(row: Row) -> Told:
    """Look into { … }: a percent sign, a comma for a point, one left out, a day that is none."""
    if "{" not in row.text:
        return None
    mended = re.sub(r"(=\s*\d+(?:\.\d+)?)\s*%", r"\1", row.text)
    mended = re.sub(r"(=\s*\d+),(\d+)", r"\1.\2", mended)
    mended = re.sub(r"([\w\"'])\s+([a-z_]+ =)", r"\1, \2", mended)
    mended = re.sub(r"\d[\d./-]{7,9}", lambda day: _mended_day(day[0]), mended)
    if mended == row.text:
        return None
    return (
        f"this can't be read: {short(row.text)}",
        "Between { and }: key = answer, key = answer. Numbers with a point, days 2026-11-22.",
        mended[:_WRITTEN],
    )


def _mended_day(text: str) -> str:
    return impossible(text) or as_day(text) or text


def _day(row: Row) -> Told:
    value = row.value.strip(QUOTES)
    if last := impossible(value):
        day = date.fromisoformat(last)
        return (
            f"there is no such day: {value}",
            f"{calendar.month_name[day.month]} {day.year} has {day.day} days.",
            row.start + last,
        )
    day = as_day(value)
    if not day and not re.fullmatch(r"\d+[-./ ]\d+[-./ ]\d+", value):
        return None
    return (
        f"this is not how a day is written: {row.value}",
        "A day is written year-month-day, without quotes: 2026-11-22.",
        row.start + (day or "2026-11-22, with the right day"),
    )


def _list(row: Row) -> Told:
    value = row.value
    if re.search(r"\"\s+\"", value) and value.startswith("["):
        return (
            "two things of a list stand side by side without a comma",
            "A comma stands between the things of a list.",
            row.start + re.sub(r"\"\s+\"", '", "', value)[:_WRITTEN],
        )
    if value.startswith(("[", "{")) and value.count("[") + value.count("{") > (
        value.count("]") + value.count("}")
    ):
        close = "]" if value[0] == "[" else " }"
        return (
            f"the list that begins here is never closed: {row.key}",
            "A list stands between square brackets, { and } are a pair as well.",
            f"{row.start}{short(value.rstrip(','))}{close}",
        )
    if value.endswith("]") and not value.startswith("["):
        return (
            f"the list has no bracket at its start: {row.key}",
            "A list stands between square brackets.",
            f"{row.start}[{short(value)}",
        )
    return None


def _quotes(row: Row) -> Told:
    value, inner = row.value or " ", row.value[1:-1]
    if "\\" in value and '"' in value:
        return (
            "a stroke that leans back, \\, stands in the words",
            "Words without \\.",
            row.start + value.replace("\\", "/")[:_WRITTEN],
        )
    if len(value) > 1 and value[0] == value[-1] == '"' and '"' in inner:
        opened = re.sub(r'"([^"]*)"', r"“\1”", inner).replace('"', "”")
        return (
            "quotes stand inside the words, so that the words end too early",
            "Inside words, curly quotes or none.",
            f'{row.start}"{opened[:_WRITTEN]}"',
        )
    if any(value.count(mark) % 2 for mark in ('"', "'") if mark in (value[0], value[-1])):
        return (
            "a quote is missing",
            "Quotes open and close on one line.",
            f'{row.start}"{value.strip(QUOTES)[:_WRITTEN]}"',
        )
    if value[:1] == '"' and not value.endswith('"'):
        whole, _, rest = value[1:].partition('"')
        return (
            f"something stands after the words: {short(rest.strip())}",
            "After the words nothing, or a comment after #.",
            f'{row.start}"{short(f"{whole}{rest}")}"',
        )
    return None


def _plain(row: Row) -> Told:
    value = row.value
    if value.lower() in ("true", "false", "yes", "no"):
        right = "true" if value.lower() in ("true", "yes") else "false"
        right = right if row.key in row.switches or not row.keys else f'"{value.lower()}"'
        return (
            f"{row.key} can't be {value}, as it stands here",
            "true or false in small letters; the words yes and no stand between quotes.",
            f"{row.start}{right}",
        )
    number = re.fullmatch(r"[£]?\s*([\d,. ]*\d)\s*%?", value)
    if number:
        right = number[1].replace(" ", "")
        is_decimal = re.fullmatch(r"\d+,\d{1,2}", right)
        right = right.replace(",", "." if is_decimal else "")
        return (
            f"this is not how a number is written: {value}",
            "A number is figures and a point: no comma, space, % or £.",
            f"{row.start}{right.lstrip('0') or '0'}",
        )
    if value and value[0] not in "\"'[{":
        return (
            f"words without quotes: {short(value)}",
            "Words stand between straight quotes.",
            f'{row.start}"{short(value)}"',
        )
    return None


def _key(row: Row) -> Told:
    if re.fullmatch(r"[A-Za-z0-9_-]+", row.key) or not row.equals:
        return None
    right = re.sub(r"\W+", "_", row.key.strip(_CURLY + "\"'-*• ")).strip("_").lower()
    if row.keys:
        from rapidfuzz import process

        near = process.extractOne(right, list(row.keys), score_cutoff=70)
        right = near[0] if near else right
    return (
        f"a key can't be {short(row.key)}",
        "A key is small letters and _, with no spaces.",
        f"{right} = {row.value[:_WRITTEN]}",
    )


LOOKS: tuple[Callable[[Row], Told], ...] = (
    _invisible,
    inside,
    _heading,
    _no_equals,
    _key,
    _no_value,
    _curly,
    _day,
    _list,
    _quotes,
    _plain,
)


_AT = re.compile(r" ?\(at line (\d+), column \d+\)| ?\(at end of document\)")


@dataclass(frozen=True)
class Advice:
    """One mistake: its line from 1, what it is, what was expected and what to write."""

    line: int
    what: str
    expected: str
    write: str


def advice(
    text: str, message: str, keys: Collection[str] = (), switches: Collection[str] = ()
) -> Advice:
    """Return what is wrong with text that is not TOML, from TOML's own message.

    ``keys`` are those that such a file may have, ``switches`` those of them that are true or false.
    """
    place = _AT.search(message)
    rows = text.split("\n")
    line = min(int(place[1]) if place and place[1] else len(rows), len(rows))
    bare = _AT.sub("", message)
    if not inside(_row(rows[line - 1], bare)):
        line = _opened_on(rows, line, bare)
    row = replace(_row(rows[line - 1], bare), keys=keys, switches=switches)
    if "overwrite" in bare or "twice" in bare or "Duplicate" in bare:
        return _twice(rows, line, row)
    for look in LOOKS:
        answer = look(row)
        if answer:
            return Advice(line, *answer)
    return Advice(
        line,
        f"this can't be read: {short(row.text)}",
        f"TOML says: {bare}.",
        "the line as it stands in a file of this kind that can be read",
    )


def _row(text: str, message: str) -> Row:
    key, equals, value = (part.strip() for part in text.strip().partition("="))
    if value[:1] not in ("\"'") and " #" in value:
        value = value.partition(" #")[0].strip()
    return Row(text.strip(), key, equals, value, message)


def _opened_on(rows: list[str], line: int, message: str) -> int:
    """Return the line on which a list or a long text was opened that is never closed."""
    for is_about, is_it in _OPENINGS:
        numbers = [n for n in range(line, 0, -1) if is_it(rows[n - 1])] if is_about(message) else []
        if numbers:
            return numbers[0]
    written = [number for number in range(1, line + 1) if rows[number - 1].strip()]
    return max(written, default=1)


def _opens_list(row: str) -> bool:
    return re.match(r"\s*[\w-]+\s*=\s*[\[{]", row) is not None


def _opens_words(row: str) -> bool:
    """True for a line whose words begin with a single quote that is never closed."""
    value = row.partition("=")[2].strip()
    return value.startswith("'") and value.count("'") == 1


_OPENINGS = (
    (lambda said: "array" in said or "Unclosed" in said, _opens_list),
    (
        lambda said: "Unterminated" in said or "end of document" in said,
        lambda row: '"""' in row or "'''" in row,
    ),
    (lambda said: said.startswith('Expected "\'"'), _opens_words),
)


def _twice(rows: list[str], line: int, row: Row) -> Advice:
    before = next(_same(rows, line, row), None)
    first = f", first on line {before}" if before else ""
    if row.equals:
        return Advice(
            line,
            f"{row.key} stands twice in one part{first}",
            "Each key stands once in its part.",
            f"one line {row.start}…; another part needs its heading",
        )
    name = row.text.partition("#")[0].strip("[] ")
    single = next(
        (
            number
            for number in range(line - 1, 0, -1)
            if rows[number - 1].partition("#")[0].strip() == f"[{name}]"
        ),
        0,
    )
    if single and row.text.startswith("[["):
        return Advice(
            single,
            f"the heading [{name}] has single brackets",
            "What may stand several times has double ones.",
            f"[[{name}]]",
        )
    return Advice(
        line,
        f"{row.text} stands twice{first}",
        "Such a part stands once.",
        f"the lines below it, moved below the first [{name}]",
    )


def _same(rows: list[str], line: int, row: Row) -> Iterator[int]:
    for number in range(line - 1, 0, -1):
        other = rows[number - 1].strip()
        if row.equals and other.startswith("["):
            return
        if (other.partition("=")[0].strip() if row.equals else other) == (
            row.key if row.equals else row.text
        ):
            yield number
