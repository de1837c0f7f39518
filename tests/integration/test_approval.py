"""A draft, in review, approved: who says so, what is kept, and what has changed since."""

import json
from datetime import date

import pandas as pd
import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import SourceError, UsageError
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import approval, changes, table, ward
from darlington_analysis.pages import changes as words
from darlington_analysis.pages import page
from darlington_analysis.publishing import approving, pack, run_state, site
from tests.support.shared import copied

DAY, ROLE = date(2027, 3, 31), "Cabinet"


@pytest.fixture
def town(shared, tmp_path, monkeypatch):
    """Return a processed project whose packs count as made and up to date."""
    project = copied(shared.processed(), tmp_path / "town")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(project.root))
    loaded = table.load("2025", project)
    versions = {one.folder: ward.version_id(loaded, one) for one in loaded.wards.wards}
    monkeypatch.setattr(pack, "version_of", lambda folder: versions.get(folder.name))
    monkeypatch.setattr(pack, "is_as_made", lambda folder, key="": True)
    return project


def approved(project, state=approval.APPROVED):
    """Return the table of an edition that a role has approved, or has in review."""
    approving.record(table.load("2025", project), state, ROLE, DAY)
    return table.load("2025", project)


def change(project, column="value", by=1.0):
    """Change one real figure of a ward as another run of the library might."""
    path = project.processed / "indicators.parquet"
    rows = pd.read_parquet(path)
    one = rows.index[rows.indicator.eq("no-qualifications") & rows.area_code.eq("E05010428")][0]
    rows.loc[one, column] = rows.loc[one, column] + by
    rows.to_parquet(path)


def test_a_draft_becomes_approved_and_its_packs_say_by_whom(town):
    """Before, it is a draft; in review it is one still; approved, no page calls it a draft."""
    draft = table.load("2025", town)
    assert (approval.DRAFT, "Draft") == (draft.state, page.approval_words(draft))
    review = approved(town, approval.IN_REVIEW)
    assert "In review: Cabinet, 31 March 2027" == page.approval_words(review)
    assert [page.REVIEW_BANNER] == page.state_banners(review)
    assert changes.since_approval(review) is None
    done = approved(town)
    assert "Approved by Cabinet on 31 March 2027" == page.approval_words(done)
    assert [] == page.state_banners(done)
    top = str(page.header(ward.in_table(done, "E05010428").header))
    assert "<strong>Approved by Cabinet on 31 March 2027</strong>, 2025 edition." in top
    assert "Draft" not in top


def test_an_approval_makes_the_packs_again(town):
    """The state is part of what a pack is made from."""
    notebook = town.notebooks / pack.NOTEBOOK
    before = pack.key_of(ward.in_table(table.load("2025", town), "E05010428"), notebook)
    after = pack.key_of(ward.in_table(approved(town), "E05010428"), notebook)
    assert before != after


def test_a_changed_figure_is_named_with_both_values_and_its_cause(town, capsys, tmp_path):
    """The edition is a draft again; the page, the command and the cause say what changed."""
    done = approved(town)
    assert words.NO_CHANGE in words.approval_sentences(changes.since_approval(done))
    change(town)
    now = table.load("2025", town)
    assert (approval.DRAFT, "Draft") == (now.state, page.approval_words(now))
    shown = changes.since_approval(now)
    row = shown.rows.iloc[0]
    assert 1 == len(shown.rows)
    assert row.value_now == pytest.approx(row.value_then + 1)
    assert (changes.UNEXPLAINED,) == row.causes
    approving.write_changes(now, tmp_path)
    html = (tmp_path / approving.CHANGES).read_text("utf-8")
    assert "Red Hall &amp; Lingfield" in html
    assert 'href="../2025-approved-2027-03-31/index.html"' in html
    assert 0 == main(["changes", "2025"])
    said = capsys.readouterr().out
    assert "2025 edition: Draft" in said
    assert "Adults with no qualifications, Red Hall & Lingfield, 2011: 35.2" in said


def test_the_cause_is_new_data_a_rule_or_the_library(town):
    """Another library alone explains what nothing else does; a newer release is a revision."""
    approved(town)
    path = approval.path_of(town, "2025")
    kept = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(kept | {"library": "an older one"}), "utf-8")
    change(town)
    rows = changes.since_approval(table.load("2025", town)).rows
    assert [(changes.LIBRARY,)] == list(rows.causes)
    revised = [
        row | {"vintage": "before", "value": 1.0} if row["indicator"] == "no-car" else row
        for row in kept["figures"]
        if row["indicator"] != "disabled"
    ]
    path.write_text(json.dumps(kept | {"figures": revised}), "utf-8")
    rows = changes.since_approval(table.load("2025", town)).rows
    causes = {slug: set(found) for slug, found in rows.groupby("indicator").causes}
    assert {(changes.NEW,)} == causes["disabled"]
    assert {(changes.REVISION,)} == causes["no-car"]


def test_only_a_role_approves_and_only_a_whole_edition(town, monkeypatch, capsys):
    """A person's name, and a pack that is missing or old, are refused; nothing is written."""
    loaded = table.load("2025", town)
    for role in ("", "Ms Example"):
        with pytest.raises(UsageError, match="not the role"):
            approving.record(loaded, approval.APPROVED, role, DAY)
    monkeypatch.setattr(pack, "version_of", lambda folder: None)
    with pytest.raises(UsageError, match="Bank Top & Lascelles is not there"):
        approving.record(loaded, approval.APPROVED, ROLE, DAY)
    assert not approval.path_of(town, "2025").exists()
    assert 2 == main(["approve", "2025", "--by", ROLE, "--on", "yesterday"])
    for day in ("0001-01-01", "2026-02-10", "9999-12-31"):
        assert 2 == main(["approve", "2025", "--by", ROLE, "--on", day])
        assert f"can't have been approved on {day}" in capsys.readouterr().err.splitlines()[-3]
    assert not approval.path_of(town, "2025").exists()


def test_figures_that_are_not_of_the_files_of_now_are_not_approved(town, capsys):
    """A setting or a raw file was changed and not cleaned since: nothing is written."""
    run_state.refuse_stale(town)
    town.settings_file.write_text(town.settings_file.read_text("utf-8") + "\n# later\n", "utf-8")
    assert 10 == main(["approve", "2025", "--by", ROLE])
    assert "darlington_analysis data" in capsys.readouterr().err
    assert not approval.path_of(town, "2025").exists()


def test_an_approval_that_comes_to_nothing_leaves_the_record_as_it_was(town):
    """The packs are refused, or the run is stopped: the record of before is there, or none."""
    path = approval.path_of(town, "2025")
    path.parent.mkdir()

    def stopped() -> None:
        with approving.or_as_before(town, "2025"):
            path.write_bytes(b"after")
            raise KeyboardInterrupt

    for before in (None, b"before"):
        with pytest.raises(KeyboardInterrupt):
            stopped()
        assert before == (path.read_bytes() if path.is_file() else None)
        path.write_bytes(b"before")


def test_a_review_takes_no_approval_back_and_frozen_packs_are_not_approved(town, monkeypatch):
    """Until a figure is another, and until the members have answered."""
    approved(town)
    with pytest.raises(UsageError, match="approved already"):
        approved(town, approval.IN_REVIEW)
    monkeypatch.setattr(approving.agreement, "is_frozen", lambda *_: True)
    with pytest.raises(UsageError, match="with its members"):
        approved(town)


def test_a_spoilt_record_stops_a_run(town):
    """It is never taken for a draft."""
    path = approval.path_of(town, "2025")
    path.parent.mkdir()
    for text in ("{", "[]", '{"day": "2027-03-31", "figures": [], "state": "agreed"}'):
        path.write_text(text, "utf-8")
        with pytest.raises(SourceError, match="can't be read"):
            table.load("2025", town)


def test_an_approved_edition_is_kept_whole_and_listed(town):
    """A later edition takes its place in its folder; the kept one stays, and the site lists it."""
    folder = town.reports / "2025"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text('<h1 data-state="Approved by X">One</h1>', "utf-8")
    kept = approving.keep(approved(town), DAY)
    (folder / "index.html").write_text('<h1 data-state="Draft">Two</h1>', "utf-8")
    assert "One" in (kept / "index.html").read_text("utf-8")
    site.write(town, load_settings(town))
    landing = (town.reports / "index.html").read_text("utf-8")
    assert 'href="2025-approved-2027-03-31/index.html"' in landing
    with pytest.raises(UsageError, match="there already"):
        approving.keep(approved(town), DAY)
    change(town)
    with pytest.raises(UsageError, match="have changed while"):
        approving.keep(table.load("2025", town), DAY)
    assert "Draft." in landing
