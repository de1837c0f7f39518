"""Words on the edition's index page."""

from darlington_analysis.presentation.wording.numbers import word

DESCRIPTION = "One evidence pack for each ward of Darlington."
MAP_QUESTION = "Where are the most deprived wards?"
PACKS_QUESTION = "Which packs are there?"
CAPTION = "Wards and their packs"
DISCLOSURE_QUESTION = "Could anybody be recognised?"
DISCLOSURE_LINK = "What can be worked out of each (CSV table)."
HEADERS = ("Ward", "Council support", "Pack")


def pack_state(version: str | None, latest: str, reason: str) -> str:
    """Return what there is of a ward's pack: its version beside the latest figures' version."""
    kept = f"; the one of version {version} is kept" if version else ""
    if reason:
        return f"could not be made: {reason}{kept}"
    if not version:
        return "not made yet"
    return "ready" if version == latest else f"older figures (version {version}); make it again"


def disclosure(withheld: int, width: int, is_dummy: bool) -> str:
    """Return what the attack on an edition's withheld counts found; it found none narrowed."""
    kind = "made-up count" if is_dummy else "count of people"
    if withheld == 0:
        return f"No {kind} is withheld here."
    many = (
        f"One {kind} is" if withheld == 1 else f"{word(withheld).capitalize()} {_plural(kind)} are"
    )
    return (
        f"{many} withheld here, to protect people. Before this was published, a program tried to "
        f"work each one out from all that is printed. It could not: for each, at least "
        f"{word(width)} numbers are still possible."
    )


def _plural(kind: str) -> str:
    return kind.replace("count", "counts")
