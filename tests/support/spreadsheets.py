"""What a spreadsheet makes of the cells of a text table: a model of Excel's rules, and LibreOffice."""

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from python_calamine import load_workbook

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SEPARATED = re.compile(r"(\d{1,4})([-/])(\d{1,4})(?:\2(\d{1,4}))?")
_NAMED = re.compile(r"(?:(\d{1,4})[-/ ]?)?([a-z]{3,9})[-/ ,]*(\d{1,4})?")
_NUMBER = re.compile(r"[-+]?[£$€]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:e[-+]?\d+)?%?")
# Excel opens a text table so by a double click; LibreOffice where “detect special numbers” is set.
_AS_EXCEL = "CSV:44,34,76,1,,0,false,true"


def kind_in_excel(cell: str) -> str:
    """Return what Excel takes a cell for: text, number, another number, day, period, time, formula
    or true or false. A “period” is a day that nobody wrote, such as 1 July 2006 for 2006/07.
    """
    text = cell.strip().lower()
    if text in ("true", "false"):
        return text
    if _is_number(text):
        return "number" if _stays(text) else "another number"
    if text[:1] in ("=", "+", "-", "@"):
        return "formula"
    if re.fullmatch(r"\(\d[\d,.]*\)|\d+ \d+/\d+", text):
        return "another number"
    if re.fullmatch(r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?", text):
        return "time"
    return _day_or_text(text)


def _is_number(text: str) -> bool:
    mantissa = text.partition("e")[0]
    has_digit = any(letter.isdigit() for letter in mantissa)
    return has_digit and _NUMBER.fullmatch(text) is not None


def _stays(text: str) -> bool:
    digits = re.sub(r"\D", "", text.partition(".")[0])
    is_padded = len(digits) > 1 and digits.startswith("0")
    return "e" not in text and not is_padded and len(digits) <= 15


def _day_or_text(text: str) -> str:
    if match := _SEPARATED.fullmatch(text):
        numbers = [int(part) for part in match.groups() if part and part.isdigit()]
        if len(numbers) == 3 and len(match[1]) == 4:
            return "day" if 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31 else "text"
        return "period" if any(1 <= number <= 12 for number in numbers) else "text"
    match = _NAMED.fullmatch(text)
    is_month = match and match[2][:3] in _MONTHS and (match[1] or match[3])
    return "period" if is_month else "text"


def refuse_changed(path: Path, beside: Path) -> None:
    """Assert that a published table holds in Excel and in LibreOffice what is written in it."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    kinds = {cell: kind_in_excel(cell) for row in rows for cell in row}
    changed = {cell: kind for cell, kind in kinds.items() if kind in CHANGED}
    assert not changed, f"Excel changes {changed}"
    shown = in_libreoffice(path, beside)
    differing = [pair for pair in zip(rows, shown, strict=True) if pair[0] != pair[1]]
    assert not differing, f"LibreOffice changes {differing[:3]}"


CHANGED = ("another number", "period", "time", "formula")


def in_libreoffice(path: Path, beside: Path) -> list[list[str]]:
    """Return the cells as LibreOffice holds them, numbers and days as they were written."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    options = [
        "--headless",
        f"-env:UserInstallation=file://{beside}/office",
        "--convert-to",
        "xlsx",
    ]
    command = [office, *options, f"--infilter={_AS_EXCEL}", "--outdir", str(beside), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    held = load_workbook(beside / f"{path.stem}.xlsx").get_sheet_by_index(0).to_python()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        written = list(csv.reader(lines))
    return [
        [_as_written(value, cell) for value, cell in zip(values, row, strict=False)]
        for values, row in zip(held, written, strict=True)
    ]


def _as_written(value, cell: str) -> str:
    """Return a cell as it was written, where the value is that number, that day or that text."""
    if isinstance(value, bool):
        return str(value) if str(value).upper() == cell.upper() else f"{value!r}"
    if isinstance(value, (int, float)):
        is_same = _is_number(cell) and float(value) == pytest.approx(float(cell), rel=1e-14)
        return cell if is_same else f"{value!r}"
    if hasattr(value, "isoformat"):
        return cell if value.isoformat()[:10] == cell else f"{value!r}"
    return value or ""
