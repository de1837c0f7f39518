"""Words about sources, withheld figures, and how to make a pack again."""

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.presentation.wording.numbers import word
from darlington_analysis.settings import Edition

SOURCES_CAPTION = "Where each figure comes from"
WITHHELD_QUESTION = "Is anything withheld?"
SET_ASIDE_QUESTION = "Which rows were set aside, and why?"
METHODS_QUESTION = "How were the figures worked out?"
GLOSSARY_QUESTION = "What do the words mean?"
SHORTHAND_QUESTION = "What do the letters in square brackets mean?"
AGAIN_QUESTION = "How is this pack made again?"
AGAIN = (
    "With the project’s files and the same settings, this command makes it again. "
    "The file figures.csv beside this page holds this ward’s figures, and those of Darlington "
    "and England; the files of the other wards hold theirs."
)
ACCESS_QUESTION = "Can everyone read this?"
ACCESS = (
    "Each chart is followed by a table with the same figures. The page needs no scripts, and "
    "works on a phone and on paper. Not yet done: an Easy Read edition needs a person to write "
    "it, and nobody has tried the page with every screen reader."
)


def withheld(count: int) -> str:
    """Return how many of the pack's figures are withheld."""
    if not count:
        return "No figure of this ward is withheld."
    are = "is" if count == 1 else "are"
    figures = "figure" if count == 1 else "figures"
    first = f"{word(count).capitalize()} {figures} of this ward {are} withheld [c]."
    return f"{first} Withheld is not zero."


def reason(text: str) -> str:
    """Return why rows were set aside as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def command(ward: Ward, edition: Edition) -> str:
    """Return the command that makes the pack."""
    return f"python -m darlington_analysis packs --edition {edition.id} --ward {ward.code}"


def version(version_id: str) -> str:
    """Return what the version stands for."""
    return (
        f"Version {version_id}: these letters change when any figure or setting that this pack "
        "rests on does."
    )
