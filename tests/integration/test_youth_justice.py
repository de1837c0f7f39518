"""Ward counts are pooled, gated and never seen by year; real ones replace the made-up ones."""

import hashlib

import pytest

from darlington_analysis.cleaning import process
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.settings import load_settings
from darlington_analysis.sources import areas
from tests.support.real_counts import FILE, SIDECAR, YEARS, counts_of, drop_real_counts

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
    spoilt = {
        "stranger": (("E05009999", "2008/09"), 3),
        "half": (key, 2.5),
        "negative": (key, -1),
        "word": (key, "several"),
    }
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


def refused(town, counts) -> str:
    """Return what is said of a file of counts that must be refused."""
    drop_real_counts(town, counts)
    with pytest.raises(SchemaError) as fault:
        table_of(town)
    return str(fault.value)


def test_an_invalid_value_is_called_invalid_and_not_missing(town):
    """A word where a count should be is there, in a row that is named."""
    said = refused(town, {**counts_of(town), ("E05001556", "2008/09"): "several"})
    assert "1 invalid value(s), the first in row 19" in said
    assert "missing" not in said.splitlines()[0]


def test_more_entrants_than_children_is_impossible(town):
    """No ward has a thousand residents aged 10 to 17; the count itself is not quoted."""
    said = refused(town, {**counts_of(town), ("E05001556", "2008/09"): 54321})
    assert "1 impossible count(s), the first for E05001556 in 2008/09" in said
    assert "54321" not in said


def test_counts_that_were_rounded_before_are_refused(town):
    """A file of multiples of five alone is not a file of true counts."""
    rounded = {key: 5 * round(count / 5) for key, count in counts_of(town).items()}
    assert "every count is a multiple of 5" in refused(town, rounded)


WIDE = """
[reading]
header_rows = [3]
last_row = 28
total_rows = ["Total"]
figures = [{ indicator = "first-time-entrants", measure = "numerator" }]
areas = { columns = ["Ward"], systems = ["ward-2003-2015"], by_name = ["ward"] }
times = { headers = ["2006/07", "2007/08", "2008/09", "2009/10", "2010/11"], kind = "financial" }
"""


def drop_council_list(town, marked: str = "") -> dict:
    """Put a council's own list there: wards by name, years across, a title, a row of totals."""
    counts = counts_of(town)
    wards = areas.ward_set(town, "2003-2015").wards
    lines = ["First-time entrants by ward,,,,,", ",,,,,", ",".join(["Ward", *YEARS])]
    lines += [
        ",".join([ward.name, *(str(counts[ward.code, year]) for year in YEARS)]) for ward in wards
    ]
    lines[3] = lines[3].rsplit(",", 1)[0] + f",{marked}" if marked else lines[3]
    lines.append(",".join(["Total", *(str(sum(counts[w.code, y] for w in wards)) for y in YEARS)]))
    content = ("\r".join(lines) + "\r").encode()
    (town.restricted / FILE).write_bytes(content)
    told = SIDECAR.format(checksum=hashlib.sha256(content).hexdigest()) + WIDE
    (town.restricted / f"{FILE}.source.toml").write_text(told, "utf-8")
    return counts


def test_a_council_s_own_list_gives_the_same_figures(town):
    """Ward names, years across, CR alone at the ends of lines: as good as a row a ward and year."""
    drop_real_counts(town)
    plain = table_of(town)
    drop_council_list(town)
    assert plain.drop(columns="source").equals(table_of(town).drop(columns="source"))


def test_a_withheld_count_in_a_council_s_list_is_refused(town):
    """A star stands for a count that somebody withheld: the sum would be wrong."""
    drop_council_list(town, marked="*")
    with pytest.raises(SchemaError, match="row 4, column 2010/11: a cell is invalid"):
        table_of(town)
