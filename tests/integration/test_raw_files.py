"""Every raw file has its story, and the story is true."""

import csv
import hashlib
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.support.projects import ROOT, tracked

RAW = ROOT / "data" / "raw"
SIDECAR = ".source.toml"
TEXTS = ("dataset", "title", "publisher", "address", "licence", "vintage", "sha256")
CONTROLS, BASES = ("open", "controlled"), ("observed", "modelled")
TRACKED = [ROOT / name for name in tracked("data/raw") if "/restricted/" not in name]
FILES = sorted(file for file in TRACKED if not file.name.endswith(SIDECAR))


def _story(file: Path) -> dict:
    return tomllib.loads(file.with_name(file.name + SIDECAR).read_text(encoding="utf-8"))


def _name(file: Path) -> str:
    return file.relative_to(RAW).as_posix()


def test_all_raw_files_are_looked_at():
    """The tables of every topic, and the dummies, are all there."""
    expected = {
        "geography",
        "census",
        "indices-of-deprivation",
        "youth-justice",
        "dummy",
        "claimants",
        "fuel-poverty",
        "population",
    }

    assert expected == {file.relative_to(RAW).parts[0] for file in FILES}


def test_no_sidecar_without_file():
    """Every sidecar stands beside the file it tells of."""
    sidecars = {file for file in TRACKED if file.name.endswith(SIDECAR)}

    assert {file.with_name(file.name + SIDECAR) for file in FILES} == sidecars


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_checksum_is_true(file):
    """The checksum in the sidecar is that of the file's bytes."""
    assert _story(file)["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_story_is_complete(file):
    """The sidecar has every field, of its kind, and explains exactly the file's columns."""
    story = _story(file)
    with file.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))

    assert [] == [text for text in TEXTS if not story.get(text)]
    assert isinstance(story["retrieved"], date)
    assert story["control"] in CONTROLS
    assert story["basis"] in BASES
    assert isinstance(story["is_dummy"], bool)
    assert header == list(story["columns"])


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_file_is_plain_and_sorted(file):
    """A raw table ends its lines with LF, is sorted from the left, and no row stands twice."""
    content = file.read_bytes()
    rows = content.decode("utf-8").splitlines()

    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert len(set(rows)) == len(rows)
    table = pd.read_csv(file)
    assert table.equals(table.sort_values(list(table.columns), ignore_index=True))


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_dummy_says_so_everywhere(file):
    """A dummy says DUMMY in its folder, name, title and columns; no other file does."""
    story = _story(file)
    spoken = (
        "dummy" in file.relative_to(RAW).parts,
        "DUMMY" in file.name,
        "DUMMY" in story["title"],
        any(column.endswith("_dummy") for column in story["columns"]),
    )

    assert (story["is_dummy"],) * 4 == spoken


def test_no_reference_file_is_copied(reference_data):
    """No raw file is a byte copy of a file of the reference data."""
    theirs = {
        hashlib.sha256(file.read_bytes()).hexdigest()
        for file in reference_data.rglob("*")
        if file.is_file()
    }

    assert [] == [_name(file) for file in FILES if _story(file)["sha256"] in theirs]


def test_restricted_folder_holds_only_its_page_in_git():
    """Git ignores everything in data/raw/restricted except the page that explains it."""
    ignored = (RAW.parents[1] / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert "data/raw/restricted/*" in ignored
    assert "!data/raw/restricted/README.md" in ignored
    assert (RAW / "restricted" / "README.md").is_file()
