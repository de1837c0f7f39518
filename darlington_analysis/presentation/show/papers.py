"""The meeting sheet and the two briefs: the same evidence for other readers."""

from markupsafe import Markup

from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.presentation.show import boxes
from darlington_analysis.presentation.show.findings import findings
from darlington_analysis.presentation.show.front import banner
from darlington_analysis.presentation.wording import agreements, gates, sentences
from darlington_analysis.presentation.wording import negotiation as page_words
from darlington_analysis.presentation.wording import papers as words

MOST = 4


def meeting_sheet(pack: WardEvidence) -> str:
    """Return the body of the meeting sheet: one side of A4."""
    record = pack.agreement.record
    outcomes = [each.words for each in record.filled("outcomes")[:MOST]] if record else []
    work = [
        f"{each.what}: {agreements.said(each.who)}, until {agreements.when(each.ends)}"
        for each in (record.filled("actions")[:MOST] if record else ())
    ]
    return Markup('<div class="paper sheet">{}</div>').format(Markup("").join([
        _head(words.SHEET, pack),
        _section(words.SAYS, [sentences.say(each) for each in pack.stands_out.claims[:3]]),
        _section(words.AGREED, outcomes),
        _section(words.TODAY, work),
        _to_write(words.DECIDE),
        _to_write(words.NEXT),
    ]))  # fmt: skip


def negotiators_brief(pack: WardEvidence) -> str:
    """Return the body of the negotiator's brief: facts, ranges, options, limits."""
    agreement, record = pack.agreement, pack.agreement.record
    real = [each for each in pack.indicators.answers if not each.is_dummy]
    facts = [f"{each.indicator.title}: {sentences.say(each.claims[0])}" for each in real]
    tellable = [f"{each.indicator.title}: {sentences.say(claim)}"
                for each in real for claim in each.outlook.take.claims]  # fmt: skip
    said = [
        f"{each.about or 'agreement'}. {agreements.BY[each.by]}, {agreements.when(each.dated)}: "
        f"{each.words}"
        for each in (record.filled("positions") if record else ())
    ]
    ideas = [f"{each.words} ({agreements.COSTS[each.cost]})"
             for each in (record.filled("ideas") if record else ())]  # fmt: skip
    return Markup('<div class="paper">{}</div>').format(Markup("").join([
        _head(words.NEGOTIATOR, pack), boxes.paragraph(words.BOTH_SIDES),
        _section(words.STRONGEST, facts), _section(words.COULD, tellable),
        _section(words.POSITIONS, said), _section(words.OPTIONS, ideas),
        _section(words.NEVER, words.NEVER_LINES),
        Markup("<h2>{}</h2>").format(page_words.GATES_QUESTION),
        findings(agreement, 3) if record else boxes.paragraph(page_words.GATES_PROMPT),
        _to_write(words.ATTENDANCE),
    ]))  # fmt: skip


def councillors_brief(pack: WardEvidence) -> str:
    """Return the body of the ward councillor's brief: needs, strengths, what to ask."""
    record = pack.agreement.record
    strengths = [each.words for each in record.filled("strengths")] if record else []
    wanted = [each.words for each in record.filled("outcomes")] if record else []
    open_ = [gates.say(each)[0] for each in pack.agreement.findings if each.severity == "question"]
    return Markup('<div class="paper">{}</div>').format(Markup("").join([
        _head(words.COUNCILLOR, pack),
        _section(words.ROLE, words.ROLE_LINES),
        _section(words.SAYS, [sentences.say(each) for each in pack.stands_out.claims]),
        _section(words.POCKETS, [sentences.say(pack.deprivation.claims[2])]),
        _section(page_words.STRENGTHS_QUESTION, strengths),
        _section(words.AGREED, wanted),
        _section(gates.TITLES["question"], open_) if open_ else "",
        _section(words.ASK, words.ASK_LINES),
        Markup("<h2>{}</h2>").format(words.RESOURCES),
        boxes.paragraph(words.dates(pack.header)),
        _to_write(words.NEXT),
    ]))  # fmt: skip


def _head(kind: str, pack: WardEvidence) -> Markup:
    top = Markup("<h1>{}</h1>").format(words.title(kind, pack.ward.name, pack.table.edition.title))
    example = banner(*agreements.EXAMPLE_PAPER) if pack.agreement.is_example else ""
    return top + example + boxes.paragraph(words.dates(pack.header))


def _section(title: str, lines) -> Markup:
    body = boxes.bullets(lines) or boxes.paragraph(words.NOTHING_YET)
    return Markup("<h2>{}</h2>{}").format(title, body)


def _to_write(title: str) -> Markup:
    return Markup("<h2>{}</h2>{}").format(title, boxes.empty(""))
