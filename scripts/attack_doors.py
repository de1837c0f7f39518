"""Injections at doors that answer at once: command line, environment, files added, notebooks."""

import ast
import os
import re
from pathlib import Path

import attack_town
import faults_town
from attack_payloads import KINDS, payload

_STEERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ARGUMENTS = ("script", "path", "terminal", "right to left", "shell", "python", "formula", "long")
TABLE = "ward_code,ward_name,period,{}\nE05001554,Central,2010,{}\nE05001553,Bank Top,2010,12\n"


def tried(town: Path, here: Path) -> list[dict]:
    """Return a row for each injection at the command line, in the environment, in files that are
    added and in parameters of notebooks.
    """
    rows = []
    for number, kind in enumerate(_ARGUMENTS, 500):
        text = payload(kind, number)
        rows.append(_command(town, "--ward", kind, ("packs", "--ward", text)))
        rows.append(_command(town, "--edition", kind, ("wards", "--edition", text)))
        rows.append(_command(town, "agreement new", kind, ("agreement", "new", text)))
    rows += [_command(town, "--scheduler", "address", ("packs", "--scheduler", "file:///etc/x"))]
    rows.append(_long_name(town))
    rows += [_environment(town, kind) for kind in ("shell", "path", "terminal")]
    rows += [_added(town, here, number, kind) for number, kind in enumerate(KINDS, 600)]
    return rows + [_parameter(kind) for kind in KINDS]


def _command(town: Path, door: str, kind: str, words: tuple[str, ...]) -> dict:
    before = _files(town)
    ended = faults_town.run(town, words)
    said = ended.said.read_text("utf-8", "replace")
    return _row(door, kind, ended, said, _files(town) - before)


def _long_name(town: Path) -> dict:
    path = town / attack_town.WARDS
    before = path.read_text("utf-8")
    attack_town.rewrite(path, lambda row: row | {"ward_name": payload("long", 580)})
    try:
        return _command(town, "a ward's name", "long", ("wards",))
    finally:
        path.write_text(before, "utf-8")
        attack_town.vouch(path)


def _environment(town: Path, kind: str) -> dict:
    kept = os.environ.get("IPYTHONDIR")
    os.environ["IPYTHONDIR"] = payload(kind, 590).replace("\x00", "")
    try:
        return _command(town, "environment", kind, ("wards",))
    finally:
        os.environ.pop("IPYTHONDIR") if kept is None else os.environ.update(IPYTHONDIR=kept)


def _added(town: Path, here: Path, number: int, kind: str) -> dict:
    """Add a file with the text in its name, a header and a cell; the draft must be TOML still."""
    text = payload(kind, number)
    name = re.sub(r"[/\x00]", "_", text)[:120] + ".csv"
    quoted = '"' + text.replace('"', '""') + '"'
    path = here / name
    path.write_text(TABLE.format(quoted, quoted), "utf-8")
    before = _files(town)
    ended = faults_town.run(town, ("add", str(path)))
    said = ended.said.read_text("utf-8", "replace")
    made = _files(town) - before
    outside = {each for each in made if not each.startswith("data/raw/incoming/")}
    row = _row("a file that is added", kind, ended, said, outside)
    for each in made:  # the next one has its own name, and must not meet this one
        (town / each).unlink()
    return row


def _parameter(kind: str) -> dict:
    """papermill writes parameters as a cell of code: they must be literals there."""
    from papermill.translators import PythonTranslator

    code = PythonTranslator.codify({"ward": payload(kind, 700)})
    told = [each for each in ast.parse(code).body if not isinstance(each, ast.Expr)]
    is_data = all(
        isinstance(each, ast.Assign) and ast.literal_eval(each.value) == payload(kind, 700)
        for each in told
    )
    met = "a literal in the cell of parameters" if is_data else "code"
    return {"door": "a notebook's parameter", "what": kind, "met": met, "ran": int(not is_data)}


def _row(door: str, kind: str, ended, said: str, written: set[str]) -> dict:
    steers = bool(_STEERS.search(said))
    code = ended.poll()
    met = f"refused, exit code {code}" if code else "taken as text"
    if ended.has_traceback:
        met = "a traceback"
    ran = steers or ended.has_traceback or (bool(written) and code != 0) or _escapes(written)
    return {"door": door, "what": kind, "met": met, "ran": int(ran)}


def _escapes(written: set[str]) -> bool:
    return any("ran-" in each or not each.startswith("data/") for each in written)


def _files(town: Path) -> set[str]:
    found = (path for path in town.parent.rglob("*") if path.is_file())
    kept = {path.relative_to(town).as_posix() for path in found if path.is_relative_to(town)}
    return {each for each in kept if not each.startswith("data/.")}
