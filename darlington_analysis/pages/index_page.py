"""Words on the edition's index page."""

from darlington_analysis.pages.components.numbers import word

DESCRIPTION = "One evidence pack for each ward of Darlington."
MAP_QUESTION = "Where are the most deprived wards?"
PACKS_QUESTION = "Which packs are there?"
CAPTION = "Wards and their packs"
DISCLOSURE_QUESTION = "Could anybody be recognised?"
DISCLOSURE_LINK = "What can be worked out of each (CSV table)."
CHANGED_QUESTION = "What has changed?"
AGE_QUESTION = "How old are the figures?"
HEADERS = ("Ward", "Council support", "Pack", "Also as")
NO_FILES = "–"
FILES = {
    "meeting-sheet.html": "meeting sheet",
    "charter.docx": "charter",
    "evidence-pack.pdf": "PDF",
    "evidence-pack-large-print.pdf": "large print",
    "figures.xlsx": "workbook",
    "figures.csv": "CSV",
}


def pack_state(version: str | None, latest: str, reason: str) -> str:
    """Return what there is of a ward's pack: its version beside the latest figures' version."""
    kept = f"; the one of version {version} is kept" if version else ""
    if reason:
        return f"could not be made: {reason}{kept}"
    if not version:
        return "not made yet"
    return "ready" if version == latest else f"older figures (version {version}); make it again"


def ready(packs: int, wards: int, failed: int) -> str:
    """Return how many packs there are, and how many could not be made when it was last tried."""
    first = f"{packs} of {wards} packs {'is' if packs == 1 else 'are'} ready."
    if packs == wards:
        return f"All {wards} packs are ready."
    if not failed:
        return f"{first} The table says what of the others."
    return f"{first} At the last try {failed} could not be made: the table says why."


def disclosure(withheld: int, width: int, is_dummy: bool) -> str:
    """Return what the attack on an edition's withheld counts found; it found none narrowed."""
    kind = "made-up count" if is_dummy else "count of people"
    if withheld == 0:
        return f"No {kind} is withheld here."
    many = (
        f"One {kind} is" if withheld == 1 else f"{word(withheld).capitalize()} {_plural(kind)} are"
    )
    why = "as real ones would be" if is_dummy else "to protect people"
    return (
        f"{many} withheld here, {why}. Before this was published, a program tried to "
        f"work each one out from all that is printed. It could not: for each, at least "
        f"{word(width)} numbers are still possible."
    )


def _plural(kind: str) -> str:
    return kind.replace("count", "counts")
