"""Signing: a record and its figures kept for good, each signing holding the hash of the last.

A file of lines that is only ever added to. Each line names the ward, the edition and the pack that
were signed, and the key, and carries the hash of the line before and its own, over every byte of
it, so a change of one byte is found. A hash shows that something changed; it can't show who signed,
nor that the last lines were not cut off or all written again. For that the hash is printed on the
charter both sides keep, and a line may be signed with ssh-keygen. Where
``data/agreements/allowed_signers`` lists keys, every line needs a signature by one of them.
"""

import contextlib
import difflib
import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from darlington_analysis.core import atomic, bounded_toml
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.core.project import Project
from darlington_analysis.readers import limits

FIRST = "0" * 64
ALLOWED = "allowed_signers"


@dataclass(frozen=True)
class Subject:
    """What a signing is of: a ward by its code, an edition, and the version of the ward's pack."""

    ward: str
    edition: str
    pack: str


@dataclass(frozen=True)
class Signing:
    """One signing: what was agreed (the record's text) and what was known (figures, rule).

    ``key`` is the fingerprint of the key that signs the hash, empty where it is not signed.
    """

    number: int
    ward: str
    edition: str
    pack: str
    key: str
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


def signings(path: Path, ward: str = "") -> tuple[Signing, ...]:
    """Return every signing of a file, oldest first; none where there is no file.

    Raises AgreementError, with the line, where a byte of it is not as it was written, where a line
    was signed for another ward than ``ward``, a code, or on a day before the line before it;
    SourceError where the file is too large.
    """
    if not path.is_file():
        return ()
    if path.stat().st_size > limits.MOST_BYTES:
        limits.refuse_oversized(path)
    entries: list[Signing] = []
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[:-1], 1):
        entry = _entry(path, number, line, entries[-1].hash if entries else FIRST)
        _refuse_other_ward(path, entry, ward)
        if entries and entry.signed_on < entries[-1].signed_on:
            raise _changed(path, number)
        entries.append(entry)
    if lines[-1] or not entries:
        raise _changed(path, len(lines))
    return tuple(entries)


def add(
    path: Path,
    signed_on: date,
    signed_by: tuple[str, ...],
    record: str,
    figures: list[dict],
    facts: dict,
    *,
    subject: Subject,
    key: str = "",
    before: Callable[[Signing], object] = lambda _: None,
) -> Signing:
    """Add a signing to a file and return it; the earlier ones are checked first.

    ``key`` is the fingerprint of the key that is going to sign it. ``before`` is given the signing
    before its line is written; what it raises leaves none.
    """
    earlier = signings(path, subject.ward)
    entry = {
        "number": len(earlier) + 1,
        **vars(subject),
        "key": key,
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
    return signings(path, subject.ward)[-1]


def refuse_day(signed_on: date, earlier: tuple[Signing, ...], known_on: date, today: date) -> None:
    """Raise AgreementError for a day of signing that can't be.

    That is a day to come, a day before the last signing, or a day before ``known_on``, the day that
    the edition's figures stand for.
    """
    first = max([known_on, *(entry.signed_on for entry in earlier)])
    if not first <= signed_on <= today:
        raise AgreementError(
            f"It can't have been signed on {signed_on.isoformat()}",
            f"A day from {first.isoformat()} (the edition's figures, or the last signing) to today.",
            f"--on {today.isoformat()}",
        )


def _entry(path: Path, number: int, line: bytes, previous: str) -> Signing:
    try:
        entry = json.loads(line.decode("utf-8"))
        is_whole = (
            _canonical(entry) == line
            and entry["hash"] == _hash({key: entry[key] for key in entry if key != "hash"})
            and entry["previous"] == previous
            and entry["number"] == number
        )
        signing = _signing(entry)
    except (ValueError, KeyError, TypeError) as fault:
        raise _changed(path, number) from fault
    if not is_whole:
        raise _changed(path, number)
    return signing


def _signing(entry: dict) -> Signing:
    return Signing(
        **entry
        | {
            "signed_on": date.fromisoformat(entry["signed_on"]),
            "signed_by": tuple(entry["signed_by"]),
            "figures": tuple(entry["figures"]),
        }
    )


def _refuse_other_ward(path: Path, entry: Signing, ward: str) -> None:
    if ward and entry.ward != ward:
        raise AgreementError(
            f"{_named(path)}, line {entry.number}: signed for the ward {entry.ward}, not for {ward}",
            "What one partnership signed holds for its own ward alone.",
            "put back the file that this ward's partnership signed",
        )


def _changed(path: Path, number: int) -> AgreementError:
    name = _named(path)
    return AgreementError(
        f"{name}, line {number}: changed since it was signed",
        "What was signed is added to and never changed; its hash no longer fits.",
        f"the hash on the printed charter; where git keeps the file, git log -p -- {name}",
    )


def _named(path: Path) -> str:
    return "/".join(path.parts[-4:])


def _hash(entry: dict) -> str:
    return hashlib.sha256(_canonical(entry)).hexdigest()


def _canonical(entry: dict) -> bytes:
    return json.dumps(
        entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


NAMESPACE = "darlington-agreement"
_PRINCIPALS = re.compile(r'^\s*"?((?<=")[^"\n]+|[^\s"#]+)', re.MULTILINE)
_FINGERPRINT = re.compile(r"\bSHA256:[A-Za-z0-9+/=]{20,}")


def statement_path(ledger: Path, signing: Signing) -> Path:
    """Return the file whose text is signed: the hash of one signing."""
    return ledger.with_name(f"{ledger.stem}-{signing.number:04}.hash")


def fingerprint(key: Path) -> str:
    """Return the fingerprint of a key, ``SHA256:…``. Raises AgreementError where it is no key."""
    words = _run(["-l", "-f", str(key)], b"", key).decode("utf-8", "replace")
    return _fingerprint_in(words, key)


def _fingerprint_in(words: str, file: Path) -> str:
    match = _FINGERPRINT.search(words)
    if not match:
        raise _no_fit(file)
    return match[0]


def sign(ledger: Path, signing: Signing, key: Path) -> Path:
    """Sign the hash of a signing with a private key; return the signature's file.

    Neither file is written before there is a signature. Files of that number are taken for what a
    killed signing left. Raises AgreementError where ssh-keygen is not there or refuses the key, or
    where the signature is not by the key that the signing names, or by none that is allowed.
    """
    statement = statement_path(ledger, signing)
    text = f"{signing.hash}\n".encode()
    made = _run(["-Y", "sign", "-n", NAMESPACE, "-f", str(key)], text, statement)
    ledger.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_file(statement, text)
    atomic.write_file(_signature(statement), made)
    try:
        verify(ledger, signing)
    except AgreementError:
        clear(ledger, signing)
        raise
    return _signature(statement)


def clear(ledger: Path, signing: Signing) -> None:
    """Delete what a killed signing of the same number left, for one that is not to be signed."""
    statement = statement_path(ledger, signing)
    for left in (_signature(statement), statement):
        atomic.clear_asides(left)
        left.unlink(missing_ok=True)


def verify(ledger: Path, signing: Signing) -> str:
    """Return the fingerprint of the key that signed a signing; "" where no signature lies there.

    Without a list of allowed keys it says that the holder of that key signed, not who that is.
    Raises AgreementError where the signature does not fit, where it is missing although the signing
    names a key, where it is by another key, and where the list of allowed keys does not hold it.
    """
    statement = statement_path(ledger, signing)
    allowed = ledger.parent.parent / ALLOWED
    is_there = statement.is_file() or _signature(statement).is_file()
    found = _fitting_key(statement, signing) if is_there else ""
    is_listed = os.path.lexists(allowed)  # a folder or a link to nothing is no list of anybody
    if (signing.key or is_listed) and not found:
        raise AgreementError(
            f"{_named(ledger)}, line {signing.number}: its signature is missing",
            f"It was signed with {signing.key}."
            if signing.key
            else f"Where data/agreements/{ALLOWED} lists keys, every signing is signed with one.",
            f"put back {_signature(statement).name}, or sign with --key",
        )
    if signing.key and found != signing.key:
        raise AgreementError(
            f"{_named(_signature(statement))}: signed with {found}",
            f"The signing names the key {signing.key}.",
            "put back the signature that was made with that key",
        )
    if is_listed:
        _refuse_unlisted(statement, signing, allowed, found)
    return found


def _fitting_key(statement: Path, signing: Signing) -> str:
    """Return the fingerprint of the key whose signature of a signing lies in its file and fits."""
    text = f"{signing.hash}\n".encode()
    is_whole = statement.is_file() and statement.stat().st_size == len(text)
    if not is_whole or statement.read_bytes() != text:
        raise _no_fit(statement)
    signature = str(_signature(statement))
    said = _run(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", signature], text, statement)
    return _fingerprint_in(said.decode("utf-8", "replace"), statement)


def _refuse_unlisted(statement: Path, signing: Signing, allowed: Path, key: str) -> None:
    """Raise AgreementError where a key was not allowed to sign on the day of the signing."""
    signature, when = str(_signature(statement)), f"-Overify-time={signing.signed_on:%Y%m%d}"
    listed = ["-s", signature, "-f", str(allowed), when]
    names, text = (), statement.read_bytes()
    with contextlib.suppress(OSError, ValueError):
        lists = _PRINCIPALS.findall(bounded_toml.read_text(allowed))
        names = dict.fromkeys(name for names in lists for name in names.split(","))
    for name in names:  # find-principals names the first alone, which may sign other things only
        with contextlib.suppress(AgreementError):
            _run(["-Y", "verify", "-n", NAMESPACE, "-I", name, *listed], text, statement)
            return
    raise AgreementError(
        f"{_named(_signature(statement))}: signed with {key}, which is not allowed to sign",
        f"A key that data/agreements/{ALLOWED} lists, valid on {signing.signed_on}.",
        f"sign with a listed key; man ssh-keygen describes {ALLOWED}",
    )


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
        f"{_named(statement)}: the signature does not fit, or the key can't be used",
        "A private key of ssh-keygen to sign with; later the same hash and its signature.",
        "ssh-keygen -Y check-novalidate, or git log on that file",
    )
