"""Write a raw table beside its sidecar, so that no figure travels without its story."""

import hashlib
import json
import os
import sys
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

import pandas as pd

from scripts import ROOT

RAW_FOLDER = ROOT / "data" / "raw"
RETRIEVED = date(2026, 11, 22)
OGL = "Open Government Licence v3.0"
OGL_STATEMENT = (
    "Contains public sector information licensed under the Open Government Licence v3.0."
)
ONS_STATEMENT = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
)
OS_STATEMENT = "Contains OS data © Crown copyright and database right 2013-2025"
NOT_TRIED = "Read from a public copy; the publisher's address was not tried"


@dataclass(frozen=True)
class Story:
    """What a sidecar tells of its file: who published it, where, when, under which licence.

    ``columns`` maps each column of the file to what it is and its unit; ``counts`` holds whole
    numbers that a test can compute again (for the hexagon map).
    """

    dataset: str
    title: str
    publisher: str
    address: str
    licence: str
    vintage: str
    columns: dict[str, str]
    obtained_from: str = ""
    published: str = ""
    statement: str = ""
    control: str = "open"
    basis: str = "observed"
    is_dummy: bool = False
    notes: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def write_raw(frame: pd.DataFrame, file: Path, story: Story) -> Path:
    """Write ``frame`` to ``file`` (sorted by its columns from the left) and its sidecar beside it.

    Raises ValueError when the columns are not those that the story explains.
    """
    if list(frame.columns) != list(story.columns):
        raise ValueError(f"{file.name}: {list(frame.columns)} but explained {list(story.columns)}")
    file.parent.mkdir(parents=True, exist_ok=True)
    ordered = frame.sort_values(list(frame.columns), ignore_index=True)
    content = ordered.to_csv(index=False, lineterminator="\n").encode("utf-8")
    file.write_bytes(content)
    checksum = hashlib.sha256(content).hexdigest()
    sidecar = file.with_name(file.name + ".source.toml")
    sidecar.write_text(sidecar_text(story, checksum), encoding="utf-8", newline="\n")
    return file


def sidecar_text(story: Story, checksum: str) -> str:
    """Return the sidecar as TOML: the story's filled fields, the checksum, the columns last."""
    lines = [
        f"{item.name} = {_toml(getattr(story, item.name))}"
        for item in fields(story)
        if item.name not in ("columns", "counts") and getattr(story, item.name) != ""
    ]
    lines += [f"retrieved = {RETRIEVED.isoformat()}", f'sha256 = "{checksum}"']
    lines += [f"{name} = {number}" for name, number in story.counts.items()]
    lines += ["", "[columns]"]
    lines += [f"{name} = {_toml(meaning)}" for name, meaning in story.columns.items()]
    return "\n".join(lines) + "\n"


def reference_folder() -> Path:
    """Return the folder of reference data that DARLINGTON_REFERENCE_DATA names, or end with why."""
    named = os.environ.get("DARLINGTON_REFERENCE_DATA", "")
    if not named or not (Path(named) / "indicators").is_dir():
        sys.exit(
            f"No reference data at DARLINGTON_REFERENCE_DATA={named!r}\n"
            "  Expected a folder that holds geography/ and indicators/\n"
            "  Try: DARLINGTON_REFERENCE_DATA=<that folder> python -m scripts.data_build.raw_tables"
        )
    return Path(named)


def _toml(value: str | bool) -> str:
    return json.dumps(value, ensure_ascii=False)
