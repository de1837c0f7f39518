"""Every core requirement: where it lives and the test that fails without it, checked."""

import ast
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.errors import UsageError
from darlington_analysis.project import Project

TABLE, WRITTEN = "tests/requirements.toml", "docs/requirements.md"
_TEST = re.compile(r"(?P<file>tests/[\w/]+\.py)::(?P<name>test_\w+)(?:\[(?P<case>[\w-]+)\])?")


@dataclass(frozen=True)
class Row:
    """One core requirement: its number, what it asks, its code, its page and its test."""

    id: int
    asks: str
    code: str
    reader: str
    test: str


def rows(project: Project) -> tuple[Row, ...]:
    """Return every row of the table, in order. Raises UsageError where it can't be read."""
    path = project.root / TABLE
    try:
        told = tomllib.loads(path.read_text("utf-8"))["row"]
        return tuple(Row(**each) for each in told)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise UsageError(
            f"{TABLE} can't be read: {fault}", "[[row]] with id, asks, code, reader, test.",
            f"git diff {TABLE}",
        ) from fault  # fmt: skip


def faults(project: Project, found: tuple[Row, ...]) -> list[str]:
    """Return what is named in the table and does not exist: code, names in it, tests, cases."""
    twice = {each.id for each in found if [one.id for one in found].count(each.id) > 1}
    said = [f"R{number} stands twice" for number in sorted(twice)]
    for each in found:
        said += [f"R{each.id}: {fault}" for fault in _code_faults(project, each.code)]
        said += [f"R{each.id}: {fault}" for fault in test_faults(project, each.test)]
    return said


def run(project: Project, found: tuple[Row, ...]) -> list[str]:
    """Run every test the table names; return those that failed, could not run or were skipped.

    A test that is skipped shows nothing, so it does not count as passed.
    """
    named = sorted({each.test for each in found})
    command = [sys.executable, "-m", "pytest", "-q", "-rfEs", "-p", "no:cacheprovider", *named]
    ran = subprocess.run(command, cwd=project.root, capture_output=True, text=True)
    said = [line for line in ran.stdout.splitlines()
            if line.startswith(("FAILED ", "ERROR ", "SKIPPED "))]  # fmt: skip
    if ran.returncode and not said:
        said = [f"The tests could not be run: {(ran.stderr or ran.stdout).strip()[-200:]}"]
    return said


def markdown(found: tuple[Row, ...]) -> str:
    """Return the table as a page."""
    lines = [
        "# Core requirements", "",
        f"Made by `python -m darlington_analysis requirements` from `{TABLE}`. {len(found)} rows.",
        "", "| R | asks | code | reader meets it | test |", "|---|---|---|---|---|",
        *(f"| {each.id} | {each.asks} | `{each.code}` | {each.reader} | `{_short(each.test)}` |"
          for each in found), "",
    ]  # fmt: skip
    return "\n".join(lines)


def _short(test: str) -> str:
    return test.removeprefix("tests/")


def _code_faults(project: Project, code: str) -> list[str]:
    file, _, name = code.partition("::")
    path = project.root / "darlington_analysis" / file
    if not path.is_file():
        return [f"no such file: darlington_analysis/{file}"]
    return [] if not name or name in _names(path) else [f"no {name} in {file}"]


def test_faults(project: Project, test: str) -> list[str]:
    """Return why a test of this name, with its case, does not exist; nothing where it does."""
    parts = _TEST.fullmatch(test)
    if not parts:
        return [f"not the name of a test: {test}"]
    path = project.root / parts["file"]
    if not path.is_file() or parts["name"] not in _names(path):
        return [f"no such test: {test}"]
    case = parts["case"]
    return [f"no such case: {test}"] if case and case not in _texts(path) else []


def _names(path: Path) -> set[str]:
    body = ast.parse(path.read_text("utf-8")).body
    return {each.name for each in body if isinstance(each, ast.FunctionDef | ast.ClassDef)}


def _texts(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    return {each.value for each in tree if isinstance(each, ast.Constant)}
