"""The words and tables of docs/ward-fit.md."""

import pandas as pd

HEAD = """# How far figures for neighbourhoods miss the wards since 2015

Made by `python -m scripts.studies.ward_fit`. The 20 wards since 2015 cut through census areas (LSOAs), so
figures published for LSOAs cannot be added up to wards exactly. Output areas are smaller, but no
source of the project gives their residents. Four methods were tried on figures that are published
both for LSOAs and for wards:

- **Best fit**: each LSOA belongs to one ward as a whole, as the Office for National Statistics does
  it. Packs use this only for scores of deprivation.
- **Whole output areas**: each output area belongs to the ward in which most of its postcodes lie. All
  output areas of an LSOA are assumed to have the same number of people.
- **Postcodes alone**: each LSOA is shared out by its output areas and postcodes.
- **Shared out**: the same, then raked until every LSOA and every ward has the residents that were
  published for it in mid-2020. Packs use this one set of shares for counts, for the notes on how far a
  figure misses its ward, and for the earlier wards of a ward.

The error is the difference from the published figure, in per cent. "Shared out" uses the ward totals
of mid-2020, so its error there is always 0 and shows nothing. Every other figure is a fair test of it.
The published ward figures are sums of whole output areas.

## Residents at the Census of 2011, which "shared out" did not use

| ward | published | best fit | whole output areas | postcodes alone | shared out |
|---|---:|---:|---:|---:|---:|
"""
MIDDLE = """
## Every figure that was tried

The mean size of the error over the 20 wards, and the largest error.

| figure | best fit | whole output areas | postcodes alone | shared out |
|---|---|---|---|---|
"""
POINTS = """
## Percentages, which packs print

How many percentage points a ward's percentage is off: the mean size over the 20 wards, and the
largest. The method spreads homes of one kind over a whole LSOA even if all of them are in one corner.

| percentage, Census 2011 | best fit | whole output areas | postcodes alone | shared out |
|---|---|---|---|---|
"""
TAIL = """
In the other direction, with the ward totals of 2011 and tested on residents of mid-2020, the error is
{back:.1f}% on average and {back_most:+.1f}% at most ({back_ward}).

Every figure has a `fit` (`exact`, `best_fit`, `apportioned` or `apportioned_denominator`) and a
`share_moved`. For `best_fit` this is the share of the people who live outside the ward, and
`share_left_out` the share of the ward's people who are not in the figure. For
`apportioned` it is the share who live in LSOAs that lie in several wards. If a council counts people
in the ward itself, the count is exact and only the residents it is divided by are shared out. Then
`fit` is `apportioned_denominator`, and the share is of those residents. The method assumes that people
of every kind are spread evenly over an LSOA. Children in {child_ward} show what this costs. Packs
therefore give these figures no rank among wards.
"""
WAYS = ("best fit", "whole output areas", "postcodes alone", "shared out")
TRIED = "residents, Census 2011"
GIVEN = "residents, mid-2020"
YOUNGEST = "aged 0 to 4, mid-2020"


def page(
    found: pd.DataFrame, percents: pd.DataFrame, published: pd.Series, names: dict[str, str]
) -> str:
    """Return the page. ``found`` has a row a ward, a column a pair of figure and way, in per cent;
    ``percents`` the same for percentages, in points; ``published`` the residents of 2011.
    """
    found, percents = found.rename(index=names), percents.rename(index=names)
    published = published.rename(index=names)
    rows = [
        f"| {ward} | {published[ward]:,.0f} | "
        + " | ".join(f"{found.loc[ward, (TRIED, way)]:+.1f}%" for way in WAYS)
        + " |\n"
        for ward in sorted(found.index)
    ]
    back = found[GIVEN, "of 2011"]
    tail = TAIL.format(
        back=back.abs().mean(),
        back_most=back[back.abs().idxmax()],
        back_ward=back.abs().idxmax(),
        child_ward=found[YOUNGEST, "shared out"].abs().idxmax(),
    )
    return (
        HEAD
        + "".join(rows)
        + MIDDLE
        + _lines(found, "%", 0)
        + POINTS
        + _lines(percents, " points", 1)
        + tail
    )


def _lines(found: pd.DataFrame, unit: str, digits: int) -> str:
    told = []
    for what in dict.fromkeys(what for what, _ in found.columns):
        cells = [what]
        for way in WAYS:
            own = found[what, way]
            worst = own.abs().idxmax()
            said = f"{own.abs().mean():.1f}{unit}, {worst} {own[worst]:+.{digits}f}"
            cells.append("given" if (what, way) == (GIVEN, "shared out") else said)
        told.append(f"| {' | '.join(cells)} |\n")
    return "".join(told)


HELD = """
## Do the ranges hold the published percentages?

The ranges that packs print for shared-out percentages allow for chance and for the sharing out.
They were tried on percentages that were published for the wards themselves. An LSOA counts as ten
parts, each as unlike the others as the LSOAs of the borough are. Ten was settled with the percentages
of 2011 at hand: twenty parts would hold 95 in 100 of the first three, five would hold all. The ages of
mid-2020 were tried afterwards and changed nothing. Of 100 figures, ranges of 95 in 100 should hold 93
to 99.

| percentage | wards held | by chance alone | wards whose range missed |
|---|---:|---:|---|
"""
ALL_HELD = """| **{title}: {figures} figures** | **{held:.1f}%** | **{alone:.1f}%** | |
"""


def held_page(groups: dict[str, pd.DataFrame], names: dict[str, str]) -> str:
    """Return the section on ranges: by percentage and ward, and by group of percentages."""
    text = HELD
    for title, tried in groups.items():
        for what, own in tried.groupby("what", sort=False):
            missed = [
                f"{names[row.area_code]} ({row.lower_limit:.1f} to {row.upper_limit:.1f}, "
                f"published {row.published:.1f})"
                for row in own[~own.held].itertuples()
            ]
            text += (
                f"| {what} | {own.held.sum()} of {len(own)} | {own.held_by_chance_alone.sum()} | "
                f"{'; '.join(missed)} |\n"
            )
        text += ALL_HELD.format(
            title=title,
            figures=len(tried),
            held=100 * tried.held.mean(),
            alone=100 * tried.held_by_chance_alone.mean(),
        )
    return text
