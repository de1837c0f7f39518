"""The words on every page: titles, banners, the facts of a document, its foot."""

from markupsafe import Markup

from darlington_analysis.core.settings import Edition
from darlington_analysis.evidence import approval
from darlington_analysis.evidence.pack import AnnexTop
from darlington_analysis.evidence.sections import Header
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import day, listed, whole

SHEET, NEGOTIATOR, COUNCILLOR, REVIEW, CHARTER = (
    "Meeting sheet",
    "Negotiator’s brief",
    "Ward councillor’s brief",
    "Review sheet",
    "Charter",
)
OF_A_RECORD = (REVIEW, CHARTER)  # made where there is an agreement record
ANNEX, WORKSHEET = "Annex", "Worksheet"
DATA, DATA_FILE = "Figures as a table (CSV)", "figures.csv"
FILES = {
    ANNEX: "figures.html",
    WORKSHEET: "worksheet.html",
    SHEET: "meeting-sheet.html",
    NEGOTIATOR: "negotiators-brief.html",
    COUNCILLOR: "ward-councillors-brief.html",
    REVIEW: "review-sheet.html",
    CHARTER: "charter.docx",
}
PACK = "evidence-pack.html"
COMPARE = "compare.html"
SITE = "{borough}: evidence for Community Partnerships"
TAB_TITLE = "{title}, {borough}"
SKIP = "Skip to the evidence"
CONTENTS = "On this page"
AGREEMENT_BANNERS = {
    "example": (
        "The agreement in this pack is an invented example.",
        "Nothing in it was agreed, planned or promised by anybody.",
    ),
    "changed": (
        "The agreement in this pack is not the one that was signed.",
        "Its record has been changed since. “What has changed?” below says so; what was signed is "
        "kept, and only that is agreed.",
    ),
    "gone": (
        "An agreement was signed for this ward, and its record is missing.",
        "What was signed is kept, and holds. The Council can put the record back from it.",
    ),
}
DRAFT_BANNER = (
    "Draft.",
    "The Council has not yet agreed this edition. The figures are real unless marked.",
)
INDEX_MADE_UP_BANNER = (
    "Packs hold some made-up figures.",
    "Each is marked wherever it stands. None is on this page.",
)


def approval_words(shown: Header | EditionTable) -> str:
    """Return how far the Council is with an edition: a draft, in review or approved, by whom."""
    record = shown.approval
    if shown.state == approval.DRAFT or record is None:
        return DRAFT if shown.edition.draft else ""
    words = APPROVED_BY if shown.state == approval.APPROVED else IN_REVIEW_BY
    return words.format(role=record.role, day=day(record.day))


def state_banners(loaded: EditionTable) -> list[tuple[str, str]]:
    """Return the notice of an edition that the Council has not approved."""
    if loaded.state == approval.IN_REVIEW:
        return [REVIEW_BANNER]
    return [DRAFT_BANNER] if loaded.edition.draft else []


def paper_dates(evidence: WardEvidence) -> str:
    """Return how old a paper's figures are, which pack they are from, and whom to ask."""
    edition = evidence.table.edition
    return (
        f"{edition.title}, data as at {day(edition.data_as_at)}, version {evidence.version_id}. "
        f"Ask: {evidence.table.settings.roles.ask}."
    )


STATUS = "Evidence pack. {state}{edition}. {ages}"
DRAFT = "Draft"
APPROVED_BY = "Approved by {role} on {day}"
IN_REVIEW_BY = "In review: {role}, {day}"
REVIEW_BANNER = (
    "In review.",
    "The Council is looking at this edition and has not yet approved it.",
)
AGES = "Its main figures date from {oldest} to {newest}, and the Index of {index}."
ONE_AGE = "Its main figures date from {newest}, and the Index of {index}."
CHANGE_UP_TO = " Changes are measured up to {last}."
MADE_UP_LINK = "Made-up figures stand only in the annex: which?"
MADE_UP_ID = "made-up"
ESTIMATES_LINK = "Many of these figures are estimates: how far to trust them"
TRUST_LINK = "How far to trust these figures"
TRUST_ID = "trust"  # our own: JupyterLab and the published page name headings differently
NEWER_SAME = "There are newer figures for this ward, in the {editions}."
NEWER_OTHER = "The {editions} has newer figures, for wards with the borders of today."
ANNEX_HEADING = "{ward}: annex with all figures, {edition}"
ANNEX_LEAD = "For whoever checks the pack of this ward, or wants more. The pack comes first: "
ANNEX_BACK = "evidence pack"


def heading(header: Header) -> str:
    """Return the one h1 of a pack."""
    return header.ward.name


def header_line(header: Header) -> str:
    """Return the header as one line of plain text: ward, code, edition."""
    return f"{header.ward.name} ({header.ward.code}), {header.edition.title}"


def site() -> str:
    """Return the name of the whole site."""
    return SITE.format(borough=blocks.borough())


def tab_title(title: str) -> str:
    """Return a page's title as a browser shows it, with the borough's name."""
    return TAB_TITLE.format(title=title, borough=blocks.borough())


def title(evidence: WardEvidence) -> str:
    """Return a pack's page title, unlike that of any other pack."""
    edition = evidence.table.edition
    return tab_title(
        f"{evidence.ward.name}, evidence pack, {edition.title} of {day(edition.dated)}"
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
        ("Version", header.version_id),
        ("Ward code", header.ward.code),
        ("Who to ask", header.roles.ask),
        ("By e-mail", header.roles.email or NO_EMAIL),
        ("By telephone", header.roles.telephone or NO_TELEPHONE),
        ("Other formats", f"large print or on paper: {header.roles.accessible_formats}"),
    ]


def made_up_banner(header: Header) -> tuple[str, str]:
    """Return the banner of a pack that holds made-up figures."""
    named = "; ".join(title.lower() for title in header.made_up)
    return (
        "This annex holds made-up figures.",
        f"They are for: {named}. We found no real figures for wards. They were made to agree with "
        "the Council’s review, so they cannot confirm it. They decide nothing, and none of them "
        "is in the pack.",
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
    return f"Evidence packs for {blocks.borough()}’s wards, {edition.title}"


def index_lead(wards: int, edition: Edition) -> str:
    """Return the first paragraph of an edition's index page."""
    return (
        f"One evidence pack for each of the {whole(wards)} wards. "
        f"Edition of {day(edition.dated)}; data as at {day(edition.data_as_at)}. "
        "Choose a ward in the table or on the map."
    )


def header(shown: Header) -> str:
    """Return the h1, one line of status, and one line that leads on where something needs care."""
    words = approval_words(shown)
    state = Markup("<strong>{}</strong>, ").format(words) if words else Markup("")
    oldest, newest = shown.ages
    ages = (ONE_AGE if oldest == newest else AGES).format(
        oldest=oldest, newest=newest, index=shown.index
    )
    ages += CHANGE_UP_TO.format(last=shown.change_until) if shown.change_until else ""
    title = shown.edition.title
    edition = title if state else title[0].upper() + title[1:]
    status = Markup(STATUS).format(state=state, edition=edition, ages=ages)
    care = Markup(" · ").join([_care(shown), *_warnings(shown)])
    return Markup('<h1>{}</h1><p class="status">{}</p><p class="status">{}</p>').format(
        heading(shown), status, care
    )


def _care(shown: Header) -> Markup:
    if shown.made_up:
        address, words = f"{FILES[ANNEX]}#{MADE_UP_ID}", MADE_UP_LINK
    else:
        address, words = f"#{TRUST_ID}", ESTIMATES_LINK if shown.is_estimated else TRUST_LINK
    return Markup('<a href="{}">{}</a>').format(address, words)


def _warnings(shown: Header) -> list[str]:
    """Return what a reader must know before anything else: an example, newer figures."""
    lines = [" ".join(AGREEMENT_BANNERS[shown.agreement])] if shown.agreement else []
    if shown.newer:
        is_same = all(edition.ward_set == shown.edition.ward_set for edition in shown.newer)
        editions = listed([edition.title for edition in shown.newer])
        lines.append((NEWER_SAME if is_same else NEWER_OTHER).format(editions=editions))
    return lines


def annex_top(shown: AnnexTop) -> Markup:
    """Return the heading of the annex, the way back, and which of its figures are made up."""
    header_ = shown.evidence.header
    banners = [made_up_banner(header_)] if header_.made_up else []
    return Markup(
        '<h1>{}</h1><p class="lead">{}<a href="{}">{}</a>.</p><div id="{}">{}</div>'
    ).format(
        ANNEX_HEADING.format(ward=header_.ward.name, edition=header_.edition.title),
        ANNEX_LEAD,
        PACK,
        ANNEX_BACK,
        MADE_UP_ID,
        notices(banners),
    )


def annex_title(evidence: WardEvidence) -> str:
    """Return the page title of a ward's annex, unlike that of any other page."""
    return tab_title(f"{evidence.ward.name}, annex, {evidence.table.edition.title}")


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


FIGURES_SHEET, COVER_SHEET, LETTERS_SHEET = "Figures", "Cover", "Letters"
LETTERS = (
    ("c", "withheld to protect people, which is not zero"),
    ("x", "not available"),
    ("z", "does not apply"),
    ("u", "based on few children, or on fewer than 30 people or homes, so not reliable"),
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


NO_EMAIL = "no address is given yet"
NO_TELEPHONE = "no number is given yet"
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
    "Ask {role} ({email}; {telephone}). They can send large print or paper. Tell them, too, of "
    "anything here that you could not read or use."
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
