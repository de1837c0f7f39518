"""A ward's national position can be read back from the committed lists of ward scores."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.support.projects import ROOT

RAW = ROOT / "data" / "raw"
# Largest error met, in percentage points, was 0.345 (2004), 0.039 (2007) and 0.295 (2010).
BOUNDS = [(2004, 0.35), (2007, 0.04), (2010, 0.30)]
WARDS_OF_ENGLAND = {2004: 7953, 2007: 7891, 2010: 7668}


def _thresholds(edition: int) -> pd.DataFrame:
    return pd.read_csv(
        RAW / "indices-of-deprivation" / str(edition) / "england_ward_thresholds.csv"
    )


def _position(scores: pd.Series, edition: int) -> pd.Series:
    """Return positions (0 to 100, low is most deprived) by straight lines between thresholds."""
    table = _thresholds(edition)
    position = np.interp(-scores, -table["mean_score_threshold"], table["percent"])
    return pd.Series(position, index=scores.index)


def _means_of_darlington(edition: int) -> pd.Series:
    scores = pd.read_csv(RAW / "indices-of-deprivation" / str(edition) / "lsoa_scores.csv")
    lookup = pd.read_csv(RAW / "geography" / "2003-2015" / "lsoa2001_to_ward.csv")
    return scores.merge(lookup, on="lsoa_code").groupby("ward_code")["score"].mean()


def _known(reference_data: Path, edition: int) -> pd.Series:
    file = reference_data / "indicators" / "imd_darlington_wards_derived_all_vintages.csv"
    table = pd.read_csv(file).query("iod_vintage == @edition")
    wards = pd.read_csv(RAW / "geography" / "2003-2015" / "wards.csv")
    new_codes = wards.set_index("ward_code_old")["ward_code"]
    codes = table["ward_code"].replace(new_codes.to_dict())
    return table.set_index(codes)["percentile_by_mean_score"].sort_index()


@pytest.mark.parametrize("edition", WARDS_OF_ENGLAND)
def test_list_runs_from_most_to_least_deprived(edition):
    """Percent climbs from 0 to 100 while the score falls without a tie, over the known wards."""
    table = _thresholds(edition)

    assert (0, 100) == (table["percent"].iloc[0], table["percent"].iloc[-1])
    assert (np.diff(table["percent"]) > 0).all()
    assert (np.diff(table["mean_score_threshold"]) < 0).all()
    assert {WARDS_OF_ENGLAND[edition]} == set(table["n_wards"])


@pytest.mark.parametrize(("edition", "bound"), BOUNDS)
def test_positions_of_darlington_are_read_back(reference_data, edition, bound):
    """The position of each of the 24 wards comes back within the bound that was measured."""
    ours = _position(_means_of_darlington(edition), edition)
    known = _known(reference_data, edition)
    largest = (ours - known).abs().max()
    print(f"{edition}: largest error {largest:.3f} percentage points")

    assert 24 == len(ours)
    assert largest <= bound


@pytest.mark.parametrize("edition", WARDS_OF_ENGLAND)
def test_worst_quarter_is_right(reference_data, edition):
    """The same wards lie in the worst 25% by the list as by their rank: ten of the 24."""
    ours = _position(_means_of_darlington(edition), edition) <= 25
    known = _known(reference_data, edition) <= 25

    assert known.to_dict() == ours.to_dict()
    assert 10 == ours.sum()


@pytest.mark.requirement(90)
def test_places_of_2007_are_the_councils():
    """By IMD 2007 Pierremont is 11th, Haughton West 12th, Haughton North 13th, Cockerton E 14th."""
    order = _means_of_darlington(2007).sort_values(ascending=False).index

    assert ["E05001575", "E05001563", "E05001562", "E05001555"] == order[10:14].tolist()


def test_every_ward_of_england_is_read_back(reference_data):
    """Each of England's 7,891 wards gets 100 x rank / 7,891 back to within 0.1."""
    england = pd.read_csv(reference_data / "indicators" / "imd2007_england_lsoa2001.csv")
    means = england.groupby("ward2007_code")["imd2007_score"].mean()
    low = 100 * means.rank(ascending=False, method="min") / len(means)
    high = 100 * means.rank(ascending=False, method="max") / len(means)
    ours = _position(means, 2007)

    assert 7891 == len(means)
    assert (ours - low).min() >= -0.1
    assert (ours - high).max() <= 0.1


def test_2007_agrees_with_the_points_worked_out_apart(reference_data):
    """At the 29 points known for 2007 the list gives the same score to four decimals."""
    file = reference_data / "indicators" / "imd_england_ward_score_thresholds_derived.csv"
    points = pd.read_csv(file).query("iod_vintage == 2007")
    ours = _thresholds(2007).set_index("percent")["mean_score_threshold"]
    at_points = ours.loc[points["most_deprived_percent"].astype(float)]

    assert 29 == len(points)
    assert np.abs(at_points.to_numpy() - points["mean_score_threshold"]).max() <= 0.0001
