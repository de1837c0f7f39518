"""A pack's key and version: they change with what the pack rests on, and with nothing else."""

from dataclasses import replace

import pytest

from darlington_analysis.core import fingerprints
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import place, sources
from darlington_analysis.publishing import pack
from tests.support.projects import ROOT

NOTEBOOK = ROOT / "notebooks/02-ward-evidence-pack.ipynb"
MOWDEN, BANK_TOP = "E05001570", "E05001553"


def changed(loaded: EditionTable, mask) -> EditionTable:
    """Return a table in which the figures of a mask's first row are larger."""
    rows = loaded.rows.copy()
    rows.loc[rows.index[mask][0], ["numerator", "value"]] *= 1.5
    return replace(loaded, rows=rows)


def keys(loaded: EditionTable) -> dict[str, str]:
    """Return every ward's key."""
    return {
        each.code: pack.key_of(in_table(loaded, each.code), NOTEBOOK) for each in loaded.wards.wards
    }


def differing(before: dict, after: dict) -> list[str]:
    """Return the codes whose key is another."""
    return [code for code in before if before[code] != after[code]]


def test_a_figure_of_one_ward_alone_changes_that_ward_s_pack_and_no_other(edition_table):
    """How old a ward's residents are stands in its own pack; so do its neighbourhoods."""
    rows, before = edition_table.rows, keys(edition_table)
    ages = rows.indicator.eq("residents") & rows.area_code.eq(MOWDEN)
    assert [MOWDEN] == differing(before, keys(changed(edition_table, ages)))
    pocket = in_table(edition_table, MOWDEN).deprivation.pockets.area_code.iloc[0]
    assert [MOWDEN] == differing(before, keys(changed(edition_table, rows.area_code.eq(pocket))))


def test_a_pack_whose_key_is_kept_shows_the_same(edition_table):
    """The sections that could show the changed figure are equal to the letter."""
    rows = edition_table.rows
    after = changed(edition_table, rows.indicator.eq("residents") & rows.area_code.eq(MOWDEN))
    for code, is_same in ((BANK_TOP, True), (MOWDEN, False)):
        old, new = in_table(edition_table, code), in_table(after, code)
        assert is_same == (place.place(old.place) == place.place(new.place))
        assert is_same == (sources.sources(old.sources) == sources.sources(new.sources))
        assert is_same == old.figures.equals(new.figures)
        assert [each.id for each in old.claims] == [each.id for each in new.claims]


def test_a_figure_that_stands_in_every_chart_changes_every_pack(edition_table):
    """Each ward's chart shows all wards."""
    rows, before = edition_table.rows, keys(edition_table)
    shown = rows.indicator.eq("no-car") & rows.area_code.eq(MOWDEN)
    assert sorted(before) == sorted(differing(before, keys(changed(edition_table, shown))))


def test_a_source_s_story_changes_the_packs_that_tell_it(edition_table):
    """A new title, or rows newly set aside, is a new page."""
    before = keys(edition_table)
    told = edition_table.provenance
    path = "census/2011/profile_counts.csv"
    story = told["sources"] | {path: told["sources"][path] | {"title": "Another title"}}
    after = replace(edition_table, provenance=told | {"sources": story})
    assert sorted(before) == sorted(differing(before, keys(after)))


@pytest.mark.parametrize("name", ["library", "packages"])
def test_other_code_makes_every_pack_anew(edition_table, monkeypatch, name):
    """Our own code, or a package it is made with, may change any page."""
    before = keys(edition_table)
    monkeypatch.setattr(fingerprints, name, lambda: "another version")
    assert sorted(before) == sorted(differing(before, keys(edition_table)))


def test_another_notebook_or_setting_makes_every_pack_anew(edition_table, tmp_path):
    """A cell more, or another decision of the council."""
    before = keys(edition_table)
    other = tmp_path / "notebook.ipynb"
    other.write_text(NOTEBOOK.read_text("utf-8").replace("}", "} ", 1), "utf-8")
    ward = in_table(edition_table, MOWDEN)
    assert before[MOWDEN] != pack.key_of(ward, other)
    settings = edition_table.settings
    support = settings.support.model_copy(update={"watch_list_pounds": 1})
    after = replace(edition_table, settings=settings.model_copy(update={"support": support}))
    assert sorted(before) == sorted(differing(before, keys(after)))
