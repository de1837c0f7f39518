"""Whatever evidence stands alone in a cell shows something worth seeing."""

import re

import pytest

from darlington_analysis import evidence
from darlington_analysis.pages import explore
from darlington_analysis.pages.components import theme
from darlington_analysis.pages.register import shown

ASKED = {"for_ward": ["Lingfield"], "for_review": ["Central"]}


@pytest.fixture
def project(edition_table, monkeypatch):
    """Let evidence be asked for by its name alone, as in a notebook."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))


@pytest.mark.parametrize("name", evidence.__all__)
def test_evidence_alone_in_a_cell_is_short_and_says_what_to_ask_for(project, name):
    """By HTML and by text; nothing falls back on Python's own words for an object."""
    made = getattr(evidence, name)(*ASKED.get(name, []))
    how = shown()[type(made)]
    html, text = str(how.html(made)), how.text(made)
    assert re.search("<table|<ul", html)
    assert "name: " in html or "<table" in html
    assert not re.search(r"&lt;|object at|EditionTable\(", html + text)
    assert len(text) < 3000


@pytest.mark.parametrize("name", evidence.__all__)
def test_every_part_of_evidence_has_a_display(project, name):
    """What a property gives is shown by us, or is plain: a number, words, a table of pandas."""
    made = getattr(evidence, name)(*ASKED.get(name, []))
    names = [each for each in dir(made) if not each.startswith("_")]
    for each in (getattr(made, each) for each in names):
        if type(each).__module__.startswith("darlington_analysis.evidence"):
            assert type(each) in shown()


def test_where_fields_can_t_work_the_first_answer_stands(project):
    """On paper, or without widgets, there is a figure with its table in place of a box's name."""
    explorer = evidence.for_exploring()
    bundle = explore.controls(explorer)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert re.search(r"<figure.*<svg.*<table.*</figure>", bundle["text/html"], re.DOTALL)


def test_a_notebook_s_look_is_kept_to_results():
    """One rule holds all others, so that JupyterLab itself is left as it is; nothing of print."""
    sheet = theme.notebook_stylesheet()
    assert sheet.startswith(".jp-OutputArea-output")
    assert sheet.count("{") == sheet.count("}")
    assert not re.search(r"^(?::root|html|body)\b", sheet, re.MULTILINE)
    assert "@page" not in sheet
    assert "@media print" not in sheet
