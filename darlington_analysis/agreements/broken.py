"""What TOML complains of, said to a person who never heard of TOML: the line, and what to write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from darlington_analysis.agreements.broken_rows import LOOKS, Row, inside, short

_AT = re.compile(r" ?\(at line (\d+), column \d+\)| ?\(at end of document\)")


@dataclass(frozen=True)
class Advice:
    """One mistake: its line from 1, what it is, what was expected and what to write."""

    line: int
    what: str
    expected: str
    write: str


def advice(text: str, message: str) -> Advice:
    """Return what is wrong with text that is not TOML, from TOML's own message."""
    place = _AT.search(message)
    rows = text.split("\n")
    line = min(int(place[1]) if place and place[1] else len(rows), len(rows))
    bare = _AT.sub("", message)
    if not inside(_row(rows[line - 1], bare)):
        line = _opened_on(rows, line, bare)
    row = _row(rows[line - 1], bare)
    if "overwrite" in bare or "twice" in bare or "Duplicate" in bare:
        return _twice(rows, line, row)
    for look in LOOKS:
        told = look(row)
        if told:
            return Advice(line, *told)
    return Advice(line, f"this can't be read: {short(row.text)}", f"TOML says: {bare}.",
                  "compare it with the same line of central.toml")  # fmt: skip


def _row(text: str, message: str) -> Row:
    key, equals, value = (part.strip() for part in text.strip().partition("="))
    if value[:1] not in ("\"'") and " #" in value:
        value = value.partition(" #")[0].strip()
    return Row(text.strip(), key, equals, value, message)


def _opened_on(rows: list[str], line: int, message: str) -> int:
    """Return the line on which a list or a long text was opened that is never closed."""
    for said, is_it in _OPENINGS:
        found = [n for n in range(line, 0, -1) if is_it(rows[n - 1])] if said(message) else []
        if found:
            return found[0]
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
    (lambda said: "Unterminated" in said or "end of document" in said,
     lambda row: '"""' in row or "'''" in row),
    (lambda said: said.startswith("Expected \"'\""), _opens_words),
)  # fmt: skip


def _twice(rows: list[str], line: int, row: Row) -> Advice:
    before = next(_same(rows, line, row), None)
    first = f", first on line {before}" if before else ""
    if row.equals:
        return Advice(line, f"{row.key} stands twice in one part{first}",
                      "Each key stands once in its part.",
                      f"one line {row.start}…; another part needs its heading")  # fmt: skip
    name = row.text.partition("#")[0].strip("[] ")
    single = next((number for number in range(line - 1, 0, -1)
                   if rows[number - 1].partition("#")[0].strip() == f"[{name}]"), 0)  # fmt: skip
    if single and row.text.startswith("[["):
        return Advice(single, f"the heading [{name}] has single brackets",
                      "What may stand several times has double ones.", f"[[{name}]]")  # fmt: skip
    return Advice(line, f"{row.text} stands twice{first}", "Such a part stands once.",
                  f"the lines below it, moved below the first [{name}]")  # fmt: skip


def _same(rows: list[str], line: int, row: Row) -> Iterator[int]:
    for number in range(line - 1, 0, -1):
        other = rows[number - 1].strip()
        if row.equals and other.startswith("["):
            return
        if (other.partition("=")[0].strip() if row.equals else other) == (
            row.key if row.equals else row.text
        ):
            yield number
