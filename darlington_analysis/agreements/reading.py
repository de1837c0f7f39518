"""From a file that somebody typed to a record, each mistake with its line and what to write."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from darlington_analysis import plain_toml
from darlington_analysis.agreements import files
from darlington_analysis.agreements.broken import advice
from darlington_analysis.agreements.complaints import complaint, place
from darlington_analysis.agreements.files import at, shown
from darlington_analysis.agreements.lines import Path as Where
from darlington_analysis.agreements.lines import key_lines, line_of
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.errors import AgreementError
from darlington_analysis.project import Project

__all__ = ["Read", "at", "parse", "paths", "read", "shown", "try_to_read"]


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
        text = files.text_of(path)
        parsed = plain_toml.loads(text)
    except AgreementError as fault:
        return None, [fault]
    except tomllib.TOMLDecodeError as fault:
        told = advice(text, str(fault))
        return None, [at(path, told.line, told.what, told.expected, told.write)]
    except ValueError as fault:
        return None, [
            at(
                path,
                1,
                f"this can't be read: {fault}",
                "A record as central.toml is.",
                "begin again from: python -m darlington_analysis agreement new",
            )
        ]
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


def paths(project: Project) -> list[Path]:
    """Return the files of every record, in the order of their names."""
    return sorted(project.agreements.glob("*.toml"))


def _wrong(path: Path, lines: dict[Where, int], where: Where, problem: dict) -> AgreementError:
    said = complaint(where, problem)
    return at(path, line_of(where, lines), *said)
