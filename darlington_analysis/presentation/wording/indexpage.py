"""Words on the edition's index page."""

DESCRIPTION = "One evidence pack for each ward of Darlington."
MAP_QUESTION = "Where are the most deprived wards?"
PACKS_QUESTION = "Which packs are there?"
CAPTION = "Wards and their packs"
HEADERS = ("Ward", "Council support", "Pack")


def pack_state(is_there: bool, state: str, reason: str) -> str:
    """Return what became of a ward's pack in the latest run."""
    if state == "failed":
        return f"could not be made: {reason}"
    return "ready" if is_there else "not made yet"
