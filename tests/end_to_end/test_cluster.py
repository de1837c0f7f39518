"""Dask's own part: data reach each worker once, and a lost worker costs what it was making."""

import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from darlington_analysis.publishing import cluster, pack, pack_workers

LOG, LOST = "CLUSTER_TEST_LOG", "E5"
WARDS = [f"E{number}" for number in range(8)]
pytest.importorskip("distributed", reason="the extra “cluster” is not installed")


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
    return pack_workers.Made(ward, 0.1), {"page.html": ward.encode()}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return the folder of packs that two workers made, one killed, and what was noted."""
    folder = tmp_path_factory.mktemp("cluster")
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv(LOG, str(folder / "log"))
        changed.setattr(cluster, "packed", lambda _: Sent(b"x" * 2_000_000))
        changed.setattr(cluster, "make_there", make_there)
        with cluster.engine("local:2")(len(WARDS)) as pool:
            orders = [pack.Order(ward, "2011", Path("a.ipynb"), folder / ward) for ward in WARDS]
            waiting = pack_workers.begin(pool, orders, folder)
            made = list(pack_workers.finished(waiting, folder))
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
    assert WARDS == [(folder / ward / "page.html").read_text("utf-8") for ward in WARDS]
