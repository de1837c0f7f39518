"""A PDF read for leaks: its words, what is said of it, and whatever else lies in it.

We write pages, links and the words for drawings. Whatever can hold something that nobody sees (a
file within, a layer, a note, a form, a script) is a fault, whatever it says.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from darlington_analysis.errors import UsageError
from darlington_analysis.publishing.leak_secrets import Secrets

_NEVER = {
    "/EF": "a file within", "/EmbeddedFiles": "a file within", "/AF": "a file within",
    "/OCProperties": "a layer", "/OC": "a layer", "/OCGs": "a layer",
    "/AcroForm": "a form", "/XFA": "a form", "/JS": "a script", "/JavaScript": "a script",
    "/AA": "an action", "/OpenAction": "an action", "/PieceInfo": "notes of a program",
    "/Encrypt": "a password", "/Thumb": "a small picture of a page",
}  # fmt: skip
_ACTIONS = ("/URI", "/GoTo")


def faults(path: Path, own: str, secrets: Secrets) -> Iterator[str]:
    """Yield what a PDF gives away; ``own`` is the code of the ward that it is about.

    Raises UsageError where pypdf is missing.
    """
    pypdf = _pypdf()
    try:
        reader = pypdf.PdfReader(path)
        found = _Found(pypdf)
        for at in range(1, int(reader.trailer["/Size"])):
            found.look(reader.get_object(at))
        found.look(reader.trailer)
        text = "\n".join(page.extract_text() for page in reader.pages)
    except Exception as fault:  # a broken file is broken in a hundred ways
        yield f"a PDF that can't be read ({type(fault).__name__})"
        return
    yield from sorted(found.never)
    for content in (text.encode(), "\n".join(found.strings).encode(), *found.streams):
        yield from secrets.in_bytes(content)
    yield from secrets.in_layout(text, found.headings)
    yield from secrets.in_lines("\n".join(found.strings), own)


def unseen_in(path: Path) -> set[str]:
    """Return what nobody sees in a PDF: scripts, files, layers, notes. Raises UsageError."""
    pypdf = _pypdf()
    reader, found = pypdf.PdfReader(path), _Found(pypdf)
    for at in range(1, int(reader.trailer["/Size"])):
        found.look(reader.get_object(at))
    return found.never


class _Found:
    """What lies in a PDF: its strings, unpacked streams, headings, and what never should."""

    def __init__(self, pypdf: Any):
        self._kinds = pypdf.generic
        self.strings: list[str] = []
        self.streams: list[bytes] = []
        self.headings: list[str] = []
        self.never: set[str] = set()

    def look(self, value: Any) -> None:
        """Note what a value holds, but not what it refers to: that is looked at by itself."""
        kinds = self._kinds
        if isinstance(value, kinds.TextStringObject):
            self.strings.append(str(value))
        elif isinstance(value, kinds.ByteStringObject):
            self.streams.append(bytes(value))
        elif isinstance(value, kinds.ArrayObject):
            for each in list.__iter__(value):
                self.look(each)
        elif isinstance(value, kinds.DictionaryObject):
            self._look_in(value)

    def _look_in(self, value: Any) -> None:
        told = dict(value.items())
        self.never |= {_NEVER[name] for name in told.keys() & _NEVER.keys()}
        if {"/Rect", "/Subtype"} <= told.keys() and told["/Subtype"] != "/Link":
            self.never.add("a note on a page")
        if told.get("/Type") == "/Action" and told.get("/S") not in _ACTIONS:
            self.never.add("an action")
        if "/Title" in told and "/Parent" in told:
            self.headings.append(str(told["/Title"]))
        for each in told.values():
            self.look(each)
        if isinstance(value, self._kinds.StreamObject):
            self.streams.append(value.get_data())


def _pypdf() -> Any:
    try:
        import pypdf  # here: a pack needs no paper
    except ImportError as fault:
        raise UsageError(
            "A PDF in reports can't be read for leaks: pypdf is not installed",
            "Every file of an edition is read before it is put in place.",
            "pip install 'darlington-analysis[pdf]'",
        ) from fault
    return pypdf
