"""Where the folders are, wherever the caller stands."""

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.core.errors import DisclosureError, SourceError, UsageError
from darlington_analysis.core.vocabulary import Control

_MARK = "darlington.toml"


@dataclass(frozen=True)
class Project:
    """The folders of one checkout. ``root`` is the folder that holds ``darlington.toml``."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """The council's decisions."""
        return self.root / _MARK

    @property
    def raw(self) -> Path:
        """What arrived; files are added, never changed."""
        return self.root / "data" / "raw"

    @property
    def restricted(self) -> Path:
        """What must never be committed or published as it is."""
        return self.raw / "restricted"

    @property
    def incoming(self) -> Path:
        """What was added and nobody has looked through yet; nobody else may read it."""
        return self.raw / "incoming"

    @property
    def processed(self) -> Path:
        """What cleaning wrote, after the gate."""
        return self.root / "data" / "processed"

    @property
    def runs(self) -> Path:
        """What is remembered of runs; as private as the raw files, never published."""
        return self.root / "data" / ".runs"

    @property
    def agreements(self) -> Path:
        """One record a partnership, edited by people."""
        return self.root / "data" / "agreements"

    @property
    def statements(self) -> Path:
        """What a report of the council says of figures, for packs to test; optional."""
        return self.root / "data" / "statements.toml"

    @property
    def practices(self) -> Path:
        """What has been tried elsewhere, for agreements to draw on; optional."""
        return self.root / "data" / "practices.toml"

    @property
    def notebooks(self) -> Path:
        """The thin narratives."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """What was published."""
        return self.root / "reports"


def find_project() -> Project:
    """Return the project of the ``DARLINGTON_PROJECT`` folder, else of the folder one stands in
    or one above it, else of the checkout this library was installed from.

    Raises UsageError where none of them holds ``darlington.toml``.
    """
    named = os.environ.get("DARLINGTON_PROJECT")
    here = Path.cwd()
    installed = Path(__file__).resolve().parent.parent
    candidates = [Path(named)] if named else [here, *here.parents, installed]
    for folder in candidates:
        if (folder / _MARK).is_file():
            return Project(folder.resolve())
    raise UsageError(
        f"No project here: {named or here} holds no {_MARK}",
        "Every command works on the folder that holds it, or on one below it.",
        "go to the project's folder, or set DARLINGTON_PROJECT to it",
    )


def close(project: Project) -> None:
    """Shut restricted figures, files under review, names and what is remembered of runs for
    everybody but us.

    What a group of ours may read is left so; what is not ours to shut is left alone.
    """
    private = (project.restricted, project.incoming, project.agreements / "private", project.runs)
    for folder in (each for each in private if each.is_dir()):
        for path in (folder, *folder.rglob("*")):
            mode = path.lstat().st_mode
            if mode & stat.S_IRWXO and not path.is_symlink() and path.name != "README.md":
                with contextlib.suppress(OSError):
                    path.chmod(mode & 0o700)


def refuse_unguarded(source, is_young: bool) -> None:
    """Raise where a source of real counts is not looked after as such.

    ``is_young``: its dataset counts young people. DisclosureError: such a source is said
    to be open, or lies, real, outside ``data/raw/restricted``. SourceError: a file in that folder
    that no cleaner asks for, or that says it is made up, would be left unused without a word.
    """
    if is_young and source.control is not Control.CONTROLLED:
        raise DisclosureError(
            f"data/raw/{source.path} counts young people, and its sidecar says they are open",
            'Such counts must pass the gate: control = "controlled".',
            "correct the sidecar",
        )
    is_real = source.control is Control.CONTROLLED and not source.is_dummy
    if is_real and not source.is_restricted:
        raise DisclosureError(
            f"data/raw/{source.path} holds real counts where they could be committed",
            "Real counts of young people lie in data/raw/restricted, which git ignores.",
            "move the file and its sidecar there",
        )
    if source.is_restricted and (not is_young or source.is_dummy):
        raise SourceError(
            f"data/raw/{source.path} would not be used: dataset {source.dataset!r}, "
            f"is_dummy = {str(source.is_dummy).lower()}",
            "In this folder: real counts, dataset fte-ward-counts (-, and a ward set) or "
            "fte-borough-counts.",
            "correct the sidecar (data/raw/restricted/README.md has one to copy)",
        )
