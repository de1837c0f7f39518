"""Agreement records that may be signed, which tests take as they are or spoil."""

from tests.support.projects import ROOT

FOLDER = ROOT / "tests" / "records"
WHOLE = (FOLDER / "evening-classes.toml").read_text("utf-8")
"""Central's record, with every answer that the form asks for."""


def record_of(ward: str, *swaps: tuple[str, str]) -> str:
    """Return the whole record as another ward's, with some of its texts in place of others."""
    text = WHOLE.replace("Central", ward)
    for was, becomes in swaps:
        assert was in text, was
        text = text.replace(was, becomes)
    return text
