"""What was signed is kept for good, and any later change of one byte is found."""

import json
from datetime import date

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
        signing.add(
            path,
            date(2026, 11, number),
            ("the secretary",),
            f"text {number} é",
            FIGURES,
            FACTS,
            subject=CENTRAL,
        )
    return path


def test_a_signing_keeps_record_figures_methods_and_rule(ledger):
    """Nothing of an old edition is needed to know what was signed."""
    first, second = signing.signings(ledger)
    assert ("text 1 é", tuple(FIGURES), FACTS) == (first.record, first.figures, first.facts)
    assert (signing.FIRST, first.hash) == (first.previous, second.previous)


@pytest.mark.requirement(114)
def test_any_change_of_one_byte_is_found(ledger):
    """Every byte of the file, one at a time, turned into another."""
    whole = ledger.read_bytes()
    for place in range(len(whole)):
        ledger.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(AgreementError, match="changed since it was signed"):
            signing.signings(ledger)


def test_a_line_taken_out_put_twice_or_cut_short_is_found(ledger):
    """The first line gone, a line repeated, the last byte cut."""
    first, second = ledger.read_bytes().splitlines(keepends=True)
    for spoilt in (second, first + first, first + second[:-1], second + first, b""):
        ledger.write_bytes(spoilt)
        with pytest.raises(AgreementError):
            signing.signings(ledger)


def test_a_changed_line_with_a_hash_made_anew_breaks_the_next(ledger):
    """Whoever changes one line must write all later ones anew."""
    lines = ledger.read_bytes().splitlines(keepends=True)
    entry = json.loads(lines[0]) | {"record": "another text"}
    entry["hash"] = signing._hash({key: entry[key] for key in entry if key != "hash"})
    ledger.write_bytes(signing._canonical(entry) + b"\n" + lines[1])
    with pytest.raises(AgreementError, match="line 2"):
        signing.signings(ledger)


def test_nothing_is_added_to_a_spoilt_file(ledger):
    """Adding checks what is there first."""
    ledger.write_bytes(ledger.read_bytes().replace(b"text 1", b"text 9"))
    with pytest.raises(AgreementError):
        signing.add(ledger, date(2026, 12, 1), ("x",), "text", FIGURES, FACTS, subject=CENTRAL)


def test_what_one_ward_signed_is_not_taken_for_another(ledger):
    """The file copied to another ward's place is whole, and is of the wrong ward."""
    assert 2 == len(signing.signings(ledger, CENTRAL.ward))
    assert {CENTRAL} == {
        signing.Subject(entry.ward, entry.edition, entry.pack) for entry in signing.signings(ledger)
    }
    with pytest.raises(AgreementError, match="signed for the ward E05001554, not for E05001568"):
        signing.signings(ledger, "E05001568")
    other = signing.Subject("E05001568", "2011", "0123456789ab")
    with pytest.raises(AgreementError, match="signed for the ward"):
        signing.add(ledger, date(2026, 11, 3), ("x",), "text", FIGURES, FACTS, subject=other)


def test_an_entry_without_its_ward_is_no_traceback(ledger):
    """A line whose hash fits and that names no ward is refused in three lines."""
    entry = json.loads(ledger.read_bytes().splitlines()[0])
    del entry["ward"]
    entry["hash"] = signing._hash({key: entry[key] for key in entry if key != "hash"})
    ledger.write_bytes(signing._canonical(entry) + b"\n")
    with pytest.raises(AgreementError, match="line 1"):
        signing.signings(ledger)


@pytest.mark.parametrize(
    ("day", "is_right"),
    [
        (date(1, 1, 1), False),
        (date(2025, 3, 31), False),  # before the figures' day
        (date(2026, 11, 1), False),  # before the last signing
        (date(2026, 11, 2), True),
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
        (date(9999, 12, 31), False),
    ],
)
def test_a_signing_is_of_no_day_to_come_and_of_none_before_the_last(ledger, day, is_right):
    """The days from the last signing to today; with no signing, from the figures' day."""
    days = (date(2025, 4, 1), date(2026, 11, 27))
    if is_right:
        signing.refuse_day(day, signing.signings(ledger), *days)
        return
    with pytest.raises(AgreementError, match="can't have been signed on"):
        signing.refuse_day(day, signing.signings(ledger), *days)
    if day < days[0]:
        with pytest.raises(AgreementError, match="can't have been signed on"):
            signing.refuse_day(day, (), *days)
