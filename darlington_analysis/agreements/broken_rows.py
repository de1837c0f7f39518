"""The ways a line of a record can be no TOML, each with what was expected and what to write.

Every look takes a line and returns three short texts, or None where the line has not that fault.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import process

from darlington_analysis.agreements import form
from darlington_analysis.agreements.days import as_day, impossible, no_such_day

_CURLY = "“”„‟«»‘’‚`´"
_INVISIBLE = re.compile("[\u00a0\u2007\u202f\u200b-\u200f\u2028\u2029\ufeff]")
_MOST, _WRITTEN = 60, 160
QUOTES = "\"'"
Told = tuple[str, str, str] | None


@dataclass(frozen=True)
class Row:
    """The line TOML stumbled over, in its parts; ``value`` is without its comment."""

    text: str
    key: str
    equals: str
    value: str
    message: str

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
    return ("a space that can't be seen, as Word and web pages have them, stands here",
            "Ordinary spaces alone.", _INVISIBLE.sub(" ", row.text)[:_WRITTEN].strip())  # fmt: skip


def _heading(row: Row) -> Told:
    found = re.fullmatch(r"([\[({<]*)\s*([\w. -]+?)\s*([\])}>]*)\s*(#.*)?", row.text)
    if row.equals or not found or not (found[1] or found[3]):
        return None
    deep = 2 if "[[" in found[1] or "]]" in found[3] else 1
    name = found[2].strip().replace(" ", "_").lower()
    return (f"a heading that is not closed as it was opened: {short(row.text)}",
            "A heading stands between square brackets: [one], or [[one of several]].",
            f"{'[' * deep}{name}{']' * deep}")  # fmt: skip


def _no_equals(row: Row) -> Told:
    if row.equals or not row.text:
        return None
    found = re.fullmatch(r"([A-Za-z_-]+)\s*[:\s]\s*([\"'\d\[].*)", row.text)
    if found:
        return (f"there is no = after {found[1]}", 'A line is key = "words".',
                f"{found[1]} = {found[2]}"[:_WRITTEN])  # fmt: skip
    bare = row.text.lstrip("/-*•").strip().replace('"', "")[:40]
    return (f"this stands on a line of its own: {short(row.text)}",
            'Every line is a heading, a comment after #, or key = "words".',
            f'words = "{bare}"; or # {bare}, which nobody is shown')  # fmt: skip


def _no_value(row: Row) -> Told:
    if not row.equals or row.value and not row.value.startswith("#"):
        return None
    return (f"nothing stands after {row.key} =", "Words between quotes, or # in front.",
            f'{row.key} = "…", or # {row.key} =')  # fmt: skip


def _curly(row: Row) -> Told:
    first = row.value.lstrip("[ ")[:1]
    if not first or first not in _CURLY:
        return None
    ends = rf"(^|[\[,]\s*)[{_CURLY}]+|[{_CURLY}]+(?=\s*($|[\],]))"
    straight = re.sub(ends, lambda each: f'{each[1] or ""}"', row.value.rstrip('"'))
    straight += '"' if straight.count('"') % 2 else ""
    return ("quotes that are curly, as Word makes them",
            'Straight quotes, ", round the words; Notepad types them.',
            f"{row.start}{straight}"[:_WRITTEN])  # fmt: skip


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
    return (f"this can't be read: {short(row.text)}",
            "Between { and }: key = answer, key = answer. Numbers with a point, days 2026-11-22.",
            mended[:_WRITTEN])  # fmt: skip


def _mended_day(text: str) -> str:
    return impossible(text) or as_day(text) or text


def _day(row: Row) -> Told:
    value = row.value.strip(QUOTES)
    if impossible(value):
        return (f"there is no such day: {value}", no_such_day(value), row.start + impossible(value))
    day = as_day(value)
    if not day and not re.fullmatch(r"\d+[-./ ]\d+[-./ ]\d+", value):
        return None
    return (f"this is not how a day is written: {row.value}",
            "A day is written year-month-day, without quotes: 2026-11-22.",
            row.start + (day or "2026-11-22, with the right day"))  # fmt: skip


def _list(row: Row) -> Told:
    value = row.value
    if re.search(r"\"\s+\"", value) and value.startswith("["):
        return ("two things of a list stand side by side without a comma",
                "A comma stands between the things of a list.",
                row.start + re.sub(r"\"\s+\"", '", "', value)[:_WRITTEN])  # fmt: skip
    if value.startswith(("[", "{")) and value.count("[") + value.count("{") > (
        value.count("]") + value.count("}")
    ):
        close = "]" if value[0] == "[" else " }"
        return (f"the list that begins here is never closed: {row.key}",
                "A list stands between square brackets, { and } are a pair as well.",
                f"{row.start}{short(value.rstrip(','))}{close}")  # fmt: skip
    if value.endswith("]") and not value.startswith("["):
        return (f"the list has no bracket at its start: {row.key}",
                "A list stands between square brackets.",
                f"{row.start}[{short(value)}")  # fmt: skip
    return None


def _quotes(row: Row) -> Told:
    value, inner = row.value or " ", row.value[1:-1]
    if "\\" in value and '"' in value:
        return ("a stroke that leans back, \\, stands in the words", "Words without \\.",
                row.start + value.replace("\\", "/")[:_WRITTEN])  # fmt: skip
    if len(value) > 1 and value[0] == value[-1] == '"' and '"' in inner:
        opened = re.sub(r'"([^"]*)"', r"“\1”", inner).replace('"', "”")
        return ("quotes stand inside the words, so that the words end too early",
                "Inside words, curly quotes or none.",
                f'{row.start}"{opened[:_WRITTEN]}"')  # fmt: skip
    if any(value.count(mark) % 2 for mark in ('"', "'") if mark in (value[0], value[-1])):
        return ("a quote is missing", "Quotes open and close on one line.",
                f'{row.start}"{value.strip(QUOTES)[:_WRITTEN]}"')  # fmt: skip
    if value[:1] == '"' and not value.endswith('"'):
        whole, _, rest = value[1:].partition('"')
        return (f"something stands after the words: {short(rest.strip())}",
                "After the words nothing, or a comment after #.",
                f'{row.start}"{short(f"{whole}{rest}")}"')  # fmt: skip
    return None


def _plain(row: Row) -> Told:
    value = row.value
    if value.lower() in ("true", "false", "yes", "no"):
        right = "true" if value.lower() in ("true", "yes") else "false"
        right = right if form.is_switch(row.key) else f'"{value.lower()}"'
        return (f"{row.key} can't be {value}, as it stands here",
                "true or false in small letters; the words yes and no stand between quotes.",
                f"{row.start}{right}")  # fmt: skip
    number = re.fullmatch(r"[£]?\s*([\d,. ]*\d)\s*%?", value)
    if number:
        right = number[1].replace(" ", "")
        is_decimal = re.fullmatch(r"\d+,\d{1,2}", right)
        right = right.replace(",", "." if is_decimal else "")
        return (f"this is not how a number is written: {value}",
                "A number is figures and a point: no comma, space, % or £.",
                f"{row.start}{right.lstrip('0') or '0'}")  # fmt: skip
    if value and value[0] not in "\"'[{":
        return (f"words without quotes: {short(value)}", "Words stand between straight quotes.",
                f'{row.start}"{short(value)}"')  # fmt: skip
    return None


def _key(row: Row) -> Told:
    if re.fullmatch(r"[A-Za-z0-9_-]+", row.key) or not row.equals:
        return None
    right = re.sub(r"\W+", "_", row.key.strip(_CURLY + "\"'-*• ")).strip("_").lower()
    near = process.extractOne(right, list(form.homes()), score_cutoff=70)
    right = near[0] if near else right
    return (f"a key can't be {short(row.key)}", "A key is small letters and _, with no spaces.",
            f"{right} = {row.value[:_WRITTEN]}")  # fmt: skip


LOOKS: tuple[Callable[[Row], Told], ...] = (
    _invisible, inside, _heading, _no_equals, _key, _no_value, _curly, _day, _list, _quotes,
    _plain,
)  # fmt: skip
