"""First-time entrants by ward for every edition whose years are decided: its wards, its file."""

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial

from darlington_analysis.catalogue import areas, lineage
from darlington_analysis.catalogue.schema import DENOMINATOR
from darlington_analysis.cleaning import youth_justice
from darlington_analysis.cleaning.tidy import Cleaned
from darlington_analysis.project import Project
from darlington_analysis.settings import Edition, Settings

DATASET = "fte-ward-counts"


def families(project: Project, settings: Settings) -> Iterator[tuple[str, Callable[[], Cleaned]]]:
    """Return the name of each ward set's family, and what cleans it.

    An edition that names no years has no ward counts, made up or real.
    """
    for edition in settings.editions:
        if edition.first_time_entrants_years:
            yield _name(edition), partial(_clean, project, edition)


def dataset_of(ward_set: str) -> str:
    """Return the name of the dataset that holds a ward set's own counts."""
    return DATASET if ward_set == lineage.NESTED else f"{DATASET}-{ward_set}"


def _name(edition: Edition) -> str:
    """Two editions of the same wards and years share a family; of other years they do not."""
    first, last = edition.first_time_entrants_years[0], edition.first_time_entrants_years[-1]
    return f"youth justice, wards of {edition.ward_set}, {first} to {last}"


def _clean(project: Project, edition: Edition) -> Cleaned:
    wards = tuple(ward.code for ward in areas.ward_set(project, edition.ward_set).wards)
    years, dataset = edition.first_time_entrants_years, dataset_of(edition.ward_set)
    children = youth_justice.residents_aged_10_17(project, edition.ward_set)
    cleaned = youth_justice.clean(project, years, children.numerator, wards, dataset)
    codes = cleaned.rows.area_code
    fitted = cleaned.rows.assign(
        fit=codes.map(children.fit.replace("apportioned", DENOMINATOR)),
        share_moved=codes.map(children.share_moved),
    )
    return dataclasses.replace(cleaned, rows=fitted)
