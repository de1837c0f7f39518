"""The words on every page: titles, banners, the facts of a document, its foot."""

from markupsafe import Markup

from darlington_analysis.core.settings import Edition
from darlington_analysis.evidence.sections import Header
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import day, whole

SHEET, NEGOTIATOR, COUNCILLOR, CHARTER = (
    "Meeting sheet",
    "Negotiator’s brief",
    "Ward councillor’s brief",
    "Charter",
)
FILES = {
    SHEET: "meeting-sheet.html",
    NEGOTIATOR: "negotiators-brief.html",
    COUNCILLOR: "ward-councillors-brief.html",
    CHARTER: "charter.docx",
}
SITE = "Darlington: evidence packs for Community Partnerships"
TAB_TITLE = "{title}, Darlington"
SKIP = "Skip to the evidence"
CONTENTS = "On this page"
DRAFT_BANNER = (
    "Draft.",
    "The Council has not yet agreed this edition. The figures are real unless marked.",
)
INDEX_MADE_UP_BANNER = (
    "Packs hold some made-up figures.",
    "Each is marked wherever it stands. None is on this page.",
)


def paper_dates(header: Header) -> str:
    """Return how old a paper's figures are, which pack they are from, and whom to ask."""
    edition = header.edition
    return (
        f"{edition.title}, data as at {day(edition.data_as_at)}, version {header.version_id}. "
        f"Ask: {header.roles.ask}."
    )


def heading(header: Header) -> str:
    """Return the one h1 of a pack."""
    return f"{header.ward.name}: evidence pack, {header.edition.title}"


def header_line(header: Header) -> str:
    """Return the header as one line of plain text: ward, code, edition."""
    return f"{header.ward.name} ({header.ward.code}), {header.edition.title}"


def title(evidence: WardEvidence) -> str:
    """Return a pack's page title, unlike that of any other pack."""
    edition = evidence.table.edition
    return (
        f"{evidence.ward.name}, evidence pack, {edition.title} of {day(edition.dated)}, Darlington"
    )


def description(evidence: WardEvidence) -> str:
    """Return one sentence for search engines and browser tabs."""
    return f"What the figures say about {evidence.ward.name} ward, and what they cannot say."


def footer(edition: Edition, version_id: str) -> list[str]:
    """Return the lines at the foot of a page, as plain text."""
    version = f" Version {version_id}." if version_id else ""
    return [
        f"{edition.title}, {day(edition.dated)}. Data as at {day(edition.data_as_at)}.{version}",
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
        "Contains OS data © Crown copyright and database right.",
    ]


def document_facts(header: Header) -> list[tuple[str, str]]:
    """Return what a reader wants to know first of a document: label and value."""
    return [
        ("Edition date", day(header.edition.dated)),
        ("Data as at", day(header.edition.data_as_at)),
        ("Version", header.version_id),
        ("Ward code", header.ward.code),
        ("Who to ask", header.roles.ask),
        ("Other formats", f"large print or on paper: {header.roles.accessible_formats}"),
    ]


def made_up_banner(header: Header) -> tuple[str, str]:
    """Return the banner of a pack that holds made-up figures."""
    named = "; ".join(title.lower() for title in header.made_up)
    return (
        "This pack holds made-up figures.",
        f"They are for: {named}. We found no real figures for wards. They were made to agree with "
        "the Council’s review, so they cannot confirm it. They decide nothing, and nothing on the "
        "first page rests on them.",
    )


def newer_banner(newer: tuple[Edition, ...]) -> tuple[str, str]:
    """Return the banner of a pack beside which newer figures are to be had."""
    named = "; ".join(f"{edition.title}, data as at {day(edition.data_as_at)}" for edition in newer)
    return (
        "There are newer figures.",
        f"They are in another edition ({named}). It may be for wards with other borders.",
    )


def back_to_index(edition: Edition) -> str:
    """Return the words of the link from a pack to its edition's index."""
    return f"All wards, {edition.title}"


def index_title(edition: Edition) -> str:
    """Return the heading of an edition's index page."""
    return f"Evidence packs for Darlington’s wards, {edition.title}"


def index_lead(wards: int, edition: Edition) -> str:
    """Return the first paragraph of an edition's index page."""
    return (
        f"One evidence pack for each of the {whole(wards)} wards. "
        f"Edition of {day(edition.dated)}; data as at {day(edition.data_as_at)}. "
        "Choose a ward on the map or in the table."
    )


def header(shown: Header) -> str:
    """Return the h1, the banners and the facts of the document."""
    banners = [made_up_banner(shown)] if shown.made_up else []
    banners += [agreements.BANNERS[shown.agreement]] if shown.agreement else []
    banners += [newer_banner(shown.newer)] if shown.newer else []
    banners += [DRAFT_BANNER] if shown.edition.draft else []
    return (
        Markup("<h1>{}</h1>").format(heading(shown))
        + notices(banners)
        + blocks.definitions(document_facts(shown), "facts")
    )


def header_text(shown: Header) -> str:
    """Return the header as text: its first words are the ward, its code and the edition."""
    return f"{header_line(shown)}, version {shown.version_id}"


def banner(strong: str, rest: str) -> Markup:
    """Return a banner: bold words, then the rest."""
    return notices([(strong, rest)])


def notices(banners: list[tuple[str, str]]) -> Markup:
    """Return one box of what must be known before the figures are; nothing without any."""
    paragraphs = Markup("").join(blocks.titled(strong, rest) for strong, rest in banners)
    return Markup('<div class="banner">{}</div>').format(paragraphs) if banners else Markup("")
