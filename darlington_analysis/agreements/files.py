"""The text of a record's file, or why it has none, said to whoever saved it."""

from pathlib import Path

from darlington_analysis.errors import AgreementError

_OTHERS = {
    b"PK\x03\x04": "a file of Word or LibreOffice",
    b"{\\rtf": "a file of a word processor (RTF)",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "a file of an old Word",
}
_SAVE = "save it again as plain text in UTF-8 (in Notepad: Save as, Encoding, UTF-8)"


def shown(path: Path) -> str:
    """Return a file as a person would look for it: its last folders and its name."""
    return "/".join(path.parts[-3:])


def at(path: Path, line: int, what: str, expected: str, try_: str) -> AgreementError:
    """Return a mistake at a line of a file."""
    return AgreementError(f"{shown(path)}, line {line}: {what}", expected, try_)


def text_of(path: Path) -> str:
    """Return a record's text, every line ended by one \\n. Raises AgreementError."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise _not_opened(path, fault) from fault
    text = _decoded(path, content).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise at(
            path,
            1,
            "the file is empty",
            "A record with its questions and your answers.",
            f"delete it, then python -m darlington_analysis agreement new {path.stem}",
        )
    return text


def _decoded(path: Path, content: bytes) -> str:
    for start, what in _OTHERS.items():
        if content.startswith(start):
            raise at(
                path,
                1,
                f"this is {what}, not plain text",
                "A record is plain text.",
                "open central.toml in Notepad to see one; save as plain text, in UTF-8",
            )
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:200]:
        raise at(path, 1, "the file was saved as UTF-16, which Windows calls “Unicode”",
                 "A record is text in UTF-8.", _SAVE)  # fmt: skip
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _not_utf8(path, fault) from fault


def _not_utf8(path: Path, fault: UnicodeDecodeError) -> AgreementError:
    before = fault.object[: fault.start].decode("utf-8")
    word = before.split()[-1] if before and not before[-1].isspace() else ""
    near = f", after “{word[-20:]}”" if word else ""
    return at(
        path, before.count("\n") + 1, f"a letter that is not UTF-8{near}",
        "A record is text in UTF-8; an old Windows editor writes é, £ and ’ in another way.",
        f"type that letter again and {_SAVE}",
    )  # fmt: skip


def _not_opened(path: Path, fault: OSError) -> AgreementError:
    if isinstance(fault, IsADirectoryError):
        return AgreementError(
            f"{shown(path)} is a folder, not a file", "A record is one text file.",
            "rename the folder; if your record is in it, move it out",
        )  # fmt: skip
    if isinstance(fault, FileNotFoundError):
        return AgreementError(
            f"{shown(path)}: there is no such record",
            "A record is a file in data/agreements, named after its ward.",
            f"python -m darlington_analysis agreement new {path.stem}",
        )
    return AgreementError(
        f"{shown(path)} can't be opened: you may not read it, or another program holds it",
        "A record is a file that you may read and write.",
        "close other programs that have it open, or ask whoever looks after this machine",
    )
