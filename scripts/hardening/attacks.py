"""Inject what would be code through every door, open every output, and write docs/attacks.md.

python -m scripts.hardening.attacks [--no-page]

One town has it in the names of wards, the answers of a record, the titles of sources and the
council's settings; its pack is made, in every format, and opened in Chromium (without the content
policy of our pages, so that nothing else may hide a hole) and in LibreOffice. What is refused at a
door is tried there. *Ran*: a window of alert, a request, a flag that was set, a file that was
made, a formula that was worked out, a folder outside the edition.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from scripts import ROOT
from scripts.hardening import (
    attack_back,
    attack_canary,
    attack_controls,
    attack_doors,
    attack_judging,
    attack_openers,
    attack_payloads,
    attack_people,
    attack_tests,
    attack_town,
)

PAGE = ROOT / "docs" / "attacks.md"
HEAD = """# Code put into every input

Made by `make attacks`; do not edit. {how_many} injections, {ran} of which ran. An injection *ran* if
there was an alert, a request, a flag that was set, a new file, a formula that was computed, a folder
outside the edition, a control character on the terminal or a traceback. Each injection has a number,
and each of these signs shows the number that caused it.

## Opened

{opened}

## Where nothing is made safe

The same ways of opening files were tried on files that were made to run. At least one way must notice
each kind of file. LibreOffice fetches no linked picture and computes no saved formula, so Word files
and workbooks are judged by reading their fields, links and formulas.

{controls}

## 500 invented young people

`add` counts them. Then `data`, `packs` and `formats` run for a ward with one to seven of them, and a
command is made to fail. Every byte that was written or printed is searched, with zip files, PDFs and
tables unpacked. The counts are those of a ward and year as the council's restricted folder has them.

{people}

{tests_head}
{tests}

## Injected

"Text in" means that the injection is in these files as text, that each of them was opened as above,
and that its number was not among the signs. "Left" means that the injection took the place of the
published file before the next command.

{injected}
"""


TESTS = """## Tried by tests

Each row is a file of tests that make the attack and fail if it succeeds. They were run when this table
was made.
"""


def main() -> int:
    """Attack, print every table and write the page; 1 where anything ran, or no control did."""
    asked = argparse.ArgumentParser(description="Inject code through every door.")
    asked.add_argument("--no-page", action="store_true", help="print only")
    asked.add_argument("--tests", action="store_true", help="run the tests, and renew their table")
    asked = asked.parse_args()
    tests = attack_tests.rows()
    if asked.tests:
        print(_table(tests))
        PAGE.write_text(_with_tests(PAGE.read_text("utf-8"), _table(tests)), "utf-8")
        return int(any(row["ran"] for row in tests))
    with tempfile.TemporaryDirectory(prefix="attack-") as folder, attack_canary.listening():
        here = Path(folder)
        controls = attack_controls.controls(here)
        town, injected = attack_town.made(here / "town")
        logs = [*here.glob("*.said"), town / "data/.runs/record.jsonl"]
        known = {
            answer: injection.number
            for injection in injected
            for answer in attack_payloads.answers(injection.kind, injection.number)
        }
        files = [path for path in (town / "reports").rglob("*") if path.is_file()]
        files.append(town / "data/processed/set_aside.csv")
        opened = attack_openers.opened(files, here / "office", logs, known)
        rows = attack_judging.judged(town / "reports", injected, opened)
        rows += [*attack_doors.tried(town, here), *attack_back.tried(town, here)]
        people = attack_people.table(here / "people" / "town", attack_people.FORMATS)
        signs = attack_canary.SEEN | attack_canary.files_made(here)
    judged = (*(form.row() for form in opened), *rows, *tests)
    ran = sum(row["ran"] for row in judged) + len(signs)
    for form in opened:
        print(*form.odd, sep="\n")
    tables = {
        "opened": _table([form.row() for form in opened]),
        "controls": _table(controls),
        "people": _table(people),
        "injected": _table(rows),
        "tests": _table(tests),
    }
    print(*tables.values(), f"{len(rows)} injections, {ran} ran, {signs}", sep="\n\n")
    if not asked.no_page:
        PAGE.write_text(
            HEAD.format(tests_head=TESTS, how_many=len(rows), ran=ran, **tables), "utf-8"
        )
    unseen = any(
        not row["seen to run"] for row in controls if row["opened"] != attack_openers.SHOWS
    )
    return int(bool(ran) or unseen or len(rows) < 60 or any(row["found in"] for row in people))


def _with_tests(page: str, table: str) -> str:
    """Return the page with a new table of tests."""
    before, _, injected = page.partition("\n## Injected\n")
    before = before.partition(TESTS)[0].rstrip("\n")
    return f"{before}\n\n{TESTS}\n{table}\n\n## Injected\n{injected}"


def _table(rows: list[dict]) -> str:
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(str(row[name]) for name in names)} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
