"""One process of `make fuzz`: runs one target until its time is over, and notes its faults.

python -m scripts.hardening.fuzz_child TARGET FOLDER SECONDS MOST_BYTES MOST_MEGABYTES
"""

import hashlib
import io
import random
import resource
import sys
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

EVERY = 20  # executions between two notes of how many there were


class Noting:
    """Runs a target on an input; a fault is noted with the smallest input that meets it."""

    def __init__(self, target: Callable[[bytes], None], folder: Path):
        self._target, self._folder, self._executions = target, folder, 0

    def __call__(self, content: bytes) -> None:
        """Run once. The input is written down first: nothing can be noted after a death."""
        self._executions += 1
        if self._executions % EVERY == 0:
            (self._folder / "executions").write_text(str(self._executions))
        (self._folder / "now").write_bytes(content)
        try:
            self._target(content)
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # what this script is for
            self._note(content, fault)

    def _note(self, content: bytes, fault: BaseException) -> None:
        where = _where(fault)
        name = hashlib.sha256(where.encode()).hexdigest()[:12]
        case = self._folder / "faults" / f"{name}.case"
        if not case.is_file() or case.stat().st_size > len(content):
            case.write_bytes(content)
            told = "".join(traceback.format_exception(fault))
            case.with_suffix(".txt").write_text(f"{where}\n{told[-6000:]}", "utf-8")


def _where(fault: BaseException) -> str:
    """Return the kind of a fault and the last line of ours on the way to it."""
    ours = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(fault.__traceback__)
        if "darlington_analysis" in frame.filename
    ]
    return f"{type(fault).__name__} at {ours[-1] if ours else '?'}"


def change(content: bytes, most: int, seed: int) -> bytes:
    """Return an input changed; of a packed file (a workbook) a part is, and it is packed anew."""
    chance = random.Random(seed)
    if not content.startswith(b"PK") or chance.random() < 0.2:
        return atheris.Mutate(content, most)
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", 8) as new:
            names = old.namelist()
            chosen = chance.choice(names)
            for name in names:
                part = old.read(name)
                new.writestr(name, atheris.Mutate(part, most) if name == chosen else part)
    except Exception:  # no whole packed file
        return atheris.Mutate(content, most)
    return packed.getvalue()[:most]


def main() -> None:
    """Fuzz one target."""
    name, folder, seconds, most_bytes, most_megabytes = sys.argv[1:6]
    with atheris.instrument_imports(include=["darlington_analysis", "tomllib", "zipfile"]):
        from scripts.hardening.fuzz_targets import TARGETS
    limit = int(most_megabytes) << 20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    words = [
        sys.argv[0],
        f"{folder}/corpus",
        f"{folder}/seeds",
        f"-max_total_time={seconds}",
        f"-max_len={most_bytes}",
        "-rss_limit_mb=0",
        "-timeout=3600",
        "-print_final_stats=1",
        f"-dict={folder}/words.dict",
        f"-artifact_prefix={folder}/",
        "-verbosity=1",
        "-len_control=0",
        "-detect_leaks=0",
    ]
    how = {"custom_mutator": change} if name == "readers" else {}
    atheris.Setup(words, Noting(TARGETS[name], Path(folder)), **how)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
