"""A signature made with ssh-keygen fits what was signed and nothing else."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from darlington_analysis.agreements import signing
from darlington_analysis.core.errors import AgreementError

FIGURES = [{"indicator": "no-qualifications", "value": 30.6, "method": "wilson", "status": ""}]


FACTS = {"rule": {"withhold_to": 7}, "methods": ["wilson"], "ward_set": "2003-2015"}
CENTRAL = signing.Subject("E05001554", "2011", "0123456789ab")


@pytest.fixture
def ledger(tmp_path):
    """Return a file with two signings."""
    path = tmp_path / "signed" / "central.jsonl"
    for number in (1, 2):
        added(path, number)
    return path


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Return two private keys."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not on this machine")
    folder = tmp_path_factory.mktemp("keys")
    for name in ("one", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True, capture_output=True)
    return folder / "one", folder / "other"


def added(path, number, key=None):
    """Add a signing, with a signature where a key is given."""
    return signing.add(
        path,
        date(2026, 11, number),
        ("the secretary",),
        f"text {number} é",
        FIGURES,
        FACTS,
        subject=CENTRAL,
        key=signing.fingerprint(key) if key else "",
        before=(lambda made: signing.sign(path, made, key)) if key else lambda _: None,
    )


def allow(ledger, key, more=""):
    """Write the list of allowed keys, with one key in it."""
    public = key.with_suffix(".pub").read_text("utf-8").split()[:2]
    line = " ".join(["secretary@central", *filter(None, [more]), *public])
    (ledger.parent.parent / signing.ALLOWED).write_text(f"{line}\n", "utf-8")


def test_a_signature_that_is_taken_away_or_made_with_another_key_is_found(tmp_path, keys):
    """The line names the key, so that a ledger cannot be stripped or signed by somebody else."""
    path = tmp_path / "signed" / "central.jsonl"
    made = added(path, 1, keys[0])
    assert signing.fingerprint(keys[0]) == made.key == signing.verify(path, made)
    assert signing.fingerprint(keys[1]) != made.key
    with pytest.raises(AgreementError, match="names the key"):
        signing.sign(path, made, keys[1])
    signing.sign(path, made, keys[0])
    for left in path.parent.glob("*.hash*"):
        left.unlink()
    with pytest.raises(AgreementError, match="its signature is missing"):
        signing.verify(path, made)


def test_only_a_listed_key_signs_where_keys_are_listed(tmp_path, keys):
    """A file written again and signed with another key, or with none, does not pass."""
    path = tmp_path / "signed" / "central.jsonl"
    path.parent.mkdir()
    allow(path, keys[0])
    made = added(path, 1, keys[0])
    assert made.key == signing.verify(path, made)
    allow(path, keys[0], 'valid-before="20250101"')  # no longer hers on the day of the signing
    with pytest.raises(AgreementError, match="not allowed to sign"):
        signing.verify(path, made)
    allow(path, keys[0], 'valid-before="20261120"')  # it was on that day
    assert made.key == signing.verify(path, made)
    allow(path, keys[1])
    with pytest.raises(AgreementError, match="not allowed to sign"):
        signing.verify(path, made)
    with pytest.raises(AgreementError, match="not allowed to sign"):
        added(path, 2, keys[0])
    assert 1 == len(signing.signings(path))
    bare = tmp_path / "signed" / "lingfield.jsonl"
    with pytest.raises(AgreementError, match="its signature is missing"):
        signing.verify(bare, added(bare, 1))


def test_a_key_is_listed_where_one_line_of_several_lets_it_sign(tmp_path, keys):
    """Also after a line that lets it sign something else alone, or that has run out."""
    path = tmp_path / "signed" / "central.jsonl"
    path.parent.mkdir()
    listed = tmp_path / signing.ALLOWED
    lines = []
    for more in ('namespaces="git"', 'valid-before="20250101"', ""):
        allow(path, keys[0], more)
        lines.append(listed.read_text("utf-8"))
    listed.write_text("".join(lines[:2]), "utf-8")
    with pytest.raises(AgreementError, match="not allowed to sign"):
        added(path, 1, keys[0])
    listed.write_text("".join(lines).replace("secretary@central", "chair@central,b", 1), "utf-8")
    assert signing.verify(path, added(path, 1, keys[0]))
    listed.write_text(lines[2].replace("secretary@central", "secretary@central,b"), "utf-8")
    assert signing.verify(path, added(path, 2, keys[0]))


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nothing")])
def test_a_list_that_can_t_be_read_lists_nobody(tmp_path, make):
    """A folder in its place, or a link to nothing, does not let unsigned lines pass."""
    path = tmp_path / "signed" / "central.jsonl"
    path.parent.mkdir()
    make(tmp_path / signing.ALLOWED)
    with pytest.raises(AgreementError, match="its signature is missing"):
        signing.verify(path, added(path, 1))


def test_a_real_signature_fits_and_a_changed_one_does_not(ledger, keys):
    """ssh-keygen -Y signs the hash; another hash, or another file, does not fit."""
    key = keys[0]
    first, second = signing.signings(ledger)
    assert not signing.verify(ledger, first)
    signing.sign(ledger, first, key)
    assert signing.verify(ledger, first)
    assert not signing.verify(ledger, second)
    statement = signing.statement_path(ledger, first)
    signature = statement.with_name(f"{statement.name}.sig")
    spoilt = signature.read_text().splitlines()
    spoilt[2] = spoilt[2][::-1]
    signature.write_text("\n".join(spoilt) + "\n")
    with pytest.raises(AgreementError, match="does not fit"):
        signing.verify(ledger, first)
    statement.write_text("0" * 64)
    with pytest.raises(AgreementError, match="does not fit"):
        signing.verify(ledger, first)
