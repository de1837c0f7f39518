"""TOML that people write: what is wrong is said with its line and what to write."""

import pytest

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import SourceError, UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.sources import sidecars
from tests.support.projects import ROOT


@pytest.mark.parametrize(
    ("text", "line", "write"),
    [
        ("a = 1\nb = “x”", 2, 'b = "x"'),
        ("ward = Mowden", 1, 'ward = "Mowden"'),
        ("[a]\nb = 2,5", 2, "b = 2.5"),
        ('[a\nb = "x"', 1, "[a]"),
        ("a = [1, 2\nb = 3", 1, "a = [1, 2]"),
    ],
)
def test_a_line_that_is_no_toml_is_named_with_what_to_write(text, line, write):
    """For every file that people write, as for agreement records."""
    with pytest.raises(bounded_toml.MistakeError) as fault:
        bounded_toml.loads(text)
    assert (line, write) == (fault.value.advice.line, fault.value.advice.write)


def test_a_byte_order_mark_is_passed_over():
    """Notepad puts one in front."""
    assert {"a": 1} == bounded_toml.loads("\ufeffa = 1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[packs]\nedition = “2011”\n", "line 2: quotes that are curly"),
        ("\n\n[packs]\nnothing = 1\n", r"line 4: there is no nothing under \[packs\]"),
        ("\n\n[packs]\n", r"line 3: default_edition is missing under \[packs\]"),
        ("\r\r[packs]\rnothing = 1\r", r"line 4: there is no nothing under \[packs\]"),
    ],
)
def test_settings_are_met_with_the_line_that_is_wrong(tmp_path, text, said):
    """darlington.toml."""
    (tmp_path / "darlington.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        load_settings(Project(tmp_path))


@pytest.mark.parametrize(
    ("extent", "said"),
    [
        ("[415800, 503300]", "line 11: extent has 2 parts, which are too few"),
        ("[441400, 503300, 415800, 528000]", "extent: west before east and south before north"),
    ],
)
def test_an_extent_that_is_none_is_refused(tmp_path, extent, said):
    """Too few numbers, or east before west."""
    shipped = (ROOT / "darlington.toml").read_text("utf-8")
    assert "[415800, 503300, 441400, 528000]" in shipped
    text = shipped.replace("[415800, 503300, 441400, 528000]", extent)
    (tmp_path / "darlington.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        load_settings(Project(tmp_path))


SIDECAR = """dataset = "x"
title = "t"
publisher = "p"
address = "none: not published"
retrieved = 2026-11-22
licence = "l"
vintage = "2019"
control = "open"
basis = "observed"
is_dummy = false
sha256 = "{sum}"

[columns]
a = "b"
""".format(sum="0" * 64)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("vintage", "vintag", "line 7: there is no vintag at the top"),
        ("vintage", "Vintage", 'line 7: there is no Vintage.*vintage = "2019"'),
        ("[columns]", "[column]", r"line 13: there is no part called column.*write \[columns\]"),
        ("[columns]", "[[columns]]", r"line 13: columns stands once.*write \[columns\]"),
        ('[columns]\na = "b"', "", r"the part \[columns\] is missing"),
        ("[columns]", '[readings]\na = "b"\n[columns]', "line 13: there is no readings"),
        ("[columns]", 'statment = "b"\n[columns]', "line 13: there is no statment"),
        ('"l"', "“l”", "line 6: quotes that are curly"),
        ("2026-11-22", '"yesterday"', "line 5: retrieved is not a day"),
        ('"open"', '"opne"', 'line 8: control can\'t be opne.*control = "open"'),
        ('"l"', '"l"\nlicence = "m"', "line 7: licence stands twice"),
    ],
)
def test_sidecars_are_met_with_the_line_that_is_wrong(tmp_path, old, new, said):
    """Keys of one's own are allowed, and those that are nearly a sidecar's are not."""
    (tmp_path / "a.csv").write_text("a\n1\n", "utf-8")
    side = tmp_path / "a.csv.source.toml"
    side.write_text(SIDECAR.replace(old, new, 1), "utf-8")
    with pytest.raises(SourceError, match=f"(?s){said}"):
        sidecars.read(tmp_path, tmp_path / "a.csv")


def test_a_key_of_one_s_own_is_allowed_in_a_sidecar(tmp_path):
    """Such as where a file was obtained from."""
    (tmp_path / "a.csv").write_text("a\n1\n", "utf-8")
    own = f'obtained_from = "x"\n{SIDECAR}'.replace("\n", "\r\n")
    (tmp_path / "a.csv.source.toml").write_bytes(b"\xef\xbb\xbf" + own.encode())
    assert "x" == sidecars.read(tmp_path, tmp_path / "a.csv").model_extra["obtained_from"]
