"""Kill commands at random moments, fill the disk, disturb runs otherwise; write docs/faults.md.

python -m scripts.hardening.faults [--kills 125] [--points 50] [--command packs ...] [--no-page]

A copy of the project is changed to and fro between two states. A command is started and killed
with all its children at a random moment. Then what is published must be, byte for byte, one of the
two states, and the next run must end well and leave the state that is set. The same on a disk that
is full at a random point.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from scripts import ROOT
from scripts.hardening import faults_cases, faults_other
from scripts.hardening import faults_town as towns
from scripts.hardening.faults_disk import filled

PAGE = ROOT / "docs" / "faults.md"
KEPT = ROOT / "data" / ".faults" / "found.json"
SEED = 20110327
COMMANDS = ("data", "packs", "fetch", "sign")
HEAD = """# What a kill, a full disk and other disturbances leave behind

Made by `make faults`, seed {seed}; do not edit.

- *Torn*: what is there afterwards is neither what was there before nor what was being made.
- *Lost*: a signed record that was there before is gone.
- *Not healed*: the next run failed, did not report that the run before was killed, or left something
  other than an undisturbed run does.
- *Reported*: the next run reported the kill. The other runs were killed before they began or after
  they had finished.

## Killed

Each command and all its child processes are killed with SIGKILL at a random moment of the run.
`packs` makes one ward's pack again, `fetch` fetches one raw file and `sign` signs a changed record.

{kills}

## A full disk

Each command runs on a disk that has room for a random part of what the command needs at most.
*Refused*: it ended with three lines and an exit code. *Enough*: there was enough room.

{disk}

## Disturbed otherwise

{other}
"""


def main() -> int:
    """Disturb the commands, print what became of it and write the page; 1 where anything broke."""
    asked = _asked()
    names = asked.command or COMMANDS
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, faults_cases.server() as address:
        town = towns.copied(Path(folder) / "town")
        towns.run(town, ("data",))
        cases = faults_cases.cases(address)
        kills = [
            killed(town, cases[name], asked.kills, chance, 60 * asked.minutes) for name in names
        ]
        own = [cases[name] for name in names]
        disk = filled(Path(folder) / "disk", own, asked.points, chance)
        other = faults_other.disturbed(town, cases) if asked.other else []
    print("\n\n".join(_table(rows) for rows in (kills, disk, other)))
    if not asked.no_page:
        _write({"kills": kills, "disk": disk, "other": other})
    return int(
        any(
            row.get(bad)
            for row in (*kills, *disk, *other)
            for bad in ("torn", "lost", "not healed", "tracebacks", "broken")
        )
    )


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="Disturb runs and look at what is left.")
    asked.add_argument("--kills", type=int, default=125, help="of each command")
    asked.add_argument("--points", type=int, default=50, help="at which the disk is full, in all")
    asked.add_argument("--command", action="append", choices=COMMANDS)
    asked.add_argument("--other", action=argparse.BooleanOptionalAction, default=True)
    asked.add_argument("--minutes", type=float, default=600, help="for the kills of each command")
    asked.add_argument("--no-page", action="store_true", help="print only")
    return asked.parse_args()


def killed(
    root: Path, case: faults_cases.Case, kills: int, chance: random.Random, seconds: float = 1e9
) -> dict:
    """Kill one command at random moments; each kill is followed by a run that nobody disturbs."""
    row = {
        "command": case.name,
        "kills": 0,
        "ended before": 0,
        "torn": 0,
        "lost": 0,
        "not healed": 0,
        "reported": 0,
        "seconds a run": 0.0,
    }
    if not kills:
        return row
    states, takes = both_states(root, case)
    row["seconds a run"] = round(takes, 1)
    ends = time.monotonic() + seconds
    for number in range(kills):
        if time.monotonic() > ends:
            break
        state = number % 2
        if number % 10 == 0 and case.name == "sign":
            (root / case.place).unlink(missing_ok=True)  # a long chain is only slower
        case.turn(root, state)
        before = Before(root, case)
        running = towns.begin(root, case.words)
        if running.wait(chance.random() * takes) is None:
            row["kills"] += 1
            running.kill()
        else:
            row["ended before"] += 1
        row["torn"] += before.is_torn(states)
        is_marked = towns.is_marked(root)
        again = time.monotonic()
        ended = towns.run(root, case.words)
        takes = (takes + time.monotonic() - again) / 2  # so that moments keep to a machine's pace
        row["lost"] += before.is_lost()
        row["reported"] += (tells := ended.tells_of_a_kill)
        row["not healed"] += tells != is_marked or not before.is_whole(states, state, ended)
    return row


def both_states(root: Path, case: faults_cases.Case) -> tuple[list[dict], float]:
    """Return what a run leaves in each state when nobody disturbs it, and the seconds it takes."""
    states, takes = [], 0.0
    for state in (0, 1):
        case.turn(root, state)
        began = time.monotonic()
        ended = towns.run(root, case.words)
        if ended.poll():
            sys.exit(f"{case.name}: fails undisturbed:\n{ended.said.read_text()}")
        takes = max(takes, time.monotonic() - began)
        states.append(towns.left(root, case.place))
    if states[0] == states[1] and case.name not in ("fetch",):
        sys.exit(f"{case.name}: both states are alike, so a mixture could not be seen")
    return states, takes


class Before:
    """What was there before a command was disturbed, and the judgement of what is there after."""

    def __init__(self, root: Path, case: faults_cases.Case):
        self.root, self.case = root, case
        self.found = towns.left(root, case.place)
        self.bytes = self._ledger() if case.name == "sign" else b""

    def _ledger(self) -> bytes:
        path = self.root / self.case.place
        return path.read_bytes() if path.is_file() else b""

    def is_torn(self, states: list[dict]) -> bool:
        """True where neither what was there nor what was being made is there."""
        if self.case.name == "sign":
            now = self._ledger()
            return not now.startswith(self.bytes) or now[len(self.bytes) :].count(b"\n") > 1
        return towns.left(self.root, self.case.place) not in (self.found, *states)

    def is_lost(self) -> bool:
        """True where a record signed before is not there any more."""
        return self.case.name == "sign" and not self._ledger().startswith(self.bytes)

    def is_whole(self, states: list[dict], state: int, ended: towns.Running) -> bool:
        """True where an undisturbed run has ended well, with everything in place and no rest."""
        if any((self.root / self.case.place).parent.glob(".*-aside*")) or ended.has_traceback:
            return False
        if self.case.name == "sign":  # 15: it was signed before the kill came
            added = self._ledger()[len(self.bytes) :]
            return ended.poll() in (0, 15) and added.count(b"\n") == 1 and towns.signed(self.root)
        return ended.poll() == 0 and towns.left(self.root, self.case.place) == states[state]


def _write(found: dict[str, list[dict]]) -> None:
    """Write the page: what was tried now, and of all else what was found when it was tried last."""
    known = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    for name, rows in found.items():
        tried = {next(iter(row.values())): row for row in rows if row.get("kills", 1)}
        known[name] = known.get(name, {}) | tried
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(known, indent=1), "utf-8")
    tables = {name: _table(list(rows.values())) for name, rows in known.items()}
    PAGE.write_text(HEAD.format(seed=SEED, **tables), "utf-8")


def _table(rows: list[dict]) -> str:
    return f"```\n{pd.DataFrame(rows).to_string(index=False)}\n```" if rows else "Not tried."


if __name__ == "__main__":
    sys.exit(main())
