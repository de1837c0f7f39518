"""From a file that somebody typed to a record, each mistake with its line and what to write."""

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from darlington_analysis import plain_toml
from darlington_analysis.agreements.complaints import complaint, place
from darlington_analysis.agreements.lines import Path as Where
from darlington_analysis.agreements.lines import key_lines, line_of
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.errors import AgreementError
from darlington_analysis.project import Project

DATE = "a day is written year-month-day, without quotes: 2026-11-22"
_AT = re.compile(r" ?\(at line (\d+), column \d+\)| ?\(at end of document\)")


@dataclass(frozen=True)
class Read:
    """A record as it was read: its file, the file's text, and the line of every key."""

    record: Agreement
    path: Path
    text: str
    lines: dict[Where, int]

    def line(self, where: Where) -> int:
        """Return the line of a place in the record."""
        return line_of(where, self.lines)


def read(path: Path) -> Read:
    """Read one record. Raises AgreementError for the first mistake in it."""
    found, faults = try_to_read(path)
    if faults:
        raise faults[0]
    return found


def try_to_read(path: Path) -> tuple[Read | None, list[AgreementError]]:
    """Return the record, or None and every mistake that stands in its way."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError:
        return None, [_missing(path)]
    except UnicodeDecodeError as fault:
        return None, [_not_utf8(path, fault)]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")  # as some editors save it
    try:
        parsed = plain_toml.loads(text)
    except ValueError as fault:
        return None, [_not_toml(path, text, str(fault))]
    lines = key_lines(text)
    try:
        return Read(Agreement(**parsed), path, text, lines), []
    except ValidationError as fault:
        problems = {place(each["loc"]): each for each in reversed(fault.errors(include_url=False))}
        said = [_wrong(path, lines, where, each) for where, each in problems.items()]
        return None, said[::-1]


def parse(text: str) -> Agreement:
    """Return a record from text that was a valid one when it was signed."""
    return Agreement(**plain_toml.loads(text))


def shown(path: Path) -> str:
    """Return a file as a person would look for it: its last folders and its name."""
    return "/".join(path.parts[-3:])


def paths(project: Project) -> list[Path]:
    """Return the files of every record, in the order of their names."""
    return sorted(project.agreements.glob("*.toml"))


def at(path: Path, line: int, what: str, expected: str, try_: str) -> AgreementError:
    """Return a mistake at a line of a file."""
    return AgreementError(f"{shown(path)}, line {line}: {what}", expected, try_)


def _missing(path: Path) -> AgreementError:
    return AgreementError(
        f"{shown(path)}, line 0: there is no such record",
        "A record is a file in data/agreements, named after its ward.",
        f"python -m darlington_analysis agreement new {path.stem}",
    )


def _not_utf8(path: Path, fault: UnicodeDecodeError) -> AgreementError:
    line = fault.object.count(b"\n", 0, fault.start) + 1
    column = fault.start - fault.object.rfind(b"\n", 0, fault.start)
    return at(
        path, line, f"a letter that is not UTF-8, at column {column}",
        "A record is text in UTF-8; an old Windows editor writes é, £ and ’ in another way.",
        "save the file again as UTF-8 (in Notepad: Save as, Encoding, UTF-8)",
    )  # fmt: skip


def _not_toml(path: Path, text: str, message: str) -> AgreementError:
    place = _AT.search(message)
    rows = text.splitlines() or [""]
    line = min(int(place[1]) if place and place[1] else len(rows), len(rows))
    row = rows[line - 1].strip()
    expected, try_ = _hint(row, _AT.sub("", message))
    return at(path, line, f"this can't be read: {row[:60]}", expected, try_)


def _hint(row: str, message: str) -> tuple[str, str]:
    """Return what was expected on a row that is not TOML, and what to write there."""
    key, equals, value = (part.strip() for part in row.partition("="))
    if equals and value.endswith("]") and not value.startswith("["):
        return "A list stands between square brackets.", f"{key} = [{value[:40].rstrip(']')}]"
    if equals and re.fullmatch(r"\d+[-./ ]\d+[-./ ]\d+", value):
        return f"There, {DATE}.", f"{key} = 2026-11-22, with the right day"
    if equals and value.count('"') % 2 == 1:
        return "Quotes open and close on one line.", f'{key} = "{value.strip(chr(34))[:40]}"'
    if equals and value and value[0] not in "\"'[{":
        return "Words stand between straight quotes.", f'{key} = "{value[:40]}"'
    if message.startswith("Cannot overwrite") or "twice" in message:
        return "Each key stands once in its part.", f"leave one of the lines that begin with {key}"
    if not equals and not row.startswith("["):
        return 'Every line is a heading, a comment after #, or key = "words".', \
            f'# {row[:40]}   (a comment), or key = "{row[:40]}"'  # fmt: skip
    return (
        f"TOML says: {message}.",
        "look at this line and the one above it",
    )


def _wrong(path: Path, lines: dict[Where, int], where: Where, problem: dict) -> AgreementError:
    said = complaint(where, problem)
    return at(path, line_of(where, lines), *said)
