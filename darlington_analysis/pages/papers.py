"""The meeting sheet and the two briefs: the same evidence for other readers."""

from markupsafe import Markup

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import boxes
from darlington_analysis.pages.findings import findings
from darlington_analysis.pages.key_messages import banner
from darlington_analysis.pages.words import agreed, agreements, checks, sentences
from darlington_analysis.pages.words import negotiation as page_words
from darlington_analysis.pages.words import papers as words

MOST = 4


def meeting_sheet(pack: WardEvidence) -> str:
    """Return the body of the meeting sheet: one side of A4."""
    record = pack.agreement.record
    outcomes = [each.words for each in record.filled("outcomes")[:MOST]] if record else []
    work = [words.planned(each) for each in (record.filled("actions")[:MOST] if record else ())]
    return Markup('<div class="paper sheet">{}</div>').format(
        Markup("").join(
            [
                _head(words.SHEET, pack),
                Markup('<p class="line">{}</p>').format(words.WHO_IS_HERE),
                _section(words.SAYS, [sentences.say(each) for each in pack.stands_out.claims[:3]]),
                _section(words.AGREED, outcomes),
                _section(words.TODAY, work),
                _to_write(words.DECIDE),
                _to_write(words.NEXT),
            ]
        )
    )


def negotiators_brief(pack: WardEvidence) -> str:
    """Return the body of the negotiator's brief: facts, ranges, options, limits."""
    agreement, record = pack.agreement, pack.agreement.record
    real = [each for each in pack.indicators.answers if not each.is_dummy]
    facts = [f"{each.indicator.title}: {sentences.say(each.claims[0])}" for each in real]
    judged = [each for each in real if each.indicator.polarity is not Polarity.NEITHER]
    tellable = [
        f"{each.indicator.title}: {sentences.say(claim)}"
        for each in judged
        for claim in each.outlook.take.claims
    ]
    offer = (
        [agreements.WORKER[record.worker_is_due], *agreed.offers(record.offer)] if record else []
    )
    return Markup('<div class="paper">{}</div>').format(
        Markup("").join(
            [
                _head(words.NEGOTIATOR, pack),
                boxes.paragraph(words.BOTH_SIDES),
                _section(words.STRONGEST, facts),
                _section(words.COULD, tellable),
                Markup("<h2>{}</h2>{}").format(words.POSITIONS, _positions(record)),
                _section(words.OPTIONS, _options(record)),
                _section(words.OFFER, offer),
                _section(words.NEVER, words.NEVER_LINES),
                Markup("<h2>{}</h2>").format(page_words.GATES_QUESTION),
                findings(agreement, 3) if record else boxes.paragraph(page_words.GATES_PROMPT),
                _to_write(words.ATTENDANCE),
            ]
        )
    )


def councillors_brief(pack: WardEvidence) -> str:
    """Return the body of the ward councillor's brief: needs, strengths, what to ask."""
    record = pack.agreement.record
    strengths = [each.words for each in record.filled("strengths")] if record else []
    wanted = [each.words for each in record.filled("outcomes")] if record else []
    named = agreed.in_words(record) if record else {}
    open_ = [
        checks.sentence(each, named)
        for each in pack.agreement.findings
        if each.severity == "question"
    ]
    return Markup('<div class="paper">{}</div>').format(
        Markup("").join(
            [
                _head(words.COUNCILLOR, pack),
                _section(words.ROLE, words.ROLE_LINES),
                _section(words.SAYS, [sentences.say(each) for each in pack.stands_out.claims]),
                _section(words.POCKETS, [sentences.say(pack.deprivation.claims[2])]),
                _section(page_words.STRENGTHS_QUESTION, strengths),
                _section(words.AGREED, wanted),
                _section(checks.TITLES["question"], open_) if open_ else "",
                _section(words.ASK, words.ASK_LINES),
                _section(words.RESOURCES, words.resources(pack.header.roles, record)),
                _to_write(words.NEXT),
            ]
        )
    )


def _positions(record: Agreement | None) -> Markup:
    """Return what each side has said, under the words of what it is about."""
    found: dict[str, list[str]] = {}
    for each in record.filled("positions") if record else ():
        line = agreed.position(each)
        found.setdefault(agreed.about(record, each.about), []).append(line)
    told = [
        Markup("<h3>{}</h3>{}").format(about, boxes.bullets(lines))
        for about, lines in found.items()
    ]
    return Markup("").join(told) or boxes.paragraph(words.NOTHING_YET)


def _options(record: Agreement | None) -> list[str]:
    """Return ideas with their cost, and what else could be done, as decisions have it."""
    if not record:
        return []
    ideas = [f"{each.words} ({agreements.COSTS[each.cost]})" for each in record.filled("ideas")]
    weighed = [
        f"{each.words}: {'; '.join(each.options)}"
        for each in record.filled("decisions")
        if each.options
    ]
    return [*ideas, *weighed]


def _head(kind: str, pack: WardEvidence) -> Markup:
    top = Markup("<h1>{}</h1>").format(words.title(kind, pack.ward.name, pack.table.edition.title))
    example = banner(*agreements.EXAMPLE_PAPER) if pack.agreement.is_example else ""
    return top + example + boxes.paragraph(words.dates(pack.header))


def _section(title: str, lines) -> Markup:
    body = boxes.bullets(lines) or boxes.paragraph(words.NOTHING_YET)
    return Markup("<h2>{}</h2>{}").format(title, body)


def _to_write(title: str) -> Markup:
    return Markup("<h2>{}</h2>{}").format(title, boxes.empty(""))
