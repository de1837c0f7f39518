"""What each injection met: where it stands as text, and whether it ran when that was opened."""

import csv
import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path

from darlington_analysis.core.errors import visible
from scripts.hardening.attack_openers import Opened
from scripts.hardening.attack_town import Injection

_SHOWN = (".html", ".csv", ".ipynb", ".json", ".docx", ".xlsx")


def judged(reports: Path, injected: list[Injection], opened: list[Opened]) -> list[dict]:
    """Return a row for each injection: the opened outputs in which it stands; 1 where it ran."""
    texts = {path: _text(path) for path in reports.rglob("*") if path.suffix in _SHOWN}
    ran = set().union(*(each.ran for each in opened))
    rows = []
    for each in injected:
        wanted = {each.text, visible(each.text), " ".join(each.text.split())}
        names = sorted(
            {_named(path) for path, text in texts.items() if any(part in text for part in wanted)}
        )
        met = f"text in {', '.join(names)}" if names else "in no output as it was written"
        rows.append(
            {"door": each.door, "what": each.kind, "met": met, "ran": int(each.number in ran)}
        )
    return rows


def _named(path: Path) -> str:
    return "the index page" if path.name == "index.html" else path.suffix[1:]


def _text(path: Path) -> str:
    """Return the words of an output, as a reader has them."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as packed:
            parts = [
                packed.read(name).decode("utf-8", "replace")
                for name in packed.namelist()
                if name.endswith(".xml")
            ]
        return unescape(re.sub(r"<[^>]+>", "", " ".join(parts)))
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        return unescape(re.sub(r"</?(?:tspan|wbr|b|strong|em|span)[^>]*>", "", text))
    if path.suffix == ".csv":
        return "\n".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)
    return " ".join(_strings(json.loads(text)))


def _strings(found: object) -> list[str]:
    if isinstance(found, str):
        return [unescape(found)]
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [text for each in inner for text in _strings(each)]
