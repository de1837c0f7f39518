"""The benchmark's page says reached only where a ratio reaches its goal."""

import pytest

from scripts.benchmarks import (
    dask_cost,
    growth,
    kept_results,
    page_text,
    results_page,
    start_up,
)


@pytest.fixture
def pages(monkeypatch, tmp_path):
    """Return the modules that write the page; what they keep lies in a folder of its own."""
    monkeypatch.setattr(kept_results, "FOLDER", tmp_path / "kept")
    return kept_results, page_text, results_page


def measured(way, wall, packs=24, run=0, together=900.0):
    """Return one measurement as the bench keeps it."""
    return {
        "way": way,
        "run": run,
        "packs": packs,
        "wall": wall,
        "cpu": 2 * wall,
        "peak": 300.0,
        "together": together,
    }


@pytest.mark.parametrize(("pool", "state"), [(61.0, "reached"), (59.0, "not reached")])
def test_a_goal_is_reached_where_the_ratio_of_the_same_run_is(pages, tmp_path, pool, state):
    """Ours takes 24 seconds: a pool must take 60, 2.5 times as long."""
    keep, _, page = pages
    keep.keep("html", [measured("ours", 24.0), measured("pool", pool)])
    page.write(tmp_path)
    row = next(
        line
        for line in (tmp_path / "benchmark.md").read_text("utf-8").splitlines()
        if line.startswith("| papermill in a pool")
    )
    assert f"| at least 2.50: {state} |" in row
    assert f"| {pool / 24:.2f} |" in row
    assert "<desc>" in (tmp_path / "benchmark.svg").read_text("utf-8")


def test_parts_measured_apart_are_joined(pages, tmp_path):
    """Each part's rows stand on the page with their own ratios; what was not measured does not."""
    keep, _, page = pages
    keep.keep("plain", [measured("plain", 400.0), measured("ours", 20.0)])
    page.write(tmp_path)
    keep.keep("html", [measured("floor", 20.0), measured("ours", 40.0)])
    page.write(tmp_path)
    written = (tmp_path / "benchmark.md").read_text("utf-8")
    assert "| 20.00 | at least 10.00: reached |" in written
    assert "| 0.50 | at least 0.67: not reached |" in written
    assert "Ten times as many packs" not in written


@pytest.mark.parametrize(
    ("wall", "together", "state"),
    [(250.0, 950.0, "reached"), (270.0, 950.0, "not reached"), (250.0, 1100.0, "not reached")],
)
def test_ten_times_as_many_packs_may_take_a_tenth_more(pages, wall, together, state):
    """24 packs take 24 seconds and 900 MB: 240 may take 264 seconds and 990 MB."""
    _, more, _ = pages
    kept = {"found": [measured("ours", 24.0), measured("ours", wall, 240, together=together)]}
    assert more.many(kept)[-1].endswith(f"in both: {state}.")


def grown(power):
    """Return what a run over 240 wards keeps: the attack's time grows by a power, others evenly."""
    even = dict.fromkeys(growth.STAGES, 1.0) | {"held": 300.0, "peak": 310.0}
    boroughs = {}
    for number in range(10):
        wards = 24 * (number + 1)
        seconds = wards**power - (wards - 24) ** power
        boroughs[str(number)] = even | {"the attack": seconds}
    return {"found": [], "boroughs": boroughs}


@pytest.mark.parametrize(("power", "state"), [(1.0, "no worse"), (1.2, "no worse"), (2.0, "WORSE")])
def test_growth_is_a_line_through_the_logarithms_and_says_where_it_is_worse(pages, power, state):
    """n log n has the power 1.24 from 24 to 240 wards; pairs of wards would have 2."""
    (attack,) = (line for line in growth.growth_lines(grown(power)) if "attack" in line)
    assert f"the attack: to the power {power:.2f}, where n log n has 1.24: {state}" == attack


def test_every_stage_of_the_boroughs_has_its_growth(pages):
    """The same time in each borough is the power 1, at every stage but drawing."""
    keep, *_ = pages
    keep.keep("scale", [], boroughs=grown(1.0)["boroughs"])
    page = "\n".join(growth.scale())
    for stage in growth.STAGES[:-1]:
        assert f"{stage}: to the power 1.00" in page


def test_what_was_not_measured_is_not_told(pages):
    """Without boroughs there is no part on growth; one size alone has no power."""
    keep, *_ = pages
    assert [] == growth.scale()
    kept = grown(1.0)
    keep.keep("scale", [], boroughs={"0": kept["boroughs"]["0"]})
    assert "One size alone shows no growth." in growth.scale()[-1]


def test_the_loss_of_dask_is_told_by_what_was_measured(pages):
    """Its parts add up to the whole; the largest is named, be it work or cores standing idle."""

    def kept(**most):
        """Return few packs (4) and all (24): wall and CPU seconds of all, by way."""
        found = []
        for way, (wall, cpu) in ({"two": (24, 46), "dask-1": (50, 52)} | most).items():
            found.append({"way": way, "packs": 24, "wall": wall, "cpu": cpu})
            found.append({"way": way, "packs": 4, "wall": wall / 4, "cpu": cpu / 4})
        return {"found": found}

    for most, named in (((36, 68), "work on packs"), ((36, 46), "cores standing idle")):
        lines = [dask_cost._line(kept(**{"dask-2": most}), way) for way in ("two", "dask-2")]
        assert 12 == pytest.approx(sum(dask_cost.parts_of_loss(*lines).values()))
        told = dask_cost.told(kept(**{"dask-2": most}))
        assert "0.72 times as long as one, and 1.50 times as long as our own" in told[0]
        assert told[2].startswith("Of the +12.0 seconds")
        assert told[2].endswith(f"Most of it is {named}.")
    assert [] == dask_cost.told({"found": []})


def test_what_stands_above_the_floor_adds_up(pages):
    """24 packs in 24 seconds and 240 in 120: 0.44 seconds each and 13.3 at the start."""
    _, more, _ = pages
    floor = {"found": [measured("ours", 24.0), measured("floor", 6.0)]}
    many = {"found": [measured("ours", 24.0), measured("ours", 120.0, 240)]}
    profile = {"found": [{"the kernel starts": 0.25, more.DRAWN[0]: 9.0, more.DRAWN[1]: 9.0}]}
    (told,) = more.above_floor(floor, many, profile)
    assert "4.0 times the floor of 0.25" in told
    assert "0.25 CPU seconds, 0.12 on 2 cores, which is 0.5 times the floor" in told
    assert "takes 13.3 seconds, 0.56 a pack" in told
    assert told.endswith("Each further pack takes 0.44 seconds.")
    assert [] == more.above_floor({"found": []}, many, profile)


def test_a_start_is_set_beside_the_import_of_pandas():
    """The median of the runs, its range, and how many times pandas' own import that is."""
    seconds = {name: [1.0, 2.0, 4.0] for name in start_up.STARTS}
    seconds["`import darlington_analysis`"] = [0.1, 0.3, 0.5]
    page = start_up.page(seconds)
    assert "| `import pandas` | 2.00 | 1.00 to 4.00 | 1.00 |" in page
    assert "| `import darlington_analysis` | 0.30 | 0.10 to 0.50 | 0.15 |" in page


def test_the_import_of_the_package_is_well_under_half_of_that_of_pandas():
    """The page that is kept says so of the last run."""
    page = (start_up.PAGE).read_text("utf-8")
    row = next(line for line in page.splitlines() if start_up.IMPORTED in line and "|" == line[0])
    assert float(row.split("|")[-2]) < 0.4
