"""Every output opened: pages in Chromium, tables and Word files in LibreOffice, the rest read.

Each injection bears a number, and so does everything that shows that one ran: an alert, a flag, a
request to our own server, a file, the answer of a formula.
"""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from darlington_analysis.pages.components import theme
from scripts import ROOT
from scripts.hardening import attack_canary

SHOWS = "LibreOffice: opens, requests"  # a linked picture is not fetched there: no control
_TAKES = re.compile("^[=@\uff1d\uff20\t\r|]|^[+\uff0b\uff0d-](?![\\d.,]+%?$)")  # full width, too
_FAULT = re.compile(r"Err:5\d\d|#NAME\?|#VALUE!|#REF!")
_FIELDS = re.compile(rb"<w:(?:instrText|fldSimple|altChunk|object)\b|<w:control\b")
_ODD = """ours => [...document.querySelectorAll('script,iframe,[onerror],[onload],[onmouseover],'
 + '[onfocus],a[href^="javascript"]')].filter(
 each => each.tagName !== 'SCRIPT' || each.textContent !== ours).map(each => each.outerHTML)"""


@dataclass
class Opened:
    """What opening some files showed: how they were opened, and which injections ran in which."""

    how: str
    files: list[Path]
    ran: set[int] = field(default_factory=set)
    odd: list[str] = field(default_factory=list)

    def note(self, path: Path, said: str) -> None:
        """Note that something ran, by its number where it tells one."""
        self.ran |= attack_canary.numbers(said)
        self.odd.append(f"{path.name}: {said[:90]}")

    def row(self) -> dict:
        """Return the row of the table of outputs."""
        kinds = sorted({path.suffix[1:] or path.name for path in self.files})
        return {
            "outputs": ", ".join(kinds),
            "files": len(self.files),
            "opened": self.how,
            "ran": len(self.odd),
        }


def opened(
    files: list[Path], office: Path, logs: list[Path], known: dict[str, int]
) -> list[Opened]:
    """Open every file, and read logs; return what each way of opening showed.

    ``known`` is the number of the injection behind each answer that a formula could have.
    """
    of = {
        kind: sorted(path for path in files if path.suffix == kind)
        for kind in (".html", ".csv", ".xlsx", ".docx", ".pdf", ".ipynb")
    }
    tables = [*of[".csv"], *of[".xlsx"]]
    return [
        pages(of[".html"]),
        tables_in_office(tables, office, known),
        documents_in_office(of[".docx"], office),
        _each(of[".csv"], "cells that begin like a formula", formulas),
        _each(of[".xlsx"], "cells that are formulas", _worked_out),
        _each(of[".docx"], "fields, objects and links to elsewhere", _fields),
        _each(of[".ipynb"], "cells of code beside the committed ones", _odd_code),
        _each(of[".pdf"], "scripts, actions, files within", _actions),
        _each(logs, "read for control characters", _steers),
    ]


def pages(files: list[Path]) -> Opened:
    """Open each page in Chromium with its content policy set aside."""
    from scripts.accessibility import browser

    told = Opened("Chromium, its content policy set aside", files)
    with browser.started() as chromium:
        context = chromium.new_context(bypass_csp=True)
        for path in files:
            page = context.new_page()
            page.on("dialog", lambda seen, p=path: (told.note(p, seen.message), seen.dismiss()))
            page.on("request", lambda asked, p=path: _asked(told, p, asked.url))
            page.goto(path.as_uri())
            page.wait_for_timeout(150)
            flag = page.evaluate("() => typeof window.ran === 'undefined' ? '' : '' + window.ran")
            for said in filter(None, [flag, *page.evaluate(_ODD, theme.script())]):
                told.note(path, said)
            page.close()
    return told


def _asked(told: Opened, path: Path, address: str) -> None:
    if not address.startswith(("file:", "data:")):
        told.note(path, address)


def tables_in_office(files: list[Path], into: Path, known: dict[str, int]) -> Opened:
    """Open tables in LibreOffice; a formula that was worked out stands there as its answer."""
    told = Opened("LibreOffice: formulas that were worked out, requests", files)
    for number, path in enumerate(files):
        before = set(cells(path.read_text("utf-8"))) if path.suffix == ".csv" else set()
        asked = set(attack_canary.SEEN)
        text = in_office(path, into, number, "csv")
        for cell in cells(text or ""):
            if cell not in before and (_FAULT.fullmatch(cell) or cell in known):
                told.note(path, str(known.get(cell, cell)))
        for each in attack_canary.SEEN - asked:
            told.note(path, str(each))
    return told


def documents_in_office(files: list[Path], into: Path) -> Opened:
    """Open Word files in LibreOffice: each must open, and ask for nothing."""
    told = Opened(SHOWS, files)
    for number, path in enumerate(files):
        asked = set(attack_canary.SEEN)
        if in_office(path, into, 100 + number, "txt:Text") is None:
            told.note(path, "does not open")
        for each in attack_canary.SEEN - asked:
            told.note(path, str(each))
    return told


def in_office(path: Path, into: Path, number: int | str, kind: str) -> str | None:
    """Return what LibreOffice makes of a file, None where it can't open it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("LibreOffice (soffice) is needed to open tables and Word files")
    own = into / str(number)
    own.mkdir(parents=True)
    words = [
        soffice,
        f"-env:UserInstallation={(into / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(own),
        str(path),
    ]
    subprocess.run(words, capture_output=True, timeout=180, check=True, cwd=own)
    made = [found for found in own.iterdir() if not found.name.startswith("ran-")]
    return "".join(found.read_text("utf-8", "replace") for found in made) if made else None


def _each(files: list[Path], how: str, odd) -> Opened:
    told = Opened(how, files)
    for path in files:
        for said in odd(path):
            told.note(path, said)
    return told


def formulas(path: Path) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet takes for formulas."""
    read = cells(path.read_text("utf-8"))
    return [cell for cell in read if _TAKES.search(cell.lstrip(" ")) or _TAKES.search(cell.strip())]


def _worked_out(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as packed:
        return [name for name in packed.namelist() if b"<f>" in packed.read(name)]


def cells(text: str) -> list[str]:
    """Return every cell of a CSV text."""
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def _fields(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return [
        name
        for name, part in parts.items()
        if _FIELDS.search(part) or b'TargetMode="External"' in part
    ]


def _odd_code(path: Path) -> list[str]:
    """Return code cells that are neither the committed ones nor literal parameters."""
    import nbformat

    ours = ROOT / "notebooks" / "02-ward-evidence-pack.ipynb"
    known = {cell.source for cell in nbformat.read(ours, 4).cells}
    return [
        cell.source
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "code"
        and cell.source not in known
        and "injected-parameters" not in cell.metadata.get("tags", [])
    ]


def _actions(path: Path) -> list[str]:
    from darlington_analysis.publishing import leak_words

    nothing = leak_words.Secrets((), pd.DataFrame(), (), {})  # what nobody sees is told even so
    return list(leak_words.pdf_faults(path, "", nothing))


def _steers(path: Path) -> list[str]:
    return [ascii(each) for each in re.findall(r"[\x00-\x09\x0b-\x1f]", path.read_text("utf-8"))]
