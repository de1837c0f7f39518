"""Page 6: what matters to whom, what each side says, who promises what, what is still to do."""

from collections import Counter
from datetime import date

from markupsafe import Markup

from darlington_analysis.agreements.parts import Decision, Outcome
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.sections import Negotiation
from darlington_analysis.evidence.targets import Told
from darlington_analysis.pages import findings as checks
from darlington_analysis.pages import key_messages, page, targets
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.agreements import action_facts
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.pages.findings import findings
from darlington_analysis.sources import indicators

BESIDE = "On paper, beside this pack:"
STATE_QUESTION = "How far are the two sides?"
STATE_PROMPT = "Invited, asking members, wishing to continue, declined, agreed: since which day?"
BOXES_QUESTION = "What matters to whom?"
BOXES = {
    ("high", "high"): "Both put this high",
    ("high", "low"): "High for the partnership, low for the Council",
    ("low", "high"): "Low for the partnership, high for the Council",
    ("low", "low"): "Low for both for now",
}
BOXES_PROMPT = "For the partnership and the Council, each in their own words."
NOTHING_HERE = "Nothing here so far."
NOT_PLACED = "One side has not said how much it matters"
OUTCOMES_QUESTION = "What does each side say about each outcome?"
OUTCOMES_PROMPT = (
    "For each outcome: how it stands now, what could be done, what each side says, what is agreed."
)
NOW, TAKES = "How it stands now:", "What would it take?"
NO_FIGURE = "No figure is tied to this outcome. People here say how it stands."
TOO_HARD_QUESTION = "What is too hard for now, and when do we look again?"
TOO_HARD_PROMPT = "Write what was put off, and the day it comes back."
PROMISES_QUESTION = "Who promises what?"
PROMISES_PROMPT = "We will … You can expect … You will …"
WORK_QUESTION = "Who does what, and for how long?"
WORK_PROMPT = "For each action: who, what, how, where, with whom, and until when."
DECISION_LABELS = ("Could have been", "Rests on", "Decided by", "Why", "Refused")
DECISIONS_QUESTION = "What was decided, by whom, and why?"
DECISIONS_PROMPT = "What could have been done, what it rests on, who decided, what was refused."
STRENGTHS_QUESTION = "What is strong here already?"
STRENGTHS_PROMPT = "Skills, groups, places, volunteers: what the figures do not count."
GATES_QUESTION = "What is still to do?"
GATES_PROMPT = "There is no record to look at yet."
WANTED_QUESTION = "Which figures were asked for, that nobody has?"
WANTED_PROMPT = "Write what you would want to know, and who asked."


def target_sentence(target: Told, by: date, unit: str) -> str:
    """Return a target that people set, and whether anybody could tell it from chance."""
    aimed = f"The target is {target.level:g} ({unit}) by {day(by)}."
    if target.verdict == "told":
        return f"{aimed} If it were met, that could be told from chance."
    reasons = {
        "not told": "Even if it were met, nobody could tell it from chance. More years, a wider "
        "area or a larger step are needed.",
        "made up": "The figure is made up: no target may rest on it.",
        "withheld": "The figure is withheld, so nobody could tell.",
        "no figure": "There is no count to judge it by.",
    }
    return f"{aimed} {reasons[target.verdict]}"


def negotiation(shown: Negotiation) -> str:
    """Return page 6: the same sections in every pack, written into or empty."""
    record = shown.agreement.record
    sections = [
        (STATE_QUESTION, _state, STATE_PROMPT),
        (STRENGTHS_QUESTION, _strengths, STRENGTHS_PROMPT),
        (BOXES_QUESTION, _boxes, BOXES_PROMPT),
        (OUTCOMES_QUESTION, _outcomes, OUTCOMES_PROMPT),
        (WORK_QUESTION, _work, WORK_PROMPT),
        (TOO_HARD_QUESTION, _too_hard, TOO_HARD_PROMPT),
        (PROMISES_QUESTION, _promises, PROMISES_PROMPT),
        (DECISIONS_QUESTION, _decisions, DECISIONS_PROMPT),
        (WANTED_QUESTION, _wanted, WANTED_PROMPT),
    ]
    lead = "" if record else blocks.paragraph(agreements.NO_RECORD)
    parts = [asked(record, title, _of(show, shown), prompt) for title, show, prompt in sections]
    todo = findings(shown.agreement) if record else blocks.paragraph(GATES_PROMPT)
    last = blocks.under(GATES_QUESTION, todo)
    return Markup("").join([lead, _papers(record), *parts, last])


def negotiation_text(shown: Negotiation) -> str:
    """Return how far the two sides are, and how much is still to do."""
    if not shown.agreement.record:
        return agreements.NO_RECORD
    counts = Counter(finding.severity for finding in shown.agreement.findings)
    return f"{agreements.state_sentence(shown.agreement.record)} {checks.counts_sentence(counts)}"


def asked(record: Agreement | None, title: str, inner: Markup, prompt: str) -> Markup:
    """Return a question with what was written, or with an empty box."""
    body = blocks.answered(record, inner) if record and inner else blocks.empty(prompt)
    return blocks.under(title, body)


def _papers(record: Agreement | None) -> Markup:
    """Return links to the papers that lie beside the pack."""
    names = [kind for kind in page.FILES if record or kind != page.CHARTER]
    links = Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(page.FILES[kind], kind.lower()) for kind in names
    )
    return Markup("<p>{} {}.</p>").format(BESIDE, links)


def _of(show, shown: Negotiation) -> Markup:
    record = shown.agreement.record
    return show(record, shown) if record else Markup("")


def _state(record: Agreement, shown) -> Markup:
    offer, asked_ = record.offer, record.consultation
    return blocks.bullets(
        [
            agreements.state_sentence(record),
            *agreements.wishes(asked_),
            agreements.WORKER[record.worker_is_due],
            *agreements.offers(offer),
            f"Who may agree for the Council: {agreements.written(asked_.approver)}",
        ]
    )


def _strengths(record: Agreement, shown) -> Markup:
    return blocks.bullets(
        f"{strength.words} ({agreements.STRENGTHS[strength.kind]})"
        for strength in record.filled("strengths")
    )


def _boxes(record: Agreement, shown) -> Markup:
    placed, left = {pair: [] for pair in BOXES}, []
    for outcome in record.filled("outcomes"):
        pair = outcome.local_priority, outcome.council_priority
        if pair in placed:
            placed[pair].append(outcome.words)
        else:
            left.append(_priority(outcome))
    if not left and not any(placed.values()):
        return Markup("")
    return blocks.join(
        *(
            blocks.titled(title) + (blocks.bullets(placed[pair]) or blocks.paragraph(NOTHING_HERE))
            for pair, title in BOXES.items()
        ),
        blocks.titled(NOT_PLACED) + blocks.bullets(left) if left else "",
    )


def _priority(outcome: Outcome) -> str:
    sides = {"partnership": outcome.local_priority, "council": outcome.council_priority}
    lines = [f"{agreements.BY[side]}: {agreements.written(level)}" for side, level in sides.items()]
    return f"{outcome.words} {'; '.join(lines)}"


def _outcomes(record: Agreement, shown: Negotiation) -> Markup:
    return blocks.join(*(_outcome(record, one, shown) for one in record.filled("outcomes")))


def _outcome(record: Agreement, outcome: Outcome, shown: Negotiation) -> Markup:
    answer = shown.answers.get(outcome.indicator)
    now, takes = NO_FIGURE, []
    if answer:
        now = blocks.sentence(answer.claims[0], key_messages.INDICATOR_RULES)
        takes = blocks.sentences(answer.outlook.take.claims[:1], targets.RULES)
    target = shown.agreement.targets.get(outcome.id)
    if target:
        unit = indicators.indicator(outcome.indicator).unit
        takes.append(target_sentence(target, outcome.target.by, unit))
    positions = [
        agreements.position_words(position)
        for position in record.filled("positions")
        if position.about == outcome.id
    ]
    serves = agreements.aims_served(outcome, shown.agreement.lists)
    return Markup("<h4>{}</h4>{}<p>{} {}</p>{}{}").format(
        outcome.words,
        blocks.paragraph(serves),
        NOW,
        now,
        blocks.paragraph(" ".join([TAKES, *takes]) if takes else ""),
        blocks.bullets(positions),
    )


def _work(record: Agreement, shown) -> Markup:
    return Markup("").join(
        blocks.facts(agreements.action_title(action), action_facts(action, record))
        for action in record.filled("actions")
    )


def _too_hard(record: Agreement, shown) -> Markup:
    return blocks.bullets(
        f"{outcome.words} We look again on: {agreements.date_words(outcome.look_again)}"
        for outcome in record.filled("outcomes")
        if outcome.too_hard_for_now
    )


def _promises(record: Agreement, shown) -> Markup:
    return Markup("").join(
        Markup("<p><strong>{}</strong></p>{}").format(title, blocks.bullets(lines))
        for title, lines in agreements.promises(record)
        if lines
    )


def _decisions(record: Agreement, shown) -> Markup:
    return Markup("").join(
        blocks.facts(decision.words, list(zip(DECISION_LABELS, _decision(decision), strict=True)))
        for decision in record.filled("decisions")
    )


def _decision(decision: Decision) -> list[str]:
    by = f"{agreements.written(decision.decided_by)}, {agreements.date_words(decision.dated)}"
    return [
        "; ".join(decision.options),
        decision.evidence,
        by,
        decision.why,
        "; ".join(decision.refused),
    ]


def _wanted(record: Agreement, shown) -> Markup:
    return blocks.bullets(
        f"{request.words} ({agreements.written(request.asked_by)}, "
        f"{agreements.date_words(request.dated)})"
        for request in record.filled("data_wanted")
    )
