"""Every output opened: pages in Chromium, tables and Word files in LibreOffice."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path

from attack_town import Injection

from darlington_analysis.errors import visible

_TAKES = re.compile(r"^[=@\t\r|]|^[+-](?![\d.,]+%?$)")
_ANSWER = re.compile(r"42\d{3}|Err:5\d\d|#NAME\?|#VALUE!|#REF!")
_SHOWN = (".html", ".csv", ".ipynb", ".json", ".docx", ".xlsx", ".svg")


def opened(town: Path, here: Path, injected: list[Injection]) -> list[dict]:
    """Return a row for each kind of output: how many files, in what opened, how many ran."""
    files = [path for path in (town / "reports").rglob("*") if path.is_file()]
    by_kind = {kind: [path for path in files if path.suffix == kind] for kind in
               (".html", ".csv", ".xlsx", ".docx", ".pdf", ".ipynb", ".json")}  # fmt: skip
    by_kind[".csv"].append(town / "data/processed/set_aside.csv")
    rows = [_pages(by_kind[".html"])]
    for kind in (".csv", ".xlsx", ".docx"):
        rows.append(_office(by_kind[kind], kind, here / f"office{kind}"))
    rows.append(_row(by_kind[".csv"], "cells that begin like a formula", sum(map(_formulas,
                     by_kind[".csv"]))))  # fmt: skip
    rows.append(_row(by_kind[".ipynb"], "cells of code beside the committed ones",
                     sum(_odd_code(path) for path in by_kind[".ipynb"])))  # fmt: skip
    actions = sum(bool(re.search(rb"/(?:JavaScript|Launch|OpenAction|AA)\b", path.read_bytes()))
                  for path in by_kind[".pdf"])  # fmt: skip
    rows.append(_row(by_kind[".pdf"], "scripts and actions looked for", actions))
    logs = [*town.parent.glob("*.said"), town / "data/.runs/record.jsonl"]
    steers = sum(bool(re.search(rb"[\x00-\x09\x0b-\x1f]", path.read_bytes())) for path in logs)
    return [*rows, _row(logs, "terminal and run record: control characters", steers)]


def judged(town: Path, injected: list[Injection]) -> list[dict]:
    """Return a row for each injection: in which outputs it stands, and that it is text there."""
    texts = {path: _text(path) for path in (town / "reports").rglob("*") if path.suffix in _SHOWN}
    rows = []
    for each in injected:
        wanted = {each.text, visible(each.text), " ".join(each.text.split())}
        kinds = sorted({path.suffix[1:] for path, text in texts.items()
                        if any(part in text for part in wanted)})  # fmt: skip
        met = f"shown as text: {', '.join(kinds)}" if kinds else "not shown as it was written"
        rows.append({"door": each.door, "what": each.kind, "met": met, "ran": 0})
    return rows


def _row(files: list[Path], how: str, ran: int) -> dict:
    kinds = sorted({path.suffix[1:] or path.name for path in files})
    return {"outputs": ", ".join(kinds), "files": len(files), "opened": how, "ran": ran}


def _pages(files: list[Path]) -> dict:
    """Open each page in Chromium with its content policy set aside."""
    from darlington_analysis.publishing import browser

    ran: set[str] = set()
    with browser.started() as chromium:
        context = chromium.new_context(bypass_csp=True)
        for path in files:
            page = context.new_page()
            page.on("dialog", lambda told, ran=ran, p=path: (ran.add(p.name), told.dismiss()))
            page.on("request", lambda asked, ran=ran: _note(asked.url, ran))
            page.goto(path.as_uri())
            page.wait_for_timeout(150)
            odd = page.evaluate("""() => typeof window.ran !== 'undefined'
              || document.querySelectorAll('script,iframe,[onerror],[onload],[onmouseover],'
                 + '[onfocus],a[href^="javascript"]').length > 0""")
            ran |= {f"{path.name} flag"} if odd else set()
            page.close()
    for each in sorted(ran):
        print(each)
    return _row(files, "Chromium, its content policy set aside", len(ran))


def _note(address: str, ran: set[str]) -> None:
    if not address.startswith(("file:", "data:")):
        ran.add(address)


def _office(files: list[Path], kind: str, into: Path) -> dict:
    """Convert each file; a formula that was worked out stands there as its answer."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return _row(files, "LibreOffice is not here: not opened", 0)
    ran = 0
    for number, path in enumerate(files):
        own = into / str(number)
        words = [soffice, f"-env:UserInstallation={(into / 'profile').as_uri()}", "--headless",
                 "--convert-to", "txt:Text" if kind == ".docx" else "csv", "--outdir", str(own),
                 str(path)]  # fmt: skip
        subprocess.run(words, capture_output=True, timeout=180, check=True)
        text = "".join(found.read_text("utf-8", "replace") for found in own.iterdir())
        before = set(_cells(path.read_text("utf-8"))) if kind == ".csv" else set()
        answers = [cell for cell in _cells(text) if cell not in before and _ANSWER.fullmatch(cell)]
        ran += bool(answers) and kind != ".docx"
    return _row(files, "LibreOffice: formulas that were worked out", ran)


def _formulas(path: Path) -> int:
    return sum(bool(_TAKES.search(cell.lstrip(" "))) for cell in _cells(path.read_text("utf-8")))


def _cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def _odd_code(path: Path) -> int:
    """Count code cells that are neither the committed ones nor literal parameters."""
    import nbformat

    ours = Path(__file__).resolve().parents[1] / "notebooks" / "02-ward-evidence-pack.ipynb"
    known = {cell.source for cell in nbformat.read(ours, 4).cells}
    return sum(
        cell.cell_type == "code"
        and cell.source not in known
        and "injected-parameters" not in cell.metadata.get("tags", [])
        for cell in nbformat.read(path, 4).cells
    )


def _text(path: Path) -> str:
    """Return the words of an output, as a reader has them."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as packed:
            parts = [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
                     if name.endswith(".xml")]  # fmt: skip
        return unescape(re.sub(r"<[^>]+>", "", " ".join(parts)))
    text = path.read_text("utf-8")
    if path.suffix in (".html", ".svg"):
        return unescape(re.sub(r"</?(?:tspan|wbr|b|strong|em|span)[^>]*>", "", text))
    if path.suffix == ".csv":
        return "\n".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)
    return " ".join(_strings(json.loads(text)))


def _strings(found: object) -> list[str]:
    if isinstance(found, str):
        return [unescape(found)]
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [text for each in inner for text in _strings(each)]
