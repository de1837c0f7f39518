"""A workbook read in a process of its own, with a limit of memory and of time.

Its compiled reader trusts what a file says of itself: one that claims a cell far out makes it ask
for more memory than there is, which ends the process. That process is not ours.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from darlington_analysis.errors import SourceError

MOST_MEMORY = 3 << 30  # bytes; five million cells need about one of the three
MOST_SECONDS = 120
_CHILD = """
import contextlib, io, pickle, sys
with contextlib.suppress(ImportError, ValueError, OSError):
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import load_workbook
book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
if len(sys.argv) > 1:
    found = book.get_sheet_by_name(sys.argv[1]).to_python(skip_empty_area=False)
else:
    found = [(each.name, str(each.visible).endswith("Visible"))
             for each in book.sheets_metadata if "WorkSheet" in str(each.typ)]
sys.stdout.buffer.write(pickle.dumps(found))
"""


def sheets(path: Path) -> list[tuple[str, bool]]:
    """Return the names of a workbook's worksheets, and whether each can be seen. Raises
    SourceError.
    """
    return _asked(path)


def sheet_cells(path: Path, sheet: str) -> list[list]:
    """Return a worksheet's cells, row by row, as Python's own kinds. Raises SourceError."""
    return _asked(path, sheet)


def _asked(path: Path, *sheet: str) -> list:
    words = [sys.executable, "-I", "-c", _CHILD.format(memory=MOST_MEMORY), *sheet]
    try:
        with path.open("rb") as content:
            answer = subprocess.run(words, stdin=content, capture_output=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as fault:
        raise _unreadable(path, f"not within {MOST_SECONDS} seconds") from fault
    except ValueError as fault:  # a name of a sheet that no system can hand on
        raise _unreadable(path, type(fault).__name__) from fault
    if answer.returncode:
        last = answer.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        why = last.partition(":")[0][:60] if answer.returncode > 0 else "its reader was ended"
        raise _unreadable(path, why)
    return pickle.loads(answer.stdout)


def _unreadable(path: Path, why: str) -> SourceError:
    return SourceError(
        f"{path.name} can't be read ({why})",
        "A file as it was published, whole and without a password.",
        "open it in a spreadsheet and save it as CSV, or download it again",
    )
