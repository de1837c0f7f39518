"""`verify` says where two files first differ, in the terms of whoever opens such a file."""

import json

import pytest

from darlington_analysis.publishing import formats, pack, verifying

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>{0}</title><style></style></head><body>
<main><h1>{0}</h1><p>{1}</p></main></body></html>"""


@pytest.fixture
def two(tmp_path):
    """Return two folders: what is there, and what was made again."""
    for name in ("there", "again"):
        (tmp_path / name).mkdir()
    return tmp_path / "there", tmp_path / "again"


def told(two, name, write, *variants):
    """Write one file twice, and return where the two first differ."""
    for folder, variant in zip(two, variants, strict=True):
        write(folder / name, variant)
    return verifying.first_difference(*(folder / name for folder in two))


def text(path, words):
    """Write words as they are."""
    path.write_text(words, "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("a.html", "<p>\none 5\n", "<p>\none 6\n", "its bytes differ"),
        (
            "a.csv",
            "code,value\nx,1\ny,2\n",
            "code,value\nx,1\ny,3\n",
            "row 3, column “value” differs",
        ),
        ("a.csv", "code\nx\n", "code\nx\ny\n", "row 3 is missing"),
        ("a.csv", "code\nx\ny\n", "code\nx\n", "row 3 is one too many"),
        ("a.csv", 'code\n"x"\n', "code\nx\n", "its bytes differ"),
        ("a.txt", "one", "one\n", "its bytes differ"),
        ("manifest.json", '{"key": "1"}', '{"key": "2"}', "its entry “key” differs"),
        ("manifest.json", "{", '{"key": "2"}', "its bytes differ"),
        ("a.csv", "same\n", "same\n", ""),
    ],
)
def test_the_place_of_the_first_difference_is_named(two, name, old, new, said):
    """The row and column of a table, the entry of a manifest; else that the bytes differ."""
    assert said == told(two, name, text, old, new)


@pytest.fixture
def papers(two):
    """Return the two folders with a page and its PDF in each, listed in a manifest."""
    pytest.importorskip(
        "weasyprint",
        reason="WeasyPrint, or its Pango, is not here",
        exc_type=(ImportError, OSError),
    )
    if not verifying.shutil.which("pdfinfo"):
        pytest.skip("poppler-utils are not on this machine")

    def write(folder, words):
        text(folder / "page.html", PAGE.format("A ward", words))
        formats.write_pdf(folder / "page.html", folder / "page.pdf")
        text(folder / "manifest.json", json.dumps({"key": "1"}))
        pack.vouch(folder, {"page.pdf": "page.html"})

    return write


def compared(two, name):
    """Return where two files of the folders first differ."""
    return verifying.first_difference(*(folder / name for folder in two))


def test_a_pdf_of_other_bytes_with_the_same_words_and_structure_is_the_same(two, papers):
    """What a system's fonts change is no difference, nor is its hash in the manifest."""
    for folder in two:
        papers(folder, "Five people.")
    path = two[0] / "page.pdf"
    path.write_bytes(path.read_bytes() + b"% of another machine\n")
    assert "not the file that was made" == compared(two, "page.pdf")
    pack.vouch(two[0], {"page.pdf": "page.html"})
    assert ["", ""] == [compared(two, name) for name in ("page.pdf", "manifest.json")]


def test_a_pdf_of_other_words_or_another_structure_is_named(two, papers):
    """One word, or a paragraph that became a heading."""
    papers(two[0], "Five people.")
    papers(two[1], "Six people.")
    assert "of its structure differs" in compared(two, "page.pdf")
    papers(two[1], "Five people.</p><h2>More</h2><p>")
    assert "of its structure differs" in compared(two, "page.pdf")
    assert "its entry “formats” differs" == compared(two, "manifest.json")
