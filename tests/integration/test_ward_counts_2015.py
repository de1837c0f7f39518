"""The council's own counts for the wards since 2015: an open place that works when it is filled."""

import pytest

from darlington_analysis.cleaning import process
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import table as tables
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.sources import areas
from darlington_analysis.sources.schema import DENOMINATOR
from tests.support.real_counts import drop_real_counts_since_2015

YEARS = ("2019/20", "2020/21", "2021/22")


def drop_counts(town):
    """Put counts for each of the 20 wards and three years into the restricted folder."""
    wards = areas.ward_set(town, "2015-on").wards
    counts = {(ward.code, year): (at * 3) % 11 for at, ward in enumerate(wards) for year in YEARS}
    drop_real_counts_since_2015(town, counts)


def test_years_without_a_file_stop_the_run(town):
    """No dummy stands in for counts of these wards."""
    drop_counts(town)
    for path in town.restricted.glob("fte_ward_counts_2015_on*"):
        path.unlink()
    with pytest.raises(SourceError, match="fte-ward-counts-2015-on"):
        process.process(town, load_settings(town))


def test_counts_are_pooled_gated_and_shown_over_children_shared_out(town):
    """With years and file in place wards have a rate, small counts are withheld, no year shows."""
    drop_counts(town)
    process.write(town, process.process(town, load_settings(town)))
    edition = tables.load("2025", town)
    rows = edition.of("first-time-entrants", area_type="ward")
    assert (20, {"2019/20 to 2021/22"}) == (len(rows), set(rows.period))
    assert {DENOMINATOR} == set(rows.fit)
    known = rows.dropna(subset=["numerator"])
    assert (known.numerator % 5 == 0).all()
    assert not known.numerator.between(1, 7).any()
    evidence = in_table(edition, known.area_code.iloc[0])
    assert "first-time-entrants" in [each.indicator.slug for each in evidence.indicators.answers]
    assert () == evidence.indicators.wider
    assert 24 == len(tables.load("2011", town).of("first-time-entrants", area_type="ward"))
