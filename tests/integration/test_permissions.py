"""No link is followed where runs write, nobody reads what is not yet checked, a group can share."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core import atomic, permissions
from darlington_analysis.core.errors import SourceError, StorageError
from darlington_analysis.publishing import run_lock, run_state
from tests.support.projects import copy_project

FOLDERS = ["data/raw", "data/raw/restricted", "data/processed", "data/.runs", "data/agreements"]
FOLDERS += ["data/agreements/printed", "data/approvals", "reports/papers"]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be other users")


@pytest.fixture
def outside(tmp_path):
    """Return a file of ours that lies outside the project."""
    path = tmp_path / "outside.txt"
    path.write_text("ours", "utf-8")
    path.chmod(0o644)
    return path


def is_untouched(path) -> bool:
    """Return whether a file outside the project is as it was."""
    return path.read_text("utf-8") == "ours" and stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("how", [os.symlink, os.link])
@pytest.mark.parametrize("name", ["data/.lock", "data/.runs/record.jsonl"])
def test_a_link_in_place_of_a_file_of_ours_is_refused(town, outside, name, how):
    """Neither truncated, nor appended to, nor shut."""
    path = town.root / name
    path.parent.mkdir(exist_ok=True)
    how(outside, path)
    with (
        pytest.raises(StorageError, match="is a link|has a second name"),
        run_lock.locked(town),
        run_state.recorded(town, "2011"),
    ):
        pass
    assert is_untouched(outside)


def test_a_pipe_in_place_of_the_lock_is_refused_and_waits_for_nobody(town):
    """Opening one to write would wait for a reader for ever."""
    os.mkfifo(town.data / ".lock")
    with pytest.raises(StorageError, match="no file of ours"), run_lock.locked(town):
        pass


@pytest.mark.parametrize("name", FOLDERS)
def test_a_linked_data_folder_is_refused_by_name(town, tmp_path, name):
    """What is written there would go where somebody else says."""
    folder, elsewhere = town.root / name, tmp_path / "elsewhere"
    if folder.is_dir():
        shutil.move(folder, elsewhere)
    else:
        elsewhere.mkdir()
    folder.parent.mkdir(exist_ok=True)
    folder.symlink_to(elsewhere)
    before = stat.S_IMODE(elsewhere.stat().st_mode)
    assert 19 == main(["data"])
    with pytest.raises(StorageError, match=rf"{name} is a link"), run_lock.locked(town):
        pass
    assert before == stat.S_IMODE(elsewhere.stat().st_mode)


def test_a_new_record_and_its_schema_take_the_place_of_links(town, outside, tmp_path):
    """What such links lead to is neither written over nor made."""
    (town.agreements / "agreement.schema.json").unlink()
    (town.agreements / "agreement.schema.json").symlink_to(outside)
    (town.agreements / "mowden.toml").symlink_to(tmp_path / "made.toml")
    assert 0 == main(["agreement", "new", "mowden"])
    assert is_untouched(outside)
    assert not (tmp_path / "made.toml").exists()
    town.agreements.rename(tmp_path / "elsewhere")
    town.agreements.symlink_to(tmp_path / "elsewhere")
    assert 19 == main(["agreement", "schema"])


@needs_root
def test_a_data_folder_of_another_user_is_refused_by_name(town, capsys):
    """Root makes no pack where a service's user may swap what lies there."""
    os.chown(town.data, 50001, 50001)
    assert 19 == main(["packs", "--ward", "Central"])
    assert "town/data belongs to another user" in capsys.readouterr().err


def test_only_what_is_ours_and_no_link_is_shut(town, outside):
    """A link in a private folder is passed by; a second name that would be shut is refused."""
    (town.restricted / "link.csv").symlink_to(outside)
    (town.restricted / "folder").symlink_to(outside.parent, target_is_directory=True)
    permissions.restrict_private_folders(town)
    assert is_untouched(outside)
    os.link(outside, town.restricted / "second.csv")
    with pytest.raises(StorageError, match="second.csv has a second name"):
        permissions.restrict_private_folders(town)
    assert is_untouched(outside)


def test_a_group_keeps_its_access_and_others_lose_theirs(town):
    """A folder that a group shares is shut for everybody else alone."""
    path = town.restricted / "list.csv"
    path.write_text("x", "utf-8")
    path.chmod(0o664)
    permissions.restrict_private_folders(town)
    assert 0o660 == stat.S_IMODE(path.stat().st_mode)


def test_an_edition_that_is_a_link_is_refused_and_what_it_leads_to_stays(tmp_path):
    """The link would be deleted as if it were the edition, or written through."""
    made, elsewhere = tmp_path / "made", tmp_path / "elsewhere"
    made.mkdir()
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("there", "utf-8")
    place = tmp_path / "2011"
    place.symlink_to(elsewhere)
    with pytest.raises(StorageError, match="2011 is a link"):
        atomic.put_in_place(made, place)
    assert "there" == (place / "index.html").read_text("utf-8")
    (tmp_path / ".aside-1").symlink_to(elsewhere)
    (tmp_path / ".2012-before").symlink_to(elsewhere)
    atomic.heal_all(tmp_path)
    assert (elsewhere / "index.html").is_file()
    assert {"2011", "elsewhere", "made"} == {path.name for path in tmp_path.iterdir()}


def test_a_folder_on_another_file_system_is_copied_beside_its_place_first(tmp_path, monkeypatch):
    """Nobody meets half of it, and nobody else may look into it meanwhile."""
    rename, seen = os.rename, []

    def refuse(one, other):
        if Path(one).parent == tmp_path / "staging":
            seen.append(stat.S_IMODE(Path(other).parent.stat().st_mode))
            raise OSError(18, "Invalid cross-device link")
        rename(one, other)

    monkeypatch.setattr(os, "rename", refuse)
    (tmp_path / "reports").mkdir()
    for text in ("first", "second"):
        made = tmp_path / "staging/2011"
        made.mkdir(parents=True, exist_ok=True)
        (made / "index.html").write_text(text, "utf-8")
        atomic.put_in_place(made, tmp_path / "reports" / "2011")
        assert text == (tmp_path / "reports/2011/index.html").read_text("utf-8")
        assert ["2011"] == os.listdir(tmp_path / "reports")
    assert [0o700, 0o700] == seen


def test_what_is_being_made_lies_outside_reports_and_is_ours_alone(town):
    """A pack that is not yet read for leaks is served by no web server."""
    with run_lock.locked(town), run_lock.staging(town, "2011") as folder:
        assert folder.is_relative_to(town.runs)
        assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
        assert [] == [path for path in town.reports.glob(".*") if path.is_dir()]
    assert not folder.exists()


def test_a_closed_terminal_ends_a_run_as_any_other_stop_does(town):
    """130, and nothing half made is left."""
    program = (
        "import os, signal, sys; from darlington_analysis.cli import main as cli, commands\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup has its children ignore it\n"
        "from darlington_analysis.core.project import find_project\n"
        "from darlington_analysis.publishing import run_lock\n"
        "def data(asked):\n"
        "    project = find_project()\n"
        "    with run_lock.locked(project), run_lock.staging(project, '2011'):\n"
        "        os.kill(os.getpid(), signal.SIGHUP)\n"
        "        signal.pause()\n"
        "commands.data = data\n"
        "sys.exit(cli.main(['data']))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert 130 == ran.returncode, ran.stderr
    assert [] == list(town.runs.glob("staging-*"))
    assert -signal.SIGHUP != ran.returncode


def test_a_link_among_the_inputs_is_refused_and_so_is_a_file_that_is_too_large(town, outside):
    """A run reads a copy of its inputs: none of them leads elsewhere, or fills memory and disk."""
    path = town.raw / "census/2011/linked.csv"
    path.symlink_to(outside)
    with pytest.raises(StorageError, match="is a link"), run_lock.snapshot(town):
        pass
    path.unlink()
    with path.open("wb") as sparse:
        sparse.truncate(5_000_000_000)
    with pytest.raises(SourceError, match="too large|bytes"), run_lock.snapshot(town):
        pass
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(SourceError, match="is no file"), run_lock.snapshot(town):
        pass


@needs_root
def test_two_officers_of_one_group_both_run():
    """The second can lock, publish over what the first published, and add to the record."""
    folder = Path(tempfile.mkdtemp(prefix="shared-"))
    try:
        town = copy_project(folder / "town")
        town.reports.mkdir()
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 50001, 50010)
            path.chmod(0o2775 if path.is_dir() else 0o664)
        for officer in (50001, 50002, 50001):
            child = os.fork()
            if not child:
                os._exit(_work_as(officer, town))
            assert 0 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        lines = (town.runs / run_state.RECORD).read_text("utf-8").splitlines()
        assert 3 == len(lines)
        for path in (town.data / ".lock", town.runs, town.runs / run_state.RECORD):
            assert 0 == path.stat().st_mode & 0o007
    finally:
        shutil.rmtree(folder)


def _work_as(officer: int, town) -> int:
    """Lock, snapshot, make a folder and publish it, as one user of the group 50010."""
    try:
        os.setgroups([50010])
        os.setgid(officer)
        os.setuid(officer)
        os.umask(0o022)
        with run_lock.locked(town), run_state.recorded(town, "2011"):
            with run_lock.snapshot(town) as frozen, run_lock.staging(town, "2011") as staging:
                made = staging / "2011"
                made.mkdir()
                (made / "index.html").write_text(frozen.settings_file.read_text("utf-8"))
                atomic.put_in_place(made, town.reports / "2011")
            run_state.save_state(town, "2011", {"by": officer})
        return 0
    except BaseException as fault:
        print(fault, file=sys.stderr)
        return 1
