"""Inject what would be code through every door, open every output, and write docs/attacks.md.

python scripts/attack_inputs.py [--no-page]

One town has it in the names of wards, the answers of a record, the titles of sources and the
council's settings; its pack is made, in every format, and opened in Chromium (without the content
policy of our pages, so that nothing else may hide a hole) and in LibreOffice. What is refused at a
door is tried there. *Ran*: a window of alert, a request, a flag that was set, a file that was
made, a formula that was worked out, a folder outside the edition.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import attack_doors
import attack_openers
import attack_town

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "attacks.md"
HEAD = """# What would be code, and what it met

Made by `make attacks`; do not edit. {how_many} injections, {ran} of which ran. *Ran*: an alert, a
request, a flag that was set, a file that was made, a formula that was worked out, a folder outside
the edition, a control character on the terminal.

## Opened

{opened}

## Injected

In rows that say “shown as text” nothing is opened: whether such text ran is told by the first table
alone. The Word files are opened to see that they open; there is no formula in them to work out.

{injected}
"""


def main() -> int:
    """Attack, print both tables and write the page; 1 where anything ran."""
    asked = argparse.ArgumentParser(description="Inject code through every door.")
    asked.add_argument("--no-page", action="store_true", help="print only")
    asked = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        here = Path(folder)
        town, injected = attack_town.made(here / "town")
        rows = attack_doors.tried(town, here)
        opened = attack_openers.opened(town, here, injected)
        rows = [*attack_openers.judged(town, injected), *rows]
        outside = [path.name for path in here.rglob("*") if path.name.startswith("ran-")]
    ran = sum(row["ran"] for row in (*opened, *rows)) + len(outside)
    tables = _table(opened), _table(rows)
    print(*tables, f"{len(rows)} injections, {ran} ran", Counter(r["door"] for r in rows), sep="\n")
    if not asked.no_page:
        text = HEAD.format(how_many=len(rows), ran=ran, opened=tables[0], injected=tables[1])
        PAGE.write_text(text, "utf-8")
    return int(bool(ran) or len(rows) < 60)


def _table(rows: list[dict]) -> str:
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(str(row[name]) for name in names)} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
