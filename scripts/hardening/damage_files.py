"""Damages valid files and counts what becomes of them; the checksum is made to fit each time.

DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.hardening.damage_files [N]   (writes docs/damage.md)

Every file is read as its reviewed sidecar declares. What comes out is set beside the figures of the
whole file: the same, refused, or other figures. Other figures are looked at cell by cell: where
numbers became other numbers nobody can see it without the checksum; anything else could be seen,
and must not happen. 10,000 by default.
"""

import random
import signal
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.cleaning import checks, imported
from darlington_analysis.core.errors import DarlingtonError, SourceError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.intake import drafting, import_rows
from darlington_analysis.readers import tables
from darlington_analysis.readers.layout import answered
from darlington_analysis.sources import register
from darlington_analysis.sources.gazetteer import Gazetteer
from darlington_analysis.sources.sidecars import Source
from scripts.data_build.raw_files import reference_folder
from scripts.hardening.damage_kinds import KINDS, damage

MOST_SECONDS = 20
STAND_INS = {"kind": "calendar", "label": "2019", "control": "open", "retrieved": "2026-11-22"}
UNSEEN = "a number became another"
OUTCOMES = (
    "refused, exit code 10",
    "refused, exit code 11",
    "the same figures",
    UNSEEN,
    "wrong, and could be seen",
    "a traceback",
    "a hang",
)
HEAD = """# What becomes of damaged files

Made by `make damage`: {times:,} damaged versions of {files} valid files (real samples of published
files, {formats}). Each gets a checksum that fits and is read as its reviewed sidecar declares. Seed
{seed}.

| damage | {names} |
|---|{bars}
"""
TAIL = """
“A number became another” cannot be noticed in a file whose checksum fits: one digit changed, two
figures of a row exchanged, a figure copied from another row. With the true checksum in the sidecar,
{caught:,} of {unseen:,} of them were refused.
"""


@dataclass(frozen=True)
class Whole:
    """A valid file, how it is read, and its figures."""

    path: Path
    source: Source
    figures: dict


def review(path: Path, gazetteer: Gazetteer) -> Source:
    """Return the source of a file, every question of its draft answered."""
    told = tomllib.loads(drafting.draft(path, gazetteer).text)
    for question in told["questions"]:
        question["answer"] = question["offered"] or STAND_INS.get(question["field"][-1], "x")
    filled, _ = answered(told)
    return Source(**{**filled, "path": path.name})


def read(path: Path, source: Source, gazetteer: Gazetteer) -> dict:
    """Return a file's figures by what they are: number and status. Raises DarlingtonError."""
    table = tables.open_table(path, source.reading)
    taken = import_rows.to_long(table, source.reading, gazetteer, path.name)
    rows = imported.side_by_side(taken.figures)
    checks.refuse_impossible(rows, source)
    checks.sums(rows, gazetteer.ward_sets)
    key = taken.figures[["indicator", "area_code", "period", "breakdown", "vintage", "measure"]]
    said = zip(taken.figures.number.fillna(-1e99), taken.figures.status, strict=True)
    return dict(zip(map(tuple, key.to_numpy()), said, strict=True))


def outcome(path: Path, whole: Whole, gazetteer: Gazetteer) -> str:
    """Return what becomes of one damaged file."""
    signal.alarm(MOST_SECONDS)
    try:
        found = read(path, whole.source, gazetteer)
    except DarlingtonError as fault:
        return f"refused, exit code {fault.exit_code}"
    except TimeoutError:
        return "a hang"
    except Exception as fault:  # what this script is for
        print(f"{path.name}: {type(fault).__name__}: {fault}", file=sys.stderr)
        return "a traceback"
    finally:
        signal.alarm(0)
    if found == whole.figures:
        return "the same figures"
    if is_unseen(whole.figures, found):
        return UNSEEN
    odd = set(found.items()) ^ set(whole.figures.items())
    print(f"{path.name}: {odd}"[:400], file=sys.stderr)
    return "wrong, and could be seen"


def is_unseen(before: dict, after: dict) -> bool:
    """True where every figure stands for what it stood for, and only numbers are other ones.

    A number that became a mark, or a mark that became a number, could be seen: marks are counted.
    """
    if set(before) != set(after):
        return False
    other = [(before[key], after[key]) for key in before if before[key] != after[key]]
    marks = [sorted(status for *_, status in side if status) for side in zip(*other, strict=True)]
    return all(not left[1] and not right[1] for left, right in other) or marks[0] == marks[1]


def caught_by_checksum(path: Path, whole: Whole) -> bool:
    """True where the file is refused once its sidecar holds the true checksum."""
    project = Project(path.parent)
    project.raw.mkdir(parents=True, exist_ok=True)
    (project.raw / whole.path.name).write_bytes(path.read_bytes())
    try:
        register.open_table(project, whole.source)
    except SourceError as fault:
        return "has changed" in fault.what
    return False


def valid_files(folder: Path, gazetteer: Gazetteer) -> list[Whole]:
    """Return every messy sample that can be imported, with its figures."""
    found = []
    for path in sorted((folder / "indicators" / "messy_samples").iterdir()):
        try:
            source = review(path, gazetteer)
        except DarlingtonError:
            continue
        found.append(Whole(path, source, read(path, source, gazetteer)))
    return found


def run(times: int, seed: int = 20261122) -> str:
    """Return docs/damage.md after so many damaged files."""
    signal.signal(signal.SIGALRM, _too_long)
    gazetteer, chance = Gazetteer(find_project()), random.Random(seed)
    wholes = valid_files(reference_folder(), gazetteer)
    counts: dict[str, Counter] = {kind: Counter() for kind in KINDS}
    unseen = caught = 0
    with tempfile.TemporaryDirectory() as scratch:
        for at in range(times):
            kind, whole = list(KINDS)[at % len(KINDS)], chance.choice(wholes)
            path = Path(scratch) / f"{at}-{whole.path.name}"
            path.write_bytes(damage(kind, whole.path.read_bytes(), chance))
            what = outcome(path, whole, gazetteer)
            counts[kind][what] += 1
            if what == UNSEEN:
                unseen, caught = unseen + 1, caught + caught_by_checksum(path, whole)
            path.unlink()
    return _page(times, seed, wholes, counts) + TAIL.format(unseen=unseen, caught=caught)


def _page(times: int, seed: int, wholes: list[Whole], counts: dict[str, Counter]) -> str:
    formats = " and ".join(sorted({whole.source.reading.format for whole in wholes}))
    head = HEAD.format(
        times=times,
        files=len(wholes),
        formats=formats,
        seed=seed,
        names=" | ".join(OUTCOMES),
        bars="---:|" * len(OUTCOMES),
    )
    totals = sum(counts.values(), Counter())
    rows = [(KINDS[kind][0], counts[kind]) for kind in KINDS] + [("all", totals)]
    lines = [
        f"| {name} | {' | '.join(f'{own[what]:,}' for what in OUTCOMES)} |" for name, own in rows
    ]
    return head + "\n".join(lines) + "\n"


def _too_long(*_):
    raise TimeoutError


def main() -> None:
    """Damage files, print what became of them and write it down."""
    text = run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    (find_project().root / "docs" / "damage.md").write_text(text, "utf-8")
    print(text)
    signal.alarm(0)


if __name__ == "__main__":
    main()
