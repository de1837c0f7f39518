"""A release is believed where the country's rates fit what was printed, and set aside where not."""

import pandas as pd
import pytest

from darlington_analysis.cleaning.imported import LABELS, Trusted, country_fault, reasons

COUNTRY, BOROUGH = "E92000001", "E06000005"
PRINTED = pd.Series({"2015": 374.7, "2016": 332.0, "2017": 298.4, "2018": 242.3, "2019": 213.5})


def release(country, borough):
    """Return a release's rows: rates from 2016 on for the country and the borough."""
    return pd.DataFrame(
        [
            {"area_code": code, "year_label": str(2016 + at), "rate": float(rate)}
            for code, rates in ((COUNTRY, country), (BOROUGH, borough))
            for at, rate in enumerate(rates)
        ]
    )


def why(*releases):
    """Return the reasons of the last of some releases, by area."""
    trusted = Trusted({COUNTRY: PRINTED})
    for rows in releases:
        said = reasons(rows, COUNTRY, trusted)
    return said.groupby(rows.area_code).first().to_dict()


GOOD = release([333, 299, 243, 215], [315, 378, 273, 245])


def test_a_release_that_fits_what_was_printed_is_believed():
    """Rounded and a little revised, all its areas stand."""
    assert {COUNTRY: "", BOROUGH: ""} == why(GOOD)


def test_the_sum_of_the_regions_is_found_out_and_the_borough_stands():
    """3,071 is nine times 332; the borough agrees with the release before, so it is kept."""
    said = why(GOOD, release([3071, 2746, 2261, 1976], [313, 373, 279, 250]))
    assert "about 9 times the printed rate" in said[COUNTRY]
    assert "" == said[BOROUGH]


def test_a_borough_that_does_not_agree_falls_with_its_country():
    """Where the country fails, an area off the release before is not believed either."""
    said = why(GOOD, release([3071, 2746, 2261, 1976], [513, 573, 479, 450]))
    assert "off the release before" in said[BOROUGH]


def test_years_to_march_under_calendar_labels_are_found_out_for_every_area():
    """363 in “2016” is April 2015 to March 2016; the borough's labels are shifted as well."""
    shifted = release([363, 326, 282, 228], [494, 363, 293, 346])
    assert {COUNTRY: LABELS, BOROUGH: LABELS} == why(shifted)
    assert {COUNTRY: LABELS, BOROUGH: LABELS} == why(GOOD, shifted)


def test_rates_that_are_simply_off_say_by_how_much():
    """Ten per cent off without a known cause is still refused."""
    rates = PRINTED[["2016", "2017", "2018", "2019"]] * [1.10, 1.0, 1.1, 1.0]
    assert "up to 10% off" in country_fault(rates, PRINTED)


def test_without_a_year_in_common_nothing_is_believed():
    """A release that can't be checked is set aside."""
    assert "no year in common" in country_fault(pd.Series({"2031": 100.0}), PRINTED)


@pytest.mark.parametrize("wrong", [0.94, 1.06])
def test_five_per_cent_is_the_line(wrong):
    """Within 5% passes, beyond does not."""
    assert "" == country_fault(PRINTED * 1.04, PRINTED)
    assert "off the printed rate" in country_fault(PRINTED * wrong, PRINTED)
