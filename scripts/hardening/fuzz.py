"""Fuzz the doors of raw files, sidecars and records, guided by coverage; write docs/fuzz.md.

python -m scripts.hardening.fuzz [--minutes 30] [--target readers ...] [--keep FOLDER]

Each target has a process of its own with a limit of memory. A fault (anything but an answer in
three lines) is noted and the fuzzing goes on; an input that hangs, or ends the process, is noted by
the one who watches it. Needs the extra “fuzz” (atheris).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from scripts import ROOT
from scripts.hardening import fuzz_page, fuzz_seeds

TARGETS = ("readers", "sidecars", "records")
MOST_SECONDS = 20
MOST_MEGABYTES = 3072
MOST_INPUT = {"readers": 20_000, "sidecars": 6_000, "records": 12_000}
_QUICK = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
COLUMNS = (
    "target",
    "minutes",
    "executions",
    "seeds",
    "corpus, files",
    "corpus, kB",
    "faults",
    "hangs",
    "deaths",
)


@dataclass
class Watched:
    """One target's process, watched: how it lives, and what it died of."""

    target: str
    folder: Path
    ends: float
    running: subprocess.Popen | None = None
    executions: int = 0
    hangs: int = 0
    deaths: int = 0
    seeds: int = 0
    since: float = 0.0
    used: float = 0.0
    odd: list[Path] = field(default_factory=list)

    @property
    def corpus(self) -> Path:
        """Inputs that reach code which no other reaches."""
        return self.folder / "corpus"

    def begin(self) -> None:
        """Start the process, or start it again for the time that is left."""
        left = max(1, int(self.ends - time.monotonic()))
        words = [
            sys.executable,
            "-m",
            "scripts.hardening.fuzz_child",
            self.target,
            str(self.folder),
            str(left),
            str(MOST_INPUT[self.target]),
            str(MOST_MEGABYTES),
        ]
        (self.folder / "now").write_bytes(b"")
        temporary = {**os.environ, "TMPDIR": str(self.folder), "PYTHONPATH": str(ROOT)}
        told = (self.folder / "told.txt").open("ab")
        self.running = subprocess.Popen(words, env=temporary, stdout=told, stderr=told)

    def look(self) -> bool:
        """See how the process is; False once it has done its time."""
        ended = self.running.poll()
        now = self.folder / "now"
        if ended is None:
            if self._hangs(now):
                self.running.kill()
                self.running.wait()
                self.hangs += 1
                self._keep("hang", now)
                self._count()
                self.begin()
            return True
        self._count()
        if ended == 0 or time.monotonic() >= self.ends:
            return False
        self.deaths += 1
        self._keep("death", now)
        self.begin()
        return True

    def _hangs(self, now: Path) -> bool:
        """True for an input that has used so much of a processor; a busy machine is no hang."""
        if now.stat().st_mtime != self.since:
            self.since, self.used = now.stat().st_mtime, self._seconds()
        return now.stat().st_size > 0 and self._seconds() - self.used > MOST_SECONDS

    def _seconds(self) -> float:
        told = Path(f"/proc/{self.running.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def _count(self) -> None:
        counted = self.folder / "executions"
        if counted.is_file():
            self.executions += int(counted.read_text() or 0)
            counted.unlink()

    def _keep(self, what: str, now: Path) -> None:
        kept = self.folder / f"{what}-{self.hangs + self.deaths}"
        shutil.copyfile(now, kept)
        self.odd.append(kept)

    @property
    def faults(self) -> list[Path]:
        """The smallest input of each fault."""
        return sorted((self.folder / "faults").glob("*.case"))


def main() -> int:
    """Fuzz, print the table, write the page; 1 where a fault, a hang or a death was met."""
    asked = _asked()
    keep = Path(asked.keep or tempfile.mkdtemp(prefix="fuzz-", dir=_QUICK))
    ends = time.monotonic() + 60 * asked.minutes
    watched = [_prepared(name, keep, ends) for name in asked.target or TARGETS]
    for each in watched:
        each.begin()
    alive = list(watched)
    while alive:
        time.sleep(0.5)
        alive = [each for each in alive if each.look()]
    table = _table(watched, asked.minutes)
    print(table)
    for path in [path for each in watched for path in (*each.faults, *each.odd)]:
        print(path)
    if not asked.target:
        fuzz_page.write(table, MOST_SECONDS, MOST_MEGABYTES)
    found = any(each.faults or each.hangs or each.deaths for each in watched)
    if not found and not asked.keep:
        shutil.rmtree(keep)
    return int(found)


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="Fuzz files, sidecars and records.")
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--target", action="append", choices=TARGETS)
    asked.add_argument("--keep", help="a folder where corpus and faults stay")
    return asked.parse_args()


def _prepared(name: str, keep: Path, ends: float) -> Watched:
    made = Watched(name, keep / name, ends)
    (made.folder / "faults").mkdir(parents=True, exist_ok=True)
    made.corpus.mkdir(exist_ok=True)
    made.seeds = fuzz_seeds.write(name, made.folder / "seeds")
    return made


def _table(watched: list[Watched], minutes: float) -> str:
    lines = [f"| {' | '.join(COLUMNS)} |", f"|---|{'---:|' * (len(COLUMNS) - 1)}"]
    for each in watched:
        files = list(each.corpus.iterdir())
        size = sum(path.stat().st_size for path in files) // 1000
        told = (
            minutes,
            each.executions,
            each.seeds,
            len(files),
            size,
            len(each.faults),
            each.hangs,
            each.deaths,
        )
        lines.append(f"| {each.target} | {' | '.join(f'{number:,}' for number in told)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
