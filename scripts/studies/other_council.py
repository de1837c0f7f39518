"""How far our sharing out misses the published ward residents of Redcar and Cleveland.

DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.studies.other_council

Prints the mean and the worst error over its 24 wards since 2019, for each age band of mid-2020:
the wards' totals are what is raked to, and the bands are published for LSOAs and for wards alike.
"""

import tempfile
from pathlib import Path

import pandas as pd

from darlington_analysis.cleaning import ward_geography
from darlington_analysis.sources import lineage
from scripts.data_build.raw_files import reference_folder
from tests.support import councils

WARDS = "2019-on"
BANDS = ["age_0_4", "age_5_10", "age_11_15", "age_16_19", "age_20_64", "age_65_plus"]


def errors(parts: pd.DataFrame, lsoas: pd.DataFrame, wards: pd.DataFrame) -> pd.DataFrame:
    """Return the error in per cent of the published figure: a row a ward, a column a band.

    ``parts`` has a row an LSOA and a column a ward: the share of its people who live there.
    """
    estimated = parts.T @ lsoas.reindex(parts.index)[BANDS]
    published = wards.reindex(estimated.index)[BANDS]
    return 100 * (estimated - published) / published


def main() -> None:
    """Print the errors of best fit and of sharing out, in per cent."""
    reference = reference_folder()
    folder = reference / "redcar-and-cleveland"
    lsoas = pd.read_csv(folder / "population_lsoa2011_mid2020_age_bands.csv").set_index("area_code")
    wards = pd.read_csv(folder / "population_wards_2019_on_mid2020_age_bands.csv")
    wards = wards.set_index("ward_code")
    with tempfile.TemporaryDirectory() as scratch:
        project = councils.redcar_and_cleveland(Path(scratch) / "town", reference)
        shared = ward_geography.shares(project, "2011", WARDS)
        whole = pd.get_dummies(lineage.fit(project, "2011", WARDS).ward_of).astype(float)
    table = pd.DataFrame()
    for name, parts in (("best fit", whole), ("shared out", shared)):
        missed = errors(parts, lsoas, wards).abs()
        table[f"{name}: mean"], table[f"{name}: worst"] = missed.mean(), missed.max()
        table[f"{name}: ward"] = missed.idxmax().map(wards.ward_name)
    print(f"Residents of mid-2020 by age, {len(wards)} wards: error in % of the published figure")
    print(table.round(1).to_string())


if __name__ == "__main__":
    main()
