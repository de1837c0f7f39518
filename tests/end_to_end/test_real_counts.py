"""Packs with a council's own counts: of wards whose count is withheld, and of wards that show it."""

import pandas as pd
import pytest

from tests.support.projects import run
from tests.support.real_counts import YEARS, YEARS_SINCE_2015, counts_of, counts_since_2015
from tests.support.shared import copied

PERIODS = {
    "2011": f"{YEARS[0]} to {YEARS[-1]}",
    "2025": f"{YEARS_SINCE_2015[0]} to {YEARS_SINCE_2015[-1]}",
}
NUMBERS = ["numerator", "value", "lower_limit", "upper_limit"]


@pytest.fixture(scope="module")
def counted(shared, tmp_path_factory):
    """Return a project with real counts, some withheld, in both ward sets, and the ward rows."""
    project = copied(shared.real(), tmp_path_factory.mktemp("counted") / "town")
    table = pd.read_parquet(project.processed / "indicators.parquet")
    return project, table[table.indicator.eq("first-time-entrants") & table.area_type.eq("ward")]


@pytest.fixture(scope="module", params=["2011", "2025"])
def packs(request, counted):
    """Return an edition, the packs of a withheld and a shown ward in it, by code, and its rows."""
    project, rows = counted
    rows = rows[rows.period.eq(PERIODS[request.param])].sort_values("share_moved")
    hidden = rows[rows.status.eq("c")].area_code.iloc[-1]
    shown = rows[rows.value.notna()].area_code.iloc[-1]
    edition = request.param
    said = run(project, "packs", "--edition", edition, "--ward", hidden, "--ward", shown)
    assert 0 == said.returncode, said.stderr
    folders = [path for path in (project.reports / edition).iterdir() if path.is_dir()]
    assert {hidden, shown} == {folder.name[:9] for folder in folders}
    by_code = {folder.name[:9]: folder for folder in folders}
    return edition, by_code[hidden], by_code[shown], rows


def test_real_counts_are_published_in_both_editions(packs):
    """Whole packs are made of wards whose count is withheld and of wards whose count is shown."""
    edition, hidden, shown, _ = packs
    note = "The residents aged 10 to 17 that the rate is divided by are an estimate"
    assert note not in (hidden / "figures.html").read_text("utf-8")
    assert (edition == "2025") == (note in (shown / "figures.html").read_text("utf-8"))


def test_no_withheld_count_is_in_any_file(project, packs):
    """With counts no other figure could hold by chance, none of them is in anything published."""
    edition, hidden, shown, rows = packs
    withheld = rows[rows.status == "c"]
    # Two small counts of 2025 cover each other: five numbers stay possible for both.
    assert len(withheld) >= {"2011": 3, "2025": 2}[edition]
    assert withheld[NUMBERS].isna().all(axis=None)
    counts = counts_of(project) if edition == "2011" else counts_since_2015(project)
    totals = pd.Series(counts).groupby(level=0).sum()
    true_rates = {
        row.area_code: 100_000 * totals[row.area_code] / row.denominator
        for row in withheld.itertuples()
    }
    assert any(true_rates.values())
    for path in (*hidden.iterdir(), *shown.iterdir()):
        text = path.read_text("utf-8")
        assert "Made-up figure: 1 in" not in text
        for code, rate in true_rates.items():
            if rate:
                assert f"{rate:.1f}" not in text, (path.name, code)
                assert f"{rate:.4f}" not in text, (path.name, code)
    own = pd.read_csv(hidden / "figures.csv").query(
        "indicator == 'first-time-entrants' and status == 'c'"
    )
    assert len(own) > 0
    assert own[NUMBERS].isna().all(axis=None)


def test_text_and_code_of_withheld_wards_are_published_too(counted, packs):
    """Many statements stand in one block of the edition with code; none is taken for another."""
    edition, hidden, *_ = packs
    said = run(counted[0], "formats", "--edition", edition, "--as", "text", "--as", "analyst")
    assert 0 == said.returncode, said.stderr
    assert "[c]" in (hidden / "evidence-pack-with-code.html").read_text("utf-8")
