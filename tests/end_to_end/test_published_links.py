"""Every link of a published edition leads to a file that is there, and to a place on its page."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup


def broken_links(root: Path) -> list[str]:
    """Return each link of the pages below a folder whose file or place is not there."""
    pages = {path: BeautifulSoup(path.read_text("utf-8"), "lxml") for path in root.rglob("*.html")}
    places = {path: {tag["id"] for tag in page.find_all(id=True)} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in page.find_all(href=True):
            address = urlsplit(link["href"])
            if address.scheme or address.netloc:
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            if is_not_made(target, root):
                continue
            has_place = target not in places or address.fragment in {"", *places[target]}
            if not target.is_file() or not has_place:
                broken.append(f"{path.relative_to(root)}: {link['href']}")
    return broken


def is_not_made(target: Path, root: Path) -> bool:
    """True for the pack of a ward or an edition that no run has made: it has no folder."""
    is_pack = target.name == "evidence-pack.html" and target.parent.parent.parent == root
    return is_pack and not target.parent.exists()


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_every_link_of_an_edition_leads_somewhere(shared, edition):
    """The packs, the papers beside them and the pages above them."""
    root = shared.published(edition).reports.resolve()
    assert list(root.rglob("evidence-pack.html"))
    assert [] == broken_links(root)


def test_a_link_to_nothing_is_found(tmp_path):
    """A missing file and a missing place are named; what is there, and other sites, are not."""
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="b.html">b</a> <a href="#here">here</a> <a href="#there">there</a> '
        '<a href="https://www.gov.uk/">gov</a></p>',
        "utf-8",
    )
    assert ["a.html: b.html", "a.html: #there"] == broken_links(tmp_path)


def test_only_a_pack_that_was_not_made_may_be_missing(tmp_path):
    """One whose folder is there, or that lies elsewhere, is named."""
    made = tmp_path / "2025" / "E05010412-a-ward"
    made.mkdir(parents=True)
    links = (
        "../E05010413-b/evidence-pack.html",
        "../E05010413-b/figures.html",
        "evidence-pack.html",
    )
    (made / "a.html").write_text("".join(f'<a href="{link}">x</a>' for link in links), "utf-8")
    assert 2 == len(broken_links(tmp_path))
