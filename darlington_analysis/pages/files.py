"""Words of the files beside a page: the workbook, the analyst's edition."""

from darlington_analysis.core.settings import Edition

FIGURES_SHEET, COVER_SHEET, LETTERS_SHEET = "Figures", "Cover", "Letters"
LETTERS = (
    ("c", "withheld to protect people, which is not zero"),
    ("x", "not available"),
    ("z", "does not apply"),
    ("u", "based on fewer than 20 people, so not reliable"),
    ("e", "an estimate: the people counted are of another year"),
    ("f", "a forecast"),
    ("r", "revised by the publisher"),
    ("low", "more than zero, and rounds to it"),
)
LETTERS_TITLE = "What the letters in square brackets mean"
LETTERS_HEADERS = ("Letters", "Meaning")
INSTRUCTIONS = (
    "This sheet holds one table. Letters in square brackets are explained on their sheet."
)
SOURCE = "Source: the file named in the column “Source”; see the pack’s last section."
SCOPE = "The ward, and the wider areas it is set beside"
NAMES = {
    "indicator": "Indicator",
    "area_name": "Area",
    "area_code": "Area code",
    "period": "Period",
    "breakdown": "Group",
    "numerator": "Counted",
    "denominator": "Out of",
    "value": "Value",
    "unit": "Unit of the value",
    "lower_limit": "From",
    "upper_limit": "To",
    "status": "Status",
    "made_up": "Real or made up",
    "method": "Method",
    "source": "Source",
}


def workbook_title(ward: str, edition: Edition) -> str:
    """Return the title of a ward's workbook."""
    return f"{ward}: figures of the evidence pack, {edition.title}"


def cover(ward: str, edition: Edition, ask: str) -> tuple[list[str], list[str]]:
    """Return the cover's lines: what the workbook is, and whom to ask."""
    return (
        [
            f"Every figure behind the evidence pack of {ward} ward.",
            "A made-up figure says so in its row. A withheld figure is [c], never 0.",
        ],
        [f"Questions and other formats: {ask}."],
    )


def analyst_title(title: str) -> str:
    """Return the title of the analyst's edition of a page."""
    return f"With code, for analysts: {title}"
