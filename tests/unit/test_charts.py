"""Charts: words stay words, withheld figures are never drawn, the same rows give the same bytes."""

import functools
import itertools
import re

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import charts, theme
from darlington_analysis.pages.components.charts import axes, line_labels, trends
from darlington_analysis.pages.components.charts import wards as wards_chart
from darlington_analysis.pages.components.drawing import spread, text_width
from tests.support.drawings import LONGEST, wards

CHARTS = ["wards", "trend", "ages", "editions", "pockets", "ranks", "borough", "funnel"]
YEARS = ["2006/07", "2007/08", "2008/09"]


def series(name: str, values: list, *, is_dummy: bool = False) -> pd.DataFrame:
    """Return one area over three years; a None is withheld."""
    value = pd.Series(values, dtype=float)
    return pd.DataFrame(
        {
            "area_name": name,
            "period": YEARS,
            "value": value,
            "lower_limit": value * 0.9,
            "upper_limit": value * 1.1,
            "status": value.isna().map({True: "c", False: ""}),
            "is_dummy": is_dummy,
        }
    )


def ages() -> pd.DataFrame:
    """Return two age bands of two areas, one figure withheld."""
    return pd.DataFrame(
        {
            "area_code": ["E01", "E01", "E92", "E92"],
            "area_name": [LONGEST, LONGEST, "England", "England"],
            "breakdown": ["0 to 9", "10 to 17"] * 2,
            "value": [11.0, np.nan, 12.0, 9.0],
            "status": ["", "c", "", ""],
        }
    )


def strip_words() -> dict:
    """Return the words of a national scale."""
    return {
        "cut_label": "Worst 25%",
        "low_label": "0",
        "high_label": "100",
        "show": "{:.0f}".format,
    }


def places() -> pd.DataFrame:
    """Return three places on the national scale, one of them not available."""
    return pd.DataFrame(
        {
            "area_name": ["A", "B & <C>", "D"],
            "period": ["2004", "2007", "2010"],
            "value": [3.0, 96.0, np.nan],
            "lower_limit": [1.0, np.nan, np.nan],
            "upper_limit": [6.0, np.nan, np.nan],
            "status": ["", "", "x"],
        }
    )


def ranks() -> pd.DataFrame:
    """Return a rank with its range, and one that is not given."""
    return pd.DataFrame(
        {
            "label": ["No qualifications", "First-time entrants"],
            "rank": [3, np.nan],
            "lower_rank": [1, np.nan],
            "upper_rank": [5, np.nan],
            "status": ["", "z"],
        }
    )


def every_chart() -> dict[str, str]:
    """Return one of each chart, drawn now."""
    two = pd.concat([wards().assign(indicator="a"), wards().assign(indicator="b")])
    lines = pd.concat(
        [series(LONGEST, [30, None, 20], is_dummy=True), series("England", [9, 8, 7])]
    )
    ahead = series(LONGEST, [19, 18, 17]).assign(period=["2009/10", "2010/11", "2011/12"])
    return {
        "wards": charts.wards_with_limits(
            wards(), "E00", {"England 20%": 20.0, "Darlington 20.5%": 20.5}, value_label="Per cent"
        ),
        "trend": charts.trend(
            lines,
            value_label="Per cent",
            periods=[*YEARS, *ahead["period"]],
            forecast=ahead,
            forecast_label="If nothing changes",
            dummy_label="made-up figures",
        ),
        "ages": charts.age_bars(ages(), "E01", show="{:.1f}%".format),
        "editions": charts.position_by_edition(places(), **strip_words()),
        "pockets": charts.pockets(places(), **strip_words()),
        "ranks": charts.rank_range(ranks(), areas=24, low_label="1st", high_label="24th"),
        "funnel": charts.funnel(
            *funnel_points(),
            ("England 20", 20.0),
            value_label="Per cent",
            size_label="People",
            key={"beyond both": "Far", "beyond the inner": "Near", "within": "In"},
            named=(LONGEST,),
        ),
        "borough": charts.borough_dots(
            two, {"a": "One", "b": "Two"}, {"a": 20.0}, benchmark_label="England"
        ),
    }


def funnel_points() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return three wards, one of each verdict, and limits that narrow as wards grow."""
    points = pd.DataFrame(
        {
            "area_code": ["E1", "E2", "E3", "E4"],
            "area_name": [LONGEST, "Near", "Out", "Withheld"],
            "denominator": [1000.0, 2000.0, 3000.0, np.nan],
            "value": [40.0, 26.0, 21.0, np.nan],
            "beyond": ["beyond both", "beyond the inner", "within", "within"],
        }
    )
    size = np.linspace(900, 3100, 9)
    reach = 300 / np.sqrt(size)
    curve = {"denominator": size, "lower_95": 20 - reach, "upper_95": 20 + reach}
    return points, pd.DataFrame(
        curve | {"lower_998": 20 - 1.6 * reach, "upper_998": 20 + 1.6 * reach}
    )


@functools.cache
def drawn() -> dict[str, str]:
    """Return one of each chart, drawn once for all tests."""
    return every_chart()


def marks(svg: str) -> set[str]:
    """Return what the drawing holds a mark for."""
    return set(re.findall(r'data-mark="([^"]+)"', svg))


def words(svg: str) -> list[str]:
    """Return the words of a drawing."""
    return [text.get_text() for text in BeautifulSoup(svg, "html.parser").find_all("text")]


def test_the_same_rows_give_the_same_bytes():
    """Nothing random and no time of day gets into a drawing."""
    before = drawn()
    for kept in (wards_chart._drawn, trends._drawn):
        kept.cache_clear()
    assert before == every_chart()


@pytest.mark.accessibility(27)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_loads_nothing_and_keeps_its_words(name):
    """Words are text, nothing comes from elsewhere, no styles leak on to the page."""
    svg = drawn()[name]
    assert words(svg)
    assert not re.search(r"<script|<style|<image|<metadata|@import", svg)
    assert ["http://www.w3.org/2000/svg"] == re.findall(r'https?://[^"\s<]+', svg)
    assert len(svg) < 45_000


@pytest.mark.parametrize("name", CHARTS)
def test_words_are_twelve_points_or_more(name):
    """Shown at its own width, no word of a chart is smaller than 12 points."""
    sizes = re.findall(r"font-size:([\d.]+)px", drawn()[name])
    assert min(map(float, sizes)) >= theme.TEXT_POINTS


def test_a_withheld_ward_has_words_in_place_of_a_dot():
    """Every ward but the withheld one has a dot; the withheld one has its shorthand."""
    svg = charts.wards_with_limits(wards(), "E00", {}, value_label="Per cent")
    assert {f"E{n:02}" for n in range(24)} - {"E01"} == marks(svg)
    assert 1 == words(svg).count("[c]")
    assert "St George's & <North>" in words(svg)


def test_all_withheld_draws_no_dot_and_no_scale():
    """With nothing to show there is no number on the axis to read a value from."""
    rows = wards().assign(value=np.nan, lower_limit=np.nan, upper_limit=np.nan, status="c")
    svg = charts.wards_with_limits(
        rows, "E00", {}, value_label="Per cent", status_labels={"c": "[c] withheld"}
    )
    assert set() == marks(svg)
    assert 24 == words(svg).count("[c] withheld")
    assert not [text for text in words(svg) if text.replace(".", "").isdigit()]


def test_a_null_without_a_status_is_refused():
    """Nothing is drawn for a missing figure that nobody explains."""
    with pytest.raises(SchemaError, match="no status"):
        charts.wards_with_limits(wards().assign(status=""), None, {}, value_label="Per cent")


def test_made_up_figures_need_a_word_that_says_so():
    """A chart of made-up figures without a label is refused; with one it carries it."""
    rows = wards().assign(is_dummy=True)
    with pytest.raises(SchemaError, match="Made-up"):
        charts.wards_with_limits(rows, None, {}, value_label="Per cent")
    svg = charts.wards_with_limits(rows, None, {}, value_label="Per cent", dummy_label="made up")
    assert "made up" in words(svg)


@pytest.mark.accessibility(29)
def test_the_picked_ward_differs_by_shape_and_weight():
    """The picked ward has a bold name and a marker that no other ward has."""
    svg = BeautifulSoup(drawn()["wards"], "html.parser")
    markers = {group["data-mark"]: group.use["href"] for group in svg.select("[data-mark]")}
    bold = [text.get_text() for text in svg.find_all("text") if "font-weight" in text["style"]]
    assert [LONGEST] == bold
    assert ["E00"] == [code for code, shape in markers.items() if shape == markers["E00"]]


def test_benchmark_labels_never_overlap():
    """Two benchmarks at nearly the same value have labels beside each other."""
    svg = BeautifulSoup(drawn()["wards"], "html.parser")
    first, second = (
        svg.find("text", string=label) for label in ("England 20%", "Darlington 20.5%")
    )
    room = (text_width("England 20%") + text_width("Darlington 20.5%")) / 2 / theme.POINT
    assert abs(float(first["x"]) - float(second["x"])) >= room


@pytest.mark.accessibility(34)
def test_a_trend_breaks_where_a_year_is_withheld():
    """A withheld year is a gap with its shorthand below, not a point at zero."""
    svg = charts.trend(series("Ward", [30, None, 20]), value_label="Per cent")
    line = BeautifulSoup(svg, "html.parser").select_one('[data-mark="Ward"]')
    assert 2 == len(line.find_all("use"))
    assert "L" not in line.path["d"]
    assert 1 == words(svg).count("[c]")


def test_a_trend_of_one_year_is_a_dot():
    """A single year is drawn, though it makes no line."""
    svg = charts.trend(series("Ward", [30, 20, 10]).head(1), value_label="Per cent")
    assert 1 == len(BeautifulSoup(svg, "html.parser").select('[data-mark="Ward"] use'))


@pytest.mark.accessibility(31)
def test_five_series_are_refused():
    """At most four lines can be told apart."""
    rows = pd.concat([series(f"Ward {n}", [1, 2, 3]) for n in range(5)])
    with pytest.raises(SchemaError, match="5 series"):
        charts.trend(rows, value_label="Per cent")


def test_bars_start_at_zero_and_a_withheld_one_is_words():
    """Three of four bars are drawn, and every one starts at the zero line."""
    svg = BeautifulSoup(drawn()["ages"], "html.parser")
    bars = [group.path["d"] for group in svg.select("[data-mark]")]
    assert 3 == len(bars)
    assert 1 == len({bar.split()[1] for bar in bars})
    assert "[c]" in words(str(svg))


def test_all_words_stay_inside_the_drawing():
    """No label of any chart starts or ends beyond its edges."""
    for name, svg in drawn().items():
        page = BeautifulSoup(svg, "html.parser")
        width = float(page.svg["width"]) / theme.POINT
        for text in page.find_all("text"):
            bold = "font-weight" in text["style"]
            wide = text_width(text.get_text(), bold=bold) / theme.POINT
            share = {"middle": 0.5, "end": 1.0}.get(
                next(iter(re.findall(r"text-anchor:(\w+)", text["style"])), "start"), 0.0
            )
            start = float(text["x"]) - share * wide
            assert -1 <= start, (name, text)
            assert start + wide <= width + 1, (name, text)


@pytest.mark.parametrize("places", [[5, 5, 5], [1, 2, 30], [30, 1, 2], [4]])
def test_spread_keeps_labels_apart_and_in_order(places):
    """Labels move no closer than their room, and never change places."""
    moved = spread(places, 10)
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    gaps = [moved[b] - moved[a] for a, b in itertools.pairwise(order)]
    assert all(gap >= 10 - 1e-9 for gap in gaps)


def by_a_point(
    words: list[str], others: list[tuple[str, list]]
) -> tuple[line_labels.Box, np.ndarray]:
    """Return where a name is put by a line's end, and what is drawn there."""
    lines = [line_labels._along(*pair) for _, own in others for pair in itertools.pairwise(own)]
    drawn = np.concatenate([np.empty((0, 2)), *lines])
    return line_labels.beside((120, 150), words, drawn, [], (320, 300)), drawn


@pytest.mark.parametrize(
    "lines",
    [
        [("falls on", [(60, 230), (120, 200), (180, 140), (240, 110)])],
        [("runs below", [(60, 140), (120, 130), (300, 128)])],
        [("runs beside", [(60, 150), (300, 150)]), ("and above", [(0, 190), (300, 190)])],
    ],
)
def test_a_name_by_a_line_s_end_covers_no_line(lines):
    """A name by the end of a line that stops early is clear of every other line."""
    box, drawn = by_a_point(["Red Hall &", "Lingfield"], lines)
    within = (drawn[:, 0] > box.left) & (drawn[:, 0] < box.right)
    assert not (within & (drawn[:, 1] > box.low) & (drawn[:, 1] < box.high)).any()


def test_the_old_place_of_a_name_would_have_covered_a_line():
    """The spot right of the point is taken where a line runs there: the check can fail."""
    box, _ = by_a_point(["England"], [])
    moved, drawn = by_a_point(["England"], [("beside", [(60, 150), (300, 150)])])
    assert box != moved
    assert line_labels._covers(box, drawn, [], (320, 300)) > 0


def test_names_of_lines_that_stop_early_are_apart():
    """Two lines that stop at one place have their names in two places."""
    early = pd.concat(
        [series("England", [9, 8, None]), series("North East", [9, 8.1, None])]
    ).dropna(subset=["value"])
    svg = charts.trend(pd.concat([series("Ward", [9, 9, 9]), early]), value_label="Per cent")
    found = {
        text.get_text(): (float(text["x"]), float(text["y"]))
        for text in BeautifulSoup(svg, "html.parser").find_all("text")
    }
    (x, y), (other_x, other_y) = found["England"], found["North East"]
    assert abs(y - other_y) >= 14 or abs(x - other_x) >= text_width("North East") / theme.POINT


def test_a_name_stands_nearer_to_its_own_point_than_to_another_line():
    """Between its own point and a line below it, a name is not put under that line."""
    box, _ = by_a_point(["Red Hall &", "Lingfield"], [("below", [(120, 105), (320, 120)])])
    assert box.low > 105


@pytest.mark.parametrize("other", [(138, 150), (120, 176), (105, 163), (125, 135)])
def test_a_name_stands_nearest_to_its_own_mark(other):
    """Also where another mark is so close by that it could be taken for one's own."""
    marks = np.array([(120.0, 150.0), other])
    box = line_labels.beside((120, 150), ["Eastgate"], marks, [], (320, 300), marks[1:])
    own, others = line_labels.distances(box, marks)
    assert own <= others


def test_a_name_that_stands_away_from_its_mark_in_a_funnel_is_led_to_it():
    """Where marks are crowded round one, a line joins it and its name; alone it needs none."""
    points, curve = funnel_points()
    crowd = points.iloc[[1] * 8].assign(
        area_code=[f"C{at}" for at in range(8)],
        area_name="Other",
        denominator=2000.0 + 40 * np.array([1, 2, 3, -1, -2, -3, 0, 0]),
        value=26.0 + np.array([0, 1, -1, 0, 1, -1, 2, -2]),
    )
    lines = {}
    for name, wards_drawn in (("alone", points), ("crowded", pd.concat([points, crowd]))):
        svg = charts.funnel(
            wards_drawn,
            curve,
            ("England 20", 20.0),
            value_label="Per cent",
            size_label="People",
            key={"beyond both": "Far", "beyond the inner": "Near", "within": "In"},
            named=("Near",),
        )
        lines[name] = svg.count(f"stroke:{theme.INK.lower()}")
    assert lines["crowded"] == lines["alone"] + 1


def test_a_funnel_tells_its_verdicts_by_shape():
    """Each verdict has a mark of its own shape or filling; a withheld ward has no mark."""
    svg = BeautifulSoup(drawn()["funnel"], "html.parser")
    marked = {group["data-mark"]: str(group.use) for group in svg.select("[data-mark]")}
    assert {"E1", "E2", "E3"} == set(marked)
    looks = {re.sub(r' (?:x|y)="[^"]*"', "", mark) for mark in marked.values()}
    assert 3 == len(looks)
    assert LONGEST in words(drawn()["funnel"])


def test_a_word_that_is_wider_than_its_line_is_broken_so_that_a_plot_keeps_its_room():
    """A ward's name may have 100 letters, and need not have a space."""
    lines = axes.wrapped(f"A {'W' * 99} B", axes.WIDEST_NAME, bold=True)
    assert "A" + "W" * 99 + "B" == "".join(lines).replace(" ", "")
    assert all(text_width(line, bold=True) <= axes.WIDEST_NAME for line in lines)
