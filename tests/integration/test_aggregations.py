"""Other ways of adding up the Indices agree with sums made apart from the code."""

import pandas as pd
import pytest

from tests.support.projects import ROOT

RAW = ROOT / "data" / "raw"
PLACES, INDICES = RAW / "geography" / "2003-2015", RAW / "indices-of-deprivation"
LSOAS = 32_482


@pytest.fixture(scope="module")
def england(reference_data):
    """Return every LSOA of England on the Index of 2007."""
    return pd.read_csv(reference_data / "indicators" / "imd2007_england_lsoa2001.csv")


@pytest.mark.parametrize("period", ["2004", "2007", "2010"])
@pytest.mark.parametrize(("slug", "percent"), [("imd-worst-tenth", 10), ("imd-worst-fifth", 20)])
def test_people_in_deprived_neighbourhoods(edition_table, period, slug, percent):
    """Residents of 2011, split neighbourhoods put together again, over all residents."""
    people = pd.read_csv(RAW / "census/2011/age_bands.csv").set_index("area_code").all_ages
    pairs = pd.read_csv(PLACES / "lsoa2001_to_lsoa2011.csv")
    of_2001 = pairs.assign(people=pairs.lsoa2011_code.map(people)).groupby("lsoa2001_code").people
    lsoas = pd.read_csv(PLACES / "lsoa2001_to_ward.csv").set_index("lsoa_code")
    ranks = pd.read_csv(INDICES / period / "lsoa_scores.csv").set_index("lsoa_code")["rank"]
    lsoas = lsoas.assign(people=of_2001.sum(), worst=ranks <= LSOAS * percent / 100)
    by_hand = lsoas[lsoas.worst].groupby("ward_code").people.sum()
    rows = edition_table.of(slug, period=period, breakdown="people").set_index("area_code")
    assert 105_564 == rows.denominator.sum()
    assert by_hand.reindex(rows.index, fill_value=0).to_dict() == rows.numerator.to_dict()
    assert {"e"} == set(rows.status)


def test_every_resident_is_in_one_neighbourhood_of_2001():
    """63 neighbourhoods of 2001 hold the 65 of 2011: two were split, two redrawn, none merged."""
    pairs = pd.read_csv(PLACES / "lsoa2001_to_lsoa2011.csv")
    assert (65, 63) == (pairs.lsoa2011_code.nunique(), pairs.lsoa2001_code.nunique())
    redrawn = pairs[pairs.change == "X"].lsoa2001_code
    ward_of = pd.read_csv(PLACES / "lsoa2001_to_ward.csv").set_index("lsoa_code").ward_code
    assert 1 == ward_of[redrawn].nunique()


def test_positions_by_mean_rank_are_read_back(edition_table, reference_data):
    """Each ward's place among England's by mean rank comes back to within 0.06."""
    file = reference_data / "indicators" / "imd_darlington_wards_derived_all_vintages.csv"
    known = pd.read_csv(file).query("iod_vintage == 2007").set_index("ward_code")
    new_codes = pd.read_csv(PLACES / "wards.csv").set_index("ward_code_old").ward_code
    known = known.percentile_by_mean_rank.rename(index=new_codes.to_dict())
    rows = edition_table.of("imd-position-by-method", breakdown="mean rank")
    ours = rows.set_index("area_code").value
    largest = (ours - known.reindex(ours.index)).abs().max()
    print(f"largest error {largest:.3f} percentage points")
    assert 24 == len(ours)
    assert largest <= 0.06


@pytest.mark.parametrize(("name", "percent"), [("worst-tenth", 10), ("worst-fifth", 20)])
def test_positions_by_share_are_exact(edition_table, england, name, percent):
    """Counted in England's own list: wards with at least that share, and with more."""
    worst = england.imd2007_rank <= LSOAS * percent / 100
    shares = worst.groupby(england.ward2007_code).mean()
    new_codes = pd.read_csv(PLACES / "wards.csv").set_index("ward_code_old").ward_code
    own = shares[shares.index.isin(new_codes.index)].rename(index=new_codes.to_dict())
    for words, at_least in (("at least", True), ("more", False)):
        rows = edition_table.of("imd-position-by-method", breakdown=f"{name}, {words}")
        for code, value in rows.set_index("area_code").value.items():
            ahead = shares >= own[code] - 1e-9 if at_least else shares > own[code] + 1e-9
            assert 100 * ahead.mean() == pytest.approx(value), code


def test_the_committed_lists_are_those_of_england(england):
    """The list of shares holds every share that occurs, with its number of wards."""
    listed = pd.read_csv(INDICES / "2007" / "england_ward_worst_shares.csv")
    for percent in (10, 20):
        worst = england.imd2007_rank <= LSOAS * percent / 100
        shares = worst.groupby(england.ward2007_code).mean()
        own = listed[listed.worst_percent == percent]
        expected = [int((shares >= share - 1e-6).sum()) for share in own.share]
        assert expected == list(own.wards_at_least)
        assert shares.round(6).nunique() == len(own)


def test_most_wards_of_england_have_no_deprived_neighbourhood():
    """15.2% have one in the worst tenth: the line at a quarter falls among wards that tie."""
    listed = pd.read_csv(INDICES / "2007" / "england_ward_worst_shares.csv")
    with_one = listed[listed.share > 0].groupby("worst_percent").wards_at_least.max() / 7891
    assert [0.152, 0.263] == list(with_one.round(3))
