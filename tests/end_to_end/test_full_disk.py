"""A disk that is full while packs are made, and a run that comes after one that was killed."""

import errno
import os
import shutil
import subprocess
import tempfile
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import StorageError
from darlington_analysis.publishing import kernel_launch, pack, packs, run_notebook, run_state
from darlington_analysis.publishing import run_lock as editions


@dataclass
class Here:
    """A worker that does its work at once, in this process."""

    def submit(self, work, *arguments) -> Future:
        """Do it."""
        told = Future()
        try:
            told.set_result(work(*arguments))
        except Exception as fault:
            told.set_exception(fault)
        return told

    def __enter__(self):
        """Nothing is started."""
        return self

    def __exit__(self, *_):
        """Nothing is left."""


def says(number: int):
    """Return a way of making a pack that the system stops half way."""

    def make(order):
        order.folder.mkdir()
        (order.folder / "half").write_text("of a page")
        raise OSError(number, os.strerror(number))

    return make


@pytest.fixture
def order(tmp_path, monkeypatch):
    """Return an order that a worker and its cold one make in this process, and its workshop."""
    monkeypatch.setattr(packs.kernels, "cold_worker", Here)
    folder = tmp_path / "2011" / "E05001561-haughton-east"
    return pack.Order("E05001561", "2011", tmp_path / "x.ipynb", folder), tmp_path


def results(order, workshop):
    """Return what became of the order."""
    return list(packs.results(packs.begin(Here(), [order], workshop), workshop))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_full_disk_is_no_fault_of_the_ward_and_ends_the_run(order, monkeypatch, number):
    """Were it the ward's, an edition with its old pack and a new index would be published."""
    monkeypatch.setattr(pack, "make", says(number))
    with pytest.raises(StorageError):
        results(*order)
    assert [] == list(order[1].iterdir())


def test_a_fault_of_one_ward_ends_no_run(order, monkeypatch):
    """A file that is not there may be asked for by one ward alone."""
    monkeypatch.setattr(pack, "make", says(errno.ENOENT))
    (made,) = results(*order)
    assert (2, "FileNotFoundError: [Errno 2]") == (made.tries, made.fault[:28])
    assert [] == list(order[1].iterdir())


def test_room_that_was_made_meanwhile_is_used(order, monkeypatch):
    """The second try finds room: the pack is made, and told of as made at the second."""
    order[0].folder.parent.mkdir()
    tries = iter([says(errno.ENOSPC), lambda made: made.folder.mkdir()])
    monkeypatch.setattr(pack, "make", lambda order: next(tries)(order))
    (made,) = results(*order)
    assert ("", 2, "A file: the disk is full") == (made.fault, made.tries, made.first_fault)


def test_a_folder_that_could_not_be_copied_names_its_first_file(tmp_path):
    """The system's number is in words there, and is understood all the same."""
    fault = shutil.Error([("/from/a", "/x/reports/2011/a", "[Errno 28] No space left: 'a'")])
    assert "reports/2011/a: the disk is full" == StorageError.of(fault).what
    assert "A file: can't be used" == StorageError.of(shutil.Error("no list")).what


def test_a_run_stopped_by_the_disk_is_recorded_as_it_ended(town):
    """The record says 19, what the command ends with; a full disk for the record hides nothing."""
    with pytest.raises(OSError, match="full"), run_state.recorded(town, "2011"):
        raise OSError(errno.ENOSPC, "full")
    assert '"exit_code": 19' in (town.runs / run_state.RECORD).read_text("utf-8")
    shutil.rmtree(town.runs)
    town.runs.write_text("no folder")
    with pytest.raises(OSError, match="full"), run_state.recorded(town, "2011"):
        raise OSError(errno.ENOSPC, "full")


def test_the_run_after_a_killed_one_clears_up_and_says_so(processed_town, capsys):
    """Said once, by whatever command comes next; one that ended by itself leaves nothing to say."""
    town = processed_town
    halves = [town.reports / ".aside-1" / "2011", town.runs / "staging-2011" / "2011"]
    for half in halves:
        half.mkdir(parents=True)
    (town.raw.parent / ".lock").write_text("2026-11-22 03:00 UTC")
    capsys.readouterr()
    assert 0 == main(["data"])
    said = capsys.readouterr().out
    assert "The run that began at 2026-11-22 03:00 UTC was ended before it was done" in said
    assert not any(half.parent.exists() for half in halves)
    assert 0 == main(["data"])
    assert "was ended" not in capsys.readouterr().out


def test_sockets_of_a_process_that_was_killed_are_cleared_away(town, tmp_path, monkeypatch):
    """Those of one that lives stay, and so does a folder that is not ours by its name."""
    monkeypatch.setattr(kernel_launch, "short_folder", lambda: str(tmp_path))
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    kept = {"dk-notes-1", "dk-1-of-the-first-process"}
    for name in (f"dk-{ended.pid}-x", *kept):
        (tmp_path / name).mkdir()
    (tmp_path / f"dk-{ended.pid}-x" / "k-1").touch()
    own = kernel_launch.socket_folder()
    with editions.locked(town):
        left = {path.name for path in tmp_path.glob("dk-*")}
    assert {*kept, Path(own.name).name} == left
    own.cleanup()


def test_a_folder_named_as_nobody_would_ends_no_run(town, tmp_path, monkeypatch):
    """Anybody may make a folder in /tmp; a digit of another script is no number of a process."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("dk-²-x", "dk--x", "dk-99999999999999999999-x"):
        (tmp_path / name).mkdir()
    with editions.locked(town):
        assert (tmp_path / "dk-²-x").is_dir()


def test_the_lock_can_be_held_by_nobody_else(town):
    """Who may read a file may lock it, and would keep every run out."""
    lock = town.raw.parent / ".lock"
    lock.touch(0o644)
    with editions.locked(town):
        assert 0o600 == lock.stat().st_mode & 0o777


def test_a_disk_that_was_full_for_a_cell_ends_the_run_as_well(order, monkeypatch):
    """The kernel tells of it in words."""

    def make(order):
        run_notebook.refuse_full_disk("OSError: [Errno 28] No space left on device: '/x'")

    monkeypatch.setattr(pack, "make", make)
    with pytest.raises(StorageError, match="the disk is full"):
        results(*order)
    run_notebook.refuse_full_disk("FileNotFoundError: [Errno 2] No such file or directory")
    run_notebook.refuse_full_disk("ValueError: this ward cannot be shown")


def test_a_run_that_is_refused_is_not_taken_for_a_killed_one(town, capsys):
    """It said itself what happened."""
    with pytest.raises(StorageError), editions.locked(town):
        raise StorageError("a", "b", "c")
    with editions.locked(town):
        assert (town.raw.parent / ".lock").read_text("utf-8").endswith("UTC")
    assert "" == capsys.readouterr().out
