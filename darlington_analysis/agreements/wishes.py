"""What every record says of its partnership's wish, without letting one broken file stop others."""

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.project import Project


def records(project: Project) -> dict[str, Agreement]:
    """Return every record that can be read, by the name of its file; an unreadable one is left out.

    `agreement check` says what is wrong with that one.
    """
    found = {path.stem: reading.try_to_read(path)[0] for path in reading.paths(project)}
    return {stem: each.record for stem, each in found.items() if each}


def declined(project: Project) -> frozenset[str]:
    """Return the names of wards whose partnerships said that they want no support."""
    return frozenset(
        stem
        for stem, record in records(project).items()
        if not record.example and is_declined(record)
    )


def is_declined(record: Agreement) -> bool:
    """True where the partnership said that it wants no support."""
    asked = record.consultation
    return asked.state == "declined" or asked.wishes_to_continue == "no"
