"""From a file that somebody typed to a record, each mistake with its line and what to write."""

import contextlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from darlington_analysis.agreements.parts import Cost, Grade, Mode, Part
from darlington_analysis.agreements.record import FORM, Agreement
from darlington_analysis.core import atomic, bounded_toml, toml_faults
from darlington_analysis.core.bounded_toml import Where, key_lines, line_of
from darlington_analysis.core.errors import AgreementError, UnknownAreaError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.toml_advice import advice
from darlington_analysis.sources.areas import Ward, WardSet

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
        content = bounded_toml.read_bytes(path)
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
            f"delete it, then darlington agreement new {path.stem}",
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
        raise at(
            path,
            1,
            "the file was saved as UTF-16, which Windows calls “Unicode”",
            "A record is text in UTF-8.",
            _SAVE,
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _not_utf8(path, fault) from fault


def _not_utf8(path: Path, fault: UnicodeDecodeError) -> AgreementError:
    before = fault.object[: fault.start].decode("utf-8")
    word = before.split()[-1] if before and not before[-1].isspace() else ""
    near = f", after “{word[-20:]}”" if word else ""
    return at(
        path,
        before.count("\n") + 1,
        f"a letter that is not UTF-8{near}",
        "A record is text in UTF-8; an old Windows editor writes é, £ and ’ in another way.",
        f"type that letter again and {_SAVE}",
    )


def _not_opened(path: Path, fault: OSError) -> AgreementError:
    if isinstance(fault, IsADirectoryError):
        return AgreementError(
            f"{shown(path)} is a folder, not a file",
            "A record is one text file.",
            "rename the folder; if your record is in it, move it out",
        )
    if isinstance(fault, FileNotFoundError):
        return AgreementError(
            f"{shown(path)}: there is no such record",
            "A record is a file in data/agreements, named after its ward.",
            f"darlington agreement form {path.stem}; in a text editor, "
            f"darlington agreement new {path.stem}",
        )
    return AgreementError(
        f"{shown(path)} can't be opened: you may not read it, or another program holds it",
        "A record is a file that you may read and write.",
        "close other programs that have it open, or ask the person who looks after this machine",
    )


@dataclass(frozen=True)
class Read:
    """A record as it was read: its file, and the file's text."""

    record: Agreement
    path: Path
    text: str

    @cached_property
    def lines(self) -> dict[Where, int]:
        """The line of every key."""
        return key_lines(self.text)

    def line(self, where: Where) -> int:
        """Return the line of a place in the record."""
        return line_of(where, self.lines)


def read(path: Path) -> Read:
    """Read one record. Raises AgreementError for the first mistake in it."""
    record, faults = try_to_read(path)
    if faults:
        raise faults[0]
    return record


def try_to_read(path: Path) -> tuple[Read | None, list[AgreementError]]:
    """Return the record, or None and every mistake that stands in its way."""
    try:
        text = text_of(path)
        parsed = bounded_toml.loads(text)
    except AgreementError as fault:
        return None, [fault]
    except bounded_toml.MistakeError as fault:
        mistake = advice(text, fault.message, FORM.homes, FORM.switches)
        return None, [at(path, mistake.line, mistake.what, mistake.expected, mistake.write)]
    except ValueError as fault:
        return None, [
            at(
                path,
                1,
                f"this can't be read: {fault}",
                "A record as central.toml is.",
                "begin again from: darlington agreement new",
            )
        ]
    try:
        return Read(Agreement(**parsed), path, text), []
    except ValidationError as fault:
        advices = toml_faults.faults(FORM, text, fault)
        return None, [at(path, one.line, one.what, one.expected, one.write) for one in advices]


def parse(text: str) -> Agreement:
    """Return a record from text that was a valid one when it was signed."""
    return Agreement(**bounded_toml.loads(text))


@dataclass(frozen=True)
class Draft:
    """Which draft a record is: its number, the hash of what is offered, whether it was printed."""

    number: int
    hash: str
    is_printed: bool


def printed_drafts(project: Project, stem: str) -> list[Path]:
    """Return the drafts of a record that papers were printed of, oldest first."""
    return sorted((project.agreements / "printed").glob(f"{stem}-[0-9][0-9][0-9][0-9].toml"))


def draft_of(project: Project, read: Read) -> Draft:
    """Return which draft a record is.

    A change of anything that is agreed on makes another draft. Progress, returns and reviews do
    not: they are no part of the offer.
    """
    kept = printed_drafts(project, read.path.stem)
    last, offer = 0, read.record.offer_hash
    if kept:
        last = int(kept[-1].stem[-4:])
        printed, _ = try_to_read(kept[-1])
        if printed and printed.record.offer_hash == offer:
            return Draft(last, offer, True)
    return Draft(last + 1, offer, False)


def keep_printed(project: Project, read: Read) -> Draft:
    """Keep a record's text as the draft that was printed; return that draft."""
    draft = draft_of(project, read)
    if not draft.is_printed:
        folder = project.agreements / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{read.path.stem}-{draft.number:04}.toml"
        atomic.write_file(path, read.text.encode())
    return Draft(draft.number, draft.hash, True)


def paths(project: Project) -> list[Path]:
    """Return the files of every record, in the order of their names."""
    return sorted(project.agreements.glob("*.toml"))


def records(project: Project) -> dict[str, Agreement]:
    """Return every record that can be read, by the name of its file; an unreadable one is left out.

    `agreement check` says what is wrong with that one.
    """
    readable = {path.stem: try_to_read(path)[0] for path in paths(project)}
    return {stem: read.record for stem, read in readable.items() if read}


def declined(project: Project) -> frozenset[str]:
    """Return the names of wards whose partnerships said that they want no support."""
    return frozenset(
        stem
        for stem, record in records(project).items()
        if not record.example and is_declined(record)
    )


def is_declined(record: Agreement) -> bool:
    """True where the partnership said that it wants no support."""
    consultation = record.consultation
    return consultation.state == "declined" or consultation.wishes_to_continue == "no"


def names(project: Project) -> tuple[str, ...]:
    """Return the names in ``data/agreements/private/*.toml`` (role = "name"), none where none.

    Raises AgreementError where a file can't be read; it never quotes what is in it.
    """
    every: list[str] = []
    for path in sorted((project.agreements / "private").glob("*.toml")):
        try:
            roles = bounded_toml.loads(bounded_toml.read_text(path))
        except ValueError as fault:
            raise AgreementError(
                f"data/agreements/private/{path.name} can't be read",
                'One line a role: secretary = "the name".',
                "mend that line",
            ) from fault
        every += [name for name in roles.values() if isinstance(name, str) and len(name) > 2]
    return tuple(every)


class Practice(Part):
    """One practice: what was done, where, at what cost, in which way, and by which source."""

    id: str
    title: str
    words: str
    where: str
    cost: Cost
    mode: Mode
    grade: Grade
    source: str


def practices() -> tuple[Practice, ...]:
    """Return every practice of the project's ``data/practices.toml``, none where it has none."""
    return bounded_toml.own_list(find_project().practices, _practices, ())


def _practices(listed: dict) -> tuple[Practice, ...]:
    return tuple(Practice(**practice) for practice in listed["practice"])


def read_elsewhere(project: Project, wards: WardSet, ward: Ward) -> Read | None:
    """Return the record of another ward's file that names this ward too."""
    for path in paths(project):
        if may_name_others(path):
            read_, _ = try_to_read(path)
            if any(
                _is_named(wards, name, ward) for name in (read_.record.also_wards if read_ else ())
            ):
                return read_
    return None


def _is_named(wards: WardSet, name: str, ward: Ward) -> bool:
    with contextlib.suppress(UnknownAreaError):
        return wards.find(name).ward == ward
    return False


def may_name_others(path: Path) -> bool:
    """Return whether a record may name further wards; False where it is too long, or a link to nothing."""
    with contextlib.suppress(ValueError, FileNotFoundError):
        return b"also_wards" in bounded_toml.read_bytes(path)
    return False
