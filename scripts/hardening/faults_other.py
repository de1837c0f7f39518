"""Other disturbances: a folder that can't be written, a file that vanishes or changes, two runs at
once, a clock that jumps, and somebody who reads all the while.
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from darlington_analysis.core import fingerprints
from scripts.hardening import faults_town as towns
from scripts.hardening.faults_cases import SKILLS, Case

# Every process started with this in its path believes that it is another time.
_CLOCK = "import time\n_now = time.time\ntime.time = lambda: _now() + {}\n"
_YEAR = 31_557_600


def disturbed(root: Path, cases: dict[str, Case]) -> list[dict]:
    """Disturb runs in every way, and return a row for each: what, what it met, whether it broke."""
    data, packs = cases["data"], cases["packs"]
    for case in (data, packs):
        case.turn(root, 0)
        towns.run(root, case.words)
    return [
        _row("reports can't be written", lambda: _read_only(root, packs, "reports")),
        _row("data/processed can't be written", lambda: _read_only(root, data, "data")),
        _row("a raw file vanishes during a run", lambda: _vanishes(root, data)),
        _row("a raw file changes during a run", lambda: _changes(root, data)),
        _row("a second run is started", lambda: _two_at_once(root, data)),
        _row("the clock jumps 3 years ahead", lambda: _clock(root, data, 3 * _YEAR)),
        _row("the clock jumps 30 years back", lambda: _clock(root, data, -30 * _YEAR)),
        _row("somebody reads all the while", lambda: _reader(root, data)),
    ]


def _row(what: str, disturb: Callable[[], tuple[str, bool]]) -> dict:
    met, broken = disturb()
    print(f"{what}: {met}{', BROKEN' if broken else ''}", flush=True)
    return {"disturbance": what, "met": met, "broken": int(broken)}


def _said(ended: towns.Running) -> str:
    lines = ended.said.read_text("utf-8", "replace").strip().splitlines() or ["nothing"]
    tries = [at for at, line in enumerate(lines) if line.startswith("  Try: ")]
    told = lines[tries[-1] - 2] if tries else lines[-1]  # the first of the three lines
    return f"exit code {ended.poll()}, “{told[:70].strip()}”"


def _healed(root: Path, case: Case, state: int) -> bool:
    """True where the next run, which nobody disturbs, ends well."""
    case.turn(root, state)
    return towns.run(root, case.words).poll() == 0


def _read_only(root: Path, case: Case, folder: str) -> tuple[str, bool]:
    """Mount the folder over itself so that nothing can be written there, whoever one is."""
    place = root / folder
    case.turn(root, 1)
    before = towns.left(root, case.place)
    bound = ["mount", "--bind", str(place), str(place)]
    if subprocess.run(bound, capture_output=True).returncode:
        return "not tried: nothing can be mounted here", False
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
        ended = towns.run(root, case.words)
    finally:
        subprocess.run(["umount", str(place)], check=True)
    is_refused = ended.poll() not in (0, None) and not ended.has_traceback
    is_as_before = towns.left(root, case.place) == before
    return _said(ended), not (is_refused and is_as_before and _healed(root, case, 0))


def _vanishes(root: Path, case: Case) -> tuple[str, bool]:
    """Take a raw file away at several moments of a run."""
    return _during(root, case, lambda path: path.unlink())


def _changes(root: Path, case: Case) -> tuple[str, bool]:
    """Write other figures into a raw file at several moments of a run."""
    return _during(root, case, lambda path: path.write_bytes(path.read_bytes()[:-40]))


def _during(root: Path, case: Case, spoil: Callable[[Path], object]) -> tuple[str, bool]:
    case.turn(root, 0)
    towns.run(root, case.words)
    good = towns.left(root, case.place)
    case.turn(root, 1)
    began = time.monotonic()
    towns.run(root, case.words)
    takes, states, codes = time.monotonic() - began, [good, towns.left(root, case.place)], set()
    broken = False
    for part in (0.01, 0.03, 0.1, 0.5, 0.9):
        case.turn(root, 0)
        running = towns.begin(root, case.words)
        running.wait(takes * part)
        spoil(root / SKILLS)
        codes.add(running.wait())
        broken |= running.has_traceback or towns.left(root, case.place) not in states
        broken |= not _healed(root, case, 1)
    return f"exit codes {', '.join(map(str, sorted(codes)))}; before or after, whole", broken


def _two_at_once(root: Path, case: Case) -> tuple[str, bool]:
    case.turn(root, 0)
    first = towns.begin(root, case.words)
    held = root / "data" / ".lock"
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not _is_held(held):
        time.sleep(0.005)
    second = towns.Running(root, case.words, root.with_name("second.said"))
    second.wait()
    return _said(second), first.wait() != 0 or second.poll() != 17


def _is_held(path: Path) -> bool:
    import fcntl

    with contextlib.suppress(OSError), path.open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    return True


def _clock(root: Path, case: Case, seconds: int) -> tuple[str, bool]:
    """Run the command in an interpreter whose clock is wrong; the table is the same to the byte."""
    case.turn(root, 0)
    towns.run(root, case.words)
    good = towns.left(root, case.place)
    case.turn(root, 1)
    towns.run(root, case.words)
    case.turn(root, 0)
    site = root.with_name("site")
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(_CLOCK.format(seconds), "utf-8")
    words = [sys.executable, "-m", "darlington_analysis", *case.words]
    own = {**os.environ, "DARLINGTON_PROJECT": str(root), "PYTHONPATH": f"{site}:{towns.ROOT}"}
    ended = subprocess.run(words, cwd=root, env=own, capture_output=True, timeout=600)
    is_same = towns.left(root, case.place) == good
    return f"exit code {ended.returncode}, the same bytes", ended.returncode != 0 or not is_same


def _reader(root: Path, case: Case) -> tuple[str, bool]:
    """Read the whole folder again and again through one handle while runs put others in place."""
    states, seen, mixed, is_over = [], 0, 0, threading.Event()
    for state in (0, 1):
        case.turn(root, state)
        towns.run(root, case.words)
        states.append(sorted(towns.left(root, case.place).values()))
    found: list = []

    def read() -> None:
        while not is_over.is_set():
            with contextlib.suppress(FileNotFoundError):
                found.append(_through_one_handle(root / case.place))

    reading = threading.Thread(target=read)
    reading.start()
    for turn in range(4):
        case.turn(root, turn % 2)
        towns.run(root, case.words)
    is_over.set()
    reading.join()
    seen, mixed = len(found), sum(each not in states for each in found)
    kinds = len({tuple(each) for each in found})
    return f"{seen} readings of {kinds} editions, {mixed} mixed", bool(mixed) or kinds < 2


def _through_one_handle(place: Path) -> list[str]:
    """Return the hashes of a folder's files. A folder taken away meanwhile is no reading."""
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        here = Path(f"/proc/self/fd/{handle}")
        names = sorted(os.listdir(handle))
        return sorted(fingerprints.of_file(here / name) for name in names)
    finally:
        os.close(handle)
