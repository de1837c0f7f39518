"""Which figures are taken from which tables: to add an ordinary table, add an entry here.

What needs more than reading columns and putting areas into wards has a separate module.
"""

from typing import Literal

import pandas as pd

from darlington_analysis.cleaning.assets import Asset, Check, Checked, Measure
from darlington_analysis.core.vocabulary import Status


def _counts(named: dict[str, tuple[str, str]]) -> tuple[Measure, ...]:
    """Return a measure for each indicator: its numerator and denominator columns."""
    return tuple(Measure(slug, *columns) for slug, columns in named.items())


def _ages(bands: tuple[str, ...]) -> tuple[Measure, ...]:
    """Return the residents of each age band, and of all ages, out of all residents."""
    named = {**dict(zip(bands, bands, strict=True)), "all": "all_ages"}
    return tuple(
        Measure("residents", column, "all_ages", column, breakdown, "count")
        for breakdown, column in named.items()
    )


def _add_up(bands: tuple[str, ...]) -> Check:
    def check(places: pd.DataFrame) -> Checked:
        return "age bands, all areas", places.all_ages.sum(), places[list(bands)].sum().sum()

    return check


def _claimant_percentages(places: pd.DataFrame) -> Checked:
    possible = int(places.percent.between(0, 100).sum())
    return "claimants: percentages of 0 to 100", len(places), possible


_BANDS_2011 = (
    "age_0_4",
    "age_5_9",
    "age_10_17",
    "age_18_24",
    "age_25_44",
    "age_45_64",
    "age_65_74",
    "age_75_plus",
)
_BANDS_2020 = ("age_0_4", "age_5_10", "age_11_15", "age_16_19", "age_20_64", "age_65_plus")
_CRIMES = {
    "violence": "violence",
    "anti-social-behaviour": "anti_social_behaviour",
    "criminal-damage": "criminal_damage",
}
_FUEL_POVERTY = (Measure("fuel-poverty", "fuel_poor", "households", method="modelled"),)

# What both censuses asked in the same way, and so may be compared.
_ALIKE_2021 = {
    "no-qualifications": ("no_qualifications", "residents_16_plus"),
    "social-rented": ("households_social_rented", "households"),
    "private-rented": ("households_private_rented", "households"),
}
_OVERCROWDED = ("households_overcrowded", "households_occupancy_base")
_RESIDENTS = Measure("residents", "residents", "residents", "residents", method="count")
_ALL_2021 = "residents_disability_base"
_RESIDENTS_2021 = Measure("residents", _ALL_2021, _ALL_2021, _ALL_2021, method="count")
_OF_WARDS = {
    "unemployed": ("unemployed_16_74", "economically_active_16_74"),
    "social-rented": ("households_social_rented", "households_tenure_base"),
    "private-rented": ("households_private_rented", "households_tenure_base"),
}

AGES_2011 = Asset(
    "census-age-bands", _ages(_BANDS_2011), "first", lsoas="2011", checks=(_add_up(_BANDS_2011),)
)
AGED_10_17 = Asset(
    "residents-10-17",
    (Measure("residents-10-17", "age_10_17", value="age_10_17", method="count"),),
    "last",
    lsoas="2011",
)


def _adult_skills(geography: Literal["first", "last"], **about) -> Asset:
    """Return the adults with low skills at the census of 2011, for wards of either set."""
    low = Measure("low-skills", denominator="residents_25_64", share="low_skills")
    return Asset("index-adult-skills", (low,), geography, "2015", "2011", period="2011", **about)


# A family is what the report on data quality counts together.
EARLIER: dict[str, tuple[Asset, ...]] = {
    "population": (AGES_2011,),
    "census": (
        Asset(
            "census-profile-counts",
            _counts(
                {
                    "unemployed": ("unemployed_16_74", "economically_active_16_74"),
                    "no-car": ("households_no_car", "households"),
                    "bad-health": ("bad_or_very_bad_health", "residents_health_base"),
                    "social-rented": ("households_social_rented", "households"),
                    "private-rented": ("households_private_rented", "households"),
                }
            ),
            "first",
            vintage="2011",
            lsoas="2011",
        ),
        Asset(
            "census-ward-counts-{first}",
            _counts(
                {
                    "unemployed": ("unemployed_16_74", "economically_active_16_74"),
                    "no-car": ("households_no_car", "households"),
                    "social-rented": ("households_social_rented", "households_tenure_base"),
                }
            ),
            "published",
            slack=None,  # wards alone: the borough's and England's rows are in the table below
        ),
    ),
    "census 2021, wards {first}": (
        Asset(
            "census-profile-counts",
            (*_counts(_ALIKE_2021), _RESIDENTS_2021),
            "first",
            vintage="2021",
            lsoas="2021",
            slack=20,
            only_wards=True,
        ),
    ),
    "censuses before, wards {last}": (
        Asset(
            "census-ward-counts-{last}",
            (*_counts(_OF_WARDS), _RESIDENTS),
            "published",
            vintage="2001",
            slack=60,  # the publisher adjusted small cells of 2001
        ),
        Asset(
            "census-ward-counts-{last}",
            (*_counts(_OF_WARDS), _RESIDENTS),
            "published",
            vintage="2011",
            only_wards=True,
        ),
        Asset(
            "census-profile-counts",
            _counts({"no-qualifications": _ALIKE_2021["no-qualifications"]}),
            "last",
            vintage="2011",
            lsoas="2011",
            only_wards=True,
        ),
        Asset(
            "census-profile-counts",
            _counts({"overcrowded": _OVERCROWDED}),
            "last",
            vintage="2011",
            lsoas="2011",
        ),
    ),
    "adult skills": (
        Asset(
            "census-profile-counts",
            _counts({"no-qualifications": ("no_qualifications", "residents_16_plus")}),
            "first",
            vintage="2011",
            lsoas="2011",
        ),
        _adult_skills("first"),
        # A modelled percentage has its publisher's limits or none; ours would claim too much.
        Asset(
            "adult-skills-ward-percentages",
            (
                Measure("low-numeracy", value="low_numeracy*", method="published"),
                Measure("low-literacy", value="low_literacy*", method="published"),
            ),
            "published",
            period="2002/03",
            slack=None,
        ),
    ),
    "income and work": (
        Asset(
            "index-income-and-employment",
            (
                Measure("low-income", denominator="residents", share="income_deprived"),
                Measure("not-in-work", denominator="residents_16_64", share="employment_deprived"),
            ),
            "first",
            lsoas="2001",
        ),
    ),
}
SINCE_2015: dict[str, tuple[Asset, ...]] = {
    "census 2021": (
        Asset(
            "census-profile-counts",
            _counts(
                {
                    **_ALIKE_2021,
                    "disabled": ("disabled", "residents_disability_base"),
                    "overcrowded": _OVERCROWDED,
                }
            ),
            "last",
            vintage="2021",
            lsoas="2021",
            slack=20,  # the publisher perturbs counts, which moves a sum of LSOAs by up to this
        ),
    ),
    "adult skills": (
        _adult_skills("last", only_wards=True),
        Asset(
            "index-adult-skills",
            (Measure("low-skills", denominator="working_age", share="low_skills"),),
            "last",
            vintage="2025",
            lsoas="2021",
            period="2021",
        ),
    ),
    "children in families with a low income": (
        Asset(
            "index-children",
            (Measure("children-low-income", "children_low_income", "children"),),
            "last",
            lsoas="2021",
            slack=None,  # of two neighbourhoods the publisher left the count out
            no_count=Status.WITHHELD,
        ),
    ),
    "recorded crime": (
        Asset(
            "index-recorded-crime",
            tuple(
                Measure(slug, denominator="residents", share=column, out_of=1000)
                for slug, column in _CRIMES.items()
            ),
            "last",
            lsoas="2021",
            slack=None,  # sums of rates are no counts
        ),
    ),
    "residents, mid-2020": (
        Asset(
            "residents-mid-year", _ages(_BANDS_2020), "published", checks=(_add_up(_BANDS_2020),)
        ),
    ),
    "residents aged 10 to 17, mid-2020": (AGED_10_17,),
    "claimants": (
        Asset(
            "claimant-count",
            (Measure("claimants", "claimants", value="percent", method="published", rounded_to=5),),
            "published",
            slack=60,  # 20 wards and the borough are each rounded to 5, so 2.5 off at most: 52.5
            period_column="month",
            checks=(_claimant_percentages,),
        ),
    ),
    "fuel poverty": (
        Asset("fuel-poverty-lsoas", _FUEL_POVERTY, "last", lsoas="2011"),
        Asset("fuel-poverty-wards", _FUEL_POVERTY, "published", complete=0.98, slack=None),
    ),
}
