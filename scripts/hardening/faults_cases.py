"""The commands that are disturbed, the two states between which each turns a town, and a server."""

import contextlib
import hashlib
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scripts.hardening import faults_town
from scripts.hardening.faults_town import RECORD, ROOT

# Not the small-number rule: an edition is audited beside the one before it, so that what a change
# of the rule leaves hangs on what was there.
ROLES = ("policy and performance team", "policy and performance office")
SKILLS = "data/raw/dummy/adult-skills/ward_percentages_DUMMY.csv"
FETCHED = "data/raw/indices-of-deprivation/2007/england_ward_rank_thresholds.csv"
LEDGER = "data/agreements/signed/central.jsonl"


@dataclass(frozen=True)
class Case:
    """A command, the place it replaces, and how the project is turned to one of two states."""

    name: str
    words: tuple[str, ...]
    place: str
    turn: Callable[[Path, int], None]


def cases(address: str) -> dict[str, Case]:
    """Return the four commands; ``address`` is where a raw file can be fetched."""
    wards = ("--ward", "Red Hall")
    return {
        each.name: each
        for each in (
            Case("data", ("data",), "data/processed", _turn_skills),
            Case("packs", ("packs", "--force", *wards), "reports/2011", _turn_roles),
            Case("fetch", ("fetch",), FETCHED, lambda root, state: _turn_fetched(root, address)),
            Case(
                "sign",
                (
                    "agreement",
                    "sign",
                    "central",
                    "--partnership",
                    "the secretary",
                    "--council",
                    "Assistant Chief Executive",
                ),
                LEDGER,
                _turn_record,
            ),
        )
    }


@contextlib.contextmanager
def server():
    """Give the address of a slow server that sends the project's own file."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_port}/wards.csv"
    web.shutdown()


class _Slow(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802
        """Send the file in ten pieces, half a second in all."""
        content = (ROOT / FETCHED).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        step = len(content) // 10 + 1
        with contextlib.suppress(OSError):
            for at in range(0, len(content), step):
                self.wfile.write(content[at : at + step])
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *_):
        """Say nothing."""


def _turn_skills(root: Path, state: int) -> None:
    """Write one of two versions of a raw file, and its checksum."""
    content = (ROOT / SKILLS).read_bytes()
    content = re.sub(rb"\.[1-8](?=[,\n])", b".9", content) if state else content
    (root / SKILLS).write_bytes(content)
    side = root / f"{SKILLS}.source.toml"
    digest = hashlib.sha256(content).hexdigest()
    text = re.sub(r'(?m)^sha256 = ".*"', f'sha256 = "{digest}"', side.read_text("utf-8"))
    side.write_text(text, "utf-8")


def _turn_roles(root: Path, state: int) -> None:
    file = root / "darlington.toml"
    file.write_text(file.read_text("utf-8").replace(ROLES[1 - state], ROLES[state]), "utf-8")


def _turn_fetched(root: Path, address: str) -> None:
    (root / FETCHED).unlink(missing_ok=True)
    side = root / f"{FETCHED}.source.toml"
    text = re.sub(r"(?m)^download = .*\n", "", side.read_text("utf-8"))
    side.write_text(f'download = "{address}"\n{text}', "utf-8")


def _turn_record(root: Path, state: int) -> None:
    """Change a note, so that there is something new to sign.

    Papers are printed if none are there, of figures that are made of the files of now.
    """
    file, number = root / RECORD, time.monotonic_ns()
    text = re.sub(r"(?m)^# turned \d+\n", "", file.read_text("utf-8"))
    file.write_text(f"{text}# turned {number}\n", "utf-8")
    if not (root / "data/agreements/printed").is_dir():
        faults_town.run(root, ("data",))
        faults_town.run(root, ("agreement", "papers", "central"))
