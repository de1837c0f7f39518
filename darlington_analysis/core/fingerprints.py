"""Hashes of what a run is made from: files, settings, the library's own code, the packages it uses.

It reads bytes and understands none of them, so it needs nothing that is slow to import.
"""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import OWN_LISTS, Project

# Whatever of a pack's bytes is made by somebody else's code.
PACKAGES = (
    "geopandas",
    "ipykernel",
    "jinja2",
    "markupsafe",
    "matplotlib",
    "mistune",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "scipy",
    "shapely",
)
_CODE = (".py", ".toml", ".css", ".js", ".j2", ".json", ".csv")


def of_file(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def of_folder(folder: Path) -> dict[str, str]:
    """Return the hash of every file in a folder, by its path from there; none where it is not."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {_readable(path.relative_to(folder)): of_file(path) for path in paths}


def _readable(path: Path) -> str:
    """Return a path that can be written down, letters that are none as their numbers."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def of_words(words: Iterable[str]) -> str:
    """Return one hash of several words."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


@cache
def library() -> str:
    """Return the hash of the library's own files, so that changed code makes packs again."""
    package = Path(__file__).parent.parent
    files = sorted(path for path in package.rglob("*") if path.suffix in _CODE)
    return of_words(f"{path.relative_to(package).as_posix()} {of_file(path)}" for path in files)


@cache
def packages() -> str:
    """Return the versions of Python and of the packages that packs are made with."""
    versions = [f"{name} {metadata.version(name)}" for name in PACKAGES]
    return "\n".join([f"python {sys.version_info.major}.{sys.version_info.minor}", *versions])


def refuse_changed_code() -> None:
    """Raise SourceError where the library or a package is no longer what this process began with.

    Parts that were imported before and after the change would have made packs together.
    """
    if (library.__wrapped__(), packages.__wrapped__()) != (library(), packages()):
        raise SourceError(
            "The library or a package was changed while packs were made",
            "One version of the code makes all packs of a run; nothing was published.",
            "run the same command again",
        )


def geography(project: Project) -> str:
    """Return the hash of where wards lie, which no row of the one table tells."""
    return of_words(map(" ".join, of_folder(project.raw / "geography").items()))


def own_lists(project: Project) -> dict[str, str]:
    """Return the name and hash of each list that a project may have: its own indicators,
    statements to test, and practices.
    """
    paths = {name: project.inputs / name for name in OWN_LISTS}
    return {name: of_file(path) for name, path in paths.items() if path.is_file()}


def inputs(project: Project) -> dict[str, str]:
    """Return all that an edition is made from: what it is, as a person names it, and its hash.

    It holds checksums of restricted files: it is kept beside them and never published.
    """
    folders = {
        "data/raw": project.raw,
        "data/agreements": project.agreements,
        "data/approvals": project.approvals,
        "notebooks": project.notebooks,
    }
    files = {
        f"{name}/{path}": digest
        for name, folder in folders.items()
        for path, digest in of_folder(folder).items()
        if ".ipynb_checkpoints" not in path
    }
    return {
        "darlington.toml": of_file(project.settings_file),
        **own_lists(project),
        "the library": library(),
        "the packages": of_words([packages()]),
        **files,
    }
