"""What keeps real counts of young people from being taken for open figures, or committed."""

import contextlib
import stat

from darlington_analysis.core.errors import DisclosureError, SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.core.vocabulary import Control


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


def refuse_unguarded(source, controlled: set[str]) -> None:
    """Raise where a source of real counts is not looked after as such.

    ``controlled`` are the datasets that count young people. DisclosureError: one of them is said
    to be open, or lies, real, outside ``data/raw/restricted``. SourceError: a file in that folder
    that no cleaner asks for, or that says it is made up, would be left unused without a word.
    """
    if source.dataset in controlled and source.control is not Control.CONTROLLED:
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
    if source.is_restricted and (source.dataset not in controlled or source.is_dummy):
        raise SourceError(
            f"data/raw/{source.path} would not be used: dataset {source.dataset!r}, "
            f"is_dummy = {str(source.is_dummy).lower()}",
            f"In this folder: real counts, dataset {' or '.join(sorted(controlled))}.",
            "correct the sidecar (data/raw/restricted/README.md has one to copy)",
        )
