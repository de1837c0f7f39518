"""Every mistake in a record is met with its line and with what to write, in plain words.

Each row: what stands in the example, what somebody types in its place, how many lines below the
first of them the mistake is, what is said, what to write.
"""

import os
import re

import pytest

from darlington_analysis.agreements import reading
from tests.support.records import WHOLE

SINCE, PEOPLE, HELD = "since = 2026-10-05", 'people = "adults"', 'words = "Evenings held"'
SIGNS = 'signs = ["People speak of how they feel, and somebody listens."]'
TARGET, MANY = "target = { gap = 3.5, by = 2033-03-31 }", "how_many = 140"
MISTAKES = [
    # days
    (SINCE, "since = 2026-06-31", 0, "there is no such day", "since = 2026-06-30"),
    (SINCE, "since = 2027-02-29", 0, "February 2027 has 28 days", "since = 2027-02-28"),
    (SINCE, "since = 05/10/2026", 0, "not how a day is written", "since = 2026-10-05"),
    (SINCE, "since = 5.10.2026", 0, "not how a day is written", "since = 2026-10-05"),
    (SINCE, "since = 5th October 2026", 0, "not how a day is written", "since = 2026-10-05"),
    (SINCE, "since = 2026-13-05", 0, "not how a day is written", "since = 2026-11-22"),
    (SINCE, 'since = "5 October 2026"', 0, "since is not a day", "since = 2026-10-05"),
    (SINCE, 'since = "last week"', 0, "since is not a day", "since = 2026-11-22"),
    (SINCE, 'since = ""', 0, "nothing stands there", "# since ="),
    (SINCE, "since =", 0, "nothing stands after since =", "# since ="),
    ("{ on = 2028-04-01", "{ on = 2028-02-30", 0, "can't be read", "{ on = 2028-02-29,"),
    # quotes
    (PEOPLE, "people = “adults”", 0, "quotes that are curly", 'people = "adults"'),
    (PEOPLE, "people = ‘adults’", 0, "quotes that are curly", 'people = "adults"'),
    (
        SIGNS,
        "signs = [“They don’t wait”, “They talk”]",
        0,
        "quotes that are curly",
        'signs = ["They don’t wait", "They talk"]',
    ),
    (PEOPLE, 'people = "adults', 0, "a quote is missing", 'people = "adults"'),
    (PEOPLE, 'people = adults"', 0, "a quote is missing", 'people = "adults"'),
    (PEOPLE, "people = 'adults", 0, "a quote is missing", 'people = "adults"'),
    (PEOPLE, "people = adults", 0, "words without quotes", 'people = "adults"'),
    (
        HELD,
        'words = "They said "yes" to it"',
        0,
        "quotes stand inside the words",
        'words = "They said “yes” to it"',
    ),
    (
        HELD,
        'words = "Evenings" held',
        0,
        "something stands after the words: held",
        'words = "Evenings held"',
    ),
    (HELD, 'words = """Evenings held', 0, "a quote is missing", 'words = "Evenings held"'),
    (HELD, 'words = "C:\\data"', 0, "a stroke that leans back", 'words = "C:/data"'),
    # keys
    (PEOPLE, 'People = "adults"', 0, "there is no People", 'people = "adults"'),
    (PEOPLE, 'peple = "adults"', 0, "there is no peple", 'people = "adults"'),
    (PEOPLE, 'for people = "adults"', 0, "a key can't be for people", 'people = "adults"'),
    (PEOPLE, 'people: "adults"', 0, "there is no = after people", 'people = "adults"'),
    (PEOPLE, 'people "adults"', 0, "there is no = after people", 'people = "adults"'),
    (
        PEOPLE,
        f'people = ""\n{PEOPLE}',
        1,
        "people stands twice in one part, first on line 30",
        "one line people = …",
    ),
    (PEOPLE, 'people\u00a0= "adults"', 0, "a space that can't be seen", 'people = "adults"'),
    (SINCE, f'{SINCE}\nmentor = "x"', 1, "mentor stands in the wrong place", "below [offer]"),
    ('id = "open-hut"\n', "", -1, "id is missing under [[actions]]", 'id = "…"'),
    # headings
    ("[offer]", "[offer", 0, "a heading that is not closed", "[offer]"),
    ("[offer]", "(offer)", 0, "a heading that is not closed", "[offer]"),
    ("[[outcomes]]", "[[outcomes]", 0, "a heading that is not closed", "[[outcomes]]"),
    ("[[outcomes]]", "[outcomes]", 0, "the heading [outcomes] has single brackets", "[[outcomes]]"),
    ("[offer]", "[[offer]]", 0, "offer stands once", "[offer]"),
    ("[offer]", "[Offer]", 0, "there is no part called Offer", "[offer], in its place"),
    ("[[customers]]", "[[custmers]]", 0, "there is no part called custmers", "[[customers]]"),
    ("[promises]", "[offer]\n[promises]", 0, "[offer] stands twice, first on line 19", "[offer]"),
    # lists and braces
    (
        SIGNS,
        'signs = ["People speak", "They listen"',
        0,
        "never closed",
        'signs = ["People speak", "They listen"]',
    ),
    (
        SIGNS,
        'signs = ["People speak" "They listen"]',
        0,
        "without a comma",
        'signs = ["People speak", "They listen"]',
    ),
    (SIGNS, 'signs = "People speak"]', 0, "no bracket at its start", 'signs = ["People speak"]'),
    (SIGNS, 'signs = "People speak"', 0, "signs is not a list", 'signs = ["People speak"]'),
    (HELD, 'words = ["Evenings", "held"]', 0, "words is a list", 'words = "Evenings, held"'),
    (TARGET, "target = { gap = 3.5, by = 2033-03-31", 0, "never closed", TARGET),
    (TARGET, "target = { gap = 3%, by = 2033-03-31 }", 0, "can't be read", "{ gap = 3, by"),
    (TARGET, "target = { gap = 3,5, by = 2033-03-31 }", 0, "can't be read", "{ gap = 3.5,"),
    (TARGET, "target = { level = 20, gap = 3, by = 2033-03-31 }", 0, "and not both", TARGET),
    (TARGET, "target = { gap = 3.5 }", 0, "by is missing in target", TARGET),
    (TARGET, "target = 20", 0, "target is not written as it must be", TARGET),
    ('under 18", how_many', 'under 18" how_many', 0, "can't be read", 'under 18", how_many = 12'),
    # numbers, true and false, words from a list
    (MANY, "how_many = 1,400", 0, "not how a number is written", "how_many = 1400"),
    (MANY, "how_many = £140", 0, "not how a number is written", "how_many = 140"),
    (MANY, "how_many = -3", 0, "how_many: -3 will not do", "how_many = 40"),
    (MANY, 'how_many = "many"', 0, "how_many: many will not do", 'how_many = "not known"'),
    ("days_a_month = 6 }", "days_a_month = -6 }", 0, "will not do", "council_days_a_month = 4.5"),
    ("example = true", "example = True", 0, "can't be True", "example = true"),
    ("example = true", 'example = "perhaps"', 0, "example: perhaps will not do", "example = false"),
    ('continue = "yes"', "continue = yes", 0, "can't be yes", 'wishes_to_continue = "yes"'),
    (PEOPLE, 'people = "Adult"', 0, "people can't be Adult", 'people = "adults"'),
    ('id = "open-hut"', 'id = "Open Hut"', 0, "id: Open Hut will not do", 'id = "open-hut"'),
    ('who = "The police"', "who = 12", 0, "not words between quotes", 'who = "12"'),
    (HELD, f'words = "{"x" * 1600}"', 0, "1600 letters long", "in fewer words"),
    # text in the wrong place
    (HELD, "Evenings held", 0, "on a line of its own", 'words = "Evenings held"'),
    (HELD, "// Evenings held", 0, "on a line of its own", "# Evenings held"),
]
BOM, BROKEN = "\ufeff".encode(), WHOLE.replace(PEOPLE, "people = adults")
FILES = [
    (b"", 1, "the file is empty", "agreement new central"),
    (b"\n  \n", 1, "the file is empty", "agreement new central"),
    (WHOLE.encode("utf-16"), 1, "UTF-16", "Encoding, UTF-8"),
    (WHOLE.encode("utf-16-le"), 1, "UTF-16", "Encoding, UTF-8"),
    (WHOLE.encode("cp1252", "replace"), 24, "a letter that is not UTF-8", "Save as"),
    (b"PK\x03\x04...", 1, "a file of Word", "plain text"),
    (b"{\\rtf1 x", 1, "a word processor", "plain text"),
    (b"%PDF-1.7", 1, "a PDF", "plain text"),
    (BOM + BROKEN.encode(), 30, "words without quotes", 'people = "adults"'),
    (BROKEN.replace("\n", "\r\n").encode(), 30, "words without quotes", 'people = "adults"'),
    (BROKEN.replace("\n", "\r").encode(), 30, "words without quotes", 'people = "adults"'),
]


def faults(folder, content: bytes):
    """Return what is said of a record's file of these bytes."""
    path = folder / "central.toml"
    path.write_bytes(content)
    return reading.try_to_read(path)[1]


def assert_plain(fault, line: int, said: str, write: str) -> None:
    """Three short lines that a secretary can follow: no word of a programmer's."""
    three = str(fault).splitlines()
    assert 3 == len(three)
    assert f"central.toml, line {line}: " in three[0]
    assert said in f"{three[0]} {three[1]}"
    assert write in three[2]
    assert not re.search(
        r"(?i)\b(toml says|pydantic|tuple|boolean|string|integer|input)\b", " ".join(three)
    )
    assert 15 == fault.exit_code


@pytest.mark.parametrize(("was", "becomes", "below", "said", "write"), MISTAKES)
def test_a_mistake_is_met_with_its_line_and_what_to_write(
    tmp_path, was, becomes, below, said, write
):
    """File, line and what happened; what was expected; what to write."""
    assert was in WHOLE
    line = WHOLE[: WHOLE.index(was)].count("\n") + 1 + below
    assert_plain(faults(tmp_path, WHOLE.replace(was, becomes, 1).encode())[0], line, said, write)


@pytest.mark.parametrize(("content", "line", "said", "write"), FILES)
def test_a_file_saved_in_another_way_is_met_with_how_to_save_it(
    tmp_path, content, line, said, write
):
    """Empty, UTF-16, an old editor's letters, Word, RTF, PDF, BOM, line ends of all kinds."""
    assert_plain(faults(tmp_path, content)[0], line, said, write)


def test_a_file_that_can_t_be_opened_says_why(tmp_path, monkeypatch):
    """No file, a folder in its place, a file one may not read: no line is made up."""
    path = tmp_path / "central.toml"
    said = [str(reading.try_to_read(path)[1][0])]
    path.mkdir()
    said.append(str(reading.try_to_read(path)[1][0]))
    path.rmdir()
    path.write_text(WHOLE)
    path.chmod(0)
    if os.access(path, os.R_OK):  # whoever may do anything may read it all the same

        def refuse(*_):
            raise PermissionError

        monkeypatch.setattr(type(path), "open", refuse)
    said.append(str(reading.try_to_read(path)[1][0]))
    for text, part in zip(
        said, ("agreement new central", "is a folder", "close other programs"), strict=True
    ):
        assert part in text
        assert "line" not in text.splitlines()[0]


def test_the_table_is_long_enough():
    """At least forty ways to go wrong."""
    assert len(MISTAKES) + len(FILES) >= 40
