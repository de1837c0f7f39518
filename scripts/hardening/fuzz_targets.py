"""The doors that `make fuzz` knocks at: bytes of a file, of a sidecar, of an agreement record.

Each target takes any bytes and returns; what it raises is a fault of ours. An answer in three
lines (DarlingtonError) is what a bad input should meet, and is no fault.
"""

import contextlib
import tempfile
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.checks import check_record
from darlington_analysis.agreements.checks.check import CheckContext
from darlington_analysis.core import project
from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.project import Project
from darlington_analysis.intake import drafting, incoming
from darlington_analysis.pages import findings
from darlington_analysis.readers import grids
from darlington_analysis.readers.layout import answered
from darlington_analysis.sources import register, sidecars
from darlington_analysis.sources.gazetteer import Gazetteer
from darlington_analysis.sources.sidecars import SIDECAR, Source
from scripts import ROOT
from scripts.hardening.damage_files import STAND_INS, read

TABLE = """\
ward_code,ward_name,period,count,residents
E05001553,Bank Top,2010,12,4000
E05001554,Central,2010,<5,4200
E05001555,Cockerton East,2011,-,4100
"""
SIDE = """\
dataset = "a-table"
title = "A table"
publisher = "A publisher"
address = "https://example.org/table"
retrieved = 2026-11-22
licence = "OGL"
vintage = "2026"
sha256 = "{zeros}"
control = "open"
basis = "observed"
is_dummy = false
columns = {{ count = "a count" }}

[reading]
format = "{format}"
{sheet}header_rows = [1]
figures = [{{ column = "count", indicator = "a-count", measure = "numerator" }}]
markers = {{ "-" = "x", "<5" = "c" }}

[reading.areas]
columns = ["ward_code"]
names = "ward_name"
systems = ["ward-2003-2015"]

[reading.times]
column = "period"
kind = "calendar"

[[questions]]
field = ["notes"]
asks = "What is to be known?"
answer = "nothing"
"""
SHEETS = {"xlsx": "Table 1", "xls": "Table 1", "ods": "Table 1"}


def side(format_: str) -> str:
    """Return the text of a sidecar that fits the table above, in a file of some format."""
    sheet = f'sheet = "{SHEETS[format_]}"\n' if format_ in SHEETS else ""
    return SIDE.format(zeros="0" * 64, format=format_, sheet=sheet)


def readers(content: bytes) -> None:
    """Draft a sidecar for a file and read it so; then read it as a fixed sidecar says."""
    path = _folder() / "a-file"
    path.write_bytes(content)
    try:
        said = tomllib.loads(drafting.draft(path, _gazetteer()).text)
        _read_as_drafted(path, said)
    except DarlingtonError:
        pass
    try:
        found = grids.format_of(path)
        told, _ = answered(tomllib.loads(side(found)))
        read(path, Source(**{**told, "path": path.name}), _gazetteer())
    except DarlingtonError:
        pass


def _read_as_drafted(path: Path, said: dict) -> None:
    for question in said.get("questions", []):
        question["answer"] = question["offered"] or STAND_INS.get(question["field"][-1], "x")
    filled, _ = answered(said)
    try:
        source = Source(**{**filled, "path": path.name})
    except ValidationError:  # a stand-in is no answer that everything can take
        return
    read(path, source, _gazetteer())


def described(content: bytes) -> None:
    """Read a sidecar and, as far as it declares a reading, the table beside it."""
    path = _folder() / "raw" / "a-table.csv"
    beside = path.with_name(path.name + SIDECAR)
    path.parent.mkdir(exist_ok=True)
    path.write_text(TABLE, "utf-8")
    beside.write_bytes(content)
    with contextlib.suppress(DarlingtonError):
        incoming.origin_in(beside)
    try:
        source = sidecars.read(path.parent, path)
        project.refuse_unguarded(source, register.is_controlled(source.dataset))
        if source.reading:
            read(path, source, _gazetteer())
    except DarlingtonError:
        pass


def records(content: bytes) -> None:
    """Read an agreement record, say what is wrong with it, and judge what can be judged."""
    path = _folder() / "bank-top.toml"
    path.write_bytes(content)
    read, faults = reading.try_to_read(path)
    for fault in faults:
        str(fault)
    if read:
        for finding in check_record(read.record, CheckContext(names=("Xq Zv",))):
            findings.explain(finding)
            read.line(finding.where)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "readers": readers,
    "sidecars": described,
    "records": records,
}


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(Project(ROOT))


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))
