"""Offers real files of other places to `add` and counts what becomes of their figures.

DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.hardening.other_places   (writes
docs/other_places.md)

Each file of figures is offered as it was published, and once more without its columns of codes, so
that nothing but names is left. Whose a row is, is worked out apart from the library: by the codes
that the published row holds, or by the folder for files of one other council.
"""

import csv
import io
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.project import find_project
from darlington_analysis.intake import drafting, import_rows
from darlington_analysis.readers import tables
from darlington_analysis.sources.gazetteer import Gazetteer
from scripts.data_build.raw_files import reference_folder
from scripts.hardening.damage_files import review

MOST_BYTES = 3_000_000  # larger ones are of our own census areas
CODE = re.compile(r"[EWSNK]\d{8}|\d\d[A-Z]{2}(?:[A-Z]{2})?")
OURS = {"E06000005", "E12000001", "E92000001", "00EH"}
OF_ANOTHER_COUNCIL = "redcar-and-cleveland"
OUTCOMES = (
    "refused",
    "a question whose it is",
    "read, rows of ours alone",
    "a figure of another place taken",
)
HEAD = """# What becomes of figures of other places

Made by `python -m scripts.hardening.other_places`: {files} real files of figures were offered to
`add`, of which {others} were published for {council}; many others mix Darlington with other places.
Each CSV file with codes was offered once more without them. {rows:,} of their rows are about other
places.

| version | files | {names} |
|---|---:|{bars}
"""
TAIL = """
“Read” files hold rows of Darlington, its region or England; {kept:,} rows were kept and {aside:,} set
aside. A question asks which area the file is about, or lists the rows that a name alone says are
ours; nothing is imported until somebody answers it.

Rows of other places that were taken for ours without a question: {wrong}. Rows of other places among
those that questions list: {asked}.

Reasons of refusals, most frequent first:

{reasons}
"""


@dataclass(frozen=True)
class Offered:
    """What became of a file: an outcome, rows kept and set aside, and a refusal's words."""

    outcome: str
    kept: int = 0
    aside: int = 0
    foreign: int = 0
    why: str = ""


def offer(path: Path, council: bool, rows: list[list[str]], gazetteer: Gazetteer) -> Offered:
    """Return what becomes of a file whose published rows are ``rows``, codes included.

    ``council`` is True for a file of another council's areas.
    """
    try:
        draft = drafting.draft(path, gazetteer)
        if _asks(draft, "Which one is the file about?"):
            return Offered(OUTCOMES[1])
        source = review(path, gazetteer)
        table = tables.open_table(path, source.reading)
        taken = import_rows.to_long(table, source.reading, gazetteer, path.name)
    except DarlingtonError as fault:
        return Offered("refused", why=_kind(fault.what, path.name))
    kept = taken.figures.drop_duplicates("row")
    foreign = sum(is_another(row, council, rows, gazetteer) for row in kept.itertuples())
    if _asks(draft, "ours by a name alone"):
        return Offered(OUTCOMES[1], taken.rows_kept, len(taken.set_aside), foreign)
    return Offered(OUTCOMES[3 if foreign else 2], taken.rows_kept, len(taken.set_aside), foreign)


def _asks(draft: drafting.Draft, words: str) -> bool:
    return any(words in question for question in draft.questions)


def is_another(row, council: bool, rows: list[list[str]], gazetteer: Gazetteer) -> bool:
    """True where a published row has codes, and none is one of the area it was taken for.

    A row without codes is another council's where its file is.
    """
    cells = rows[row.row - 1] if row.row <= len(rows) else []
    codes = {code for cell in cells for code in CODE.findall(cell.upper())}
    if not codes:
        return council and row.area_type in ("lsoa", "ward", "borough")
    places = [gazetteer.find(code, (row.system,)) for code in codes]
    return row.area_code not in codes and row.area_code not in {
        place.code for place in places if place
    }


def is_ours(code: str, gazetteer: Gazetteer) -> bool:
    """True for a code of Darlington, a part of it, its region or country."""
    return code in OURS or gazetteer.has(code)


def without_codes(rows: list[list[str]]) -> list[list[str]]:
    """Return rows without the columns in which codes of areas stand."""
    wide = max(map(len, rows), default=0)
    coded = {
        at
        for at in range(wide)
        if any(at < len(row) and CODE.fullmatch(row[at].strip()) for row in rows)
    }
    return [[cell for at, cell in enumerate(row) if at not in coded] for row in rows]


def _kind(what: str, name: str) -> str:
    """Return a refusal without what is special to one file."""
    bare = re.sub(r"“[^”]*”|\"[^\"]*\"|\([^)]*\)", "…", what.replace(name, "the file"))
    return re.sub(r"\d[\d,]*", "9", bare.partition(": ")[2] or bare)[:90].strip()


def _text(rows: list[list[str]]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerows(rows)
    return held.getvalue()


def real_files(folder: Path) -> list[Path]:
    """Return the files of the reference data that may hold figures of other places."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in (".csv", ".xlsx", ".geojson")
        and path.stat().st_size <= MOST_BYTES
        and "reference" not in path.relative_to(folder).parts
    )


def run(files: list[Path], gazetteer: Gazetteer) -> str:
    """Return docs/other_places.md after every file was offered."""
    found: dict[str, list[Offered]] = {"as published": [], "without codes": []}
    foreign = 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in files:
            council = OF_ANOTHER_COUNCIL in path.parts
            rows = []
            if path.suffix == ".csv":
                text = path.read_text("utf-8-sig", errors="replace")
                rows = list(csv.reader(text.splitlines()))
                foreign += sum(map(_is_foreign(gazetteer), rows))
            found["as published"].append(offer(path, council, rows, gazetteer))
            if rows and (bare := without_codes(rows)) != rows:
                copy = Path(scratch) / path.name
                copy.write_text(_text(bare), "utf-8")
                found["without codes"].append(offer(copy, council, rows, gazetteer))
            print(path.name, found["as published"][-1].outcome, file=sys.stderr)
    return _page(files, found, foreign)


def _is_foreign(gazetteer: Gazetteer):
    def check(row: list[str]) -> bool:
        codes = [cell.strip() for cell in row if CODE.fullmatch(cell.strip())]
        return bool(codes) and not any(is_ours(code, gazetteer) for code in codes)

    return check


def _page(files: list[Path], found: dict[str, list[Offered]], foreign: int) -> str:
    head = HEAD.format(
        files=len(files),
        others=sum(OF_ANOTHER_COUNCIL in path.parts for path in files),
        council="Redcar and Cleveland",
        rows=foreign,
        names=" | ".join(OUTCOMES),
        bars="---:|" * len(OUTCOMES),
    )
    lines = []
    for version, offered in found.items():
        counts = Counter(each.outcome for each in offered)
        cells = " | ".join(f"{counts[outcome]:,}" for outcome in OUTCOMES)
        lines.append(f"| {version} | {len(offered):,} | {cells} |")
    every = [each for offered in found.values() for each in offered]
    read = [each for each in every if each.outcome == OUTCOMES[2]]
    reasons = Counter(each.why for each in every if each.why).most_common(8)
    tail = TAIL.format(
        kept=sum(each.kept for each in read),
        aside=sum(each.aside for each in read),
        wrong=sum(each.foreign for each in every if each.outcome != OUTCOMES[1]),
        asked=sum(each.foreign for each in every if each.outcome == OUTCOMES[1]),
        reasons="\n".join(f"- {count:,}: {why}" for why, count in reasons),
    )
    return head + "\n".join(lines) + "\n" + tail


def main() -> None:
    """Offer every file, print what became of them and write it down."""
    project = find_project()
    text = run(real_files(reference_folder()), Gazetteer(project))
    (project.root / "docs" / "other_places.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
