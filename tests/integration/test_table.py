"""The one table says what was published: checked against the documents and other people's sums."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from darlington_analysis.cleaning import checks
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.sources import areas


@pytest.fixture(scope="module")
def made(shared):
    """Return what cleaning makes of the committed raw data: the table and where it is from."""
    folder = shared.processed().processed
    provenance = json.loads((folder / "provenance.json").read_text("utf-8"))
    return SimpleNamespace(
        table=pd.read_parquet(folder / "indicators.parquet"), provenance=provenance
    )


@pytest.fixture(scope="module")
def names(project):
    """Return each ward's name by its code."""
    return {ward.code: ward.name for ward in areas.ward_set(project, "2003-2015").wards}


def wards_by_position(made, names, period):
    """Return the wards from most to least deprived on an Index: name and position."""
    rows = made.table.query("indicator == 'imd-national-position' and period == @period")
    ordered = rows.sort_values("value")
    return [
        (names[code], value) for code, value in zip(ordered.area_code, ordered.value, strict=True)
    ]


@pytest.mark.requirement(88)
def test_ten_wards_are_in_the_most_deprived_quarter_on_imd_2007(made, names):
    """The review, paragraph 21: ten wards, and places 11 to 14."""
    placed = wards_by_position(made, names, "2007")
    assert 10 == sum(value <= 25 for _, value in placed)
    expected = ["Pierremont", "Haughton West", "Haughton North", "Cockerton East"]
    assert expected == [name for name, _ in placed[10:14]]


def test_cockerton_east_is_in_the_most_deprived_45_percent_only_if_cut_short(made, names):
    """The review says 45%; by plain means it is 45.7%."""
    position = dict(wards_by_position(made, names, "2007"))["Cockerton East"]
    assert 45.7 == pytest.approx(position, abs=0.05)


def test_ward_figures_equal_sums_made_elsewhere(made, reference_data):
    """Census and deprivation figures of wards equal an independent sum of the same LSOAs."""
    other = pd.read_csv(reference_data / "indicators/wards24_context_derived.csv")
    other = other.set_index("ward2011_code")
    pairs = {
        ("no-qualifications", "2011", "all", "value"): ("no_qualifications_percent_2011", 0.006),
        ("bad-health", "2011", "all", "value"): ("bad_or_very_bad_health_percent_2011", 0.006),
        ("residents", "2011", "age_10_17", "numerator"): ("age_10_17_census2011", 0),
        ("imd-score", "2004", "all", "value"): ("imd2004_mean_score", 0.0001),
        ("imd-score", "2007", "all", "value"): ("imd2007_mean_score", 0.0001),
        ("imd-score", "2010", "all", "value"): ("imd2010_mean_score", 0.0001),
    }
    wards = made.table[made.table.area_type == "ward"]
    for (slug, period, breakdown, column), (theirs, slack) in pairs.items():
        same = wards.period.eq(period) & wards.breakdown.eq(breakdown)
        rows = wards[same & wards.indicator.eq(slug)]
        ours = rows.set_index("area_code")[column].reindex(other.index)
        assert (ours - other[theirs]).abs().max() <= slack, slug


def test_no_car_equals_the_publisher_s_ward_counts(made, reference_data):
    """Households without a car summed from LSOAs are those published for whole wards."""
    file = reference_data / "geography/census_wards_2003_2015_2001_2011_selected_counts.csv"
    published = pd.read_csv(file).query("census_year == 2011").set_index("ward_code")
    rows = made.table.query("indicator == 'no-car' and area_type == 'ward' and period == '2011'")
    rows = rows.set_index("area_code")
    assert (rows.numerator == published.households_no_car.reindex(rows.index)).all()


def test_the_wards_add_up_to_the_borough(made):
    """Every check of a total against the borough's own row holds, and there are some."""
    checks = [
        check for family in made.provenance["families"].values() for check in family["checks"]
    ]
    assert len(checks) > 15
    assert [] == [check for check in checks if check[1] != check[2]]


def test_residents_are_those_of_the_census(made):
    """Darlington had 105,564 residents on census day 2011."""
    row = made.table.query("indicator == 'residents' and area_code == 'E06000005'")
    row = row[row.period == "2011"]
    assert 105_564 == row[row.breakdown == "all"].numerator.item()


def test_dummies_are_where_nothing_is_published_and_nowhere_else(made):
    """Made-up rows are of three indicators, and are marked in every row."""
    dummy = made.table[made.table.is_dummy]
    assert {"first-time-entrants", "low-numeracy", "low-literacy"} == set(dummy.indicator)
    assert {"ward", "borough"} == set(dummy.area_type)
    assert dummy.source.str.contains("DUMMY").all()


def test_a_withheld_number_is_refused_by_the_schema(made):
    """A figure marked [c] that still holds a number does not pass."""
    spoilt = made.table.copy()
    at = spoilt.index[spoilt.status == "c"][0]
    spoilt.loc[at, "numerator"] = 3.0
    with pytest.raises(SchemaError, match="withheld"):
        checks.check(spoilt)


def test_a_doubled_key_is_refused_by_the_schema(made):
    """One figure stands in the table once."""
    with pytest.raises(SchemaError):
        checks.check(pd.concat([made.table, made.table.head(1)], ignore_index=True))


def test_a_confidence_in_per_cent_is_refused_by_the_schema(made):
    """Confidence is a share in every row: 0.95, not 95."""
    assert {0.95} == set(made.table.confidence.dropna())
    spoilt = made.table.copy()
    spoilt.loc[spoilt.confidence.first_valid_index(), "confidence"] = 95.0
    with pytest.raises(SchemaError, match="confidence"):
        checks.check(spoilt)
