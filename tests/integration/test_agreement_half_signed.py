"""A signing with a key is there whole, signature and line, or not at all."""

import shutil
import subprocess

import pytest

from darlington_analysis.agreements import signing
from darlington_analysis.cli.main import main
from darlington_analysis.core import atomic
from tests.support.records import SIGN, record_of

CHECK = ["agreement", "check", "lingfield"]


class Killed(BaseException):
    """The run ends here."""


@pytest.fixture
def ledger(edition_table, monkeypatch):
    """Return where the signings of a record that may be signed will be; nothing stays of it."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
    record = edition_table.project.agreements / "lingfield.toml"
    text = record_of("Lingfield", ('"wishes to continue"', '"agreed"'))
    record.write_text(text, "utf-8")
    assert 0 == main(["agreement", "papers", "lingfield"])
    path = signing.ledger_path(edition_table.project, "lingfield")
    yield path
    record.unlink()
    for stray in [
        *path.parent.glob("*lingfield*"),
        *(record.parent / "printed").glob("lingfield*"),
    ]:
        stray.unlink()


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    """Return a private key."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not on this machine")
    path = tmp_path_factory.mktemp("keys") / "key"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return str(path)


def left(ledger) -> list[str]:
    """Return the names of what lies where signings are kept, hidden files too."""
    return sorted(each.name for each in ledger.parent.glob("*lingfield*"))


def killed_before_write(number, key, monkeypatch) -> None:
    """Sign, and end the run just before a file of it is written, counted from 0."""
    writes, write = iter(range(9)), atomic.write_file

    def until(*arguments):
        if next(writes) == number:
            raise Killed
        write(*arguments)

    with monkeypatch.context() as changed:
        changed.setattr(atomic, "write_file", until)
        with pytest.raises(Killed):
            main([*SIGN, "--key", key])


@pytest.mark.parametrize("bad", ["/nonexistent/key", "k\x00y", "~no-such-person/key"])
def test_a_key_that_can_t_be_used_signs_nothing(ledger, key, capsys, bad):
    """Three lines and 15; then the record can be signed with a good key, and is checked."""
    assert 15 == main([*SIGN, "--key", bad])
    assert 3 == len(capsys.readouterr().err.splitlines())
    assert [] == left(ledger)
    assert 0 == main(CHECK)
    assert 0 == main([*SIGN, "--key", key])
    assert 0 == main(CHECK)
    assert signing.verify(ledger, signing.signings(ledger)[0])
    names = ["lingfield-0001.hash", "lingfield-0001.hash.sig", "lingfield.jsonl"]
    assert names == left(ledger)


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("with_key", [True, False])
def test_what_a_killed_signing_left_is_no_fault_and_the_next_takes_its_place(
    ledger, key, monkeypatch, number, with_key
):
    """Ended before the hash, the signature or the line: checked, signed again, checked."""
    killed_before_write(number, key, monkeypatch)
    assert number == len(left(ledger))
    ledger.parent.mkdir(exist_ok=True)
    for name in ("hash", "hash.sig"):  # ended within a write
        (ledger.parent / f".lingfield-0001.{name}.1-aside").write_text("cut", "utf-8")
    assert 0 == main(CHECK)
    text = ledger.parent.parent / "lingfield.toml"
    text.write_text(text.read_text("utf-8") + "# another hash\n", "utf-8")
    assert 0 == main([*SIGN, "--key", key] if with_key else SIGN)
    assert 0 == main(CHECK)
    assert with_key == bool(signing.verify(ledger, signing.signings(ledger)[0]))
    assert (3 if with_key else 1) == len(left(ledger))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2011-03-30"])
def test_a_day_that_can_t_be_signs_nothing_and_what_is_signed_names_its_key(
    ledger, key, capsys, day
):
    """Three lines and 15; a good day is taken, and ``show`` prints the key or that there is none."""
    assert 15 == main([*SIGN, "--on", day])
    assert "can't have been signed on" in capsys.readouterr().err
    assert [] == left(ledger)
    assert 0 == main([*SIGN, "--on", "2026-11-23"])
    assert 0 == main(CHECK)
    assert "no signature" in capsys.readouterr().out
    text = ledger.parent.parent / "lingfield.toml"
    text.write_text(text.read_text("utf-8") + "# one more\n", "utf-8")
    assert 15 == main([*SIGN, "--on", "2026-11-22"])  # before the last signing
    assert 0 == main([*SIGN, "--on", "2026-11-24", "--key", key])
    capsys.readouterr()
    assert 0 == main(["agreement", "show", "lingfield"])
    shown = capsys.readouterr().out
    assert f"signature with {signing.signings(ledger)[1].key}" in shown
    assert "for E05001568, edition 2011, pack " in shown


def test_what_another_ward_signed_is_refused(ledger, capsys):
    """The file of signings copied beside the record of another ward."""
    assert 0 == main(SIGN)
    other = ledger.with_name("central.jsonl")
    other.write_bytes(ledger.read_bytes())
    try:
        assert 15 == main(["agreement", "check", "central"])
        assert "signed for the ward E05001568, not for E05001554" in capsys.readouterr().err
    finally:
        other.unlink()
