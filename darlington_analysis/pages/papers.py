"""The meeting sheet, the two briefs and the review sheet: the same evidence for other readers."""

from markupsafe import Markup

from darlington_analysis.agreements.checks.outcomes import refused_options
from darlington_analysis.agreements.checks.phrases import is_same_option
from darlington_analysis.agreements.parts import OPEN, Action, Negotiated, Outcome
from darlington_analysis.agreements.reading import practices
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.settings import Roles
from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.review import Review
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import (
    agreed_target,
    agreements_overview,
    deprivation,
    indicator_sentences,
    negotiation,
    page,
    questions,
    targets,
    what_matters,
)
from darlington_analysis.pages import findings as checks
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.pages.findings import findings
from darlington_analysis.pages.page import COUNCILLOR, NEGOTIATOR, REVIEW, SHEET, WORKSHEET, banner

DESCRIPTIONS = {
    WORKSHEET: "The fourteen questions, with room to write the answers by hand",
    SHEET: "One page for a meeting of a Community Partnership and the Council",
    NEGOTIATOR: "Facts, ranges and options for whoever speaks for one side",
    COUNCILLOR: "What a ward councillor may want to know, ask and bring back",
    REVIEW: "How a partnership is doing, for a review by both sides",
}
BACK = "Evidence pack of this ward"
WORKSHEET_PARTS = ("About everybody who lives here", "About the partnership’s own work")
_RULES = indicator_sentences.RULES | targets.RULES | deprivation.RULES
SAYS = "What do the figures say?"
AGREED = "What do we want?"
TODAY = "What is planned, who does it, and when?"
WHO_IS_HERE = "Day, place, and who is here (roles): "
NO_DAYS, NO_ROLE = "no days set yet", "no role named yet"
MORE = "{count} more stand in the evidence pack, under “{question}”"
NOTHING_YET = "Nothing is written down yet."
DECIDE = "What do we decide today, and why?"
NEXT = "Who does what before we meet again?"
STRONGEST = "What is sure, and what is not?"
COULD = "What could be told from chance?"
TARGETS = "Do the targets make sense?"
OFFER = "What does the Council offer?"
POSITIONS = "What has each side said?"
OPTIONS = "What can be offered?"
NEVER = "What must not be said?"
NEVER_LINES = (
    "That a ward got better because its place among wards moved: a place is relative.",
    "That a partnership did well or badly because a figure of the whole ward moved.",
    "Anything that comes from a made-up figure.",
    "That a withheld figure is 0.",
)
ATTENDANCE = "Who is here, and for whom do they speak?"
BOTH_SIDES = "Both sides may read this: the evidence is the same for everybody."
ROLE = "What is a ward councillor’s part?"
ROLE_LINES = (
    "Speak up for the ward, and bring what people say to those who can act.",
    "Work with people here on needs, then on solutions, then on outcomes.",
    "Decisions on the Council’s money stay with the Council.",
)
ASK = "What could you ask people here?"
ASK_LINES = (
    "What would you see, hear or notice if life here were as you want it?",
    "Who is missing from these figures?",
    "What is strong here that was never counted?",
    "Who gains from what is planned, and who does not?",
)
RESOURCES = "What is there to help you?"
RESOURCE_LINES = (
    "The evidence pack of this ward: page 1 in ten minutes, then the questions of page 3.",
    "The meeting sheet, one side of A4 with room to write, for any meeting.",
    "The questions (a) to (g): a way from what people want to who does what.",
    "To ask about a figure, or for another format: {ask}.",
)
TRIED = "Tried elsewhere in {borough}, at little or no cost: {titles}. The pack says how it went."
ROUTES = "Ways to others: {routes}."
POCKETS = "Where inside the ward is need greatest?"
MOST, MOST_ACTIONS, MOST_BETWEEN = 6, 4, 3
DOING = "How are we doing on the most important measures?"
DOING_NOTE = (
    "The partnership’s own counts of people whom it serves. A figure of the whole ward is nobody’s "
    "credit and nobody’s fault."
)
NONE_IMPORTANT = "No measure is marked as one of the most important."
DUE = "What is due?"
FAIR = "Is it still fair?"
LEARNED, CHANGE = "What did we learn?", "What do we change, and who does it?"
LAST_TIME = "What did we learn and change before?"
STUCK = "What is in the way?"


def paper_title(kind: str, ward_name: str, edition_title: str) -> str:
    """Return the heading of a paper."""
    return f"{ward_name}: {kind[0].lower()}{kind[1:]}, {edition_title}"


def planned(action: Action, *, is_short: bool = False) -> str:
    """Return an action with who does it, from when until when, and how far it is.

    ``is_short``: in one word how far, for a sheet with little room.
    """
    span = agreements.from_until(action.starts, action.ends)
    days = NO_DAYS if span == agreements.NOT_SAID else span
    words = agreements.PROGRESS[action.progress] if is_short else agreements.progress_words(action)
    progress = f". {words}" if action.progress else ""
    state = f". {_in_a_word(action)}" if action.state in NOT_YET else ""
    what, who = action.what.rstrip("."), action.who.rstrip(".") or NO_ROLE
    return f"{what}: {who}, {days}{state}{progress}"


NOT_YET = ("open", "disputed", "parked")


def _first(lines: list[str], question: str, most: int) -> list[str]:
    """Return as many lines as a sheet has room for, and where the others are."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], MORE.format(count=len(lines) - most + 1, question=question)]


def resources(pack_roles: Roles, agreement: AgreementAnswer) -> list[str]:
    """Return what a ward councillor can turn to: papers, people by role, and ideas that cost
    little."""
    lines = [line.format(ask=pack_roles.ask) for line in RESOURCE_LINES]
    cheap = [practice.title.lower() for practice in practices() if practice.cost in ("none", "low")]
    if cheap:
        lines.append(TRIED.format(borough=blocks.borough(), titles="; ".join(cheap)))
    record = agreement.record
    if not record:
        return lines
    routes = [
        f"{partner.who}: {partner.route}" for partner in record.filled("partners") if partner.route
    ]
    council = [
        agreements.worker_sentence(record, is_signed=agreement.state.is_in_force),
        *agreements.offers(record.offer),
        f"Who may agree for the Council: {agreements.written(record.consultation.approver)}",
    ]
    return [*council, *lines, *([ROUTES.format(routes="; ".join(routes))] if routes else [])]


def meeting_sheet(pack: WardEvidence) -> str:
    """Return the body of the meeting sheet: one side of A4."""
    record = pack.agreement.record
    outcomes = [wanted(outcome) for outcome in record.filled("outcomes")] if record else []
    work = [planned(action, is_short=True) for action in record.filled("actions")] if record else []
    most_findings = 3 if len(outcomes) < MOST - 1 else 1  # the sheet has room for so much
    return _paper(
        _head(page.SHEET, pack),
        Markup('<p class="line">{}</p>').format(WHO_IS_HERE),
        _section(SAYS, what_matters.sentences(pack.what_matters)[:most_findings]),
        _section(AGREED, _first(outcomes, negotiation.OUTCOMES_QUESTION, MOST)),
        _between_us(record, MOST_BETWEEN) if record else "",
        _section(TODAY, _first(work, negotiation.WORK_QUESTION, MOST_ACTIONS)),
        _to_write(DECIDE),
        _to_write(NEXT),
        style="paper sheet",
    )


def wanted(outcome: Outcome) -> str:
    """Return an outcome with how far the two sides are on it, in a word."""
    state = _in_a_word(outcome)
    again = f" until {day(outcome.look_again)}" if outcome.is_parked and outcome.look_again else ""
    return f"{agreements.ended(outcome.words)} {state}{again}."


def _in_a_word(part: Negotiated) -> str:
    return agreements.PART_STATES[part.state or OPEN].split(":")[0]


def _between_us(record: Agreement, most: int = 99) -> Markup:
    """Return what is open or disputed with both sides' last words, as a list for itself."""
    lines = [f"{words} {' '.join(last)}" for words, last in agreements.between_us(record)]
    shown = _first(lines, agreements.BETWEEN_US, most) or [agreements.ALL_SETTLED]
    return _section(agreements.BETWEEN_US, shown)


def review_sheet(pack: WardEvidence) -> str:
    """Return the body of the review sheet: how the partnership is doing, and room to write."""
    record, review = pack.agreement.record, Review(pack.agreement)
    important = agreements_overview.important_measures(review)
    work = [planned(action) for action in record.filled("actions")]
    fair = [f"{title} {answer}" for title, answer in agreements.fair_answers(record)]
    return _paper(
        _head(page.REVIEW, pack),
        Markup('<p class="line">{}</p>').format(WHO_IS_HERE),
        blocks.under(DOING, important or blocks.paragraph(NONE_IMPORTANT), 2),
        blocks.paragraph(DOING_NOTE),
        _section(TODAY, work),
        _section(STUCK, negotiation.blockers(record)),
        _section(DUE, agreements_overview.due_lines(review.due)),
        _between_us(record),
        _section(LAST_TIME, negotiation.reviews(record)),
        _section(FAIR, fair),
        _to_write(LEARNED),
        _to_write(CHANGE),
    )


def worksheet(pack: WardEvidence) -> str:
    """Return the body of the worksheet: the fourteen questions, each with room to write."""
    parts = [
        blocks.under(title, blocks.join(*(_question(kind, letter, pack) for letter in letters)), 2)
        for (kind, letters), title in zip(questions.KINDS.items(), WORKSHEET_PARTS, strict=True)
    ]
    return _paper(_head(page.WORKSHEET, pack), *parts, style="paper worksheet")


def _question(kind: str, letter: str, pack: WardEvidence) -> Markup:
    title = f"({letter}) {questions.question(kind, letter, pack.ward.name)}"
    return blocks.under(title, blocks.empty(questions.PROMPTS[kind].get(letter, "")))


def negotiators_brief(pack: WardEvidence) -> str:
    """Return the body of the negotiator's brief: facts, ranges, options, limits."""
    agreement, record = pack.agreement, pack.agreement.record
    real = [answer for answer in pack.indicators.answers if not answer.is_dummy]
    facts = [
        f"{answer.indicator.title}: {blocks.sentence(answer.claims[0], _RULES)}" for answer in real
    ]
    judged = [answer for answer in real if answer.indicator.polarity is not Polarity.NEITHER]
    tellable = [
        f"{answer.indicator.title}: {blocks.sentence(claim, _RULES)}"
        for answer in judged
        for claim in answer.outlook.take.claims
    ]
    offer = (
        [
            agreements.worker_sentence(record, is_signed=agreement.state.is_in_force),
            *agreements.offers(record.offer),
        ]
        if record
        else []
    )
    return _paper(
        _head(page.NEGOTIATOR, pack),
        blocks.paragraph(BOTH_SIDES),
        _section(STRONGEST, facts),
        _section(COULD, tellable),
        blocks.under(POSITIONS, _positions(record), 2),
        _between_us(record) if record else "",
        _section(TARGETS, _targets(agreement)) if agreement.targets else "",
        _section(OPTIONS, _options(record)),
        _section(OFFER, offer),
        _section(NEVER, NEVER_LINES),
        Markup("<h2>{}</h2>").format(negotiation.GATES_QUESTION),
        findings(agreement, 3) if record else blocks.paragraph(negotiation.GATES_PROMPT),
        _to_write(ATTENDANCE),
    )


def councillors_brief(pack: WardEvidence) -> str:
    """Return the body of the ward councillor's brief: needs, strengths, what to ask."""
    record = pack.agreement.record
    strengths = [strength.words for strength in record.filled("strengths")] if record else []
    outcomes = [wanted(outcome) for outcome in record.filled("outcomes")] if record else []
    named = agreements.words_by_id(record) if record else {}
    open_ = [
        checks.sentence(finding, named)
        for finding in pack.agreement.findings
        if finding.severity == "question"
    ]
    return _paper(
        _head(page.COUNCILLOR, pack),
        _section(ROLE, ROLE_LINES),
        _section(SAYS, what_matters.sentences(pack.what_matters)),
        _section(POCKETS, [blocks.sentence(pack.deprivation.claims[2], _RULES)]),
        _section(negotiation.STRENGTHS_QUESTION, strengths),
        _section(AGREED, outcomes),
        _section(checks.TITLES["question"], open_) if open_ else "",
        _section(ASK, ASK_LINES),
        _section(RESOURCES, resources(pack.table.settings.roles, pack.agreement)),
        _to_write(NEXT),
    )


def _positions(record: Agreement | None) -> Markup:
    """Return what each side has said, under the words of what it is about."""
    lines_by_subject: dict[str, list[str]] = {}
    for position in record.filled("positions") if record else ():
        line = agreements.position_words(position)
        lines_by_subject.setdefault(agreements.subject(record, position.about), []).append(line)
    parts = [
        blocks.under(subject, blocks.bullets(lines)) for subject, lines in lines_by_subject.items()
    ]
    return Markup("").join(parts) or blocks.paragraph(NOTHING_YET)


def _targets(agreement: AgreementAnswer) -> list[str]:
    """Return what the evidence says of each target, line by line, with its outcome."""
    return [
        " ".join(
            [
                agreements.ended(outcome.words),
                aimed,
                *agreed_target.target_lines(agreement, outcome),
            ]
        )
        for outcome in agreement.record.filled("outcomes")
        if outcome.target
        for aimed in [negotiation.TARGET.format(aim=agreed_target.aim(agreement, outcome))]
    ]


def _options(record: Agreement | None) -> list[str]:
    """Return options with their cost, and what else could be done; what was refused is left out."""
    if not record:
        return []
    refused = refused_options(record)

    def may_be_offered(words: str) -> bool:
        return not any(is_same_option(option, words) for option in refused)

    ideas = [
        f"{idea.words.rstrip('.')} ({questions.option_cost(idea)})"
        for idea in record.filled("ideas")
        if may_be_offered(idea.words)
    ]
    weighed = {
        decision.words: [option for option in decision.options if may_be_offered(option)]
        for decision in record.filled("decisions")
    }
    return [
        *ideas,
        *(
            f"{words.rstrip('.')}: {'; '.join(options)}"
            for words, options in weighed.items()
            if options
        ),
    ]


def _paper(*parts: str, style: str = "paper") -> Markup:
    return Markup('<div class="{}">{}</div>').format(style, blocks.join(*parts))


def _head(kind: str, pack: WardEvidence) -> Markup:
    top = Markup("<h1>{}</h1>").format(paper_title(kind, pack.ward.name, pack.table.edition.title))
    example = banner(*agreements.EXAMPLE_PAPER) if pack.agreement.is_example else ""
    draft = pack.agreement.draft
    which = f" {agreements.draft_words(draft)}" if draft else ""
    return top + example + blocks.paragraph(f"{page.paper_dates(pack)}{which}")


def _section(title: str, lines) -> Markup:
    body = blocks.bullets(agreements.ended(line) for line in lines) or blocks.paragraph(NOTHING_YET)
    return blocks.under(title, body, 2)


def _to_write(title: str) -> Markup:
    return blocks.under(title, blocks.empty(""), 2)
