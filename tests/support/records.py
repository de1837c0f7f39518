"""Agreement records that may be signed, which tests take as they are or spoil."""

from tests.support.projects import ROOT

FOLDER = ROOT / "tests" / "records"
WHOLE = (FOLDER / "evening-classes.toml").read_text("utf-8")
"""Central's record, with every answer that the form asks for."""


LEVELS = {"Central": 22.0, "Cockerton East": 19.0}


def record_of(ward: str, *swaps: tuple[str, str]) -> str:
    """Return the whole record as another ward's, with some of its texts in place of others.

    Its target is one that is in reach there.
    """
    level = LEVELS.get(ward, 29.0)
    text = WHOLE.replace("Central", ward).replace("level = 22.0", f"level = {level}")
    for was, becomes in swaps:
        assert was in text, was
        text = text.replace(was, becomes)
    return text
