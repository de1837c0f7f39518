"""A notebook read for leaks: its words, code, results of every kind, and what is said of it."""

import json
from collections.abc import Iterator
from pathlib import Path

from darlington_analysis.publishing import reading
from darlington_analysis.publishing.leak_secrets import Secrets

_PAGES = ("text/html", "image/svg+xml")


def faults(path: Path, own: str, secrets: Secrets) -> Iterator[str]:
    """Yield what a notebook gives away; ``own`` is the code of the ward that it is about."""
    notebook = json.loads(path.read_text("utf-8"))
    yield from secrets.in_lines(_lines(notebook.get("metadata")), own)
    for cell in notebook["cells"]:
        source, is_code = "".join(cell["source"]), cell["cell_type"] == "code"
        if is_code and ("restricted" in source or "data/raw" in source):
            yield "a cell that goes to data/raw"
        if cell.get("attachments"):
            yield "a file attached to a cell"
        yield from secrets.in_lines("" if is_code else source, own)
        yield from secrets.in_lines(_lines(cell.get("metadata")), own)
        for output in cell.get("outputs", []):
            yield from _in_output(output, own, secrets)


def _in_output(output: dict, own: str, secrets: Secrets) -> Iterator[str]:
    for kind, value in output.get("data", {}).items():
        if kind in _PAGES:
            yield from secrets.in_page(reading.read("".join(value)), own)
        elif kind.startswith(("image/", "audio/", "video/", "application/pdf")):
            yield f"a result that can't be read: {kind}"
        else:
            yield from secrets.in_lines(_lines(value), own)
    others = {name: told for name, told in output.items() if name != "data"}
    yield from secrets.in_lines(_lines(others), own)


def _lines(value: object) -> str:
    """Return every string of a JSON value, the pieces of one text as one text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "".join(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(_lines(each) for each in inner)
