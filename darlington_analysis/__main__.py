"""The command line: ``python -m darlington_analysis`` or ``darlington``."""

import argparse
import signal
import sys

from darlington_analysis.errors import DarlingtonError, UsageError


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; a user's mistake is three lines on stderr."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped by a machine, or a person
    try:
        asked = parser().parse_args(arguments)
        # Here, so that a wrong word, or a run with nothing to do, needs no pandas.
        from darlington_analysis.publishing import unchanged

        if asked.command == "packs" and unchanged.is_so(asked):
            return 0
        from darlington_analysis.publishing import commands

        return getattr(commands, asked.command)(asked)
    except DarlingtonError as fault:
        print(fault, file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        print("Stopped. What was published before is as it was.", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command and option."""
    top = _Parser(prog="darlington", description="Evidence packs for Darlington's wards.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wards = commands.add_parser("wards", help="list the wards: code and name, one a line")
    _edition(wards)
    commands.add_parser("check", help="check sources, settings and the table; write nothing")
    commands.add_parser("data", help="turn data/raw into data/processed")
    packs = commands.add_parser("packs", help="make evidence packs (no options: every ward)")
    _edition(packs)
    packs.add_argument(
        "--ward", action="append", default=[], metavar="W", help="code, name or alias; repeatable"
    )
    packs.add_argument("--supported", action="store_true", help="the supported wards only")
    packs.add_argument("--force", action="store_true", help="also those that are up to date")
    packs.add_argument(
        "--scheduler",
        metavar="TCP",
        help="a Dask scheduler (tcp://host:8786), “local” or “local:4”",
    )
    verify = commands.add_parser("verify", help="make an edition again, aside, and compare")
    verify.add_argument("edition", nargs="?", metavar="EDITION")
    schedule = commands.add_parser("schedule", help="print an entry for runs without anybody")
    schedule.add_argument("kind", choices=("cron", "systemd", "ci"))
    _edition(schedule)
    return top


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings):
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str):
        raise UsageError(
            f"These words can't be followed: {message}",
            f"Usage: {' '.join(self.format_usage().split()[1:])}",
            "python -m darlington_analysis --help",
        )


def _edition(command: argparse.ArgumentParser) -> None:
    command.add_argument("--edition", metavar="E", help="an edition in darlington.toml")


if __name__ == "__main__":
    sys.exit(main())
