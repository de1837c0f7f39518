"""Dask's own part: data reach each worker once, and a lost worker costs what it was making."""

import contextlib
import http.client
import os
import signal
import socket
import ssl
import time
import urllib.request
from collections import Counter
from concurrent.futures import Future
from pathlib import Path

import psutil
import pytest

from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import UsageError, VerifyError
from darlington_analysis.publishing import cluster, kernels, pack, packs

LOG, LOST = "CLUSTER_TEST_LOG", "E5"
WARDS = [f"E{number}" for number in range(8)]
WHOLE = dict.fromkeys((*pack.MADE, pack.MANIFEST), b"x")
for name in ("distributed", "cryptography"):
    pytest.importorskip(name, reason="the extra “cluster” is not installed")


def note(*words):
    """Write one line in the log that all processes share: this process and the words."""
    with Path(os.environ[LOG]).open("a", encoding="utf-8") as log:
        log.write(" ".join([str(os.getpid()), *words]) + "\n")


class Sent:
    """What is sent to workers; it notes each arrival."""

    def __init__(self, content):
        self.content = content

    def __reduce__(self):
        """Tell pickle to build it by way of ``arrived``."""
        return arrived, (self.content,)


def arrived(content):
    """Note that what is sent has come to this process."""
    note("arrived")
    return Sent(content)


def make_there(sent, library, packages, ward, edition, notebook):
    """Stand in for a pack: takes a moment; the worker that makes one of them first is killed."""
    note("began", ward)
    time.sleep(0.3)
    marker = Path(os.environ[LOG]).with_suffix(".killed")
    if ward == LOST and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    note("made", ward)
    return 0.1, "", WHOLE | {pack.PAGE: ward.encode()}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return the folder of packs that two workers made, one killed, and what was noted."""
    folder = tmp_path_factory.mktemp("cluster")
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv(LOG, str(folder / "log"))
        changed.setattr(cluster, "packed", lambda _: Sent(b"x" * 2_000_000))
        changed.setattr(cluster, "make_there", make_there)
        changed.setattr(cluster.ClusterExecutor, "compare_some", lambda _: None)
        with cluster.engine("local:2")(len(WARDS)) as pool:
            orders = [pack.Order(ward, "2011", Path("a.ipynb"), folder / ward) for ward in WARDS]
            waiting = packs.begin(pool, orders, folder)
            made = list(packs.results(waiting, folder))
    assert ["" for _ in WARDS] == [each.fault for each in made]
    return folder, [line.split() for line in (folder / "log").read_text("utf-8").splitlines()]


def test_data_come_once_to_each_worker(ran):
    """Two workers and the one that took the lost one's place: each got them once, not by pack."""
    _, noted = ran
    here = str(os.getpid())
    arrivals = Counter(who for who, what, *_ in noted if what == "arrived" and who != here)
    workers = {who for who, what, *_ in noted if what == "began"}
    assert len(workers) >= 2
    assert workers <= set(arrivals)
    assert {1} == set(arrivals.values())


def test_a_lost_worker_costs_the_pack_it_was_making_and_no_other(ran):
    """Every pack is made; that one alone was begun twice."""
    folder, noted = ran
    begun = Counter(words[0] for _, what, *words in noted if what == "began")
    assert dict.fromkeys(WARDS, 1) | {LOST: 2} == begun
    assert WARDS == [(folder / ward / pack.PAGE).read_text("utf-8") for ward in WARDS]


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "http://x:1", "tls://x", "", "local:0", "inproc://1/2/3"]
)
def test_a_scheduler_without_tls_is_refused_unless_it_is_accepted(address):
    """Who reaches one runs code here; what is no address is refused either way."""
    with pytest.raises(UsageError):
        cluster.engine(address)
    if address.startswith("tcp"):
        assert cluster.engine(address, without_tls=True)


def test_workers_of_this_machine_take_no_order_from_others_and_serve_no_page(monkeypatch):
    """Every port that the cluster opens: no client without its keys, no page."""
    with cluster._workers_here(1) as started:
        workers = [worker.process.process.pid for worker in started.workers.values()]
        ports = {
            connection.laddr.port
            for pid in (os.getpid(), *workers)
            for connection in psutil.Process(pid).net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
        assert len(ports) >= 2
        for port in ports:
            assert is_shut(port)
            for page in ("", "status", "info/main/workers.html", "metrics", "health"):
                assert not is_served(f"http://127.0.0.1:{port}/{page}")


def is_shut(port: int) -> bool:
    """Return whether nobody without a certificate is listened to at a port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
        try:
            with context.wrap_socket(plain) as secret:
                return secret.recv(1) == b""
        except (ssl.SSLError, ConnectionError):
            return True


def is_served(address: str) -> bool:
    """Return whether there is a page at an address."""
    try:
        with urllib.request.urlopen(address, timeout=2) as page:
            return page.status < 400
    except (OSError, http.client.HTTPException):
        return False


@pytest.mark.parametrize("name", ["../2012.html", "/tmp/x", "index.html", ".lock", "a/page.html"])
def test_a_file_that_no_pack_has_is_not_written(tmp_path, name):
    """A worker chooses no place on this machine."""
    folder = tmp_path / "reports/2011/E1"
    with pytest.raises(VerifyError, match="no pack has"):
        cluster._put(WHOLE | {name: b"y"}, folder)
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "answer",
    [
        (0.1, "", {pack.PAGE: b"false"}),
        (0.1, "", WHOLE | {pack.FIGURES: "false"}),
        ("soon", "", WHOLE),
        (0.1, "", None),
    ],
)
def test_what_is_no_whole_pack_takes_the_place_of_none(tmp_path, answer):
    """A page of it would stay where the pack can't be made here either."""
    order = ordered(tmp_path)
    order.folder.mkdir(parents=True)
    (order.folder / pack.PAGE).write_bytes(b"from before")
    with cluster.ClusterExecutor(Client(answer), b"") as executor:
        assert executor.submit(None, order, tmp_path).result(timeout=5).fault
    assert {pack.PAGE: b"from before"} == cluster._content(order.folder)


class Client:
    """A client whose workers answer as a test has them answer, or never."""

    def __init__(self, answer=None):
        self.answer = answer

    def submit(self, *_, **__):
        """Return a future that holds the answer, where there is one."""
        away = Future()
        if self.answer is not None:
            away.set_result(self.answer)
        return away


def ordered(folder) -> pack.Order:
    """Return an order for one pack."""
    return pack.Order("E1", "2011", Path("a.ipynb"), folder / "2011" / "E1")


def test_a_worker_that_never_answers_is_given_up(tmp_path, monkeypatch):
    """A stopped process, or an answer that can't be read, is not waited for without end."""
    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_A_PACK", 0)
    with cluster.ClusterExecutor(Client(), b"") as executor:
        made = executor.submit(None, ordered(tmp_path), tmp_path).result(timeout=30)
    assert "no worker sent a pack" in made.fault


def test_what_goes_wrong_on_a_worker_is_told_in_plain_words(monkeypatch):
    """Its class may be one that this process cannot make again."""

    class StrangeError(Exception):
        def __init__(self, one, other):
            super().__init__(f"{one} and {other}")
            self.kept = lambda: None  # no pickle holds this

    def spoilt(_):
        raise StrangeError("this", "that")

    monkeypatch.setattr(cluster, "_unpacked", spoilt)
    there = fingerprints.library(), fingerprints.packages()
    seconds, fault, files = cluster.make_there(b"", *there, "E1", "2011", "a.ipynb")
    assert (0.0, "StrangeError: this and that", {}) == (seconds, fault, files)


def test_a_pack_that_is_another_if_it_is_made_here_stops_the_run(tmp_path, monkeypatch):
    """What a worker sent in place of a page is not published."""

    class Pool:
        def submit(self, _, order, workshop):
            order.folder.mkdir(parents=True)
            for name, content in (WHOLE | {pack.PAGE: b"true"}).items():
                (order.folder / name).write_bytes(content)
            done = Future()
            done.set_result(packs.Made(order.ward_code, 0.1))
            return done

    monkeypatch.setattr(kernels, "pool", lambda _: contextlib.nullcontext(Pool()))
    for page in (b"true", b"false"):
        answer = 0.1, "", WHOLE | {pack.PAGE: page}
        with cluster.ClusterExecutor(Client(answer), b"") as executor:
            made = executor.submit(None, ordered(tmp_path), tmp_path).result(timeout=5)
        assert ("E1", "") == (made.ward_code, made.fault)
        if page == b"true":
            executor.compare_some()
            continue
        with pytest.raises(VerifyError, match="is not what it is if it is made here"):
            executor.compare_some()
