"""Tables of figures as analysts ask for them: tidy, named, and ready for pandas and seaborn."""

import pandas as pd

from darlington_analysis.core.errors import UnknownAreaError
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.sources.indicators import indicator, register

COLUMNS = [
    "area",
    "area_code",
    "area_type",
    "indicator",
    "title",
    "period",
    "value",
    "lower_limit",
    "upper_limit",
    "unit",
    "numerator",
    "denominator",
    "status",
    "basis",
    "fit",
    "is_dummy",
    "source",
]
"""The columns of a table of figures, in order."""


def figures(
    table: EditionTable,
    slug: str | None = None,
    *,
    period: str = "latest",
    wards_only: bool = False,
) -> pd.DataFrame:
    """Return figures of wards and of the areas they are compared with, one row a figure.

    ``period`` is "latest" (the last that wards have a figure of), "all", or one period. Raises
    UnknownAreaError for an indicator or a period without figures.
    """
    slugs = [slug] if slug else ward_indicators(table)
    parts = [_of_one(table, each_slug, period, is_asked_for=bool(slug)) for each_slug in slugs]
    rows = with_names(table, pd.concat(parts)) if parts else with_names(table, table.rows.head(0))
    if wards_only:
        rows = rows[rows.area_type.eq("ward")]
    known = register()
    rows = rows.rename(columns={"area_name": "area"}).assign(
        title=[known[slug].short_title for slug in rows.indicator],
        unit=[known[slug].unit for slug in rows.indicator],
    )
    return rows[COLUMNS].reset_index(drop=True)


def ward_indicators(table: EditionTable) -> list[str]:
    """Return the slugs of indicators that wards have figures of."""
    has_wards = table.rows.area_type.eq("ward") & table.rows.breakdown.eq("all")
    return sorted(set(table.rows[has_wards].indicator))


def _of_one(table: EditionTable, slug: str, period: str, *, is_asked_for: bool) -> pd.DataFrame:
    """Return one indicator's rows: wards by name, then wider areas from small to large."""
    indicator(slug)  # an unknown one is an error that lists the known ones
    rows = table.of(slug, breakdown="all")
    rows = rows[rows.area_type.ne("lsoa")]
    wards = rows[rows.area_type.eq("ward")]
    if period == "latest" and len(wards):
        period = table.latest(slug).period.iloc[0]
    if period not in ("all", "latest"):
        rows = rows[rows.period.eq(period)]
    if rows.empty and is_asked_for:
        known = sorted(set(table.of(slug).period), key=lambda label: last_day(slug, label))
        raise UnknownAreaError(
            f'The {table.edition.title} has no figure of "{slug}" for {period}',
            f"It has figures for: {', '.join(known) or 'no period'}.",
            'leave the period out, or ask for period="all"',
        )
    names = {ward.code: ward.name for ward in table.wards.wards}
    order = ["ward", "borough", "region", "country"]
    keys = pd.DataFrame(
        {
            "type": rows.area_type.map(order.index),
            "name": rows.area_code.map(names).fillna(""),
            "day": [last_day(slug, label) for label in rows.period],
        },
        index=rows.index,
    )
    return rows.loc[keys.sort_values(["type", "name", "day"]).index]


def indicators(table: EditionTable) -> pd.DataFrame:
    """Return the indicators of wards: slug, title, unit, polarity, latest period, is_dummy."""
    latest = {slug: table.latest(slug).iloc[0] for slug in ward_indicators(table)}
    return pd.DataFrame(
        {
            "indicator": slug,
            "title": indicator(slug).title,
            "unit": indicator(slug).unit,
            "polarity": str(indicator(slug).polarity),
            "period": row.period,
            "is_dummy": bool(row.is_dummy),
        }
        for slug, row in latest.items()
    )
