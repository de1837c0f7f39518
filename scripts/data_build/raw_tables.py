"""Make data/raw again from the reference data: geography, census, Indices, youth justice.

DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.data_build.raw_tables
"""

from scripts.data_build.raw_census import write_census_tables
from scripts.data_build.raw_census_2021 import write_census_2021_table
from scripts.data_build.raw_census_wards import write_census_ward_tables
from scripts.data_build.raw_deprivation import write_deprivation_tables, write_index_figures
from scripts.data_build.raw_files import RAW_FOLDER, reference_folder
from scripts.data_build.raw_geography import write_geography_tables
from scripts.data_build.raw_geography_2015 import write_modern_geography
from scripts.data_build.raw_lineage import write_lineage_tables
from scripts.data_build.raw_modern import write_modern_tables
from scripts.data_build.raw_neighbourhoods import write_neighbourhoods
from scripts.data_build.raw_youth_justice import write_youth_justice_tables


def main() -> None:
    """Write every table that is a selection of published figures, and name it."""
    reference = reference_folder()
    for write in (
        write_geography_tables,
        write_census_tables,
        write_census_ward_tables,
        write_deprivation_tables,
        write_index_figures,
        write_youth_justice_tables,
        write_modern_geography,
        write_lineage_tables,
        write_census_2021_table,
        write_modern_tables,
        write_neighbourhoods,
    ):
        for file in write(reference):
            print(file.relative_to(RAW_FOLDER))


if __name__ == "__main__":
    main()
