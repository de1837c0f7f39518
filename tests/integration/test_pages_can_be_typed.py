"""What the tutorial and the how-to pages show can be typed; end_to_end follows the pages whole."""

import re
import shlex
import tomllib

import pandas as pd
import pytest

from darlington_analysis.cli.main import parser
from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.settings import SmallNumbers, Wards
from darlington_analysis.sources.indicators import Indicator
from tests.support.projects import ROOT

OURS = re.compile(r"(darlington|make|(\S*/)?python -m darlington_analysis) ")


PAGES = sorted((ROOT / "docs" / "how_to").glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_command_of_a_how_to_page_is_one_that_can_be_typed(path):
    """Commands of ours are parsed as the command line does it; targets of make exist."""
    assert [] == [words for words in commands_in(path) if not can_be_typed(words)]


def test_a_command_that_cannot_be_typed_is_found():
    """A wrong option, a step that does not exist and a target that is not there."""
    for words in ("darlington packs --wards Mowden", "darlington agreement burn x", "make tea"):
        assert not can_be_typed(shlex.split(words))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_setting_of_a_how_to_page_is_read_as_it_stands(path):
    """What a page shows in TOML is valid, in the file that it is for."""
    for text in re.findall(r"^ *```toml\n(.*?)```", path.read_text("utf-8"), re.S | re.M):
        given = tomllib.loads(text)
        if "small_numbers" in given:
            SmallNumbers.model_validate(given["small_numbers"])
        for wards in given.get("place", {}).get("ward_sets", []):
            Wards.model_validate(wards)
        for about in given.get("indicator", []):
            Indicator.model_validate(about)


def commands_in(path) -> list[list[str]]:
    """Return the lines of a page's blocks that begin with a command of this project."""
    blocks = re.findall(r"^ *```(?:sh)?\n(.*?)```", path.read_text("utf-8"), re.S | re.M)
    lines = [line.partition(" > ")[0].strip() for block in blocks for line in block.splitlines()]
    words = [shlex.split(line, comments=True) for line in lines if OURS.match(line)]
    return [line[2:] if line[1] == "-m" else line for line in words]


def can_be_typed(words: list[str]) -> bool:
    """True where a command has the options, steps and targets that it is given."""
    if words[0] == "make":
        return f"\n{words[1]}:" in (ROOT / "Makefile").read_text("utf-8")
    try:
        parser().parse_args(words[1:])
    except DarlingtonError:
        return False
    return True


def test_the_tutorial_shows_how_many_rows_there_really_are(edition_table):
    """The rows it prints are those of the committed raw files."""
    processed = edition_table.project.processed
    rows = len(pd.read_parquet(processed / "indicators.parquet"))
    set_aside = len(pd.read_csv(processed / "set_aside.csv"))
    tutorial = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    assert f"{rows} rows, {set_aside} raw rows set aside" in tutorial
