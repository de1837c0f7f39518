"""Ward counts are pooled, gated and never seen by year; real ones replace the made-up ones."""

import pytest

from darlington_analysis.cleaning import process
from darlington_analysis.errors import SchemaError
from darlington_analysis.settings import load_settings
from tests.real_counts import YEARS, counts_of, drop_real_counts

POOLED = "2006/07 to 2010/11"


def table_of(project):
    """Return the first-time entrants of the one table."""
    made = process.process(project, load_settings(project)).table
    return made[made.indicator == "first-time-entrants"]


def test_no_ward_has_a_single_year(project):
    """Wards appear over five years pooled; the borough alone has single years."""
    rows = table_of(project)
    wards = rows[rows.area_type == "ward"]
    assert {POOLED} == set(wards.period)
    counted = rows[rows.area_type.eq("borough") & ~rows.source.str.contains("lait")]
    assert {POOLED, *YEARS} == set(counted.period)


def test_real_counts_replace_the_made_up_ones(town):
    """With the council's own file in place no first-time entrant is a dummy any more."""
    assert table_of(town).is_dummy.any()
    drop_real_counts(town)
    rows = table_of(town)
    assert not rows.is_dummy.any()
    assert {"restricted/fte_ward_counts.csv"} == set(rows[rows.area_type == "ward"].source)


def test_small_counts_are_withheld_and_others_rounded(town):
    """Five-year counts of 1 to 7 are null with [c]; zeros stay; others are multiples of five."""
    counts = drop_real_counts(town)
    rows = table_of(town).query("area_type == 'ward'").set_index("area_code")
    for code, row in rows.iterrows():
        true = sum(counts[code, year] for year in YEARS)
        if 1 <= true <= 7:
            assert ("c", True) == (row.status, row[["numerator", "value"]].isna().all())
        elif row.status != "c":
            assert (0, True) == (row.numerator % 5, abs(row.numerator - true) <= 2)


def test_denominators_are_summed_over_the_years(project):
    """A pooled rate is over the children of all its years, so it is a rate a year."""
    rows = table_of(project).set_index(["area_code", "period"]).denominator
    assert 5 * rows["E06000005", "2006/07"] == rows["E06000005", POOLED]


def test_counts_under_twenty_are_flagged_and_others_are_estimates(project):
    """[u] goes before [e], and [c] before both."""
    wards = table_of(project).query("area_type == 'ward'")
    few = wards[wards.numerator < 20]
    assert {"u"} == set(few.status)
    assert {"e"} == set(wards[wards.numerator >= 20].status)


@pytest.mark.parametrize("spoil", ["missing", "stranger", "half", "negative", "word"])
def test_a_file_with_a_hole_is_refused_without_saying_a_count(town, spoil):
    """A missing ward and year, an unknown ward or a count that is none stops the run."""
    counts = counts_of(town)
    key = ("E05001556", "2008/09")
    counts["E05001553", "2006/07"] = 987654  # must not be seen in an error
    del counts[key]
    spoilt = {"stranger": (("E05009999", "2008/09"), 3), "half": (key, 2.5),
              "negative": (key, -1), "word": (key, "several")}  # fmt: skip
    if spoil != "missing":
        counts[spoilt[spoil][0]] = spoilt[spoil][1]
    drop_real_counts(town, counts)
    with pytest.raises(SchemaError) as fault:
        table_of(town)
    assert "987654" not in str(fault.value)


def test_provenance_does_not_tell_a_restricted_checksum(town):
    """Anyone who knows the rule could try counts until a published checksum fits."""
    drop_real_counts(town)
    told = process.process(town, load_settings(town)).provenance
    assert "sha256" not in told["sources"]["restricted/fte_ward_counts.csv"]
    assert "sha256" in told["sources"]["census/2011/age_bands.csv"]
