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

## Injected

"Text in" means that the injection is in these files as text, that each of them was opened as above,
and that its number was not among the signs. "Left" means that the injection took the place of the
published file before the next command.

{injected}
"""


def main() -> int:
    """Attack, print every table and write the page; 1 where anything ran, or no control did."""
    asked = argparse.ArgumentParser(description="Inject code through every door.")
    asked.add_argument("--no-page", action="store_true", help="print only")
    asked = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="attack-") as folder, attack_canary.listening():
        here = Path(folder)
        controls = attack_controls.controls(here)
        town, injected = attack_town.made(here / "town")
        logs = [*here.glob("*.said"), town / "data/.runs/record.jsonl"]
        known = {
            answer: each.number
            for each in injected
            for answer in attack_payloads.answers(each.kind, each.number)
        }
        files = [path for path in (town / "reports").rglob("*") if path.is_file()]
        files.append(town / "data/processed/set_aside.csv")
        opened = attack_openers.opened(files, here / "office", logs, known)
        rows = attack_judging.judged(town / "reports", injected, opened)
        rows += [*attack_doors.tried(town, here), *attack_back.tried(town, here)]
        people = attack_people.table(here / "people" / "town", attack_people.FORMATS)
        signs = attack_canary.SEEN | attack_canary.files_made(here)
    ran = sum(row["ran"] for row in (*(each.row() for each in opened), *rows)) + len(signs)
    for each in opened:
        print(*each.odd, sep="\n")
    tables = {
        "opened": _table([each.row() for each in opened]),
        "controls": _table(controls),
        "people": _table(people),
        "injected": _table(rows),
    }
    print(*tables.values(), f"{len(rows)} injections, {ran} ran, {signs}", sep="\n\n")
    if not asked.no_page:
        PAGE.write_text(HEAD.format(how_many=len(rows), ran=ran, **tables), "utf-8")
    unseen = any(
        not row["seen to run"] for row in controls if row["opened"] != attack_openers.SHOWS
    )
    return int(bool(ran) or unseen or len(rows) < 60 or any(row["found in"] for row in people))


def _table(rows: list[dict]) -> str:
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(str(row[name]) for name in names)} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
