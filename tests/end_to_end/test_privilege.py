"""A run needs no network, no TCP port, and nothing but what the schedule says it may touch."""

import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest

from darlington_analysis.cli import commands
from darlington_analysis.core.project import Project
from darlington_analysis.publishing import run_notebook
from tests.support.projects import ROOT, copy_project

_LISTENS = """
import json, os, pathlib
own = {os.readlink(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")
       if os.path.exists(f"/proc/self/fd/{each}")}
rows = [line.split() for name in ("tcp", "tcp6", "udp", "udp6")
        for line in pathlib.Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
print(json.dumps([row[1] for row in rows if f"socket:[{row[9]}]" in own]))
from ipykernel.connect import get_connection_info
print(get_connection_info(unpack=True)["transport"])
"""


def _without(*words: str) -> list[str]:
    """Return a command that runs words without a network, or skip where that is not allowed."""
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-n", "true"], capture_output=True).returncode:
        pytest.skip("no network of its own can be given to a process here")
    return [unshare, "-n", *words]


def test_data_and_a_pack_are_made_without_a_network(tmp_path):
    """In a network of its own that has no address at all, not even 127.0.0.1."""
    town = copy_project(tmp_path / "town")
    own = {**os.environ, "DARLINGTON_PROJECT": str(town.root)}
    words = [sys.executable, "-m", "darlington_analysis", "packs", "--ward", "Red Hall"]
    ran = subprocess.run(_without(*words), env=own, cwd=ROOT, capture_output=True, text=True)
    assert 0 == ran.returncode, ran.stderr
    assert (town.reports / "2011" / "index.html").is_file()
    fetched = town.raw / "claimants" / "2023-10" / "wards.csv"
    fetched.unlink()
    side = fetched.with_name("wards.csv.source.toml")
    side.write_text(
        'download = "http://192.0.2.1/"\n'
        + re.sub(r"(?m)^download = .*\n", "", side.read_text("utf-8")),
        "utf-8",
    )
    words = [sys.executable, "-m", "darlington_analysis", "fetch"]
    ran = subprocess.run(_without(*words), env=own, cwd=ROOT, capture_output=True, text=True)
    assert (10, 3) == (ran.returncode, len(ran.stderr.splitlines())), ran.stderr


def test_a_kernel_listens_on_nothing_but_ipc(tmp_path):
    """No TCP or UDP socket of any kind, and a transport of files in a folder of its own."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("ward = ''", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(_LISTENS),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
    )
    nbformat.write(notebook, tmp_path / "ask.ipynb")
    done = run_notebook.execute(tmp_path / "ask.ipynb", tmp_path / "out.ipynb", {"ward": "x"})
    assert "[]\nipc\n" == done.cells[-1].outputs[0].text


def test_a_ward_s_text_is_a_literal_in_the_notebook(tmp_path):
    """What would be code as a parameter is data: it does not run."""
    canary = tmp_path / "ran"
    text = f"\"\"\"\n__import__('os').system('touch {canary}')\n'\\"
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("ward = ''", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell("print(ascii(ward))"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
    )
    nbformat.write(notebook, tmp_path / "ask.ipynb")
    done = run_notebook.execute(tmp_path / "ask.ipynb", tmp_path / "out.ipynb", {"ward": text})
    assert f"{ascii(text)}\n" == done.cells[-1].outputs[0].text
    assert not canary.exists()


def test_the_unit_gives_a_run_a_user_of_its_own_and_no_more_than_it_needs():
    """What the unit promises is what the next test tries."""
    text = commands.entry("systemd", Project(ROOT), None)
    for line in (
        "User=darlington",
        "PrivateNetwork=yes",
        "RemoveIPC=yes",
        f"ReadOnlyPaths={ROOT}/data/raw {ROOT}/data/agreements",
        f"ReadWritePaths={ROOT}/data {ROOT}/reports",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
    ):
        assert line in text.splitlines()


def test_another_user_without_network_makes_packs_and_cannot_touch_raw_files(tmp_path):
    """As the unit runs it, as far as this machine can: another user, no capability, raw mounted
    read-only, the rest of the system read-only too.
    """
    if os.geteuid() or not shutil.which("setpriv") or not shutil.which("mount"):
        pytest.skip("only root can become somebody else")
    place = Path("/tmp") / f"darlington-{os.getpid()}"
    try:
        town = copy_project(place / "town")
        (town.root / "reports").mkdir()
        for path in (town.root / "data", town.root / "data" / "processed", town.reports):
            path.mkdir(exist_ok=True)
            os.chown(path, 65534, 65534)
        place.chmod(0o755)
        said = subprocess.run(
            _without("--mount", "sh", "-c", _hardened(town)),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert 0 == said.returncode, said.stdout + said.stderr
        assert "raw is read-only" in said.stdout
        assert 65534 == (town.reports / "2011" / "index.html").stat().st_uid
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _hardened(town: Project) -> str:
    """Return the commands: mounts first, then everything as nobody with no capability."""
    raw, who = town.raw, "setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs"
    home = "HOME=/tmp IPYTHONDIR=/tmp/ipython-w MPLCONFIGDIR=/tmp/mpl-w PYTHONDONTWRITEBYTECODE=1"
    return f"""
mount --bind {raw} {raw} && mount -o remount,bind,ro {raw} || exit 90
export DARLINGTON_PROJECT={town.root} {home}
umask 0027
touch {raw}/x 2>/dev/null && exit 91
echo raw is read-only
{who} --bounding-set=-all {_interpreter()} -m darlington_analysis packs --ward "Red Hall"
"""


def _is_open(path: Path) -> bool:
    """True where anybody may go through every folder above."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)


def _interpreter() -> str:
    """Return an interpreter that another user may start, with our packages; skip where none is."""
    if not _is_open(ROOT / "Makefile"):
        pytest.skip("the project lies where only its owner may look")
    if _is_open(Path(sys.executable).resolve()):
        return sys.executable
    system = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin")
    if system is None:
        pytest.skip("the interpreter lies in somebody's home")
    return f"env PYTHONPATH={sysconfig.get_paths()['purelib']}:{ROOT} {system}"
