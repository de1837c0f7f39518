"""Five hundred invented young people: names of made-up syllables, days and postcodes drawn."""

import random
from datetime import date, timedelta

from darlington_analysis.core.project import Project
from darlington_analysis.sources import areas

HEADER = [
    "Forename",
    "Surname",
    "Date of birth",
    "Home postcode",
    "Ward",
    "Date of first outcome",
    "Gender",
]
_SYLLABLES = ("zor", "quib", "vex", "drum", "plo", "gwi", "snar", "fyt", "blen", "kroo", "wub")
# Sectors of postcodes that lie in the borough.
_SECTORS = (
    "DL1 1",
    "DL1 2",
    "DL1 4",
    "DL1 5",
    "DL2 1",
    "DL2 2",
    "DL3 0",
    "DL3 6",
    "DL3 7",
    "DL3 8",
)
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def people(project: Project, many: int = 500, seed: int = 20110327) -> list[list[str]]:
    """Return a row an invented person, without header; some wards have next to nobody."""
    chance = random.Random(seed)
    wards = [ward.name for ward in areas.ward_set(project, "2003-2015").wards]
    weights = [1 if at < 5 else 30 for at in range(len(wards))]
    return [
        [
            _name(chance),
            _name(chance),
            _day(chance, 1992, 2_000).isoformat(),
            f"{chance.choice(_SECTORS)}{chance.choice(_LETTERS)}{chance.choice(_LETTERS)}",
            chance.choices(wards, weights)[0],
            _day(chance, 2006, 1_825, first=(4, 1)).strftime("%d/%m/%Y"),
            chance.choice(("girl", "boy")),
        ]
        for _ in range(many)
    ]


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).title()


def _day(chance: random.Random, year: int, days: int, first: tuple = (1, 1)) -> date:
    return date(year, *first) + timedelta(days=chance.randrange(days))
