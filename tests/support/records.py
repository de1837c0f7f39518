"""Agreement records that may be signed, which tests take as they are or spoil."""

from tests.support.projects import ROOT

FOLDER = ROOT / "tests" / "records"
WHOLE = (FOLDER / "evening-classes.toml").read_text("utf-8")
"""Central's record, with every answer that the form asks for."""
SIDES = ("--partnership", "the secretary", "--council", "the clerk")
SIGN = ["agreement", "sign", "lingfield", *SIDES]
"""The command by which both sides sign Lingfield's record."""


GAPS = {"Central": 3.5, "Cockerton East": -4.0, "Lascelles": 4.5}


def record_of(ward: str, *swaps: tuple[str, str]) -> str:
    """Return the whole record as another ward's, with some of its texts in place of others.

    Its target is one that is in reach there.
    """
    text = WHOLE.replace("Central", ward).replace("gap = 3.5", f"gap = {GAPS.get(ward, 0.0)}")
    for was, becomes in swaps:
        assert was in text, was
        text = text.replace(was, becomes)
    return text
