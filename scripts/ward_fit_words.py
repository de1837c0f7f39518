"""The words and tables of docs/ward-fit.md."""

import pandas as pd

HEAD = """# How far figures of neighbourhoods miss the wards since 2015

Made by `python scripts/ward_fit.py`. The 20 wards since 2015 cut through census areas (LSOAs), so
figures published for LSOAs cannot be added up to them exactly. Output areas are smaller, but
nothing in the sources gives their residents. Four ways were tried on figures that are published
for LSOAs and for wards:

- **Best fit**: each LSOA is put whole in one ward, as the Office for National Statistics does.
  Packs use this for scores of deprivation alone.
- **Whole output areas**: each output area is put whole in the ward most of its postcodes lie in;
  it is taken to hold as many people as the others of its LSOA.
- **Postcodes alone**: each LSOA is shared out by its output areas and postcodes.
- **Shared out**: the same, then raked until every LSOA and every ward has the residents that were
  published for it in mid-2020. Packs use this for counts, and mark them.

An error is the sum beside the published figure, in per cent. Shared out was given the ward totals
of mid-2020, so it has no error there and shows nothing; every other figure is a fair test of it.
The published ward figures are themselves sums of whole output areas.

## Residents at the Census of 2011, which shared out was not given

| ward | published | best fit | whole output areas | postcodes alone | shared out |
|---|---:|---:|---:|---:|---:|
"""
MIDDLE = """
## Every figure that was tried

Mean size of the error over the 20 wards, and the largest.

| figure | best fit | whole output areas | postcodes alone | shared out |
|---|---|---|---|---|
"""
POINTS = """
## Percentages, which is what packs print

How many percentage points a ward's percentage is off: mean size over the 20 wards, and the largest.
Homes of a kind that stand in one corner of an LSOA are spread over the whole of it.

| percentage, Census 2011 | best fit | whole output areas | postcodes alone | shared out |
|---|---|---|---|---|
"""
TAIL = """
Put the other way round, shared out with the ward totals of 2011, and tried on residents of
mid-2020: {back:.1f}% on average, {back_most:+.1f}% at most ({back_ward}).

Every figure carries `fit` (`exact`, `best_fit`, `apportioned`, `apportioned_denominator`) and
`share_moved`. For `best_fit` that is the share of its people who live outside the ward; for
`apportioned` the share who come from LSOAs that lie in several wards. A council's own counts of a
ward are exact, and only the residents they are divided by are shared out: there the share is of
those residents, and `fit` is `apportioned_denominator`. Shared out assumes that people of every
kind are spread over an LSOA alike; children in {child_ward} show what that costs. So packs give
these figures no place among wards.
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
