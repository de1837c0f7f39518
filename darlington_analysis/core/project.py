"""Where the folders are, wherever the caller stands."""

import os
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.core.errors import UsageError

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
