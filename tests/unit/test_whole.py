"""A folder is replaced whole: whoever looks, and whenever the run is killed, one is there."""

import threading

import pytest

from darlington_analysis.core import atomic


def folder(parent, name, text):
    """Return a new folder with two files that hold the same text."""
    made = parent / name
    made.mkdir()
    for each in ("one.txt", "two.txt"):
        (made / each).write_text(text)
    return made


@pytest.fixture(params=["exchanged", "one after the other"])
def way(request, monkeypatch):
    """Replace folders in both ways, whichever this system would take."""
    if request.param != "exchanged":
        monkeypatch.setattr(atomic, "_exchanged", lambda one, other: False)


@pytest.mark.usefixtures("way")
def test_a_folder_takes_the_place_of_another(tmp_path):
    """What was there before is gone, nothing is left over, and a first folder needs no other."""
    for text in ("first", "second"):
        atomic.put_in_place(folder(tmp_path, "made", text), tmp_path / "2011")
        assert text == (tmp_path / "2011" / "one.txt").read_text()
        assert ["2011"] == [path.name for path in tmp_path.iterdir()]


def test_somebody_who_reads_all_the_time_always_finds_one_whole_folder(tmp_path):
    """The two are exchanged at once: the place is never empty."""
    place = folder(tmp_path, "2011", "0")
    if not atomic._exchanged(folder(tmp_path, "made", "0"), place):
        pytest.skip("this file system cannot exchange two folders at once")
    missed, done = [], threading.Event()

    def look():
        while not done.is_set():
            if not place.is_dir():
                missed.append(1)

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(300):
        made = tmp_path / "made"
        if not made.exists():
            folder(tmp_path, "made", str(number))
        atomic.put_in_place(made, place)
    done.set()
    reader.join()
    assert [] == missed


def test_the_old_folder_stays_where_the_new_one_cannot_be_moved(tmp_path):
    """A folder that is not there can't take a place."""
    place = folder(tmp_path, "2011", "old")
    with pytest.raises(OSError):
        atomic._one_after_the_other(tmp_path / "nowhere", place)
    assert "old" == (place / "one.txt").read_text()


def test_what_a_kill_left_between_two_renames_is_put_back(tmp_path):
    """The last good folder is never deleted as rubbish of a killed run."""
    folder(tmp_path, ".2011-before", "good")
    atomic.heal_all(tmp_path)
    assert "good" == (tmp_path / "2011" / "one.txt").read_text()
    folder(tmp_path, ".2011-before", "older")
    atomic.heal_all(tmp_path)
    assert "good" == (tmp_path / "2011" / "one.txt").read_text()
    assert ["2011"] == [path.name for path in tmp_path.iterdir()]
