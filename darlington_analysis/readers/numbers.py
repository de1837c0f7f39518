"""Numbers as published files write and show them, and the marks that stand where no number is."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
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
    match = _NUMBER.fullmatch(plain(text))
    if not match or not (match["digits"] or match["rest"]):
        return None
    digits = (match["digits"] or "0").replace(",", "").replace(" ", "")
    value = float(digits + (match["rest"] or "") + (match["power"] or ""))
    if value in (float("inf"), float("-inf")):
        return None
    return -value if match["sign"] in ("-", "\u2212", "\u2013") else value


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
    match = _MARKED.fullmatch(plain(text))
    value = number(match["number"]) if match else None
    return None if value is None else (value, match["mark"])


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


_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[eE][+-]|[Gg]eneral|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_TESTS = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}


def shown(value: float, code: str) -> str | None:
    """Return a number with the words and signs that its format puts around it, at full precision;
    None where the format shows no digits of it, or those of another number.

    >>> shown(0.243, "0.0%"), shown(3, '[<5]"*";0'), shown(12, '0"*"'), shown(2, ";;;")
    ('24.3%', None, '12*', None)
    """
    before, after, digits, scale, is_negative = _section(value, code)
    if value == 0 and not digits.strip("?") and (before + after).strip(" -\u2013") == "":
        return "0" if "?" in digits else (before + after).strip()  # nothing, or a dash for it
    if not digits or scale < 0:
        return None
    number = Decimal(repr(value)) * Decimal(100) ** scale
    if is_negative:
        number = abs(number)
        if not re.search(r"[-\u2013\u2212(]", before):
            return None  # less than nothing, shown without a sign
        before, after = before.replace("(", "-"), after.replace(")", "")
    elif re.fullmatch(r"[\s£$€]*[-\u2013\u2212(]\s*", before):
        return None  # more than nothing, shown with a sign
    text = format(number.normalize(), "f")
    return f"{before.strip()}{text}{after.rstrip()}".strip() + "%" * (scale > 0)


def _section(value: float, code: str) -> tuple[str, str, str, int, bool]:
    """Return what the part of a format for a number puts before and behind it, its signs for
    digits, by how many hundreds it multiplies (-1: by a thousandth), and whether it drops the sign.
    """
    parts = [part for part in _parts(code) if "@" not in part] or [["General"]]
    conditions = [
        _CONDITION.search("".join(token for token in part if token[0] == "[")) for part in parts
    ]
    if any(conditions):
        fits = [
            at
            for at, test in enumerate(conditions)
            if test is None or _TESTS[test[1]](value, float(test[2]))
        ]
        at = fits[0] if fits else len(parts) - 1
        return (*_measured(parts[at]), False)
    at = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    return (*_measured(parts[at]), at == 1)


@cache
def _parts(code: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _measured(tokens: list[str]) -> tuple[str, str, str, int]:
    before, after, digits, commas, scale = "", "", "", 0, 0
    for token in tokens:
        if token[0] in "0#?" or token.lower() == "general":
            digits, commas = digits + token, 0
        elif token == "," and digits:
            commas += 1
        elif token == "%":
            scale += 1
        elif token[0] in "._*/" or (token[0] in "eE" and len(token) == 2):
            continue  # a point, a space, the stroke of a fraction, a power of ten
        else:
            words = _literal(token)
            before, after = (before, after + words) if digits else (before + words, after)
    return before, after, digits, -1 if commas else scale


def _literal(token: str) -> str:
    if token[0] == "[":  # a colour, a condition, or a currency such as [$£-809]
        return token[2:-1].split("-")[0] if token.startswith("[$") else ""
    return token[1:-1] if token[0] == '"' else token[1:] if token[0] == "\\" else token


def is_plain(code: str) -> bool:
    """True for a format that shows every number as it is, give or take rounding."""
    return (
        all(
            _measured(part)[:2] == ("", "") and _measured(part)[2] and _measured(part)[3] == 0
            for part in _parts(code)
        )
        and len(_parts(code)) == 1
    )


def hides_words(code: str) -> bool:
    """True for a format whose fourth part, which is for words, shows nothing."""
    parts = _parts(code)
    return len(parts) > 3 and "@" not in parts[3]


def text_as_shown(value: float, text: str) -> str | None:
    """Return the text that an OpenDocument cell shows, None where it is that of another number."""
    match = re.search(r"\d[\d,\u00a0\u202f ]*(?:\.\d+)?(?:E[+-]?\d+)?|\.\d+", text)
    if not match:
        return "0" if value == 0 and text.strip() in ("-", "\u2013") else None
    digits = re.sub(r"[,\s\u00a0\u202f]", "", match[0])
    is_percent = "%" in text[match.end() :]
    exact = Decimal(repr(abs(value))) * (100 if is_percent else 1)
    step = Decimal(1).scaleb(Decimal(digits).as_tuple().exponent)
    if abs(exact - Decimal(digits)) > step:
        return None
    before, after = text[: match.start()], text[match.end() :]
    if value < 0 and not re.search(r"[-\u2212\u2013(]", before):
        return None  # less than nothing, shown without a sign
    if value < 0 and "(" in before:
        before, after = before.replace("(", "-"), after.replace(")", "")
    return before + format(exact.normalize(), "f") + after
