"""Words of the notebook in which analysts choose what to see."""

import pandas as pd

from darlington_analysis.catalogue.vocabulary import Basis
from darlington_analysis.evidence.explore import Look
from darlington_analysis.presentation.wording.numbers import period, shown

WARD, INDICATOR, COMPARISON, PERIOD = "Ward", "Indicator", "Beside", "Period"
MADE_UP = "Made-up figures: nobody publishes them, and they decide nothing."
MODELLED = "By a model: wards by name, as a model makes no order of them."
SECTIONS = "header, stands_out, place, measures, indicators, deprivation, sources, figures, claims"


def title(look: Look) -> str:
    """Return what is looked at."""
    return f"{look.indicator.title}: {look.ward.name} among all wards"


def subtitle(look: Look) -> str:
    """Return the unit and the period, and what kind of figures they are."""
    kind = f" {MADE_UP}" if look.wards.is_dummy.any() else ""
    kind += f" {MODELLED}" if look.row.basis == Basis.MODELLED else ""
    return f"{look.indicator.unit}, {period(look.period)}.{kind}"


def alt(look: Look) -> str:
    """Return the chart in one sentence."""
    beside = "".join(f", {_said(row, look)}" for _, row in look.beside.iterrows())
    return f"Dot chart of {len(look.wards)} wards, {_said(look.row, look)}{beside}."


def caption(look: Look) -> str:
    """Return what the table holds."""
    return f"{look.indicator.title}, {period(look.period)}, {look.indicator.unit}"


def sections(name: str) -> str:
    """Return what else one can ask of a ward's evidence."""
    return f"Ask for a part of {name}’s evidence by its name: {SECTIONS}."


def _said(row: pd.Series, look: Look) -> str:
    if pd.isna(row.value):
        return f"{row.area_name} not shown [{row.status or 'x'}]"
    if pd.isna(row.lower_limit):
        return f"{row.area_name} {shown(row.value, look.indicator)}"
    low, high = (shown(each, look.indicator) for each in (row.lower_limit, row.upper_limit))
    return f"{row.area_name} {shown(row.value, look.indicator)}, between {low} and {high}"
