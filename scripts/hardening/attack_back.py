"""Workbooks, Word files and pages that come back, changed by a person: added, laid in data/raw, or
left in reports for the next command to meet.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from scripts.hardening import attack_openers, attack_town, faults_town
from scripts.hardening.attack_doors import files_of, row_of
from scripts.hardening.attack_payloads import payload

_KINDS = ("script", "formula", "web formula", "terminal", "path", "right to left", "template")
_IN_XML = {"\x1b": "_x001B_", "\x07": "_x0007_", "\t": "_x0009_"}
_CORE = "docProps/core.xml"
_COMMENT = (
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors>'
    '<author>{0}</author></authors><commentList><comment ref="A1" authorId="0"><text><t>{0}'
    "</t></text></comment></commentList></comments>"
)


def tried(town: Path, here: Path) -> list[dict]:
    """Return a row for each file that came back: by which door, changed where, what it met."""
    pack = next((town / "reports").glob(f"*/{attack_town.OURS}*"))
    back = here / "back"
    back.mkdir()
    for paper in pack.glob("*.pdf"):  # they come back to nobody, and take seconds to read
        paper.unlink()
    rows = []
    for number, (what, path) in enumerate(_changed(pack, back), 800):
        rows += [_added(town, path, f"{what}, added"), _left(town, pack, path, f"{what}, left")]
        if number % 4 == 0:
            rows.append(_laid(town, path, f"{what}, laid in data/raw"))
    return rows


def _changed(pack: Path, back: Path) -> Iterator[tuple[str, Path]]:
    """Yield published files that a person has changed: what was changed, and the file."""
    book, charter = pack / "figures.xlsx", pack / "charter.docx"
    sheet, strings = "xl/workbook.xml", "xl/sharedStrings.xml"
    for number, kind in enumerate(_KINDS, 800):
        text = _xml(payload(kind, number))
        yield (
            f"a workbook's cell: {kind}",
            _packed(book, back, number, {strings: (">Central<", f">{text}<")}),
        )
    for number, kind in enumerate(("script", "path"), 810):
        text = _xml(payload(kind, number))[:31]
        yield (
            f"a workbook's sheet: {kind}",
            _packed(book, back, number, {sheet: ('name="Figures"', f"name={quoteattr(text)}")}),
        )
        yield (
            f"a workbook's property: {kind}",
            _packed(book, back, number + 10, {_CORE: ("<dc:title>", f"<dc:title>{text}")}),
        )
        yield (
            f"a workbook's comment: {kind}",
            _packed(book, back, number + 20, {}, {"xl/comments1.xml": _COMMENT.format(text)}),
        )
        yield (
            f"a charter's words: {kind}",
            _packed(charter, back, number + 30, {"word/document.xml": ("Central", text)}),
        )
        yield (
            f"a charter's property: {kind}",
            _packed(charter, back, number + 40, {_CORE: ("<dc:title>", f"<dc:title>{text}")}),
        )
        yield (
            f"a charter's comment: {kind}",
            _packed(charter, back, number + 50, {}, {"word/comments.xml": text}),
        )
    yield from _saved_and_others(pack, back)


def _saved_and_others(pack: Path, back: Path) -> Iterator[tuple[str, Path]]:
    book, charter = pack / "figures.xlsx", pack / "charter.docx"
    formula = f"<f>{_xml(payload('web formula', 870))[1:]}</f><v>"
    yield (
        "a workbook's cell: a formula that is one",
        _packed(book, back, 870, {"xl/worksheets/sheet3.xml": ("<v>", formula)}),
    )
    yield "a workbook saved by LibreOffice", _saved(book, back, "xlsx")
    yield "a charter saved by LibreOffice", _saved(charter, back, "docx")
    meeting = back / "meeting-sheet.html"
    page = (pack / meeting.name).read_text("utf-8")
    meeting.write_text(page.replace("</body>", payload("script", 871) + "</body>"), "utf-8")
    yield "a meeting sheet: script", meeting
    table = back / "figures.csv"
    table.write_text((pack / table.name).read_text("utf-8").replace(",Central,", ",=40+2&872,"))
    yield "a table: formula", table


def _xml(text: str) -> str:
    return "".join(_IN_XML.get(letter, letter) for letter in escape(text))


def _packed(
    published: Path,
    back: Path,
    number: int,
    changed: dict[str, tuple[str, str]],
    added: dict[str, str] | None = None,
) -> Path:
    """Write a published file anew, some parts changed once, others added; return its path."""
    path = back / str(number) / published.name
    path.parent.mkdir()
    with zipfile.ZipFile(published) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for name, (old, new) in changed.items():
        if old.encode() not in parts[name]:
            raise SystemExit(f"{published.name}: {name} has no {old!r} to change")
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        more = {name: text.encode() for name, text in (added or {}).items()}
        for name, content in (parts | more).items():
            packed.writestr(name, content)
    return path


def _saved(published: Path, back: Path, kind: str) -> Path:
    """Open a published file in LibreOffice and save it, as a person does."""
    into = back / "saved"
    into.mkdir(exist_ok=True)
    attack_openers.in_office(published, into, f"own-{kind}", kind)
    return into / f"own-{kind}" / published.name


def _added(town: Path, path: Path, door: str) -> dict:
    """Add it, as a file that nobody has described; its draft is all that may be made."""
    before = files_of(town)
    ended = faults_town.run(town, ("add", str(path)))
    made = files_of(town) - before
    row = row_of(door, ended, {each for each in made if not each.startswith("data/raw/incoming/")})
    for each in made:
        (town / each).unlink()
    return row


def _laid(town: Path, path: Path, door: str) -> dict:
    """Lay it in data/raw with the sidecar of a table that it is not."""
    story = next((town / "data/raw/claimants").rglob("*.source.toml")).read_text("utf-8")
    place = town / "data/raw/back"
    place.mkdir()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    lines = [
        f'sha256 = "{digest}"' if line.startswith("sha256") else line for line in story.splitlines()
    ]
    shutil.copy(path, place / path.name)
    (place / f"{path.name}.source.toml").write_text("\n".join(lines) + "\n", "utf-8")
    before = files_of(town)
    ended = faults_town.run(town, ("check",))
    row = row_of(door, ended, files_of(town) - before)
    shutil.rmtree(place)
    return row


def _left(town: Path, pack: Path, path: Path, door: str) -> dict:
    """Leave it in reports in place of what was published; the next command meets it."""
    published = pack / path.name
    content, before = published.read_bytes(), files_of(town)
    shutil.copy(path, published)
    ended = faults_town.run(town, ("formats", "--ward", attack_town.OURS, "--as", "text"))
    row = row_of(door, ended, files_of(town) - before)
    if not ended.poll():
        row["met"] = "left as a person made it, beside the pack"
    published.write_bytes(content)
    return row
