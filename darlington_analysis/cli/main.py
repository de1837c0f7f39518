"""The command line: ``python -m darlington_analysis`` or ``darlington``."""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from darlington_analysis.core.errors import DarlingtonError, StorageError, UsageError

FIRST_STEPS = """first steps:
  darlington wards               which wards there are
  darlington packs --ward NAME   the pack of one ward; then open reports/
  darlington packs               the packs of every ward
  darlington COMMAND --help      what a command does, and its options

Commands work on the project of the folder you are in, or of DARLINGTON_PROJECT.
"""
_NO_MEMORY = UsageError(
    "There is not enough memory, or not as much of it may be used",
    "A gigabyte for each process.",
    "ulimit -v unlimited, the limits of the service, or a machine with more memory",
)
_MOST_LOOK = 1_000_000  # bytes of matplotlib's settings; its own have about 40,000
STEPS = {
    "new": "write an empty record to fill in",
    "form": "write a page that is filled in offline, with what the record says so far",
    "read": "say what a form's answers would change; --keep writes it into the record",
    "check": "say what is wrong or open, with its line (no ward: every record)",
    "show": "print what a record says",
    "pick": "list the indicators an outcome may be tied to",
    "sign": "keep the record with its figures for good",
    "diff": "say what has changed since it was signed, and why",
    "papers": "write the charter, the meeting sheet and the briefs, without a pack",
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; a user's mistake is three lines on stderr."""
    _stop_cleanly()
    os.environ.pop("JPY_SESSION_NAME", None)  # a command in a cell is no notebook
    os.environ["PYTHONSAFEPATH"] = "1"  # no process of ours takes a module from where it stands
    os.environ.pop("MPLBACKEND", None)  # no window is opened, and nonsense there ends an import
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):  # a terminal of few letters shows the others' numbers
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _refuse_unwritable(sys.argv[1:] if arguments is None else arguments)
        _refuse_unreadable_look()
        asked = parser().parse_args(arguments)
        return _command(asked.command)(asked)
    except DarlingtonError as fault:
        _tell(fault)
        return fault.exit_code
    except (OSError, MemoryError, ImportError) as fault:
        known = _known(fault)
        _tell(known)
        return known.exit_code
    except KeyboardInterrupt:
        _tell("Stopped. What was published before is as it was.")
        return 130


def _tell(why: object) -> None:
    """Print why a command ends. Where the error stream is closed or full, the exit code remains."""
    with contextlib.suppress(OSError):
        print(why, file=sys.stderr)


def _known(fault: Exception) -> DarlingtonError:
    """Return the error to print for a fault of the system; raise again what is a mistake of ours."""
    if isinstance(fault, MemoryError) or "map segment" in str(fault):
        return _NO_MEMORY
    if isinstance(fault, ConnectionError | ImportError):
        raise fault  # a process of ours has gone, or a package: no mistake of a user's
    return StorageError.of(fault)


def _open_closed_streams() -> None:
    """Let what goes to a stream that was closed go nowhere: no kernel starts without the three."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            lowest_free = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(lowest_free, True)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def _stop_cleanly() -> None:
    """Have a run that a machine or a closed terminal ends clear away what it has half made."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # nohup has it ignored
            signal.signal(number, signal.default_int_handler)


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command; only what this one needs is imported."""
    from darlington_analysis.cli import commands

    if name in ("init", "add", "fetch"):
        from darlington_analysis.cli import file_commands as commands
    return getattr(commands, name)


def _refuse_unwritable(words: list[str]) -> None:
    for word in words:
        if not word.isascii() and word != word.encode("utf-8", "ignore").decode("utf-8"):
            raise UsageError(
                f"The word {word.encode('utf-8', 'backslashreplace').decode()} is no text",
                "Words and names of files in UTF-8.",
                "give the file another name, or set the terminal to UTF-8",
            )


def _refuse_unreadable_look() -> None:
    """Raise UsageError where matplotlib would meet settings that it can't read, or would wait for."""
    named = [os.environ.get(name, "") for name in ("MATPLOTLIBRC", "MPLCONFIGDIR")]
    own = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    for folder in filter(None, (os.curdir, *named, f"{own}/matplotlib")):
        path = folder if os.path.isfile(folder) else f"{folder}/matplotlibrc"
        if os.path.isdir(path) or not os.path.exists(path):
            continue
        try:
            is_well = os.path.isfile(path) and os.path.getsize(path) <= _MOST_LOOK
            with open(path if is_well else os.devnull, encoding="utf-8") as settings:
                settings.read()
        except (OSError, ValueError):
            is_well = False
        if not is_well:
            raise UsageError(
                f"{'/'.join(path.removeprefix('./').split('/')[-2:])} can't be read",
                "Settings of matplotlib, as a text in UTF-8, which draws the charts.",
                "move that file away; packs never look as it says",
            )


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command and option."""
    top = _Parser(
        prog="darlington",
        description="Makes an evidence pack for each ward of a council from published figures.",
        epilog=FIRST_STEPS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title="commands"
    )
    add = partial(_command_parser, commands)
    _packs(add("packs", "make the evidence packs, of every ward or of those you name"))
    _edition(add("wards", "list the wards: code and name, one a line"))
    add("data", "clean the raw files into the table of indicators (packs does this too)")
    add("check", "check the settings, every raw file and the table; nothing is written")
    file = add("add", "take in a file of figures: write a draft of its sidecar")
    file.add_argument("file", metavar="FILE", help="the file, in any folder")
    file.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook")
    file.add_argument(
        "--row", type=int, default=1, metavar="N", help="skip the rows above this one"
    )
    add("fetch", "download raw files that are missing and whose sidecars give an address")
    _agreement(add("agreement", "write, check, sign and print an agreement record"))
    _formats(add("formats", "make PDFs, workbooks and other formats of published packs"))
    schedule = add("schedule", "print an entry for cron, systemd or CI that makes packs regularly")
    schedule.add_argument("kind", choices=("cron", "systemd", "ci"), help="what runs the command")
    schedule.add_argument("--weekly", action="store_true", help="on Mondays, not every working day")
    _edition(schedule)
    verify = add("verify", "make a published edition again, aside, and compare every file")
    verify.add_argument(
        "edition",
        nargs="?",
        type=_written,
        metavar="EDITION",
        help="the default edition if left out",
    )
    approve = add("approve", "say that a role approves an edition, and keep it as it is")
    approve.add_argument("edition", type=_written, metavar="EDITION", help="the edition's id")
    approve.add_argument("--by", required=True, metavar="ROLE", help="a role, not a name")
    approve.add_argument("--on", type=_day, metavar="DAY", help="year-month-day; today if left out")
    approve.add_argument("--in-review", action="store_true", help="it is in review, not approved")
    changes = add("changes", "list what has changed since an edition was approved")
    changes.add_argument(
        "edition",
        nargs="?",
        type=_written,
        metavar="EDITION",
        help="the default edition if left out",
    )
    init = add("init", "write an empty project for another council to fill")
    init.add_argument("folder", metavar="FOLDER", help="a new folder")
    return top


def _command_parser(commands: Any, name: str, meaning: str) -> argparse.ArgumentParser:
    """Return the parser of a command, whose own help begins with what it does."""
    return commands.add_parser(
        name, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}."
    )


def _packs(packs: argparse.ArgumentParser) -> None:
    _edition(packs)
    packs.add_argument(
        "--ward",
        action="append",
        default=[],
        metavar="W",
        help="a ward by name, code or alias; repeat it for more",
    )
    packs.add_argument("--supported", action="store_true", help="the supported wards only")
    packs.add_argument("--force", action="store_true", help="make packs again that are up to date")
    packs.add_argument(
        "--scheduler",
        metavar="S",
        help="a Dask scheduler (tls://host:8786), “local” or “local:4”",
    )
    packs.add_argument(
        "--without-tls",
        action="store_true",
        help="accept tcp://…: anybody who reaches it can run code here and change packs",
    )


def _formats(formats: argparse.ArgumentParser) -> None:
    _edition(formats)
    formats.add_argument("--ward", action="append", default=[], metavar="W", help="as for packs")
    formats.add_argument(
        "--as",
        action="append",
        default=[],
        dest="kinds",
        choices=("pdf", "large-print", "workbook", "text", "analyst"),
        help="one of them; repeatable (no option: all)",
    )


def _agreement(command: argparse.ArgumentParser) -> None:
    """Add the commands on agreement records; the ward is named as everywhere else."""
    steps = command.add_subparsers(dest="step", required=True, metavar="STEP")
    for name, meaning in STEPS.items():
        step = steps.add_parser(name, help=meaning)
        step.add_argument("ward", nargs="?" if name == "check" else None, metavar="WARD")
        _edition(step)
        if name == "form":
            step.add_argument("--to", metavar="FILE", help="the page; WARD-form.html unless given")
        if name == "read":
            step.add_argument("answers", metavar="FILE", help="what “Save the answers” saved")
            step.add_argument("--keep", action="store_true", help="write it into the record")
        if name == "sign":
            for side in ("partnership", "council"):
                step.add_argument(
                    f"--{side}",
                    action="append",
                    default=[],
                    metavar="ROLE",
                    help=f"who signs for the {side}: a role, not a name; repeatable",
                )
            step.add_argument(
                "--on", type=_day, metavar="DAY", help="year-month-day; today unless said"
            )
            step.add_argument("--key", metavar="FILE", help="a private key, for ssh-keygen -Y")
    steps.add_parser("schema", help="write the JSON Schema for editors")


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings):
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str):
        if "STEP" in message and "required" in message:
            raise UsageError(
                "Which step? A record is written, checked, signed and printed in steps",
                "; ".join(f"{name} ({meaning})" for name, meaning in STEPS.items()) + ".",
                "darlington agreement new eastbourne",
            )
        raise UsageError(
            f"These words can't be followed: {message}",
            f"Usage: {' '.join(self.format_usage().split()[1:])}",
            f"{' '.join(['python -m darlington_analysis', *self.prog.split()[1:]])} --help",
        )


def _written(name: str) -> str:
    """Refuse an empty name: a script whose variable is empty would publish the default edition."""
    if not name.strip():
        raise argparse.ArgumentTypeError("it is empty; leave it out for the default edition")
    return name


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(
            f"“{words[:40]}” is not a day; year-month-day, such as 2027-03-31"
        ) from fault


def _edition(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--edition", type=_written, metavar="E", help="an edition in darlington.toml, such as 2025"
    )


if __name__ == "__main__":
    sys.exit(main())
