"""The council's own counts for the wards since 2015: an open place that works when it is filled."""

from darlington_analysis.cleaning import process
from darlington_analysis.core.settings import load_settings
from darlington_analysis.core.vocabulary import DENOMINATOR
from darlington_analysis.evidence import table as tables
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.sources import areas
from tests.support.real_counts import drop_real_counts_since_2015

YEARS = ("2019/20", "2020/21", "2021/22")


def drop_counts(town):
    """Put counts for each of the 20 wards and three years into the restricted folder."""
    wards = areas.ward_set(town, "2015-on").wards
    counts = {(ward.code, year): (at * 3) % 11 for at, ward in enumerate(wards) for year in YEARS}
    drop_real_counts_since_2015(town, counts)


def test_years_without_a_file_are_named_and_nothing_stands_in_for_them(town):
    """The family is named with the dataset that is absent; no made-up count takes its place."""
    drop_counts(town)
    for path in town.restricted.glob("fte_ward_counts_2015_on*"):
        path.unlink()
    families, absent = process.gather(town, load_settings(town))
    assert ["fte-ward-counts-2015-on"] in absent.values()
    codes = {ward.code for ward in areas.ward_set(town, "2015-on").wards}
    for cleaned in families.values():
        rows = cleaned.rows[cleaned.rows.indicator.eq("first-time-entrants")]
        assert not codes & set(rows.area_code)


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
