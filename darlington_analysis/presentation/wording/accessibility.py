"""What is said of how an edition was checked for everybody's eyes, ears and hands."""

from darlington_analysis.presentation.wording.numbers import whole

BY_A_PERSON = (
    "Whether the summary can be read aloud with NVDA and with VoiceOver, and makes sense so.",
    "Whether the pages can be used at 400% zoom and on a person's own phone.",
    "Whether the words say what the figures say, to somebody who does not work with figures.",
    "Whether the colours can be told apart on the reader's own screen or printer.",
    "Whether an Easy Read edition is needed, and what it should say.",
)
UNDECIDED = {
    "color-contrast": "words over drawings, and words that a scrolling box hides: the colours used "
    "there were measured pair by pair",
}
NOT_DECIDED = "nobody has looked at this yet"


def summary(pages: int, views: int, rules: int, violations: int, faults: int) -> str:
    """Return the public summary line of an edition."""
    return (
        f"{whole(pages)} pages in {views} views, {whole(rules)} rules of axe: "
        f"{whole(violations)} violations. Our own checks: {whole(faults)} faults. "
        "Machines find some barriers only; what a person must check was not checked here."
    )
