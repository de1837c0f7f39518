"""Who lives in the ward: how many, how many before, and of which ages."""

import pandas as pd

from darlington_analysis.evidence.figures import Look
from darlington_analysis.evidence.sections import Place
from darlington_analysis.pages.components import charts, figure, tables
from darlington_analysis.pages.components.numbers import about, capitalised, listed, whole

RESIDENTS = "{people} people live in {ward} ({counted})."
AT_OTHER_TIMES = "Within the same borders there were {counts}."
NOT_KNOWN_BEFORE = "How many lived within these borders before is not known here."
AT_CENSUS = "{people} at the census of {year}"
YOUNG_AND_OLD = (
    "Of 100 people, {here[0]:.0f} are under {age} and {here[1]:.0f} are {old_age} or over. In {country} "
    "it is {there[0]:.0f} and {there[1]:.0f}."
)
ADULT, OLD = 18, 65
AGES_SUBTITLE = "% of usual residents by age, {ward} and England, {counted}"
AGES_SOURCE = "Source: {counted} (Office for National Statistics)."
ALIKE = 2  # percentage points: a smaller gap is no message
GROUPS = ("children", "people aged 65 or over")
AS_IN = "About as many children and older people as in {}"
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
    others = listed(
        [
            AT_CENSUS.format(people=_people(row), year=row.period)
            for row in shown.residents_at_other_times.itertuples()
        ]
    )
    return [
        RESIDENTS.format(people=whole(people), ward=shown.ward.name, counted=counted),
        AT_OTHER_TIMES.format(counts=others) if others else NOT_KNOWN_BEFORE,
        _ages_in_words(shown),
    ]


def _people(row) -> str:
    return whole(row.value) if row.fit == "exact" else f"about {about(row.value)}"


def _ages_in_words(shown: Place) -> str:
    here, there, grown_up, country = _young_and_old(shown)
    return YOUNG_AND_OLD.format(age=grown_up, old_age=OLD, here=here, there=there, country=country)


def _young_and_old(shown: Place | Look) -> tuple[list[float], list[float], int, str]:
    """Return how many of 100 are children and how many are old, here and in the country; from which
    age nobody is counted as a child; and the country's name.
    """
    rows = shown.residents[shown.residents.breakdown.isin(AGES)]
    bounds = rows.breakdown.str.findall(r"\d+")
    rows = rows.assign(
        of_100=100 * rows.numerator / rows.denominator,
        last=[int(ages[-1]) if len(ages) == 2 else None for ages in bounds],
        is_old=[int(ages[0]) >= OLD for ages in bounds],
    )
    rows = rows.assign(is_child=rows["last"] < ADULT)
    is_country = rows.area_type.eq("country")
    here, there = (
        [rows.of_100[is_area & rows[group]].sum() for group in ("is_child", "is_old")]
        for is_area in (rows.area_code.eq(shown.ward.code), is_country)
    )
    grown_up = int(rows["last"][rows.is_child].max()) + 1
    return here, there, grown_up, rows.area_name[is_country].iloc[0]


def ages_title(shown: Place | Look) -> str:
    """Return the message of the chart of ages: more or fewer children, and more or fewer old people."""
    here, there, _, country = _young_and_old(shown)
    words = [
        f"{'more' if own > other else 'fewer'} {group}"
        for own, other, group in zip(here, there, GROUPS, strict=True)
        if abs(own - other) >= ALIKE
    ]
    return capitalised(f"{listed(words)} than in {country}") if words else AS_IN.format(country)


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
        title=ages_title(shown),
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
