"""What is said of how an edition was checked for everybody's eyes, ears and hands."""

from darlington_analysis.pages.components.numbers import whole

HEADING = "Can everybody read these packs? {edition}"
LINK = "Can everybody read this? What was checked, and what was not."
DESCRIPTION = "How these pages were checked, what is not right yet, and whom to ask."
SUMMARY = (
    "{pages:,} pages in {views} views, {rules:,} rules of axe: {violations:,} violations. Our own "
    "checks: {faults:,} faults. Machines find some barriers only; what a person must check was not "
    "checked here."
)
LOOKED_WITH = (
    "The views are a desktop, a phone and paper. The browser was {browser}, with axe {axe}. A walk "
    "with the Tab key, words at twice their size and a narrow screen were tried too."
)
MACHINE = "What has a machine looked at?"
NOT_LOOKED_AT = "No browser has looked at this edition yet."
REPORT_LINK = "All that was found, page by page (JSON file)."
PERSON = "What can only a person check?"
PERSON_LEAD = "Nobody has checked these yet:"
BY_A_PERSON = (
    "Whether the summary can be read aloud with NVDA and with VoiceOver, and makes sense so.",
    "Whether the pages can be used at 400% zoom and on a person's own phone.",
    "Whether the words say what the figures say, to somebody who does not work with figures.",
    "Whether the colours can be told apart on the reader's own screen or printer.",
    "Whether each map and chart says what its words say, to somebody who sees it.",
    "Whether the PDF files can be read aloud, and pass a checker of PDF/UA.",
    "Whether the Word and Excel files work in Word and Excel.",
    "Whether an Easy Read edition is needed, and what it should say.",
)
GAPS = "What is not right yet?"
KNOWN_GAPS = (
    "There is no Easy Read edition, and none in a language other than English.",
    "On paper, words inside charts are small. Large print has them larger.",
    "Nobody with a disability has tried these pages.",
)
HELP = "What if I can’t read something?"
HELP_FROM = (
    "Ask {role}. They can send large print or paper. Tell them, too, of anything here that you "
    "could not read or use."
)
UNDECIDED = {
    "color-contrast": "words over drawings, and words that a scrolling box hides: the colours used "
    "there were measured pair by pair",
}
NOT_DECIDED = "nobody has looked at this yet"


def made_since(pages: int) -> str:
    """Return how many pages were made after the look; empty where none was."""
    if pages == 0:
        return ""
    were = "page was" if pages == 1 else "pages were"
    return f"Since then, {whole(pages)} {were} made anew. No browser has looked at those."
