"""Is what was signed kept in git, so that lines cut off its end would be seen?"""

import subprocess

from darlington_analysis.agreements import signing
from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.presentation.wording import agreements as words
from darlington_analysis.project import Project
from darlington_analysis.publishing.progress import say


def tell_if_untracked(project: Project, ward: Ward) -> None:
    """Say what to type where git keeps this project and not yet the ward's record as signed."""
    paths = [signing.ledger_path(project, ward.slug), project.agreements / f"{ward.slug}.toml"]
    named = [path.relative_to(project.root).as_posix() for path in paths]
    told = _git(project, "status", "--porcelain", "--", *named)
    if told:
        say(words.not_kept(named))


def _git(project: Project, *words_: str) -> str:
    """Return what git says; "" where there is no git here, or it keeps nothing of this project."""
    try:
        ran = subprocess.run(["git", "-C", str(project.root), *words_], capture_output=True,
                             text=True)  # fmt: skip
    except FileNotFoundError:
        return ""
    return ran.stdout.strip() if not ran.returncode else ""
