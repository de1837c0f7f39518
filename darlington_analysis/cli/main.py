"""The command line: ``python -m darlington_analysis`` or ``darlington``."""

import argparse
import os
import signal
import sys
from collections.abc import Callable

from darlington_analysis.core.errors import DarlingtonError, StorageError, UsageError

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
    for stream in (sys.stdout, sys.stderr):  # a terminal of few letters shows the others' numbers
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _refuse_unwritable(sys.argv[1:] if arguments is None else arguments)
        asked = parser().parse_args(arguments)
        return _command(asked.command)(asked)
    except DarlingtonError as fault:
        print(fault, file=sys.stderr)
        return fault.exit_code
    except OSError as fault:
        if isinstance(fault, ConnectionError):
            raise  # a process of ours has gone: no mistake of a user's
        print(StorageError.of(fault), file=sys.stderr)
        return StorageError.exit_code
    except KeyboardInterrupt:
        print("Stopped. What was published before is as it was.", file=sys.stderr)
        return 130


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


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command and option."""
    top = _Parser(prog="darlington", description="Evidence packs for a council's wards.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wards = commands.add_parser("wards", help="list the wards: code and name, one a line")
    _edition(wards)
    init = commands.add_parser("init", help="write an empty project for a council to fill")
    init.add_argument("folder", metavar="FOLDER", help="a new folder")
    commands.add_parser("check", help="check sources, settings and the table; write nothing")
    commands.add_parser("data", help="turn data/raw into data/processed")
    add = commands.add_parser("add", help="draft the sidecar of a file that has none")
    add.add_argument("file", metavar="FILE", help="the file, wherever it lies")
    add.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook")
    add.add_argument("--row", type=int, default=1, metavar="N", help="look from this row on")
    commands.add_parser("fetch", help="download missing raw files whose sidecars say from where")
    _packs(commands.add_parser("packs", help="make evidence packs (no options: every ward)"))
    verify = commands.add_parser("verify", help="make an edition again, aside, and compare")
    verify.add_argument("edition", nargs="?", metavar="EDITION")
    approve = commands.add_parser("approve", help="say that a role approves an edition; keep it")
    approve.add_argument("edition", metavar="EDITION")
    approve.add_argument("--by", required=True, metavar="ROLE", help="a role, not a name")
    approve.add_argument("--on", metavar="DAY", help="year-month-day; today unless said")
    approve.add_argument("--in-review", action="store_true", help="it is in review, not approved")
    changes = commands.add_parser("changes", help="list what has changed since the approval")
    changes.add_argument("edition", nargs="?", metavar="EDITION")
    schedule = commands.add_parser("schedule", help="print an entry for runs without anybody")
    schedule.add_argument("kind", choices=("cron", "systemd", "ci"))
    _edition(schedule)
    _agreement(commands.add_parser("agreement", help="write, check, sign an agreement record"))
    _formats(commands.add_parser("formats", help="make other formats of packs that are published"))
    return top


def _packs(packs: argparse.ArgumentParser) -> None:
    _edition(packs)
    packs.add_argument(
        "--ward", action="append", default=[], metavar="W", help="code, name or alias; repeatable"
    )
    packs.add_argument("--supported", action="store_true", help="the supported wards only")
    packs.add_argument("--force", action="store_true", help="also those that are up to date")
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
            step.add_argument(
                "--by",
                action="append",
                required=True,
                metavar="ROLE",
                help="who signs: a role, not a name; repeatable",
            )
            step.add_argument("--on", metavar="DAY", help="year-month-day; today unless said")
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
                "python -m darlington_analysis agreement new eastbourne",
            )
        raise UsageError(
            f"These words can't be followed: {message}",
            f"Usage: {' '.join(self.format_usage().split()[1:])}",
            f"{' '.join(['python -m darlington_analysis', *self.prog.split()[1:]])} --help",
        )


def _edition(command: argparse.ArgumentParser) -> None:
    command.add_argument("--edition", metavar="E", help="an edition in darlington.toml")


if __name__ == "__main__":
    sys.exit(main())
