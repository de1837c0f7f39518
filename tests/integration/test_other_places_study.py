"""Real files of other places are refused, asked about, or read for our rows alone."""

from types import SimpleNamespace

import pytest

from darlington_analysis.core.project import Project
from darlington_analysis.sources.gazetteer import Gazetteer
from scripts.hardening import other_places
from tests.support.projects import ROOT

SAMPLE = (
    "redcar-and-cleveland/claimant_count_ward_jul_oct2023.csv",
    "redcar-and-cleveland/imd2025_lad_summary_north_east.csv",
    "redcar-and-cleveland/fuel_poverty_ward_2021.csv",
    "redcar-and-cleveland/fuel_poverty_lsoa2011_2019.csv",
    "redcar-and-cleveland/boundary_wards_2019_on.geojson",
    "indicators/messy_samples/ons_lookup_lsoa2011_ward2015_nmw_blank.csv",
    "indicators/messy_samples/ons_subnational_machine_readable_cp1252.csv",
)
GAZETTEER = Gazetteer(Project(ROOT))


def test_no_figure_of_another_place_is_taken_for_ours(reference_data):
    """As published and without codes; some are read, some refused, some asked about."""
    page = other_places.run([reference_data / name for name in SAMPLE], GAZETTEER)
    assert "taken for ours without a question: 0." in page
    rows = [
        line.split("|")[2:-1] for line in page.splitlines() if line.startswith(("| as", "| with"))
    ]
    counts = [[int(cell) for cell in row] for row in rows]
    assert all(row[0] == sum(row[1:]) for row in counts)
    refused, asked, read, wrong = (sum(column) for column in list(zip(*counts, strict=True))[1:])
    assert min(refused, asked, read) > 0 == wrong


@pytest.mark.parametrize(
    ("cells", "council", "expected"),
    [
        (["E05001557", "College", "3"], False, False),
        (["00EHNG", "College", "3"], False, False),
        (["E05009357", "College", "3"], False, True),
        (["E06000005", "E05009357", "College", "3"], False, True),
        (["College", "3"], True, True),
        (["College", "3"], False, False),
    ],
)
def test_the_study_sees_a_figure_of_another_place(cells, council, expected):
    """By the codes of the published row, or by the council whose file it is."""
    taken = SimpleNamespace(row=1, area_code="E05001557", area_type="ward", system="ward-2003-2015")
    assert expected == other_places.is_another(taken, council, [cells], GAZETTEER)
