"""Packs keep their limits on screen, phone and paper, and a page beyond one is noticed."""

import dataclasses

import pytest

from scripts.studies import layout

pytestmark = pytest.mark.usefixtures("poppler")


@pytest.fixture(scope="module", params=["2011", "2025"])
def pack(request, shared):
    """Return the page of a published pack of an edition."""
    return sorted(shared.published(request.param).reports.glob("*/*/evidence-pack.html"))[0]


@pytest.fixture(scope="module")
def measured(chromium, pack, tmp_path_factory):
    """Return what a published pack measures."""
    return layout.measure(chromium, pack, tmp_path_factory.mktemp("printed"))


def test_a_pack_is_within_every_limit(measured):
    """Sides, first finding, frames, screens, made-up words, empty boxes, letters, fill and size."""
    assert [] == layout.beyond(measured)


def test_what_is_measured_is_there(measured):
    """No measure is nought for want of looking: there are sides, a finding, letters and bytes."""
    assert measured.sides >= 5
    assert 200 < measured.desktop_end < measured.phone_end
    assert 50 < measured.size
    assert 8 <= measured.letters < 14


SPOILT = {
    "cut_off": (
        '<div class="table-scroll"',
        '<div class="table-scroll"><div style="width: 900px">A</div></div><div class="table-scroll"',
    ),
    "boxes": ("</main>", '<div class="answer-box"><p>Write here.</p></div></main>'),
    "made_up": ("</main>", f"<p>{'These made-up words. ' * 60}</p></main>"),
    "desktop_end": ('<ol class="findings">', f'{"<p>Words.</p>" * 40}<ol class="findings">'),
    "sides": ("</main>", f"{'<p>A line.</p>' * 900}</main>"),
    "letters": (
        "</main>",
        '<svg width="9" height="9" viewBox="0 0 900 900">'
        '<text font-size="12" x="1" y="20">a</text></svg></main>',
    ),
    "least_full": (
        "</main>",
        '<p style="break-before:page">A</p><p style="break-before:page">B</p></main>',
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_page_beyond_a_limit_is_noticed(chromium, pack, tmp_path, name):
    """Each is spoilt in one way, and that limit is named."""
    old, new = SPOILT[name]
    page = tmp_path / "2011" / "a-ward" / "evidence-pack.html"
    page.parent.mkdir(parents=True)
    page.write_text(pack.read_text("utf-8").replace(old, new, 1), "utf-8")
    faults = layout.beyond(layout.measure(chromium, page, tmp_path))
    assert any(layout.HEADS[name] in fault for fault in faults), faults


def test_a_number_beyond_its_limit_is_bold_in_the_table(measured):
    """The table of docs/layout.md shows which limit is passed."""
    large = dataclasses.replace(measured, size=701)
    assert "**701**" in layout.table([large])
    assert "**" not in layout.table([measured])
