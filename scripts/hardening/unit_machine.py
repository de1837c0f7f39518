"""A systemd with processes, folders and a network of its own, on a copy of this system."""

import subprocess
import sys
import time
from pathlib import Path

BOOT = Path(__file__).with_name("unit_boot.sh")
OWN = ("--fork", "--pid", "--mount", "--cgroup", "--uts", "--ipc", "--net", "--kill-child")
INTO = ("nsenter", "-p", "-m", "-C", "-u", "-i", "-n", "-r", "-w", "-t")


class Machine:
    """A systemd in namespaces of its own, and commands run in it as root."""

    def __init__(self, folder: Path):
        boot = ["unshare", *OWN, str(BOOT), str(folder)]
        self._booted = subprocess.Popen(boot, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._inside = [
            *["nsenter", "-p", "-m", "-C", "-u", "-i", "-n", "-r", "-w", "-t"],
            str(self._first()),
        ]
        until(lambda: self.says("systemctl is-active basic.target") == "active", 60)

    def _first(self) -> int:
        """Return the process that is systemd: it took the place of the shell that unshare ran."""
        told = Path(f"/proc/{self._booted.pid}/task/{self._booted.pid}/children")
        until(lambda: self._booted.poll() is not None or told.read_text().strip(), 10)
        if self._booted.poll() is not None:
            sys.exit(f"no systemd can be started here: {self._booted.stderr.read().decode()}")
        first = int(told.read_text())
        until(lambda: Path(f"/proc/{first}/comm").read_text().strip() == "systemd", 30)
        return first

    def run(self, script: str, **more) -> subprocess.CompletedProcess:
        """Run a script to its end."""
        return subprocess.run([*self._inside, "sh", "-c", script], capture_output=True, **more)

    def says(self, script: str) -> str:
        """Return what a script prints."""
        return self.run(script).stdout.decode().strip()

    def end(self) -> None:
        """End it, with all that runs in it; its folder was memory of its own."""
        self._booted.kill()
        self._booted.wait()


def until(is_so, seconds: float) -> None:
    """Wait until something is so. Ends the program where it never is."""
    ends = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > ends:
            sys.exit("waited in vain")
        time.sleep(0.1)
