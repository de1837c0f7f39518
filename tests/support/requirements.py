"""Which test shows which requirement, from markers on tests; a plugin of pytest that writes pages.

`pytest --requirements` runs the tests marked `requirement` alone, and writes `docs/requirements.md`
and `docs/accessibility.md` when all of them pass. With `--collect-only` it runs nothing and writes
the pages from the names alone. A skipped test shows nothing, so it counts as failed here.
"""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

REQUIREMENTS, ACCESSIBILITY = "requirement", "accessibility"
TABLES = {REQUIREMENTS: "tests/requirements.toml", ACCESSIBILITY: "tests/accessibility.toml"}
PAGES = {REQUIREMENTS: "docs/requirements.md", ACCESSIBILITY: "docs/accessibility.md"}
FIELDS = {
    REQUIREMENTS: {"id", "asks", "code", "reader", "proof"},
    ACCESSIBILITY: {"id", "asks", "edition", "person"},
}
PROOFS = {
    "stops": "the wrong thing is stopped",
    "asks": "it is asked about; signing goes on",
    "shows": "it is shown",
}
HOW_MANY_CHECKS = 47

Rows = list[dict[str, str | int]]
Shown = dict[int, list[str]]


def rows(root: Path, marker: str) -> Rows:
    """Return the rows of a marker's table, in order. Raises pytest.UsageError if one is incomplete.

    A requirement has an id, what it asks, its code, where a reader meets it, and what its tests
    prove: that the wrong thing is stopped, is asked about, or only that it is shown. A check of
    accessibility has an id, what it asks, its name in an edition's inspection, and what is left to
    a person.
    """
    table = tomllib.loads((root / TABLES[marker]).read_text("utf-8"))["row"]
    for row in table:
        if set(row) != FIELDS[marker] or row.get("proof", "shows") not in PROOFS:
            raise pytest.UsageError(f"{TABLES[marker]}: {row} does not have {FIELDS[marker]}")
    return table


def shown_by(items: Iterable[pytest.Item], marker: str) -> Shown:
    """Return the tests that show each number, without a case where every case shows it."""
    shown: dict[int, set[str]] = {}
    for item in items:
        for node, mark in item.iter_markers_with_node(marker):
            of_function = mark in getattr(item.function, "pytestmark", [])
            name = item.nodeid.partition("[")[0] if of_function else node.nodeid
            for number in mark.args:
                shown.setdefault(number, set()).add(name.removeprefix("tests/"))
    return {number: sorted(names) for number, names in shown.items()}


def requirement_faults(root: Path, table: Rows, shown: Shown) -> list[str]:
    """Return what is wrong with the requirements: numbers, code that does not exist, no test."""
    faults = _number_faults(table, shown)
    faults += [
        f"{row['id']}: no test is marked requirement({row['id']})"
        for row in table
        if row["id"] not in shown
    ]
    return faults + [
        f"{row['id']}: {fault}" for row in table for fault in code_faults(root, str(row["code"]))
    ]


def accessibility_faults(table: Rows, shown: Shown, inspected: Iterable[str]) -> list[str]:
    """Return what is wrong with the checks: a number is missing, or no one makes the check.

    ``inspected``: the names of the checks that an inspection of an edition makes.
    """
    faults = _number_faults(table, shown)
    if [row["id"] for row in table] != list(range(1, HOW_MANY_CHECKS + 1)):
        faults.append(f"not the numbers 1 to {HOW_MANY_CHECKS}")
    for row in table:
        if row["edition"] and row["edition"] not in inspected:
            faults.append(f"{row['id']}: no such check of an edition: {row['edition']}")
        if not (row["id"] in shown or row["edition"] or row["person"]):
            faults.append(f"{row['id']}: no test, no inspection and no person checks it")
    return faults


def _number_faults(table: Rows, shown: Shown) -> list[str]:
    times = Counter(row["id"] for row in table)
    faults = [f"{number} is in the table more than once" for number in times if times[number] > 1]
    for number in sorted(set(shown) - set(times)):
        faults.append(f"{', '.join(shown[number])} is marked {number}, which is in no table")
    return faults


def code_faults(root: Path, code: str) -> list[str]:
    """Return why code does not exist: a module of the library, or a name at its top level."""
    module, name = code, ""
    while module and not (path := _file(root, module)):
        module, _, last = module.rpartition(".")
        name = f"{last}.{name}" if name else last
    if not module:
        return [f"no such module: {code}"]
    return [] if not name or name in _names(path) else [f"no {name} in {module}"]


def _file(root: Path, module: str) -> Path | None:
    path = root / module.replace(".", "/")
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def _names(path: Path) -> set[str]:
    body = ast.parse(path.read_text("utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def requirements_page(table: Rows, shown: Shown) -> str:
    """Return the table of requirements as a page."""
    return _page(
        [
            "# Core requirements",
            "",
            f"Made by `make requirements` from `{TABLES[REQUIREMENTS]}` and the markers on tests. "
            f"{len(table)} rows. {_proofs(table)}",
        ],
        ("R", "asks", "what its tests prove", "code", "reader meets it", "test"),
        (
            (
                row["id"],
                row["asks"],
                PROOFS[row["proof"]],
                f"`{row['code']}`",
                row["reader"],
                _tests(row, shown),
            )
            for row in table
        ),
    )


def _proofs(table: Rows) -> str:
    """Return of how many rows a test proves what."""
    times = Counter(row["proof"] for row in table)
    return (
        f"Of {times['stops']} a test shows that the wrong thing is stopped; of {times['asks']} that "
        f"it is asked about, and signing goes on; of {times['shows']} only that it is shown."
    )


def accessibility_page(table: Rows, shown: Shown) -> str:
    """Return the table of checks of accessibility as a page."""
    machine = [row for row in table if row["id"] in shown or row["edition"]]
    alone = sum(not row["person"] for row in machine)
    return _page(
        [
            "# Who checks accessibility",
            "",
            f"Made by `make requirements` from `{TABLES[ACCESSIBILITY]}` and the markers on tests. "
            f"{len(table)} checks: a machine makes {len(machine)} of them, {alone} of those alone. "
            "No person has made the checks that are left to a person.",
        ],
        ("", "asks", "test", "on every page (`make accessibility`)", "a person"),
        (
            (row["id"], row["asks"], _tests(row, shown), row["edition"], row["person"])
            for row in table
        ),
    )


def _page(top: list[str], heads: tuple, lines: Iterable[tuple]) -> str:
    cells = [heads, ["---"] * len(heads), *lines]
    table = ["|" + "|".join(f" {cell} " for cell in line) + "|" for line in cells]
    table[1] = "|" + "---|" * len(heads)
    return "\n".join([*top, "", *table, ""])


def _tests(row: dict, shown: Shown) -> str:
    return ", ".join(f"`{name}`" for name in shown.get(row["id"], []))


def checked_pages(root: Path, items: list[pytest.Item], inspected: Iterable[str]) -> dict[str, str]:
    """Return both pages by their paths. Raises pytest.UsageError with everything that is wrong."""
    asked = rows(root, REQUIREMENTS), shown_by(items, REQUIREMENTS)
    checked = rows(root, ACCESSIBILITY), shown_by(items, ACCESSIBILITY)
    if faults := requirement_faults(root, *asked) + accessibility_faults(*checked, inspected):
        raise pytest.UsageError("\n".join(faults))
    return {
        PAGES[REQUIREMENTS]: requirements_page(*asked),
        PAGES[ACCESSIBILITY]: accessibility_page(*checked),
    }


class Runner:
    """Runs the marked tests alone, and writes the pages when every one of them has passed."""

    def __init__(self, config: pytest.Config, inspected: Iterable[str]):
        self.config, self.inspected = config, inspected
        self.pages: dict[str, str] = {}
        self.not_passed: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Check both tables, and leave out every test that shows no requirement."""
        self.pages = checked_pages(self.config.rootpath, items, self.inspected)
        marked = [item for item in items if item.get_closest_marker(REQUIREMENTS)]
        self.config.hook.pytest_deselected(items=[item for item in items if item not in marked])
        items[:] = marked

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember what failed or was skipped."""
        if not report.passed:
            self.not_passed.append(f"{report.outcome}: {report.nodeid}")

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the pages; where a marked test did not pass, fail the run instead."""
        if exitstatus or self.not_passed:
            session.exitstatus = exitstatus or pytest.ExitCode.TESTS_FAILED
            self.pages = {}
        for path, text in self.pages.items():
            (session.config.rootpath / path).write_text(text, "utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what did not pass, or which pages were written."""
        for line in [*self.not_passed, *self.pages]:
            terminalreporter.write_line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs the marked tests and writes the pages."""
    parser.addoption(
        "--requirements",
        action="store_true",
        help="run the tests marked “requirement” alone; write docs/requirements.md and its fellow",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers, and register the runner where it is asked for."""
    config.addinivalue_line("markers", "requirement(n, ...): shows these core requirements")
    config.addinivalue_line("markers", "accessibility(n, ...): makes these checks of accessibility")
    if config.getoption("requirements"):
        from scripts.accessibility.inspection import LOOKS

        config.pluginmanager.register(Runner(config, LOOKS), "requirements-runner")
