"""Settings, notebooks, command line, environment with what a hand can do to them: three lines."""

import json
import os
import subprocess
import sys

import pytest

from darlington_analysis.cli.main import main
from tests.support.projects import ROOT

PACK = "02-ward-evidence-pack.ipynb"
SETTINGS = (ROOT / "darlington.toml").read_text("utf-8")


def notebook(town) -> tuple:
    """Return the path of the pack's notebook and what it holds."""
    path = town.notebooks / PACK
    return path, json.loads(path.read_text("utf-8"))


def no_parameters(told):
    """Take the cell of parameters out."""
    told["cells"] = [each for each in told["cells"] if not each["metadata"].get("tags")]


def two_of_them(told):
    """Have the cell of parameters name one more."""
    cell = next(each for each in told["cells"] if "parameters" in each["metadata"].get("tags", []))
    cell["source"] = [*cell["source"], "\nperiod = '2010'"]


def no_cells(told):
    """Have no cells at all."""
    del told["cells"]


def no_kind(told):
    """Have a cell of no kind."""
    del told["cells"][0]["cell_type"]


@pytest.mark.parametrize("change", [no_parameters, two_of_them, no_cells, no_kind])
def test_a_notebook_edited_by_hand_is_refused_before_anything_is_made(town, capsys, change):
    """Exit code 2, what is wrong with it, nothing written."""
    path, told = notebook(town)
    change(told)
    path.write_text(json.dumps(told), "utf-8")
    assert_refused(["packs", "--ward", "Red Hall"], capsys, 2)
    assert not list(town.reports.glob("*")) if town.reports.is_dir() else True


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 50_000,
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'{"cells": 1, "nbformat": 4, "nbformat_minor": 5}',
        b'{"cells": [], "nbformat": "=cmd()"}',
    ],
)
def test_a_notebook_that_is_none_is_refused(town, capsys, content):
    """Cut off, nested without end, another encoding, another thing."""
    (town.notebooks / PACK).write_bytes(content)
    assert_refused(["packs", "--ward", "Red Hall"], capsys, 2)


def test_results_kept_in_a_notebook_never_reach_a_pack(town):
    """However large: a notebook is run anew, and only its own results are shown."""
    from darlington_analysis.publishing import run_notebook

    path, told = notebook(town)
    kept = next(each for each in told["cells"] if each["cell_type"] == "code")
    kept["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["kept " * 4_000_000]}]
    short = [each for each in told["cells"] if "parameters" in each["metadata"].get("tags", [])]
    told["cells"] = short + [dict(kept, source=["1 + 1"], metadata={})]
    path.write_text(json.dumps(told), "utf-8")
    done = run_notebook.execute(path, town.root / "out.ipynb", {"ward": "x", "edition": "2011"})
    assert "2" == done.cells[-1].outputs[0]["data"]["text/plain"]
    assert (town.root / "out.ipynb").stat().st_size < 10_000


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x",
        "= 1",
        "a = [" * 5_000,
        "\x00",
        SETTINGS[:700],
        SETTINGS + "\n[more]\nx = 1\n",
        SETTINGS.replace("round_to = 5", "round_to = 'five'"),
        SETTINGS.replace("round_to = 5", "round_to = -5"),
        SETTINGS.replace("round_to = 5", "round_to = 1e400"),
        SETTINGS.replace("round_to = 5", f"round_to = {'9' * 5_000}"),
        SETTINGS.replace('id = "2011"', 'id = "../../2011"'),
        SETTINGS.replace('id = "2011"', 'id = "a\\u001b]0;b"'),
        SETTINGS.replace('id = "2011"', 'id = "2025"'),
        SETTINGS.replace('id = "2011"', f'id = "{"2" * 300}"'),
        SETTINGS.replace("[[editions]]", "[editions]", 1),
    ],
)
def test_settings_that_are_none_are_three_lines(town, capsys, content):
    """Cut off, of another kind, out of bounds, a path, nested without end."""
    assert content != SETTINGS
    town.settings_file.write_text(content, "utf-8")
    assert_refused(["wards"], capsys, 2)


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "\x1b]0;x\x07",
        "../../x",
        "/etc/passwd",
        "x" * 200_000,
        "\u202etxt",
        "=cmd()",
        "{{ 1 }}",
        "\n\n",
        "",
        "\ud800",
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        ("packs", "--ward"),
        ("packs", "--edition"),
        ("add",),
        ("verify",),
        ("formats", "--ward"),
        ("agreement", "new"),
        ("agreement", "sign", "central", "--council", "x", "--key"),
        ("wards", "--edition"),
    ],
)
def test_nonsense_at_the_command_line_is_refused(town, capsys, words, text):
    """Control characters, NUL, paths, a text without end, half a letter: nothing is made."""
    before = sorted(town.root.rglob("*"))
    code = main([*words, text])
    said = "".join(capsys.readouterr())
    assert code in (2, 10, 11, 12, 15, 19), said
    assert len(said) < 4_000
    assert not set(said) & set("\x00\x1b\x07\u202e")
    made = {
        path.relative_to(town.root).as_posix() for path in set(town.root.rglob("*")) - set(before)
    }
    assert all(each.startswith("data/.") for each in made), made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DARLINGTON_PROJECT", "../../x"),
        ("DARLINGTON_PROJECT", "\x1b]0;x"),
        ("DARLINGTON_PROJECT", "x" * 5_000),
    ],
)
def test_a_project_that_is_none_is_three_lines(tmp_path, name, value):
    """The folder that a variable names."""
    own = {**os.environ, name: value}
    ran = subprocess.run(
        [sys.executable, "-m", "darlington_analysis", "wards"],
        env=own,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode in (2, 19)
    assert 3 == len(ran.stderr.splitlines()), ran.stderr
    assert "\x1b" not in ran.stderr


def assert_refused(words: list[str], capsys, code: int) -> None:
    """A command ends with a code and three lines, none of them long."""
    assert code == main(words)
    said = capsys.readouterr().err
    assert 3 == len(said.splitlines()), said
    assert len(said) < 4_000


@pytest.mark.parametrize(
    "words",
    [["agreement", "sign", "central", "--council", "\udcff"], ["wards", "--edition", "caf\udce9"]],
)
def test_a_word_that_is_no_text_is_refused(town, capsys, words):
    """Bytes that are not UTF-8 reach the command line as letters that can't be written."""
    assert_refused(words, capsys, 2)


def test_a_file_whose_name_is_no_text_stops_no_run(town):
    """An office program's lock file beside a raw file is hashed as any other."""
    (town.raw / os.fsdecode(b".~lock.caf\xe9.csv#")).touch()
    (town.raw / ".source.toml").touch()
    assert 0 == main(["data"])
    assert 0 == main(["fetch"])


def test_a_terminal_of_few_letters_shows_the_others_as_numbers(town):
    """Help has letters that ASCII has not."""
    words = [sys.executable, "-m", "darlington_analysis", "packs", "--help"]
    own = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(words, env=own, cwd=ROOT, capture_output=True)
    assert (0, b"") == (ran.returncode, ran.stderr)
    assert b"\\u201clocal\\u201d" in ran.stdout
