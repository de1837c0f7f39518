"""Other councils make packs from their settings and files; nothing in the package is about one."""

import re

import pandas as pd
import pytest

from darlington_analysis.sources import areas
from tests.support import councils
from tests.support.projects import run


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """Return the project of a council that does not exist, with every pack made."""
    project = councils.invented(tmp_path_factory.mktemp("invented") / "town")
    return project, run(project, "packs")


@pytest.fixture(scope="module")
def redcar(tmp_path_factory, reference_data):
    """Return a project of Redcar and Cleveland, with every pack made."""
    if not (reference_data / "redcar-and-cleveland/project_shape").is_dir():
        pytest.skip("DARLINGTON_REFERENCE_DATA has no folder redcar-and-cleveland")
    folder = tmp_path_factory.mktemp("redcar") / "town"
    project = councils.redcar_and_cleveland(folder, reference_data)
    return project, run(project, "packs")


def _published(project) -> str:
    """Return all published text, names of files included, without the run notebooks."""
    files = [path for path in sorted(project.reports.rglob("*")) if path.is_file()]
    kept = [path for path in files if path.suffix in (".html", ".csv", ".json")]
    assert len(kept) > 10
    return "\n".join(f"{path.name}\n{path.read_text('utf-8')}" for path in kept)


def _table(project) -> pd.DataFrame:
    return pd.read_parquet(project.processed / "indicators.parquet")


def test_an_invented_council_makes_packs_from_five_tables(invented):
    """Its wards have their figures, and what it has no file for is named and left out."""
    project, ran = invented
    assert 0 == ran.returncode, ran.stderr
    assert "12 packs made, 0 left as they were, 0 failed" in ran.stdout
    assert "skipped, not in data/raw: claimants (claimant-count)" in ran.stdout
    counts = _table(project)
    counts = counts[counts.indicator.eq("no-qualifications") & counts.area_type.eq("ward")]
    assert (12, {"exact"}) == (len(counts), set(counts.fit))
    page = (project.reports / "1/E05990001-ward-ash/evidence-pack.html").read_text("utf-8")
    assert "Ward Ash" in page
    assert 'id="map"' not in page  # it has no table of tiles


def test_redcar_and_cleveland_makes_packs_from_its_published_figures(redcar):
    """24 wards since 2019, whose LSOAs are shared out; England's lists came with the project."""
    project, ran = redcar
    assert 0 == ran.returncode, ran.stderr
    assert "24 packs made, 0 left as they were, 0 failed" in ran.stdout
    table = _table(project)
    counts = table[table.indicator.eq("no-qualifications") & table.area_type.eq("ward")]
    assert {"apportioned"} == set(counts.fit)
    assert {"2011": 24, "2021": 24} == counts.period.value_counts().to_dict()
    lockwood = table[table.area_code.eq("E05012446") & table.indicator.eq("imd-score")]
    assert {1.0} == set(lockwood.denominator)  # its mean is that of one LSOA


def test_an_lsoa_that_best_fits_put_elsewhere_moves_no_ward(redcar):
    """E01012171 is put into Teesville by one best fit and into Eston by the next, and is unchanged:
    both wards are made of the same LSOAs on the Indices of 2019 and 2025.
    """
    project, _ = redcar
    wards = []
    for lsoas in ("2011", "2021"):
        lookup = pd.read_csv(project.raw / f"geography/2019-on/lsoa{lsoas}_to_ward.csv")
        wards.append(lookup.set_index("lsoa_code").ward_code["E01012171"])
    assert 2 == len(set(wards))
    scores = _table(project).query("indicator == 'imd-score' and area_type == 'ward'")
    sizes = scores[scores.breakdown.eq("all")].set_index(["area_code", "period"]).denominator
    for ward in wards:
        assert sizes[ward, "2019"] == sizes[ward, "2025"]


def test_a_year_that_four_releases_print_differently_has_the_newest_that_passed(redcar):
    """The borough's 2016 is 400, 488, 488 and 490; the first release has other years' labels."""
    project, _ = redcar
    rates = _table(project).query("indicator == 'first-time-entrants' and area_code == 'E06000003'")
    printed = rates[rates.period.eq("2016")].sort_values("vintage").value
    assert 400 not in set(printed)
    assert 490 == printed.iloc[-1]


def test_a_ward_is_found_however_its_apostrophe_is_written(redcar):
    """St Germain's is spelled with either sign."""
    wards = areas.ward_set(redcar[0], "2019-on")
    for name in ("St Germain's", "St Germain’s", "ST GERMAINS", "St. Germain's"):
        assert "E05012452" == wards.find(name).ward.code


@pytest.mark.parametrize("council", ["invented", "redcar"])
def test_no_published_text_is_about_another_council(council, request):
    """Neither its name nor its documents."""
    project, _ = request.getfixturevalue(council)
    text = _published(project)
    assert [] == re.findall(r".{0,60}Darlington(?! Analysis).{0,60}", text)
    assert [] == re.findall(
        r".{0,60}(?:Council’s review|[Tt]he review’s|2003 to 2015|Index of 2007).{0,60}", text
    )


def test_redcar_s_own_name_is_in_its_packs(redcar):
    """The place of the settings is what pages print."""
    project, _ = redcar
    assert "Redcar and Cleveland" in _published(project)
