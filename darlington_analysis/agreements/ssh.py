"""A real signature on a signing, by ssh-keygen, which people who use git have already."""

import subprocess
from pathlib import Path

from darlington_analysis.agreements.signing import Signing
from darlington_analysis.errors import AgreementError

NAMESPACE = "darlington-agreement"


def statement_path(ledger: Path, signing: Signing) -> Path:
    """Return the file whose text is signed: the hash of one signing."""
    return ledger.with_name(f"{ledger.stem}-{signing.number:04}.hash")


def sign(ledger: Path, signing: Signing, key: Path) -> Path:
    """Sign the hash of a signing with a private key; return the signature's file.

    Raises AgreementError where ssh-keygen is not there or refuses the key.
    """
    statement = statement_path(ledger, signing)
    statement.write_text(f"{signing.hash}\n", "utf-8")
    signature = statement.with_name(f"{statement.name}.sig")
    signature.unlink(missing_ok=True)
    _run(["-Y", "sign", "-n", NAMESPACE, "-f", str(key), str(statement)], b"", statement)
    return signature


def verify(ledger: Path, signing: Signing) -> bool:
    """True where a signature lies beside a signing and fits; False where there is none.

    It says that whoever holds the key signed, not who that is: keep a list of keys on paper.
    Raises AgreementError where it does not fit.
    """
    statement = statement_path(ledger, signing)
    signature = statement.with_name(f"{statement.name}.sig")
    if not statement.is_file() and not signature.is_file():
        return False
    text = statement.read_bytes() if statement.is_file() else b""
    if text.decode("utf-8", "replace") != f"{signing.hash}\n":
        raise _no_fit(statement)
    _run(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signature)], text, statement)
    return True


def _run(arguments: list[str], text: bytes, statement: Path) -> None:
    try:
        ran = subprocess.run(["ssh-keygen", *arguments], input=text, capture_output=True)
    except FileNotFoundError as fault:
        raise AgreementError(
            "ssh-keygen is not on this machine", "It comes with OpenSSH.",
            "sign without --key; the hash is on the charter",
        ) from fault  # fmt: skip
    if ran.returncode:
        raise _no_fit(statement)


def _no_fit(statement: Path) -> AgreementError:
    return AgreementError(
        f"{'/'.join(statement.parts[-4:])}: the signature does not fit, or the key can't be used",
        "A private key of ssh-keygen to sign with; later the same hash and its signature.",
        "ssh-keygen -Y check-novalidate, or git log on that file",
    )
