"""A real signature on a signing, by ssh-keygen, which people who use git have already."""

import subprocess
from pathlib import Path

from darlington_analysis import whole
from darlington_analysis.agreements.signing import Signing
from darlington_analysis.errors import AgreementError

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
    whole.write_file(statement, text)
    whole.write_file(_signature(statement), made)
    return _signature(statement)


def clear(ledger: Path, signing: Signing) -> None:
    """Delete what a killed signing of the same number left, for one that is not to be signed."""
    statement = statement_path(ledger, signing)
    for left in (_signature(statement), statement):
        whole.clear_asides(left)
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
            "ssh-keygen is not on this machine", "It comes with OpenSSH.",
            "sign without --key; the hash is on the charter",
        ) from fault  # fmt: skip
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
