"""A signature made with ssh-keygen fits what was signed and nothing else."""

import subprocess
from datetime import date

import pytest

from darlington_analysis.agreements import signing
from darlington_analysis.core.errors import AgreementError

FIGURES = [{"indicator": "no-qualifications", "value": 30.6, "method": "wilson", "status": ""}]


FACTS = {"rule": {"withhold_to": 7}, "methods": ["wilson"], "ward_set": "2003-2015"}


@pytest.fixture
def ledger(tmp_path):
    """Return a file with two signings."""
    path = tmp_path / "signed" / "central.jsonl"
    for number in (1, 2):
        signing.add(
            path, date(2026, 11, number), ("the secretary",), f"text {number} é", FIGURES, FACTS
        )
    return path


def test_a_real_signature_fits_and_a_changed_one_does_not(ledger, tmp_path):
    """ssh-keygen -Y signs the hash; another hash, or another file, does not fit."""
    key = tmp_path / "key"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    if subprocess.run(["which", "ssh-keygen"], capture_output=True).returncode:
        pytest.skip("ssh-keygen is not on this machine")
    subprocess.run(command, check=True, capture_output=True)
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
