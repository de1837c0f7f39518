"""One way measured in a process of its own: the clock, CPU seconds, and memory."""

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

from scripts import ROOT

WAYS = "scripts.benchmarks.ways"
SECONDS_BETWEEN_LOOKS = 1.0


def measure(way: str, folder: Path, packs: int, project: Path, paths: str = "") -> dict:
    """Run a way and wait for all its descendants.

    Returns wall and cpu (seconds), peak (MB of its largest process), together (most MB of all its
    processes at one moment, each shared page counted once), printed. ``paths`` goes before the
    path of packages. Raises RuntimeError where the way fails.
    """
    scratch = folder / way
    scratch.mkdir(exist_ok=True)
    for left in scratch.glob("[0-9]*-*"):
        left.unlink()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _be_measured(way, scratch, packs, project, paths, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        words = told.read()
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(f"{way} could not be measured")
    measured = json.loads(words)
    if measured.pop("code"):
        raise RuntimeError(f"{way} failed: {measured['printed'][-800:]}")
    return measured


def _be_measured(way, scratch, packs, project, paths, writing) -> None:
    """Adopt every process the way leaves behind, so that none goes uncounted; then tell and end."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    environment = {
        **os.environ,
        "DARLINGTON_PROJECT": str(project),
        "PYTHONPATH": os.pathsep.join(filter(None, (paths, str(ROOT)))),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PLOOMBER_STATS_ENABLED": "false",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or every way compiles our code anew
    most, done = [0.0], threading.Event()
    looking = threading.Thread(target=_look, args=(os.getpid(), most, done))
    looking.start()
    began = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-m", WAYS, way, str(scratch), str(packs)],
        env=environment,
        capture_output=True,
        text=True,
    )
    wall = time.monotonic() - began
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    done.set()
    looking.join()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "code": said.returncode,
        "wall": wall,
        "cpu": spent.ru_utime + spent.ru_stime,
        "peak": spent.ru_maxrss / 1024,
        "together": most[0],
        "printed": (said.stderr if said.returncode else said.stdout).strip(),
    }
    with os.fdopen(writing, "w") as out:
        json.dump(told, out)
    os._exit(0)


def _look(root: int, most: list[float], done: threading.Event) -> None:
    while not done.wait(SECONDS_BETWEEN_LOOKS):
        most[0] = max(most[0], sum(map(_megabytes, _descendants(root))))


def _descendants(root: int) -> set[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended since
            continue
    found, new = set(), {root}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return found


def _megabytes(pid: int) -> float:
    """Return a process's share of memory, pages that several hold divided among them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
