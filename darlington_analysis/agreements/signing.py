"""Signing: a record and its figures kept for good, each signing holding the hash of the last.

A file of lines that is only ever added to. Each line carries the hash of the line before and its
own, over every byte of it, so a change of one byte is found. A hash shows that something changed;
it can't show who signed, nor that the last lines were not cut off or all written anew. For that
the hash is printed on the charter both sides keep, and a line may be signed with ssh-keygen.
"""

import difflib
import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from darlington_analysis.core import atomic
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.core.project import Project

FIRST = "0" * 64


@dataclass(frozen=True)
class Signing:
    """One signing: what was agreed (the record's text) and what was known (figures, rule)."""

    number: int
    signed_on: date
    signed_by: tuple[str, ...]
    record: str
    figures: tuple[dict, ...]
    facts: dict
    previous: str
    hash: str


def changed_lines(signed: Signing, text: str) -> tuple[str, ...]:
    """Return a record's lines that are not as they were signed: "- " then, "+ " now."""
    told = difflib.ndiff(signed.record.splitlines(), text.splitlines())
    return tuple(each for each in told if each[:2] in ("- ", "+ "))


def ledger_path(project: Project, slug: str) -> Path:
    """Return where the signings of a partnership are kept."""
    return project.agreements / "signed" / f"{slug}.jsonl"


def signings(path: Path) -> tuple[Signing, ...]:
    """Return every signing of a file, oldest first; none where there is no file.

    Raises AgreementError, with the line, where a byte of it is not as it was written.
    """
    if not path.is_file():
        return ()
    found, previous = [], FIRST
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[:-1], 1):
        entry = _entry(path, number, line, previous)
        found.append(entry)
        previous = entry.hash
    if lines[-1] or not found:
        raise _changed(path, len(lines))
    return tuple(found)


def add(
    path: Path,
    signed_on: date,
    signed_by: tuple[str, ...],
    record: str,
    figures: list[dict],
    facts: dict,
    before: Callable[[Signing], object] = lambda _: None,
) -> Signing:
    """Add a signing to a file and return it; the earlier ones are checked first.

    ``before`` is given the signing before its line is written; what it raises leaves none.
    """
    earlier = signings(path)
    entry = {
        "number": len(earlier) + 1,
        "signed_on": signed_on.isoformat(),
        "signed_by": list(signed_by),
        "record": record,
        "figures": figures,
        "facts": facts,
        "previous": earlier[-1].hash if earlier else FIRST,
    }
    entry["hash"] = _hash(entry)
    before(_signing(entry))
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = path.read_bytes() if earlier else b""
    atomic.write_file(path, kept + _canonical(entry) + b"\n")  # a line half written ends it all
    return signings(path)[-1]


def _entry(path: Path, number: int, line: bytes, previous: str) -> Signing:
    try:
        entry = json.loads(line.decode("utf-8"))
        is_whole = (
            _canonical(entry) == line
            and entry["hash"] == _hash({key: entry[key] for key in entry if key != "hash"})
            and entry["previous"] == previous
            and entry["number"] == number
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise _changed(path, number) from fault
    if not is_whole:
        raise _changed(path, number)
    return _signing(entry)


def _signing(entry: dict) -> Signing:
    return Signing(
        **entry
        | {
            "signed_on": date.fromisoformat(entry["signed_on"]),
            "signed_by": tuple(entry["signed_by"]),
            "figures": tuple(entry["figures"]),
        }
    )


def _changed(path: Path, number: int) -> AgreementError:
    name = "/".join(path.parts[-4:])
    return AgreementError(
        f"{name}, line {number}: changed since it was signed",
        "What was signed is added to and never changed; its hash no longer fits.",
        f"the hash on the printed charter; where git keeps the file, git log -p -- {name}",
    )


def _hash(entry: dict) -> str:
    return hashlib.sha256(_canonical(entry)).hexdigest()


def _canonical(entry: dict) -> bytes:
    return json.dumps(
        entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


NAMESPACE = "darlington-agreement"


def statement_path(ledger: Path, signing: Signing) -> Path:
    """Return the file whose text is signed: the hash of one signing."""
    return ledger.with_name(f"{ledger.stem}-{signing.number:04}.hash")


def sign(ledger: Path, signing: Signing, key: Path) -> Path:
    """Sign the hash of a signing with a private key; return the signature's file.

    Neither file is written before there is a signature. Files of that number are taken for what a
    killed signing left. Raises AgreementError where ssh-keygen is not there or refuses the key.
    """
    statement = statement_path(ledger, signing)
    text = f"{signing.hash}\n".encode()
    made = _run(["-Y", "sign", "-n", NAMESPACE, "-f", str(key)], text, statement)
    ledger.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_file(statement, text)
    atomic.write_file(_signature(statement), made)
    return _signature(statement)


def clear(ledger: Path, signing: Signing) -> None:
    """Delete what a killed signing of the same number left, for one that is not to be signed."""
    statement = statement_path(ledger, signing)
    for left in (_signature(statement), statement):
        atomic.clear_asides(left)
        left.unlink(missing_ok=True)


def verify(ledger: Path, signing: Signing) -> bool:
    """True where a signature lies beside a signing and fits; False where there is none.

    It says that whoever holds the key signed, not who that is: keep a list of keys on paper.
    Raises AgreementError where it does not fit.
    """
    statement = statement_path(ledger, signing)
    signature = _signature(statement)
    if not statement.is_file() and not signature.is_file():
        return False
    text = statement.read_bytes() if statement.is_file() else b""
    if text.decode("utf-8", "replace") != f"{signing.hash}\n":
        raise _no_fit(statement)
    _run(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signature)], text, statement)
    return True


def _signature(statement: Path) -> Path:
    return statement.with_name(f"{statement.name}.sig")


def _run(arguments: list[str], text: bytes, statement: Path) -> bytes:
    """Return what ssh-keygen says."""
    try:
        ran = subprocess.run(["ssh-keygen", *arguments], input=text, capture_output=True)
    except FileNotFoundError as fault:
        raise AgreementError(
            "ssh-keygen is not on this machine",
            "It comes with OpenSSH.",
            "sign without --key; the hash is on the charter",
        ) from fault
    except ValueError as fault:  # a NUL in the key's name
        raise _no_fit(statement) from fault
    if ran.returncode:
        raise _no_fit(statement)
    return ran.stdout


def _no_fit(statement: Path) -> AgreementError:
    return AgreementError(
        f"{'/'.join(statement.parts[-4:])}: the signature does not fit, or the key can't be used",
        "A private key of ssh-keygen to sign with; later the same hash and its signature.",
        "ssh-keygen -Y check-novalidate, or git log on that file",
    )
