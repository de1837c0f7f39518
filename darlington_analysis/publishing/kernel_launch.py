"""A notebook's kernel that listens on nothing but the sockets of its connection file, and that
nothing of a user's profile, startup files or working folder runs in.

ipykernel opens one port of 127.0.0.1 more, for what programs started by a cell might print. Our
notebooks start none, and without the port there is nothing to guard.
"""

import contextlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from darlington_analysis.core.errors import UsageError

_SOCKETS = "dk-"
_MOST_LETTERS = 60  # of the path of the folder that a folder for sockets is made in
_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 (a folder of our own is made in it)


# What a kernel is given besides its connection file: it keeps no history, and imports nothing from
# its folder, in which notebooks lie.
_ALONE = (
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.ignore_cwd=True",
    "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
)


def launch(arguments: list[str]) -> None:
    """Be a kernel until asked to stop; ``arguments`` are ipykernel's own."""
    from ipykernel import kernelapp
    from ipykernel.iostream import IOPubThread

    # Not called “Kernel”: traitlets would give the options of a class of that name to the kernel too.
    class PackKernelApp(kernelapp.IPKernelApp):
        def load_config_file(self, *_, **__) -> None:
            """Read no configuration: a pack is the same whatever its maker likes."""

    kernelapp.IOPubThread = lambda socket, pipe, **how: IOPubThread(socket, pipe=False, **how)
    PackKernelApp.launch_instance([*arguments, *_ALONE])


def socket_folder() -> tempfile.TemporaryDirectory:
    """Return a folder for the sockets of one run of a notebook, named after this process.

    No other user reaches them there, and two kernels started at once cannot race for a port.
    """
    return tempfile.TemporaryDirectory(
        prefix=f"{_SOCKETS}{os.getpid()}-", dir=short_folder(), ignore_cleanup_errors=True
    )


def short_folder() -> str:
    """Return a folder for temporary files whose path leaves room for the name of a socket: the
    system takes 107 letters in all. Raises UsageError where there is none.
    """
    named = (tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), *_FOLDERS)
    for folder in named:
        is_short = 0 < len(os.fsencode(folder)) <= _MOST_LETTERS
        if is_short and os.access(folder, os.W_OK | os.X_OK):
            return folder
    raise UsageError(
        "There is no folder for temporary files with a short path",
        f"One of at most {_MOST_LETTERS} letters that can be written.",
        "set TMPDIR to such a folder",
    )


def clear_socket_folders() -> None:
    """Delete the folders of processes that were killed."""
    for left in Path(short_folder()).glob(f"{_SOCKETS}*-*"):
        number = left.name.split("-")[1]
        is_number = number.isascii() and number.isdigit()
        if is_number and _is_ours(left) and not _lives(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    with contextlib.suppress(OSError):  # gone meanwhile
        return folder.lstat().st_uid == os.getuid()
    return False


def _lives(number: int) -> bool:
    with contextlib.suppress(PermissionError, OverflowError):  # somebody else's process, or none
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
    return True


def write_spec(folder: Path) -> str:
    """Write the kernel “python3” that starts this module; return the path to look for it on."""
    words = [sys.executable, "-P", "-m", __name__, "-f", "{connection_file}"]
    spec = {"argv": words, "display_name": "Python 3", "language": "python"}
    place = folder / "kernels" / "python3"
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(spec), "utf-8")
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("JUPYTER_PATH"))))


def fixed_python_path() -> str:
    """Return PYTHONPATH as it means here: an empty or relative part would be a kernel's folder."""
    parts = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join(str(Path(part).absolute()) for part in parts if part)


if __name__ == "__main__":
    launch(sys.argv[1:])
