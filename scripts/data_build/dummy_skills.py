"""Made-up ward percentages of adults with low numeracy and low literacy, seeded."""

from random import Random
from statistics import NormalDist

import pandas as pd

from scripts.data_build.raw_files import Story

SEED = 20
# Skills for Life 2003, adults aged 16 to 65 at Entry level 3 or below: England 47% numeracy and
# 16% literacy, North East 54 to 55% and 22%. The borough is set between the two; a ward differs
# by ``slope`` points for each point of residents with no qualifications (Census 2011).
NUMERACY = {"middle": 51.0, "slope": 0.75, "spread": 1.5}
LITERACY = {"middle": 19.5, "slope": 0.50, "spread": 1.0}
# The Council's review (paragraphs 20b and 20c) names these wards as having the poorest skills.
HAUGHTON_EAST, COCKERTON_WEST = "E05001561", "E05001556"
LEAD = 1.5
MEANING = "MADE-UP share of adults aged 16 to 65 at Entry level 3 or below in {}, percent"
SKILLS_STORY = Story(
    dataset="adult-skills-ward-percentages",
    title="DUMMY ward percentages of adults with low numeracy and low literacy (made-up figures)",
    publisher="Darlington Analysis (DUMMY, made-up figures)",
    address="none: made-up figures",
    licence="none needed: made-up figures",
    vintage=f"seed {SEED}",
    basis="modelled",
    is_dummy=True,
    notes="DUMMY: invented, because the ward estimates of the Skills for Life survey of 2003 were "
    "not found. A straight line on residents with no qualifications (Census 2011) round 51% "
    "(numeracy) and 19.5% (literacy), with chance effects; the ward that the Council's review "
    "names is put 1.5 points above the next (Haughton East numeracy, Cockerton West literacy), so "
    "these figures cannot confirm what the review says. The real estimates were modelled: the "
    "prevalence expected for such a population, which wards should not be ranked on.",
    columns={
        "ward_code": "electoral ward of May 2003 to May 2015, GSS code",
        "low_numeracy_percent_dummy": MEANING.format("numeracy"),
        "low_literacy_percent_dummy": MEANING.format("literacy"),
    },
)


def skills_percentages(no_qualifications: pd.Series) -> pd.DataFrame:
    """Return a row a ward with both made-up percentages, one decimal.

    ``no_qualifications`` is the percentage of residents aged 16 and over, by ward code.
    """
    draw = Random(SEED)
    apart = no_qualifications.sort_index() - no_qualifications.mean()
    table = pd.DataFrame(
        {
            "low_numeracy_percent_dummy": _led_by(HAUGHTON_EAST, _spread(apart, NUMERACY, draw)),
            "low_literacy_percent_dummy": _led_by(COCKERTON_WEST, _spread(apart, LITERACY, draw)),
        }
    )
    return table.round(1).rename_axis("ward_code").reset_index()


def _spread(apart: pd.Series, line: dict[str, float], draw: Random) -> pd.Series:
    chance = [line["spread"] * NormalDist().inv_cdf(draw.random()) for _ in apart]
    return line["middle"] + line["slope"] * apart + chance


def _led_by(ward: str, percentages: pd.Series) -> pd.Series:
    led = percentages.copy()
    led[ward] = percentages.drop(ward).max() + LEAD
    return led
