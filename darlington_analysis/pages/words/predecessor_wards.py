"""Earlier wards in words: where a ward's people lived before its borders."""

QUESTION = "Which wards was this before 2015?"
CAPTION = "Wards of 2003 to 2015 where the people of {ward} live"
SOURCE = (
    "Source: estimate of this project, from ward and output area boundaries of the Office for "
    "National Statistics and residents of Census 2011."
)
COLUMNS = (
    "Earlier ward",
    "% of this ward’s people",
    "% of the earlier ward’s people",
    "Council support",
)


def say(facts: dict) -> str:
    """Return how much of a ward lay in supported wards, and that nothing is decided by it."""
    share = round(100 * facts["supported_share"])
    if not facts["supported"]:
        first = f"No supported ward of {_set(facts)} lies in {facts['ward']}."
    else:
        count = "All" if share >= 99 else f"About {share} in every 100"
        first = (
            f"{count} of its people live where supported wards of "
            f"{_set(facts)} were: {_and(facts['supported'])}."
        )
    return f"{first} Nothing about support follows: it has not been decided for this ward."


def caption(ward_name: str) -> str:
    """Return the caption of the table of earlier wards."""
    return CAPTION.format(ward=ward_name)


def _set(facts: dict) -> str:
    return facts["ward_set"].replace("-", " to ")


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
