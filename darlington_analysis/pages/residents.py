"""Who lives in the ward: how many, how many before, and of which ages."""

import pandas as pd

from darlington_analysis.evidence.figures import Look
from darlington_analysis.evidence.sections import Place
from darlington_analysis.pages.components import charts, figure, tables
from darlington_analysis.pages.components.numbers import capitalised, listed, whole, word

RESIDENTS = "{people} people live in {ward} ({counted})."
BEFORE = "Within the same borders there were {counts}."
AT_CENSUS = "{people} at the census of {year}"
YOUNG_AND_OLD = (
    "Of 100 people, {here[0]} are under {age} and {here[1]} are {old_age} or over. In {country} it is "
    "{there[0]} and {there[1]}."
)
ADULT, OLD = 18, 65
AGES_SUBTITLE = "% of usual residents by age, {ward} and England, {counted}"
AGES_SOURCE = "Source: {counted} (Office for National Statistics)."
ALIKE = 2  # percentage points: a smaller gap in an age band is no message
AGES = {
    "age_0_4": "0 to 4",
    "age_5_9": "5 to 9",
    "age_10_17": "10 to 17",
    "age_18_24": "18 to 24",
    "age_25_44": "25 to 44",
    "age_45_64": "45 to 64",
    "age_65_74": "65 to 74",
    "age_75_plus": "75 and over",
    "age_5_10": "5 to 10",
    "age_11_15": "11 to 15",
    "age_16_19": "16 to 19",
    "age_20_64": "20 to 64",
    "age_65_plus": "65 and over",
}


def residents_sentence(shown: Place) -> list[str]:
    """Return how many people live in the ward, and when they were counted; none without a count."""
    if shown.residents.empty:
        return []
    shares = age_shares(shown)
    people = shares.denominator[shares.area_code == shown.ward.code].iloc[0]
    counted = _counted_in(shown)
    before = listed(
        [
            AT_CENSUS.format(people=whole(row.value), year=row.period)
            for row in shown.residents_before.itertuples()
        ]
    )
    return [
        RESIDENTS.format(people=whole(people), ward=shown.ward.name, counted=counted),
        *([BEFORE.format(counts=before)] if before else []),
        _young_and_old(shown),
    ]


def _young_and_old(shown: Place) -> str:
    """Return how many of 100 are children and how many are old, here and in the country."""
    rows = shown.residents[shown.residents.breakdown.isin(AGES)]
    bounds = rows.breakdown.str.findall(r"\d+")
    rows = rows.assign(
        of_100=100 * rows.numerator / rows.denominator,
        last=[int(ages[-1]) if len(ages) == 2 else None for ages in bounds],
        is_old=[int(ages[0]) >= OLD for ages in bounds],
    )
    rows = rows.assign(is_child=rows["last"] < ADULT)
    is_here, is_there = rows.area_type.eq("ward"), rows.area_type.eq("country")
    here, there = (
        [f"{rows.of_100[is_area & rows[group]].sum():.0f}" for group in ("is_child", "is_old")]
        for is_area in (is_here, is_there)
    )
    return YOUNG_AND_OLD.format(
        age=int(rows["last"][rows.is_child].max()) + 1,
        old_age=OLD,
        here=here,
        there=there,
        country=rows.area_name[is_there].iloc[0],
    )


def ages_title(place: Place | Look, shares: pd.DataFrame) -> str:
    """Return the message of the chart of ages: which band differs most from England."""
    ward_shares = shares[shares.area_code == place.ward.code].set_index("breakdown").value
    england_shares = shares[shares.area_code != place.ward.code].set_index("breakdown").value
    gap = (ward_shares - england_shares).abs().idxmax()
    if abs(ward_shares[gap] - england_shares[gap]) < ALIKE:
        return f"No age group is {word(ALIKE)} points or more from England’s"
    share = "larger" if ward_shares[gap] > england_shares[gap] else "smaller"
    return f"A {share} share aged {gap} than in England"


def ages_alt(place: Place | Look, shares: pd.DataFrame) -> str:
    """Return the chart of ages in one sentence."""
    parts = "; ".join(
        f"{name}: "
        + ", ".join(f"{row.breakdown} {row.value:.1f}%" for row in area_rows.itertuples())
        for name, area_rows in shares.groupby("area_name", sort=False)
    )
    return f"Paired bars of residents by age. {parts}."


def _counted_in(place: Place | Look) -> str:
    label = place.residents.period.iloc[0]
    return f"estimates for {label}" if label.startswith("mid-") else f"census {label}"


def age_shares(shown: Place | Look) -> pd.DataFrame:
    """Return the ward's and England's residents by age band as percentages, youngest first."""
    rows = shown.residents[shown.residents.breakdown.isin(AGES)]
    rows = rows[rows.area_type.isin(["ward", "country"])]
    order = {band: number for number, band in enumerate(AGES)}
    rows = rows.assign(
        order=rows.breakdown.map(order), value=100 * rows.numerator / rows.denominator
    )
    return rows.assign(breakdown=rows.breakdown.map(AGES)).sort_values(["order", "area_type"])


def ages(shown: Place | Look) -> str:
    """Return the residents of a ward by age beside England's, as a chart with its table."""
    shares, counted = age_shares(shown), _counted_in(shown)
    return figure.figure(
        charts.age_bars(shares, shown.ward.code, show=lambda value: f"{value:.0f}%"),
        figure_id="ages",
        title=ages_title(shown, shares),
        subtitle=AGES_SUBTITLE.format(ward=shown.ward.name, counted=counted),
        alt=ages_alt(shown, shares),
        table_html=_ages_table(shown, shares),
        source_line=AGES_SOURCE.format(counted=capitalised(counted)),
        beside=True,
    )


def _ages_table(shown: Place | Look, shares: pd.DataFrame) -> str:
    ward_rows = shares[shares.area_code == shown.ward.code].set_index("breakdown")
    other = shares[shares.area_type == "country"].set_index("breakdown").value
    rows = ward_rows.assign(age=ward_rows.index, england=other)
    columns = [
        tables.Column("age", "Age"),
        tables.Column("numerator", f"People in {shown.ward.name}", "number"),
        tables.Column("value", f"% in {shown.ward.name}", "number", 1),
        tables.Column("england", "% in England", "number", 1),
    ]
    return tables.table(rows, columns, "Residents by age")
