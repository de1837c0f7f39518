"""Names of people live in files that are never published; a record holds roles only."""

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.core.project import Project


def names(project: Project) -> tuple[str, ...]:
    """Return the names in ``data/agreements/private/*.toml`` (role = "name"), none where none.

    Raises AgreementError where a file can't be read; it never quotes what is in it.
    """
    found: list[str] = []
    for path in sorted((project.agreements / "private").glob("*.toml")):
        try:
            told = bounded_toml.loads(path.read_text("utf-8"))
        except ValueError as fault:
            raise AgreementError(
                f"data/agreements/private/{path.name} can't be read",
                'One line a role: secretary = "the name".',
                "mend that line",
            ) from fault
        found += [name for name in told.values() if isinstance(name, str) and len(name) > 2]
    return tuple(found)
