"""Every check of accessibility: the test that makes it, the look that makes it, what is left."""

import tomllib
from dataclasses import dataclass

from darlington_analysis.errors import UsageError
from darlington_analysis.project import Project
from darlington_analysis.publishing import accessibility, requirements

TABLE, WRITTEN = "tests/accessibility.toml", "docs/accessibility.md"
HOW_MANY = 47


@dataclass(frozen=True)
class Row:
    """One check: its number, what it asks, its test, its name in the look, what a person must do.

    Each of the last three may be empty, but not all of them.
    """

    id: int
    asks: str
    test: str
    edition: str
    person: str


def rows(project: Project) -> tuple[Row, ...]:
    """Return every row, in order. Raises UsageError where the table can't be read."""
    try:
        told = tomllib.loads((project.root / TABLE).read_text("utf-8"))["row"]
        return tuple(Row(**each) for each in told)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise UsageError(
            f"{TABLE} can't be read: {fault}",
            "[[row]] with id, asks, test, edition, person.",
            f"git diff {TABLE}",
        ) from fault


def faults(project: Project, found: tuple[Row, ...]) -> list[str]:
    """Return what is wrong with the table: a number, a test or a check is not there."""
    said = []
    if [each.id for each in found] != list(range(1, HOW_MANY + 1)):
        said.append(f"not the numbers 1 to {HOW_MANY}")
    for each in found:
        if each.test:
            said += [
                f"{each.id}: {fault}" for fault in requirements.test_faults(project, each.test)
            ]
        if each.edition and each.edition not in accessibility.LOOKS:
            said.append(f"{each.id}: no such check of an edition: {each.edition}")
        if not (each.test or each.edition or each.person):
            said.append(f"{each.id}: nobody checks it")
    return said


def markdown(found: tuple[Row, ...]) -> str:
    """Return the table as a page."""
    machine = sum(bool(each.test or each.edition) for each in found)
    alone = sum(bool(each.test or each.edition) and not each.person for each in found)
    lines = [
        "# Who checks that everybody can read it", "",
        f"Made by `python -m darlington_analysis requirements` from `{TABLE}`. {len(found)} "
        f"checks: a machine makes {machine} of them, {alone} of those alone. What a person must "
        "do, nobody has done yet.", "",
        "| | asks | test | on every page (`make accessibility`) | a person |",
        "|---|---|---|---|---|",
        *(f"| {each.id} | {each.asks} | {_test(each)} | {each.edition} | {each.person} |"
          for each in found), "",
    ]  # fmt: skip
    return "\n".join(lines)


def _test(row: Row) -> str:
    return f"`{row.test.removeprefix('tests/')}`" if row.test else ""
