"""Ward counts are pooled, gated and never seen by year; real ones replace the made-up ones."""

import hashlib
import json

import pandas as pd
import pytest

from darlington_analysis.cleaning import first_time_entrants, indicator_rows, process
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.settings import load_settings
from darlington_analysis.disclosure import attack
from darlington_analysis.sources import areas
from tests.support.real_counts import FILE, SIDECAR, YEARS, counts_of, drop_real_counts

POOLED = "2006/07 to 2010/11"
FAMILY = "youth justice, wards of 2003-2015, 2006/07 to 2010/11"


def table_of(project):
    """Return the first-time entrants of a processed project's table."""
    made = pd.read_parquet(project.processed / "indicators.parquet")
    return made[made.indicator == "first-time-entrants"]


@pytest.fixture(scope="module")
def dummy(shared):
    """Return the first-time entrants of the committed files, whose ward counts are made up."""
    return table_of(shared.processed())


@pytest.fixture(scope="module")
def real(shared):
    """Return the first-time entrants up to 2011 where a council has put its own counts in place."""
    rows = table_of(shared.real())
    return rows[~rows.area_code.str.startswith("E0501")]


@pytest.fixture
def counted(town):
    """Return how the ward counts of the town are cleaned, before they pass the gate."""
    return lambda: dict(first_time_entrants.families(town, load_settings(town)))[FAMILY]()


def test_no_ward_has_a_single_year(dummy):
    """Wards appear over five years pooled; the borough alone has single years."""
    wards = dummy[dummy.area_type == "ward"]
    assert {POOLED} == set(wards.period)
    borough = dummy[dummy.area_type.eq("borough") & ~dummy.source.str.contains("lait")]
    assert {POOLED, *YEARS} == set(borough.period)


def test_real_counts_replace_the_made_up_ones(dummy, real):
    """With the council's own file in place no first-time entrant is a dummy any more."""
    assert dummy.is_dummy.any()
    assert not real.is_dummy.any()
    assert {"restricted/fte_ward_counts.csv"} == set(real[real.area_type == "ward"].source)


def test_small_counts_are_withheld_and_others_rounded(project, real):
    """Five-year counts of 1 to 7 are null with [c]; zeros stay; others are multiples of five."""
    counts = counts_of(project)
    rows = real.query("area_type == 'ward'").set_index("area_code")
    assert 24 == len(rows)
    for code, row in rows.iterrows():
        true = sum(counts[code, year] for year in YEARS)
        if 1 <= true <= 7:
            assert ("c", True) == (row.status, row[["numerator", "value"]].isna().all())
        elif row.status != "c":
            assert (0, True) == (row.numerator % 5, abs(row.numerator - true) <= 2)


def test_a_published_edition_withstands_the_attack(shared):
    """Somebody who knows the rule and every printed total can narrow no withheld count."""
    project = shared.real()
    settings = load_settings(project)
    youth = dict(first_time_entrants.families(project, settings))[FAMILY]()
    published = table_of(project).query("source == 'restricted/fte_ward_counts.csv'")
    rule = indicator_rows.small_number_rule(settings.small_numbers)
    audited = attack.audit(published, youth.totals, rule)
    assert len(audited) >= 3
    assert audited.is_protected.all()


def test_denominators_are_summed_over_the_years(dummy):
    """A pooled rate is over the children of all its years, so it is a rate a year."""
    rows = dummy.set_index(["area_code", "period"]).denominator
    assert 5 * rows["E06000005", "2006/07"] == rows["E06000005", POOLED]


def test_counts_under_twenty_are_flagged_and_others_are_estimates(dummy):
    """[u] goes before [e], and [c] before both."""
    wards = dummy.query("area_type == 'ward'")
    few = wards[wards.numerator < 20]
    assert {"u"} == set(few.status)
    assert {"e"} == set(wards[wards.numerator >= 20].status)


@pytest.mark.parametrize("spoil", ["missing", "stranger", "half", "negative", "word"])
def test_a_file_with_a_hole_is_refused_without_saying_a_count(town, counted, spoil):
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
        counted()
    assert "987654" not in str(fault.value)


def test_a_run_stops_where_the_counts_are_refused(town):
    """What stops the cleaning of ward counts stops the whole run."""
    drop_real_counts(town, {**counts_of(town), ("E05001556", "2008/09"): "several"})
    with pytest.raises(SchemaError, match="1 invalid value"):
        process.process(town, load_settings(town))


def test_provenance_does_not_tell_a_restricted_checksum(shared):
    """Anyone who knows the rule could try counts until a published checksum fits."""
    told = json.loads((shared.real().processed / "provenance.json").read_text("utf-8"))
    assert "sha256" not in told["sources"]["restricted/fte_ward_counts.csv"]
    assert "sha256" in told["sources"]["census/2011/age_bands.csv"]


@pytest.fixture
def refused(town, counted):
    """Return what is said of a file of counts that must be refused."""

    def said_of(counts) -> str:
        drop_real_counts(town, counts)
        with pytest.raises(SchemaError) as fault:
            counted()
        return str(fault.value)

    return said_of


def test_an_invalid_value_is_called_invalid_and_not_missing(town, refused):
    """A word where a count should be is there, in a row that is named."""
    said = refused({**counts_of(town), ("E05001556", "2008/09"): "several"})
    assert "1 invalid value(s), the first in row 19" in said
    assert "missing" not in said.splitlines()[0]


def test_more_entrants_than_children_is_impossible(town, refused):
    """No ward has a thousand residents aged 10 to 17; the count itself is not quoted."""
    said = refused({**counts_of(town), ("E05001556", "2008/09"): 54321})
    assert "1 impossible count(s), the first for E05001556 in 2008/09" in said
    assert "54321" not in said


def test_counts_that_were_rounded_before_are_refused(town, refused):
    """A file of multiples of five alone is not a file of true counts."""
    rounded = {key: 5 * round(count / 5) for key, count in counts_of(town).items()}
    assert "every count is a multiple of 5" in refused(rounded)


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


def test_a_council_s_own_list_gives_the_same_figures(town, counted):
    """Ward names, years across, CR alone at the ends of lines: as good as a row a ward and year."""
    drop_real_counts(town)
    plain = counted()
    drop_council_list(town)
    listed = counted()
    assert plain.rows.drop(columns="source").equals(listed.rows.drop(columns="source"))
    assert plain.totals == listed.totals


def test_a_withheld_count_in_a_council_s_list_is_refused(town, counted):
    """A star stands for a count that somebody withheld: the sum would be wrong."""
    drop_council_list(town, marked="*")
    with pytest.raises(SchemaError, match="row 4, column 2010/11: a cell is invalid"):
        counted()
