"""The benchmark's page says reached only where a ratio reaches its goal."""

import sys

import pytest

from tests.conftest import ROOT


@pytest.fixture
def pages(monkeypatch, tmp_path):
    """Return the modules that write the page; what they keep lies in a folder of its own."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import bench_keep
    import bench_more
    import bench_page

    monkeypatch.setattr(bench_keep, "FOLDER", tmp_path / "kept")
    yield bench_keep, bench_more, bench_page
    for name in ("bench_keep", "bench_more", "bench_page"):
        sys.modules.pop(name)


def measured(way, wall, packs=24, run=0, together=900.0):
    """Return one measurement as the bench keeps it."""
    return {"way": way, "run": run, "packs": packs, "wall": wall, "cpu": 2 * wall, "peak": 300.0,
            "together": together}  # fmt: skip


@pytest.mark.parametrize(("pool", "state"), [(61.0, "reached"), (59.0, "not reached")])
def test_a_goal_is_reached_where_the_ratio_of_the_same_run_is(pages, tmp_path, pool, state):
    """Ours takes 24 seconds: a pool must take 60, 2.5 times as long."""
    keep, _, page = pages
    keep.keep("html", [measured("ours", 24.0), measured("pool", pool)])
    page.write(tmp_path)
    row = next(line for line in (tmp_path / "benchmark.md").read_text("utf-8").splitlines()
               if line.startswith("| papermill in a pool"))  # fmt: skip
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


def test_growth_is_told_of_all_but_the_drawing(pages):
    """Twice the time a ward at ten times the size is a power above 1."""
    keep, more, _ = pages
    stages = dict.fromkeys(more.STAGES, 1.0) | {"held": 300.0}
    keep.keep("scale", [], boroughs={str(number): stages for number in range(10)})
    assert "to the power 1.000" in more.scale()[1]
    slower = {str(n): stages | {more.STAGES[0]: float(n)} for n in range(1, 11)}
    keep.keep("scale", [], boroughs=slower)
    power = float(more.scale()[1].rpartition("power ")[2].rstrip("."))
    assert power > 1.2
