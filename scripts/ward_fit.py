"""How far sums of LSOAs miss the wards since 2015, beside the published ward populations.

DARLINGTON_REFERENCE_DATA=<folder> python scripts/ward_fit.py    (writes docs/ward-fit.md)
"""

from pathlib import Path

import pandas as pd
from raw_files import reference_folder

from darlington_analysis.catalogue import lineage
from darlington_analysis.project import find_project

HEAD = """# How far sums of neighbourhoods miss the wards since 2015

Made by `python scripts/ward_fit.py`. The 20 wards since 2015 cut through census areas (LSOAs), so
figures published for LSOAs cannot be added up to them exactly. Two ways were tried on a figure that
is known for wards: residents in mid-2020, published by the Office for National Statistics.

- **Best fit**: each LSOA is put whole in one ward, as the Office does. Packs use this, and mark it.
- **Shared out**: each LSOA is shared out over wards by its output areas and postcodes
  (`lsoa2011_overlaps.csv`). It is nearer on the whole, and furthest off in Hurworth.

An error is the sum beside the published figure, in per cent. The published ward figures are best
fits themselves, of smaller areas.

| ward | published | best fit | error | shared out | error | live outside |
|---|---:|---:|---:|---:|---:|---:|
"""
TAIL = """
Mean size of the error: best fit {best:.1f}%, shared out {shared:.1f}%. Largest: best fit
{best_ward} {best_most:+.0f}%, shared out {shared_ward} {shared_most:+.0f}%.

“Live outside” is the estimated share of the people in the best-fit sum who live outside the ward;
packs print it under each such figure. It says what is in the sum and should not be; it does not say
what is missing from it. So packs give figures by best fit no place among wards.
"""


def errors(reference: Path) -> pd.DataFrame:
    """Return one row a ward: published, best_fit, shared (people), the two errors in per cent."""
    geography, project = reference / "geography", find_project()
    ages = pd.read_csv(geography / "population_lsoa2011_single_year_of_age.csv")
    ages = ages[(ages["reference"] == "2020-06-30") & (ages["area_level"] == "lsoa_2011")]
    people = ages.set_index("area_code")["all_ages"]
    wards = pd.read_csv(geography / "population_wards_2015_on_mid2020_age_bands.csv")
    table = wards.set_index("ward_code")[["ward_name", "all_ages"]]
    table.columns = ["ward", "published"]
    fit = lineage.fit(project, "2011", lineage.SINCE)
    parts = lineage.overlaps(project, "2011", lineage.SINCE)
    table["best_fit"] = people.groupby(fit.ward_of).sum()
    table["shared"] = (parts["lsoa_code"].map(people) * parts["share"]).groupby(
        parts["ward_code"]
    ).sum()  # fmt: skip
    outside = people * (1 - fit.share_inside)
    table["outside"] = 100 * outside.groupby(fit.ward_of).sum() / table["best_fit"]
    for name in ("best_fit", "shared"):
        table[f"{name}_error"] = 100 * (table[name] / table["published"] - 1)
    return table


def page(table: pd.DataFrame) -> str:
    """Return docs/ward-fit.md."""
    rows = [
        f"| {row.ward} | {row.published:,.0f} | {row.best_fit:,.0f} | {row.best_fit_error:+.0f}% "
        f"| {row.shared:,.0f} | {row.shared_error:+.0f}% | {row.outside:.0f}% |\n"
        for row in table.sort_values("ward").itertuples()
    ]
    worst = {name: table[f"{name}_error"].abs().idxmax() for name in ("best_fit", "shared")}
    tail = TAIL.format(
        best=table["best_fit_error"].abs().mean(),
        shared=table["shared_error"].abs().mean(),
        best_ward=table.ward[worst["best_fit"]],
        best_most=table.best_fit_error[worst["best_fit"]],
        shared_ward=table.ward[worst["shared"]],
        shared_most=table.shared_error[worst["shared"]],
    )
    return HEAD + "".join(rows) + tail


def main() -> None:
    """Write the page and print it."""
    text = page(errors(reference_folder()))
    (find_project().root / "docs" / "ward-fit.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
