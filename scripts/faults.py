"""Kill commands at random moments, count torn files, and write docs/faults.md.

python scripts/faults.py [kills of each command, 25 unless told]

A copy of the project is changed to and fro between two states (one setting). A command is started
and killed with all its children at a random moment. Then what is published must be, byte for byte,
one of the two states, and the next run must end well and leave the state that is set.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from darlington_analysis.catalogue import fingerprints

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "faults.md"
SEED = 20110327
WARDS = ("--ward", "Red Hall", "--ward", "Mowden")
# Not the small-number rule: an edition is audited beside the one before it, so that what a change
# of the rule leaves hangs on what was there.
STATES = ("policy and performance team", "policy and performance office")
HEAD = """# What a kill leaves behind

Made by `python scripts/faults.py`, seed {seed}; do not edit. Each
command is killed with SIGKILL, with all its children, at a random moment of its run. *Torn*: what
lies there then is neither what was there before nor what was being made. *Not healed*: the next
run failed, or left something else than a run that nobody disturbed.
"""


@dataclass(frozen=True)
class Case:
    """A command that is killed, and the folder that it replaces."""

    name: str
    words: tuple[str, ...]
    place: str


@dataclass
class Town:
    """A copy of the project with two states, and what each leaves when nobody disturbs it."""

    root: Path
    good: dict = field(default_factory=dict)

    def turn(self, state: int) -> None:
        """Set one of the two states."""
        file = self.root / "darlington.toml"
        text = file.read_text("utf-8").replace(STATES[1 - state], STATES[state])
        file.write_text(text, "utf-8")

    def begin(self, words: tuple[str, ...]) -> subprocess.Popen:
        """Start a command in a session of its own, so that it can be killed with its children."""
        return subprocess.Popen(
            [sys.executable, "-m", "darlington_analysis", *words],
            cwd=self.root,
            env={**os.environ, "DARLINGTON_PROJECT": str(self.root)},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def left(self, place: str) -> dict[str, str]:
        """Return the hash of every file at a place."""
        return fingerprints.of_folder(self.root / place)


CASES = (Case("packs", ("packs", "--force", *WARDS), "reports/2011"),)


def main() -> None:
    """Kill each command many times and write the page."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        town = Town(_copied(Path(folder) / "town"))
        rows = [_tried(town, case, kills, chance) for case in CASES]
    table = pd.DataFrame(rows).to_string(index=False)
    PAGE.write_text(f"{HEAD.format(seed=SEED)}\n```\n{table}\n```\n", "utf-8")
    print(table)
    sys.exit(any(row["torn"] or row["not healed"] for row in rows))


def _tried(town: Town, case: Case, kills: int, chance: random.Random) -> dict:
    """Kill one command at random moments; each kill is followed by a run that nobody disturbs."""
    states, takes = [], 0.0
    for state in (0, 1):
        town.turn(state)
        began = time.monotonic()
        if town.begin(case.words).wait():
            sys.exit(f"{case.name}: fails without being killed")
        takes = max(takes, time.monotonic() - began)
        states.append(town.left(case.place))
    if states[0] == states[1]:
        sys.exit(f"{case.name}: both states are alike, so a mixture could not be seen")
    row = {"command": case.name, "kills": 0, "ended before": 0, "torn": 0, "not healed": 0}
    for number in range(kills):
        state = number % 2
        town.turn(state)
        killed = _killed(town.begin(case.words), chance.random() * takes)
        row["kills" if killed else "ended before"] += 1
        row["torn"] += town.left(case.place) not in states
        ended = town.begin(case.words).wait()
        row["not healed"] += bool(ended) or town.left(case.place) != states[state]
    return row


def _killed(running: subprocess.Popen, after: float) -> bool:
    """Kill a command and its children after some seconds; False where it had ended by then."""
    try:
        running.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        return True
    return False


def _copied(root: Path) -> Path:
    for name in ("data/raw", "notebooks"):
        ignored = shutil.ignore_patterns("restricted", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    (root / "data/raw/restricted").mkdir()
    shutil.copy(ROOT / "darlington.toml", root)
    return root


if __name__ == "__main__":
    main()
