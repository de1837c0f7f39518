"""The idea bank: practices that were tried, each with what it costs and how well it is known."""

import tomllib
from functools import cache
from importlib.resources import files

from darlington_analysis.agreements.parts import Cost, Grade, Mode, Part


class Practice(Part):
    """One practice: what was done, where, at what cost, in which way, and who says so."""

    id: str
    title: str
    words: str
    where: str
    cost: Cost
    mode: Mode
    grade: Grade
    source: str


@cache
def practices() -> tuple[Practice, ...]:
    """Return every practice of the idea bank, in its order."""
    text = files("darlington_analysis.agreements").joinpath("practices.toml").read_text("utf-8")
    return tuple(Practice(**each) for each in tomllib.loads(text)["practice"])
