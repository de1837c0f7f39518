"""Try what a run should and should not be able to do; print JSON: what was tried, what it met.

It is run twice: by root, to see that each can be done at all, and as the unit is run.
"""

import ctypes
import json
import os
import socket
import sys
from pathlib import Path

ROOT = Path(sys.argv[1])
NEW_USER = 0x10000000  # CLONE_NEWUSER


def tries() -> dict:
    """Return what is tried, and the call that tries it."""
    return {
        "write into data/raw": lambda: _write(ROOT / "data/raw/x"),
        "write over a raw file": lambda: _open(next((ROOT / "data/raw").rglob("*.csv"))),
        "write over a record": lambda: _open(ROOT / "data/agreements/central.toml"),
        "move the raw files away": lambda: _move(ROOT / "data/raw"),
        "move the records away": lambda: _move(ROOT / "data/agreements"),
        "change the library": lambda: _write(ROOT / "darlington_analysis/x.py"),
        "change the notebooks": lambda: _write(ROOT / "notebooks/x.ipynb"),
        "change the settings": lambda: _open(ROOT / "darlington.toml"),
        "write into /etc": lambda: _write(Path("/etc/x")),
        "write into /usr": lambda: _write(Path("/usr/x")),
        "write into a home": lambda: _write(Path("/home") / "x"),
        "read the passwords' hashes": lambda: Path("/etc/shadow").read_bytes(),
        "reach a server on this machine": _connect,
        "open a raw socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close(),
        "speak IPv6": lambda: socket.socket(socket.AF_INET6).close(),
        "become root": lambda: os.setuid(0),
        "have a capability": _capabilities,
        "make a namespace": lambda: _called("unshare", NEW_USER),
        "set the machine's name": lambda: socket.sethostname(socket.gethostname()),
        "change a setting of the kernel": lambda: _open(Path("/proc/sys/kernel/hostname")),
        "write into data": lambda: _write(ROOT / "data/.x"),
        "write into data/processed": lambda: _write(ROOT / "data/processed/x"),
        "write into reports": lambda: _write(ROOT / "reports/x"),
        "write into /tmp": lambda: _write(Path("/tmp/x")),
    }


def _write(path: Path) -> None:
    path.write_text("x")
    path.unlink()


def _open(path: Path) -> None:
    path.open("ab").close()


def _move(path: Path) -> None:
    path.rename(path.with_name(".moved"))
    path.with_name(".moved").rename(path)


def _connect() -> None:
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), 3).close()


def _capabilities() -> None:
    lines = Path("/proc/self/status").read_text().splitlines()
    if not int(next(line for line in lines if line.startswith("CapEff:")).split()[1], 16):
        raise PermissionError("it has none")


def _called(name: str, *words) -> None:
    system = ctypes.CDLL(None, use_errno=True)
    child = os.fork()  # whatever it gains ends with it
    if not child:
        os._exit(ctypes.get_errno() if getattr(system, name)(*words) else 0)
    number = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if number:
        raise OSError(number, os.strerror(number))


def main() -> None:
    """Try all, and say what each met."""
    met = {}
    for what, attempt in tries().items():
        met[what] = "done"
        try:
            attempt()
        except OSError as fault:
            met[what] = fault.strerror or str(fault)
    print(json.dumps(met))


if __name__ == "__main__":
    main()
