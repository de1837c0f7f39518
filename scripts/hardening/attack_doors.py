"""Injections at doors that answer at once: command line, environment, files added, notebooks."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

from scripts.hardening import attack_town, faults_town
from scripts.hardening.attack_payloads import KINDS, payload

_STEERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ARGUMENTS = (
    "script",
    "path",
    "windows path",
    "terminal",
    "right to left",
    "null",
    "shell",
    "python",
    "formula",
    "template",
    "tab",
    "long",
)
_VARIABLES = (
    "DARLINGTON_PROJECT",
    "IPYTHONDIR",
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_DIR",
    "MPLCONFIGDIR",
    "MPLBACKEND",
    "HOME",
    "TMPDIR",
    "TZ",
    "LANG",
    "LC_ALL",
    "COLUMNS",
    "PYTHONHASHSEED",
    "DARLINGTON_WARM_FAILED",
    "DARLINGTON_WARM_EDITION",
    "DARLINGTON_WARM_WARDS",
    "USER",
    "OMP_NUM_THREADS",
    "JPY_SESSION_NAME",
)
_ENVIRONMENT = ("shell", "path", "terminal", "long")
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
        rows.append(_command(town, "add", kind, ("add", text)))
        rows.append(_command(town, "verify", kind, ("verify", text)))
        rows.append(_command(town, "formats --ward", kind, ("formats", "--ward", text)))
    rows += [_command(town, "--scheduler", "address", ("packs", "--scheduler", "file:///etc/x"))]
    rows.append(_long_name(town))
    rows += [_environment(town, name, _ENVIRONMENT[at % 4]) for at, name in enumerate(_VARIABLES)]
    rows += [_added(town, here, number, kind) for number, kind in enumerate(KINDS, 600)]
    return rows + [_parameter(kind) for kind in KINDS]


def _command(town: Path, door: str, kind: str, words: tuple[str, ...]) -> dict:
    before = files_of(town)
    ended = faults_town.run(town, words)
    return row_of(door, ended, files_of(town) - before, kind)


def _long_name(town: Path) -> dict:
    path = town / attack_town.WARDS
    before = path.read_text("utf-8")
    attack_town.rewrite(path, lambda row: row | {"ward_name": payload("long", 580)})
    try:
        return _command(town, "a ward's name", "long", ("wards",))
    finally:
        path.write_text(before, "utf-8")
        attack_town.vouch(path)


def _environment(town: Path, name: str, kind: str) -> dict:
    """Run a command in a new process with nonsense in a variable."""
    own = {**os.environ, "DARLINGTON_PROJECT": str(town), name: payload(kind, 590)}
    said = town.with_name("environment.said")  # a folder may be made where a variable says so
    words = [sys.executable, "-m", "darlington_analysis", "wards"]
    with said.open("wb") as told:
        code = subprocess.run(words, cwd=town, env=own, stdout=told, stderr=told).returncode
    return _judged(f"environment, {name}", kind, code, said, set())


def _added(town: Path, here: Path, number: int, kind: str) -> dict:
    """Add a file with the text in its name, a header and a cell; the draft must be TOML still."""
    text = payload(kind, number)
    name = re.sub(r"[/\x00]", "_", text)[:120] + ".csv"
    quoted = '"' + text.replace('"', '""') + '"'
    path = here / name
    path.write_text(TABLE.format(quoted, quoted), "utf-8")
    before = files_of(town)
    ended = faults_town.run(town, ("add", str(path)))
    made = files_of(town) - before
    outside = {each for each in made if not each.startswith("data/raw/incoming/")}
    row = row_of("a file that is added", ended, outside, kind)
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


def row_of(door: str, ended, written: set[str], kind: str = "") -> dict:
    """Return the row of a command that has ended; ``written`` is what it should not have made."""
    door, _, what = (door, "", kind) if kind else door.partition(": ")
    return _judged(door, what, ended.poll(), ended.said, written)


def _judged(door: str, kind: str, code: int, told: Path, written: set[str]) -> dict:
    said = told.read_text("utf-8", "replace")
    has_traceback, steers = "Traceback" in said, bool(_STEERS.search(said))
    met = (
        "a traceback"
        if has_traceback
        else (f"refused, exit code {code}" if code else "taken as text")
    )
    ran = steers or has_traceback or (bool(written) and code != 0) or _escapes(written)
    return {"door": door, "what": kind, "met": met, "ran": int(ran)}


def _escapes(written: set[str]) -> bool:
    return any("ran-" in each or not each.startswith("data/") for each in written)


def files_of(town: Path) -> set[str]:
    """Return every file beside and in a town, but for what commands note for themselves."""
    found = (path for path in town.parent.rglob("*") if path.is_file())
    kept = {path.relative_to(town).as_posix() for path in found if path.is_relative_to(town)}
    return {each for each in kept if not each.startswith("data/.")}
