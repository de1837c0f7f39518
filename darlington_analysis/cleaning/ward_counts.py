"""First-time entrants by ward for every edition whose years are decided: its wards, its file."""

import dataclasses

import pandas as pd

from darlington_analysis.catalogue import areas, lineage
from darlington_analysis.catalogue.schema import DENOMINATOR
from darlington_analysis.cleaning import mid_year, youth_justice
from darlington_analysis.cleaning.tidy import Cleaned
from darlington_analysis.project import Project
from darlington_analysis.settings import Edition, Settings

DATASET = "fte-ward-counts"


def clean_families(
    project: Project, settings: Settings, aged_10_17_in_2011: pd.Series
) -> dict[str, Cleaned]:
    """Return the cleaned counts of each ward set, by a name for the family.

    An edition that names no years has no ward counts, made up or real.
    """
    return {
        _name(edition): _clean(project, edition, aged_10_17_in_2011)
        for edition in settings.editions
        if edition.first_time_entrants_years
    }


def dataset_of(ward_set: str) -> str:
    """Return the name of the dataset that holds a ward set's own counts."""
    return DATASET if ward_set == lineage.NESTED else f"{DATASET}-{ward_set}"


def _name(edition: Edition) -> str:
    """Two editions of the same wards and years share a family; of other years they do not."""
    first, last = edition.first_time_entrants_years[0], edition.first_time_entrants_years[-1]
    return f"youth justice, wards of {edition.ward_set}, {first} to {last}"


def _clean(project: Project, edition: Edition, aged_10_17_in_2011: pd.Series) -> Cleaned:
    wards = tuple(ward.code for ward in areas.ward_set(project, edition.ward_set).wards)
    years, dataset = edition.first_time_entrants_years, dataset_of(edition.ward_set)
    if edition.ward_set == lineage.NESTED:
        return youth_justice.clean(project, years, aged_10_17_in_2011, wards, dataset)
    people = mid_year.clean_aged_10_17(project).rows.set_index("area_code")
    cleaned = youth_justice.clean(project, years, people.numerator, wards, dataset)
    codes = cleaned.rows.area_code
    fitted = cleaned.rows.assign(
        fit=codes.map(people.fit.replace("apportioned", DENOMINATOR)),
        share_moved=codes.map(people.share_moved),
    )
    return dataclasses.replace(cleaned, rows=fitted)
