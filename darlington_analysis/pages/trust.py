"""Section 8 of the pack: how far to trust it, whom to ask, and which edition it is."""

from markupsafe import Markup

from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.pack import Trust
from darlington_analysis.pages import all_figures, certainty, indicator_sentences, page
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import decapitalised

HEADS = ("How we know", "What it means", "Which figures")
CAPTION = "Where the figures of this pack stand"
KINDS = {
    "counted": (
        "A full count",
        "Everybody was asked by a census, or is on a register. Some people do not answer or sign on.",
    ),
    "estimated": (
        "An estimate",
        "The ward boundary cuts through census areas. We estimated how many people are on our side.",
    ),
    "other": (
        "Its publisher’s figure",
        "Its source in the annex says who was counted, or how many people were asked.",
    ),
    "modelled": (
        "By a model",
        "Worked out from facts about homes. Nobody was asked, and wards are not put in order by it.",
    ),
    "index": (
        "The Index",
        "Many figures in one, made every few years. Most are two to four years older than its name.",
    ),
    "index-estimated": (
        "The Index, an estimate",
        "Many figures in one, most two to four years older than its name. Areas are put whole into "
        "one ward or another.",
    ),
}
INDEX = "deprivation"
NONE_MADE_UP = "No figure of the ward here is made up."
IN_ANNEX = "Those that are stand in the annex, under “{title}”."
MISSING = "What is missing stands under “{title}”."
EXAMPLE = "The agreement is an invented example."
WHY = "What no figure here can say"
WHY_WORDS = (
    "Why things are as they are, or what a partnership has done. People who live here know what "
    "the figures miss."
)
ASK = "Whom to ask, and which edition this is"
OLDEST, NEWEST = "Oldest main figure", "Newest main figure"
UP_TO, CENSUS = "Changes up to", "census {}"

BESIDE = "Beside this pack:"


def trust(shown: Trust) -> Markup:
    """Return what kinds of figures there are, what a range means, and the document's facts."""
    header = shown.evidence.header
    kinds: dict[str, list[str]] = {}
    for answer in shown.real:
        kinds.setdefault(_kind(answer), []).append(answer.indicator.short_title.lower())
    is_exact = shown.evidence.deprivation.latest.fit == "exact"
    kinds["index" if is_exact else "index-estimated"] = [INDEX]
    rows = [(*KINDS[kind], ", ".join(kinds[kind])) for kind in KINDS if kind in kinds]
    return blocks.join(
        Markup('<span id="{}"></span>').format(page.TRUST_ID),
        blocks.table(HEADS, rows, CAPTION),
        blocks.paragraph(" ".join(filter(None, _made_up(shown)))),
        blocks.question(WHY, WHY_WORDS),
        blocks.under(
            ASK, blocks.definitions([*page.document_facts(header), *_ages(shown)], "facts")
        ),
        _beside(shown),
    )


def _made_up(shown: Trust) -> list[str]:
    """Return that no figure here is made up, where any are, and where what is missing is said."""
    record, wider = shown.evidence.agreement.record, shown.evidence.indicators.wider
    missing = IN_ANNEX if shown.made_up else MISSING if wider else ""
    return [
        NONE_MADE_UP,
        missing.format(title=all_figures.NOT_PUBLISHED),
        EXAMPLE if record and record.example else "",
    ]


def _ages(shown: Trust) -> list[tuple[str, str]]:
    """Return the oldest and the newest figure by name, where they differ, and until when changes
    are measured.
    """
    first, last = shown.by_time[:1], shown.by_time[-1:]
    is_one_time = [answer.row.period for answer in first] == [answer.row.period for answer in last]
    ends = [] if is_one_time else [(OLDEST, *first), (NEWEST, *last)]
    named = [
        (
            label,
            f"{decapitalised(answer.indicator.short_title)} ({indicator_sentences.when(answer)})",
        )
        for label, answer in ends
    ]
    until = shown.evidence.header.change_until
    return [*named, (UP_TO, CENSUS.format(until))] if until else named


def _kind(answer: IndicatorAnswer) -> str:
    if answer.row.basis == Basis.MODELLED:
        return "modelled"
    if answer.row.fit != "exact":
        return "estimated"
    return "other" if certainty.kind(answer) == "other" else "counted"


def _beside(shown: Trust) -> Markup:
    has_record = shown.evidence.agreement.record is not None
    names = {**page.FILES, page.DATA: page.DATA_FILE}
    links = Markup("").join(
        Markup('<li><a class="file" href="{}">{}</a></li>').format(name, kind)
        for kind, name in names.items()
        if has_record or kind not in page.OF_A_RECORD
    )
    return Markup('<p class="files">{} </p><ul class="files">{}</ul>').format(BESIDE, links)
