"""Where the folders are, wherever the caller stands."""

import os
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.core.errors import DisclosureError, SourceError, UsageError
from darlington_analysis.core.vocabulary import Control

_MARK = "darlington.toml"
OWN_LISTS = ("data/indicators.toml", "data/statements.toml", "data/practices.toml")  # optional
SNAPSHOT = ".snapshot-of"  # in a copy of the inputs: the path of the project that they are of


@dataclass(frozen=True)
class Project:
    """The folders of one checkout. ``root`` is the folder that holds ``darlington.toml``.

    ``snapshot`` is a copy of everything that people edit (settings, raw files, records, notebooks)
    which a run reads in place of the files themselves, so that it sees one version of each.
    """

    root: Path
    snapshot: Path | None = None

    @property
    def inputs(self) -> Path:
        """Where settings, raw files, records and notebooks are read."""
        return self.snapshot or self.root

    @property
    def data(self) -> Path:
        """The folder of all data, raw and processed."""
        return self.root / "data"

    @property
    def settings_file(self) -> Path:
        """The council's decisions."""
        return self.inputs / _MARK

    @property
    def added_indicators(self) -> Path:
        """The project's own register of indicators, which need not be there."""
        return self.inputs / "data" / "indicators.toml"

    @property
    def raw(self) -> Path:
        """What arrived; files are added, never changed."""
        return self.inputs / "data" / "raw"

    @property
    def restricted(self) -> Path:
        """What must never be committed or published as it is."""
        return self.raw / "restricted"

    @property
    def incoming(self) -> Path:
        """What was added and has not been looked through yet; no other user may read it."""
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
        return self.inputs / "data" / "agreements"

    @property
    def approvals(self) -> Path:
        """What the Council has said of editions, a record each; only `approve` writes it."""
        return self.inputs / "data" / "approvals"

    @property
    def statements(self) -> Path:
        """What a report of the council says of figures, for packs to test; optional."""
        return self.inputs / "data" / "statements.toml"

    @property
    def practices(self) -> Path:
        """What has been tried elsewhere, for agreements to draw on; optional."""
        return self.inputs / "data" / "practices.toml"

    @property
    def notebooks(self) -> Path:
        """The thin narratives."""
        return self.inputs / "notebooks"

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
            _refuse_no_text(folder.resolve())
            return _of_folder(folder.resolve())
    raise UsageError(
        f"No project here: {named or here} holds no {_MARK}",
        "Every command works on the folder that holds it, or on one below it.",
        "go to the project's folder, or set DARLINGTON_PROJECT to it",
    )


def _refuse_no_text(folder: Path) -> None:
    """Raise UsageError for a path that is not UTF-8: no notebook or JSON file can hold it."""
    try:
        str(folder).encode("utf-8")
    except UnicodeEncodeError as fault:
        shown = os.fsencode(folder).decode("utf-8", "backslashreplace")
        raise UsageError(
            f"The project's path {shown} is no text",
            "A path in UTF-8.",
            "rename that folder",
        ) from fault


def _of_folder(folder: Path) -> Project:
    snapshot_of = folder / SNAPSHOT
    if snapshot_of.is_file():
        return Project(Path(os.fsdecode(snapshot_of.read_bytes())), folder)
    return Project(folder)


_UNPUBLISHED = "not for publication"
_LOOKED_UP = ("postcodes",)  # it places people, and none of it is published
_YOUNG = "dataset fte-ward-counts (-, and a ward set) or fte-borough-counts"
_MOVE = "put file and sidecar into data/raw/restricted (docs/how_to/add_real_counts.md)"


def refuse_unguarded(source, is_young: bool) -> None:
    """Raise where a source of real counts is not looked after as such.

    ``is_young``: its dataset counts young people. DisclosureError: such a source is said
    to be open, or lies, real, outside ``data/raw/restricted``. SourceError: a file in that folder
    that no cleaner asks for, or that says it is made up, would be left unused without a word.
    DisclosureError, too, where a source says that it may not be published and that it is open, or
    that it is controlled and nothing applies the rule to it.
    """
    if is_young and source.control is not Control.CONTROLLED:
        raise DisclosureError(
            f"data/raw/{source.path} counts young people, and its sidecar says they are open",
            'Such counts must pass the gate: control = "controlled".',
            "correct the sidecar",
        )
    is_open = source.control is Control.OPEN and source.dataset not in _LOOKED_UP
    if is_open and _UNPUBLISHED in source.licence.lower():
        raise DisclosureError(
            f"data/raw/{source.path} is open, and its licence is “{source.licence[:60]}”",
            'Figures of a file with control = "open" are published as they are.',
            "may they be published? Then write the licence that says so; if not, take the file out",
        )
    is_real = source.control is Control.CONTROLLED and not source.is_dummy
    if is_real and not is_young:
        raise DisclosureError(
            f"data/raw/{source.path} is controlled, and its dataset {source.dataset!r} is none that "
            "the small-number rule is applied to",
            f"The rule protects counts of first-time entrants alone: {_YOUNG}.",
            f"for such counts write that dataset, and {_MOVE}; protect other counts by your own "
            'rule before you add them, then write control = "open"',
        )
    if is_real and not source.is_restricted:
        raise DisclosureError(
            f"data/raw/{source.path} holds real counts where they could be committed",
            "Real counts of young people lie in data/raw/restricted, which git ignores.",
            _MOVE,
        )
    if source.is_restricted and (not is_young or source.is_dummy):
        raise SourceError(
            f"data/raw/{source.path} would not be used: dataset {source.dataset!r}, "
            f"is_dummy = {str(source.is_dummy).lower()}",
            f"In this folder: real counts of first-time entrants, {_YOUNG}.",
            "correct the sidecar (data/raw/restricted/README.md has one to copy)",
        )
