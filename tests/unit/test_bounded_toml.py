"""TOML that people write: what is wrong is said with its line and what to write."""

import pytest

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings


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
    ],
)
def test_settings_are_met_with_the_line_that_is_wrong(tmp_path, text, said):
    """darlington.toml."""
    (tmp_path / "darlington.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        load_settings(Project(tmp_path))
