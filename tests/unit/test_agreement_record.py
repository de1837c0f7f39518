"""A record is read, its lines are known, and editors have its schema."""

import json

import jsonschema
import pytest

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.bounded_toml import key_lines
from tests.support.projects import ROOT

CENTRAL = (ROOT / "data/agreements/central.toml").read_text("utf-8")


def faults(tmp_path, text: str | bytes):
    """Return what is said of a record of this text."""
    path = tmp_path / "central.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reading.try_to_read(path)[1]


def line_of(text: str, part: str) -> int:
    """Return the line, from 1, on which a part of a text first stands."""
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.requirement(42)
def test_central_is_the_worked_example():
    """Paragraph 12 takes Central to illustrate; the record says that its content is invented."""
    found = reading.read(ROOT / "data/agreements/central.toml")
    assert ("Central", True) == (found.record.ward, found.record.example)
    assert {"children", "adults", "families"} == {each.people for each in found.record.outcomes}


def test_a_letter_that_is_not_utf_8_is_found_on_its_line(tmp_path):
    """An old Windows editor's é; the line is that of the letter."""
    text = CENTRAL.replace("crèche", "cr@che").encode().replace(b"cr@che", b"cr\xe8che")
    fault = faults(tmp_path, text)[0]
    assert f"line {line_of(CENTRAL, 'crèche')}: a letter that is not UTF-8" in str(fault)
    assert "Save as" in str(fault)


def test_what_notepad_adds_does_no_harm(tmp_path):
    """A byte order mark and Windows line ends are read past; lines stay right."""
    text = b"\xef\xbb\xbf" + CENTRAL.replace("\n", "\r\n").replace('"adults"', '"adult"').encode()
    fault = faults(tmp_path, text)[0]
    line = line_of(CENTRAL, 'people = "adults"')
    assert f"line {line}: people" in str(fault)


def test_a_missing_key_is_asked_for_under_its_heading(tmp_path):
    """`state` is what a record can't do without."""
    found = faults(tmp_path, CENTRAL.replace('state = "wishes to continue"\n', "", 1))
    assert "state is missing under [consultation]" in str(found[0])


def test_every_mistake_is_named_not_only_the_first(tmp_path):
    """Two wrong words give two complaints."""
    text = CENTRAL.replace('people = "adults"', 'people = "x"').replace('"resident"', '"nobody"', 1)
    assert 2 == len(faults(tmp_path, text))


def test_the_schema_for_editors_is_the_model_s_and_takes_the_example():
    """The committed schema is what the command writes, and Central keeps to it."""
    import tomllib

    told = json.loads((ROOT / "data/agreements/agreement.schema.json").read_text("utf-8"))
    assert Agreement.model_json_schema() == told
    as_json = json.loads(json.dumps(tomllib.loads(CENTRAL), default=str))
    jsonschema.validate(as_json, told)


def test_lines_are_found_in_awkward_toml():
    """Strings of several lines, comments, brackets in strings, arrays, tables in tables."""
    text = (
        'a = """\n[not.a.table]\nb = 1\n"""\nb = [ # [\n  "]",\n  { c = 1 },\n]\n\n'
        "[t]\nd = 'x = [ 1'\n[[s]]\nid = 1\n[[s.u]]\nv = 2\n[[s]]\nid = 3 # [[s]]\n"
    )
    found = key_lines(text)
    assert {("a",): 1, ("b",): 5, ("b", 0): 6, ("b", 1): 7, ("t", "d"): 11} == {
        path: found[path] for path in [("a",), ("b",), ("b", 0), ("b", 1), ("t", "d")]
    }
    assert (13, 15, 17) == (found["s", 0, "id"], found["s", 0, "u", 0, "v"], found["s", 1, "id"])
    assert ("not", "a", "table") not in found
