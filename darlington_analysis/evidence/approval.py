"""How far the Council is with an edition: a draft, in review, or approved, by which role and when."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project

DRAFT, IN_REVIEW, APPROVED = "draft", "in review", "approved"
STATES = (IN_REVIEW, APPROVED)  # that a person gives an edition


@dataclass(frozen=True)
class Approval:
    """What a role has said of an edition, and the figures that it was said of.

    ``figures`` are gated rows as a signing keeps them; ``facts`` what they rested on; ``library``
    the version of the library and the hash of its code.
    """

    state: str
    role: str
    day: date
    figures_hash: str
    facts: dict
    library: str
    figures: tuple[dict, ...]

    def as_json(self) -> bytes:
        """Return the record as it is kept."""
        kept = vars(self) | {"day": self.day.isoformat(), "figures": list(self.figures)}
        return (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()


def path_of(project: Project, edition: str) -> Path:
    """Return where the record of an edition is kept."""
    return project.approvals / f"{edition}.json"


def read(project: Project, edition: str) -> Approval | None:
    """Return the record of an edition, None without one. Raises SourceError for a spoilt one."""
    path = path_of(project, edition)
    if not path.is_file():
        return None
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        day, figures = date.fromisoformat(kept.pop("day")), tuple(kept.pop("figures"))
        record = Approval(day=day, figures=figures, **kept)
        is_whole = record.state in STATES and isinstance(record.role, str)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as fault:
        raise _spoilt(path) from fault
    if not is_whole:
        raise _spoilt(path)
    return record


def _spoilt(path: Path) -> SourceError:
    return SourceError(
        f"data/approvals/{path.name} can't be read",
        "A record that darlington approve wrote.",
        f"git checkout data/approvals/{path.name}, or approve the edition again",
    )
