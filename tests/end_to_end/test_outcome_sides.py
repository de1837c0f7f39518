"""Each outcome of a record has exactly one printed side, however much people wrote."""

import re
import subprocess

import pytest

from darlington_analysis.agreements import form, reading
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import agreement_basis, outcome
from darlington_analysis.publishing import html
from tests.support.projects import ROOT

EXAMPLE = (ROOT / "data/agreements/central.toml").read_text("utf-8")
MORE = ", and what that means for everybody who lives in these streets, whatever their age or work"
TEXTS = {
    *(
        "words",
        "missing_from_data",
        "rest_from",
        "parked_because",
        "told_by",
        "who_pays",
        "capacity",
    ),
    *("what", "who", "in_the_way"),
}
pytestmark = pytest.mark.usefixtures("poppler")
IS_CUT = "() => [...document.querySelectorAll('.outcome-side')].map(e => e.scrollHeight - e.clientHeight)"


def longer(part):
    """Return a part of a record with every text at a great length."""
    if isinstance(part, dict):
        return {
            key: f"{value}{MORE * 3}." if key in TEXTS and isinstance(value, str) else longer(value)
            for key, value in part.items()
        }
    return [longer(each) for each in part] if isinstance(part, list | tuple) else part


def long_record() -> str:
    """Return the example with long texts, and with each option and action for every outcome."""
    data = longer(reading.parse(EXAMPLE).model_dump())
    ids = [each["id"] for each in data["outcomes"]]
    for each in data["outcomes"]:
        each["indicator"], each["target"] = "no-qualifications", data["outcomes"][0]["target"]
    data["knowledge"] = [
        each | {"indicator": "no-qualifications"} for each in data["knowledge"]
    ] * 2
    data["ideas"] = [idea | {"outcome": named} for named in ids for idea in data["ideas"]]
    data["actions"] = [
        action | {"id": f"{action['id'][:9]}-{number}-{place}", "outcome": named}
        for number, named in enumerate(ids)
        for place, action in enumerate(data["actions"] * 2)
    ]
    return form.to_toml(Agreement.model_validate(data))


@pytest.fixture(params=["the example", "a long record"])
def body(request, edition_table):
    """Return the section on the agreement behind two others, of a record of Central."""
    path = edition_table.project.agreements / "central.toml"
    path.write_text(EXAMPLE if request.param == "the example" else long_record(), "utf-8")
    pack = in_table(edition_table, "Central")
    section = agreement_basis.agreement_basis(pack.agreement_basis)
    path.write_text(EXAMPLE, "utf-8")
    return f"<h1>A</h1><h2>B</h2><h2>How far</h2><p>C</p><h2>The agreement</h2>{section}"


@pytest.mark.requirement(112)
def test_each_outcome_is_one_side_and_nothing_is_lost_without_a_word(chromium, body, tmp_path):
    """One side before, three of outcomes, the foot on the last; no side holds more than it shows."""
    path = tmp_path / "page.html"
    path.write_text(
        html.render_page("A", body, "B", "<p>Foot</p>" * 3, words=html.words()), "utf-8"
    )
    page = chromium.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})  # A4 between its margins
    assert [0, 0, 0] == page.evaluate(IS_CUT)
    labels = page.locator("[role=region]").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert len(labels) == len(set(labels)), "a box that scrolls is named as another is"
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    page.close()
    printed = subprocess.run(
        ["pdftotext", str(tmp_path / "page.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    assert 4 == len([side for side in printed if side.strip()])
    assert 3 == printed[3].count("Foot")
    for number, side in enumerate(printed[1:4], 1):
        assert f"Outcome {number} of 3" in re.sub(r"\s+", " ", side)
        is_cut = outcome.CUT in side or re.search(r"\(\d+ more\)", side)
        assert bool(is_cut) == ("Cut short or left out" in side)
