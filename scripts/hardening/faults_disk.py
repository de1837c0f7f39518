"""A disk that is full at a random point of what a command writes."""

import contextlib
import random
import shutil
import subprocess
import time
from pathlib import Path

from scripts.hardening import faults_town as towns
from scripts.hardening.faults_cases import Case

LARGE = 200  # megabytes, room for everything


def filled(disk: Path, cases: list[Case], points: int, chance: random.Random) -> list[dict]:
    """Run each command on a disk with room for a random part of what it writes."""
    from scripts.hardening.faults import both_states

    if not points or not mounted(disk, LARGE):
        return [] if not points else [{"command": "all", "points": 0, "why": "no disk to mount"}]
    try:
        root = towns.copied(disk / "town")
        towns.run(root, ("data",))
        rows = []
        for number, case in enumerate(cases):
            own = points // len(cases) + (number < points % len(cases))
            states, _ = both_states(root, case)
            rows.append(_filled(disk, root, case, states, own, chance))
        return rows
    finally:
        unmounted(disk)


def _filled(disk, root, case, states, points: int, chance: random.Random) -> dict:
    from scripts.hardening.faults import Before

    row = {
        "command": case.name,
        "points": points,
        "refused": 0,
        "enough": 0,
        "torn": 0,
        "lost": 0,
        "tracebacks": 0,
        "not healed": 0,
    }
    growth = _growth(disk, root, case)
    for number in range(points):
        state = number % 2
        case.turn(root, state)
        before = Before(root, case)
        resized(disk, shutil.disk_usage(disk).used + int(chance.random() * growth))
        ended = towns.run(root, case.words)
        row["refused" if ended.poll() else "enough"] += 1
        row["tracebacks"] += ended.has_traceback
        resized(disk, LARGE << 20)
        row["torn"] += before.is_torn(states)
        again = towns.run(root, case.words)
        row["lost"] += before.is_lost()
        row["not healed"] += not before.is_whole(states, state, again)
    return row


def _growth(disk: Path, root: Path, case: Case) -> int:
    """Return the most that an undisturbed run takes beyond what is there, in bytes."""
    case.turn(root, 0)
    before = most = shutil.disk_usage(disk).used
    running = towns.begin(root, case.words)
    while running.poll() is None:
        most = max(most, shutil.disk_usage(disk).used)
        time.sleep(0.002)
    return max(most - before, 4096)


def mounted(folder: Path, megabytes: int) -> bool:
    """Mount a disk of so many megabytes at a folder; False where this machine does not let us."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    return _done(words)


def resized(folder: Path, size: int) -> None:
    """Give a mounted disk another size, in bytes."""
    _done(["mount", "-o", f"remount,size={size // 1024 + 1}k", str(folder)])


def unmounted(folder: Path) -> None:
    """Take a mounted disk away."""
    _done(["umount", "--lazy", str(folder)])


def _done(words: list[str]) -> bool:
    with contextlib.suppress(OSError):
        return not subprocess.run(words, capture_output=True).returncode
    return False
