"""What is fetched is the very file that was vouched for, whatever a server does."""

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import SourceError
from darlington_analysis.intake import incoming
from darlington_analysis.sources import register
from scripts.docs import addresses

CONTENT = b"ward_code,count\nE05001553,3\n" * 50
LOGIN = b"<!DOCTYPE html><html><body>Please log in</body></html>"


class Server(BaseHTTPRequestHandler):
    """Answers as good and bad servers do, by the path that is asked for."""

    def do_GET(self):  # noqa: N802
        """Send what the path names."""
        getattr(self, self.path.strip("/").replace("-", "_"))()

    def send(self, body, status=200, kind="text/csv", length=None, **headers):
        """Send a status, headers and a body."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def good(self):
        """Send the file."""
        self.send(CONTENT)

    def lies_about_type(self):
        """Send the file under another type: its bytes count."""
        self.send(CONTENT, kind="image/png")

    def redirects(self):
        """Send on to the file."""
        self.send(b"", 302, Location="/good")

    def circles(self):
        """Send on to itself for ever."""
        self.send(b"", 302, Location="/circles")

    def login(self):
        """Send a page in place of the file, and say that it is the file."""
        self.send(LOGIN)

    def truncates(self):
        """Promise more than is sent."""
        self.send(CONTENT[:200], length=len(CONTENT))

    def stalls(self):
        """Send half and then nothing."""
        self.send(CONTENT[:200], length=len(CONTENT))
        self.wfile.flush()
        time.sleep(1.5)

    def trickles(self):
        """Send a byte now and then, so that it never stalls and never ends."""
        self.send(b"", length=len(CONTENT))
        for byte in CONTENT[:30]:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.05)

    def promises(self):
        """Say again and again that it will go on, and never begin."""
        for _ in range(40):
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
            time.sleep(0.05)

    def leads_away(self):
        """Send on to a file of this machine."""
        self.send(b"", 302, Location="file:///etc/hostname")

    def floods(self):
        """Send more than any raw file may have."""
        self.send(b"0" * 3000)

    def missing(self):
        """Say that there is no such file."""
        self.send(b"no", 404)

    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture(scope="module")
def server():
    """Return the address of a server that answers until the tests are done."""
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()


def sidecar_of(folder, address, checksum=None):
    """Write the sidecar of a file that is not there."""
    digest = hashlib.sha256(CONTENT).hexdigest() if checksum is None else checksum
    sidecar = folder / "table.csv.source.toml"
    sidecar.write_text(f'download = "{address}"\nsha256 = "{digest}"\n', "utf-8")
    return sidecar


@pytest.mark.parametrize("path", ["good", "redirects", "lies-about-type"])
def test_the_very_file_is_put_in_place(server, tmp_path, path):
    """Redirects are followed, and a type is only a word."""
    file = incoming.fetch(sidecar_of(tmp_path, f"{server}/{path}"))
    assert CONTENT == file.read_bytes()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("login", "a web page"),
        ("truncates", "IncompleteRead"),
        ("stalls", "timed out"),
        ("trickles", "not there after"),
        ("promises", "not there after"),
        ("missing", "Not Found"),
        ("circles", "redirects"),
        ("leads-away", "No connection adapters"),
        ("floods", "more than"),
    ],
)
def test_anything_else_is_refused_and_nothing_is_left(server, tmp_path, monkeypatch, path, said):
    """Exit code 10, the reason, and no half-written file beside the sidecar."""
    monkeypatch.setattr(incoming, "MOST_BYTES", 2000)
    sidecar = sidecar_of(tmp_path, f"{server}/{path}")
    with pytest.raises(SourceError) as fault:
        incoming.fetch(
            sidecar, stalled=0.5, deadline=0.4 if path in ("trickles", "promises") else 5
        )
    assert said in str(fault.value)
    assert [sidecar] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("address", "checksum", "said"),
    [
        ("", None, "names no address"),
        ("file:///etc/hostname", None, "names no address"),
        ("http://127.0.0.1:9/x", "", "no checksum"),
        ("http://127.0.0.1:9/x", None, "could not be"),
    ],
)
def test_no_address_no_checksum_and_no_network_are_said(tmp_path, address, checksum, said):
    """Nothing is fetched that could not be told from anything else."""
    with pytest.raises(SourceError, match=said):
        incoming.fetch(sidecar_of(tmp_path, address, checksum), stalled=0.5)


def test_the_command_fetches_what_is_missing(town, server, capsys):
    """A file that was taken away is back, unchanged, and a second run has nothing to do."""
    source = register.find(town, "claimant-count")
    path = town.raw / source.path
    content = path.read_bytes()
    path.unlink()
    assert 10 == main(["fetch"])
    assert "names no address" in capsys.readouterr().err
    Server.claimants = lambda self: self.send(content)
    sidecar = path.with_name(f"{path.name}.source.toml")
    sidecar.write_text(f'download = "{server}/claimants"\n' + sidecar.read_text("utf-8"), "utf-8")
    assert 0 == main(["fetch"])
    assert content == path.read_bytes()
    register.check_unchanged(town, register.find(town, "claimant-count"))
    assert 0 == main(["fetch"])


def test_the_list_of_addresses_that_were_never_tried_is_true(project):
    """docs/addresses.md is what the sidecars say now."""
    shipped = [each for each in register.register(project) if not each.is_restricted]
    told = addresses.page(project)
    assert all(each.address in told for each in shipped if each.address.startswith("http"))
    assert (project.root / "docs/addresses.md").read_text("utf-8") == told


def test_an_address_that_was_tried_says_when(town):
    """The day stands in the sidecar, and goes to the list."""
    sidecar = next(town.raw.rglob("claimants/2023-10/wards.csv.source.toml"))
    sidecar.write_text("tried = 2026-11-01\n" + sidecar.read_text("utf-8"), "utf-8")
    assert "nomisweb.co.uk/sources/cc | 1 | 2026-11-01 |" in addresses.page(town)
