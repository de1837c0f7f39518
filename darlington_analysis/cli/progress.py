"""What a run says of itself: a bar on a terminal, plain lines in a log."""

import os
import sys
import time

from darlington_analysis.core.errors import visible


def say(line: str) -> None:
    """Print one line at once, so that a log shows it while the run goes on.

    Where the reader has gone (“… | head”), the run goes on and says no more.
    """
    try:
        print(visible(line), flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


class Progress:
    """Tells of packs as they are done: ``tell(code, state)``."""

    def __init__(self, total: int, what: str):
        self._total, self._what, self._done = total, what, 0
        self._began = time.monotonic()
        self._bar = _bar() if sys.stdout.isatty() else None

    def __enter__(self) -> "Progress":
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task(self._what, total=self._total)
        return self

    def __exit__(self, *_) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, code: str, state: str) -> None:
        """Count a pack as done."""
        self._done += 1
        if self._bar:
            self._bar.update(self._task, advance=1, description=f"{code} {state}")
        else:
            say(f"{self._done}/{self._total} {code} {state}{self._left()}")

    def _left(self) -> str:
        """Return about how long the rest takes, "" where that is under a minute."""
        each = (time.monotonic() - self._began) / self._done
        minutes = round(each * (self._total - self._done) / 60)
        return f", about {minutes} min left" if minutes else ""


def _bar():
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    times = (TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn())
    return Progress(*columns, *times, console=Console())
