"""Made-up ward counts of first-time entrants: facts in, seeded Poisson noise, facts out."""

import math
from itertools import count
from random import Random
from statistics import NormalDist

import pandas as pd

from scripts.data_build.raw_files import Story

# A plausible course for the borough: 190 to 300 entrants at first, 95 to 170 at the end, 42% fewer
# in 2011/12 than in 2008. No figure for Darlington before 2015 is published.
EXPECTED = {"2006/07": 265, "2007/08": 250, "2008/09": 205, "2009/10": 160, "2010/11": 125}
DEPRIVATION_POWER = 1.5
WARD_SPREAD = 0.2
# The Council's review (paragraph 20a) names these two as having the highest numbers.
COCKERTON_WEST, PARK_EAST = "E05001556", "E05001573"
UPLIFT = {COCKERTON_WEST: 1.5, PARK_EAST: 1.1}
AREA_PERIOD = {"period": "financial year"}
MEANING = "MADE-UP first-time entrants aged 10 to 17, count"
SHAPE = (
    "DUMMY: invented, because no count below England is published for these years. Nobody is "
    "counted here. Expected borough totals of 265, 250, 205, 160 and 125 are spread by residents "
    "aged 10 to 17 (Census 2011) times the mean IMD 2007 score to the power 1.5, with a chance "
    "effect for each ward and Poisson noise, and an uplift for Cockerton West and Park East, "
    "which the Council's review names as the highest. The seed is the first with which those two "
    "come out highest over the five years, two or three wards have 1 to 7, one has none, and the "
    "borough falls from 190 to 300 a year to 95 to 170. "
)
REAL_FILE = (
    "Real counts replace this file: see data/raw/restricted/README.md. The borough's made-up "
    "totals are the sums of the wards'."
)


def ward_counts(wards: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return made-up counts (ward_code, period, first_time_entrants_dummy) and their seed.

    ``wards`` is indexed by ward code: ``young`` residents aged 10 to 17, mean IMD ``score``.
    """
    draws = ((_drawn(wards, Random(seed)), seed) for seed in count(1))
    return next(found for found in draws if _has_the_shape(found[0]))


def borough_counts(wards: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of the wards (area_code, period, first_time_entrants_dummy)."""
    sums = wards.groupby("period", as_index=False)["first_time_entrants_dummy"].sum()
    sums.insert(0, "area_code", "E06000005")
    return sums


def _drawn(wards: pd.DataFrame, draw: Random) -> pd.DataFrame:
    weight = {code: _weight(code, row, draw) for code, row in wards.sort_index().iterrows()}
    whole = sum(weight.values())
    rows = [
        (code, period, _poisson(total * weight[code] / whole, draw))
        for code in weight
        for period, total in EXPECTED.items()
    ]
    return pd.DataFrame(rows, columns=["ward_code", "period", "first_time_entrants_dummy"])


def _weight(code: str, ward: pd.Series, draw: Random) -> float:
    chance = math.exp(WARD_SPREAD * NormalDist().inv_cdf(draw.random()))
    return ward["young"] * ward["score"] ** DEPRIVATION_POWER * chance * UPLIFT.get(code, 1)


def _poisson(mean: float, draw: Random) -> int:
    """Return a Poisson number, by adding up waiting times: the same on every machine."""
    number, passed = 0, -math.log(1 - draw.random())
    while passed < mean:
        number, passed = number + 1, passed - math.log(1 - draw.random())
    return number


def _has_the_shape(drawn: pd.DataFrame) -> bool:
    sums = drawn.groupby("ward_code")["first_time_entrants_dummy"].sum()
    borough = drawn.groupby("period")["first_time_entrants_dummy"].sum()
    highest = sums.nlargest(3)
    return (
        set(highest.index[:2]) == {COCKERTON_WEST, PARK_EAST}
        and highest.iloc[1] > highest.iloc[2]
        and sums.between(1, 7).sum() in (2, 3)
        and (sums == 0).sum() == 1
        and borough.is_monotonic_decreasing
        and borough.iloc[:2].between(190, 300).all()
        and borough.iloc[3:].between(95, 170).all()
    )


def _story(dataset: str, title: str, area: dict[str, str], seed: int) -> Story:
    return Story(
        dataset=dataset,
        title=title,
        publisher="Darlington Analysis (DUMMY, made-up figures)",
        address="none: made-up figures",
        licence="none needed: made-up figures",
        vintage=f"seed {seed}",
        control="controlled",
        is_dummy=True,
        notes=SHAPE + REAL_FILE,
        columns=area | AREA_PERIOD | {"first_time_entrants_dummy": MEANING},
    )


def ward_story(seed: int) -> Story:
    """Return the story of the ward counts."""
    area = {"ward_code": "electoral ward of May 2003 to May 2015, GSS code"}
    title = "DUMMY ward counts of first-time entrants, 2006/07 to 2010/11 (made-up figures)"
    return _story("fte-ward-counts", title, area, seed)


def borough_story(seed: int) -> Story:
    """Return the story of the borough counts."""
    area = {"area_code": "Darlington, GSS code"}
    title = "DUMMY borough counts of first-time entrants, 2006/07 to 2010/11 (made-up figures)"
    return _story("fte-borough-counts", title, area, seed)
