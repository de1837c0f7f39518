"""What shows that an injection ran: a request to our own server, or a file that it would make."""

import contextlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scripts.hardening import attack_payloads

SEEN: set[int] = set()


@contextlib.contextmanager
def listening() -> Iterator[None]:
    """Have a server that notes the number of every injection that asks it for something."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), _Noting)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    attack_payloads.listen_at(f"127.1:{web.server_port}")
    yield
    web.shutdown()


class _Noting(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802
        """Note the number, and answer that nothing is there."""
        SEEN.update(numbers(self.path))
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    def log_message(self, *_):
        """Say nothing."""


def numbers(text: str) -> set[int]:
    """Return the numbers of injections in a text."""
    return {int(each) for each in re.findall(r"(?<!\d)\d{3,4}(?!\d)", text)}


def files_made(here: Path) -> set[int]:
    """Return the numbers of injections that made a file, here or in /tmp."""
    places = [*here.rglob("ran-*"), *Path("/tmp").glob("ran-*")]
    return {number for path in places for number in numbers(path.name)}
