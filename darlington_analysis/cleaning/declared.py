"""Which figures are taken from which tables: to add an ordinary table, add an entry here.

What needs more than reading columns and putting areas into wards has a module of its own.
"""

import pandas as pd

from darlington_analysis.cleaning.assets import Asset, Check, Checked, Measure


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
_FUEL_POVERTY = (Measure("fuel-poverty", "fuel_poor", "households", method="modelled"),)

AGES_2011 = Asset(
    "census-age-bands", _ages(_BANDS_2011), lsoas="2011", checks=(_add_up(_BANDS_2011),)
)
AGED_10_17 = Asset(
    "residents-10-17",
    (Measure("residents-10-17", "age_10_17", value="age_10_17", method="count"),),
    lsoas="2011",
)
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
            vintage="2011",
            lsoas="2011",
        ),
    ),
    "adult skills": (
        Asset(
            "census-profile-counts",
            _counts({"no-qualifications": ("no_qualifications", "residents_16_plus")}),
            vintage="2011",
            lsoas="2011",
        ),
        # A modelled percentage has its publisher's limits or none; ours would claim too much.
        Asset(
            "adult-skills-ward-percentages",
            (
                Measure("low-numeracy", value="low_numeracy*", method="published"),
                Measure("low-literacy", value="low_literacy*", method="published"),
            ),
            period="2002/03",
            slack=None,
        ),
    ),
}
SINCE_2015: dict[str, tuple[Asset, ...]] = {
    "census 2021": (
        Asset(
            "census-profile-counts",
            _counts(
                {
                    "no-qualifications": ("no_qualifications", "residents_16_plus"),
                    "social-rented": ("households_social_rented", "households"),
                    "private-rented": ("households_private_rented", "households"),
                    "disabled": ("disabled", "residents_disability_base"),
                    "overcrowded": ("households_overcrowded", "households_occupancy_base"),
                }
            ),
            vintage="2021",
            lsoas="2021",
            slack=20,  # the publisher perturbs counts, which moves a sum of LSOAs by up to this
        ),
    ),
    "residents, mid-2020": (
        Asset("residents-mid-year", _ages(_BANDS_2020), checks=(_add_up(_BANDS_2020),)),
    ),
    "residents aged 10 to 17, mid-2020": (AGED_10_17,),
    "claimants": (
        Asset(
            "claimant-count",
            (Measure("claimants", "claimants", value="percent", method="published"),),
            slack=60,  # 20 wards and the borough are each rounded to 5, so 2.5 off at most: 52.5
            period_column="month",
            checks=(_claimant_percentages,),
        ),
    ),
    "fuel poverty": (
        Asset("fuel-poverty-lsoas", _FUEL_POVERTY, lsoas="2011"),
        Asset("fuel-poverty-wards", _FUEL_POVERTY, complete=0.98, slack=None),
    ),
}
