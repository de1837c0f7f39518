"""Words on the edition's index page."""

DESCRIPTION = "One evidence pack for each ward of Darlington."
MAP_QUESTION = "Where are the most deprived wards?"
PACKS_QUESTION = "Which packs are there?"
CAPTION = "Wards and their packs"
HEADERS = ("Ward", "Council support", "Pack")


def pack_state(version: str | None, latest: str, reason: str) -> str:
    """Return what there is of a ward's pack: its version beside the latest figures' version."""
    kept = f"; the one of version {version} is kept" if version else ""
    if reason:
        return f"could not be made: {reason}{kept}"
    if not version:
        return "not made yet"
    return "ready" if version == latest else f"older figures (version {version}); make it again"
