"""A notebook's kernel that listens on nothing but the sockets of its connection file.

ipykernel opens one port of 127.0.0.1 more, for what programs started by a cell might print. Our
notebooks start none, and no port means nobody to guard it from.
"""

import json
import os
import sys
from pathlib import Path


def launch(arguments: list[str]) -> None:
    """Be a kernel until told to stop; ``arguments`` are ipykernel's own."""
    from ipykernel import kernelapp
    from ipykernel.iostream import IOPubThread

    kernelapp.IOPubThread = lambda socket, pipe, **how: IOPubThread(socket, pipe=False, **how)
    kernelapp.launch_new_instance(arguments)


def write_spec(folder: Path) -> str:
    """Write the kernel “python3” that starts this module; return the path to look for it on."""
    words = [sys.executable, "-m", __name__, "-f", "{connection_file}"]
    told = {"argv": words, "display_name": "Python 3", "language": "python"}
    place = folder / "kernels" / "python3"
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(told), "utf-8")
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("JUPYTER_PATH"))))


if __name__ == "__main__":
    launch(sys.argv[1:])
