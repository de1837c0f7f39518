"""Page 6: what matters to whom, what each side says, who promises what, what is still to do."""

from collections import Counter
from datetime import date

from markupsafe import Markup

from darlington_analysis.agreements.parts import Action, Decision, Outcome
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.agreed_targets import together
from darlington_analysis.evidence.sections import Negotiation
from darlington_analysis.pages import agreed_target, indicator_sentences, page, targets
from darlington_analysis.pages import findings as checks
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import day, listed, value_text
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
TARGET = "Target: {aim}."
NO_FIGURE = "No figure is tied to this outcome. People here say how it stands."
TOO_HARD_QUESTION = "What is parked or too hard for now, and when do we look again?"
TOO_HARD_PROMPT = "Write what was put off, and the day it comes back."
PROMISES_QUESTION = "Who promises what?"
PROMISES_PROMPT = (
    "The Council will … The partnership can expect of the Council … The partnership will …"
)
WORK_QUESTION = "Who does what, and for how long?"
WORK_PROMPT = "For each action: who, what, how, where, with whom, and until when."
DECISION_LABELS = ("Could have been", "Rests on", "Decided by", "Why", "Refused")
DECISIONS_QUESTION = "What was decided, by whom, and why?"
DECISIONS_PROMPT = "What could have been done, what it rests on, who decided, what was refused."
STRENGTHS_QUESTION = "What is strong here already?"
STRENGTHS_PROMPT = "Skills, groups, places, volunteers: what the figures do not count."
GATES_QUESTION = "What is still to do?"
GATES_PROMPT = "There is no record to look at yet."
BETWEEN_US_PROMPT = "What is open or disputed, and what each side says of it."
SINCE_QUESTION = "What has been learned since, and what is in the way?"
SINCE_PROMPT = (
    "Reviews: when, who, what was learned, what changes. What is stuck, and who clears it."
)
LEARNED = "Reviewed on {day} by {who}. Learned: {learned} Changes: {changes}"
IN_THE_WAY = "In the way since {since}: {words} To be cleared by {owner}."
CLEARED = "Cleared on {day}: {words}"
TRAINED = "Training for {whom} ({how_many} people): {words}. {given}"
GIVEN, DUE = "Given on {day}.", "Not given yet."
WANTED_QUESTION = "Which figures were asked for, that do not exist?"
WANTED_PROMPT = "Write what you would want to know, and who asked."


def negotiation(shown: Negotiation) -> str:
    """Return page 6: the same sections in every pack, written into or empty."""
    record = shown.agreement.record
    sections = [
        (STATE_QUESTION, _state, STATE_PROMPT),
        (STRENGTHS_QUESTION, _strengths, STRENGTHS_PROMPT),
        (BOXES_QUESTION, _boxes, BOXES_PROMPT),
        (OUTCOMES_QUESTION, _outcomes, OUTCOMES_PROMPT),
        (agreements.BETWEEN_US, _between_us, BETWEEN_US_PROMPT),
        (WORK_QUESTION, _work, WORK_PROMPT),
        (TOO_HARD_QUESTION, _too_hard, TOO_HARD_PROMPT),
        (PROMISES_QUESTION, _promises, PROMISES_PROMPT),
        (DECISIONS_QUESTION, _decisions, DECISIONS_PROMPT),
        (WANTED_QUESTION, _wanted, WANTED_PROMPT),
        (SINCE_QUESTION, _since, SINCE_PROMPT),
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
    names = [kind for kind in page.FILES if record or kind not in page.OF_A_RECORD]
    links = Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(page.FILES[kind], kind.lower()) for kind in names
    )
    return Markup("<p>{} {}.</p>").format(BESIDE, links)


def _of(show, shown: Negotiation) -> Markup:
    record = shown.agreement.record
    return show(record, shown) if record else Markup("")


def _state(record: Agreement, shown) -> Markup:
    consultation = record.consultation
    is_signed = shown.agreement.state.is_in_force
    draft = shown.agreement.draft
    wards = [ward.name for ward in shown.agreement.wards]
    return blocks.bullets(
        [
            agreements.state_sentence(record),
            *([f"It covers {listed(wards)}."] if len(wards) > 1 else []),
            *([agreements.draft_words(draft)] if draft else []),
            *agreements.wishes(consultation),
            agreements.worker_sentence(record, is_signed=is_signed),
            *agreements.offers(record.offer),
            f"Who may agree for the Council: {agreements.written(consultation.approver)}",
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
    return f"{agreements.ended(outcome.words)} {'; '.join(lines)}"


def _outcomes(record: Agreement, shown: Negotiation) -> Markup:
    return blocks.join(*(_outcome(record, outcome, shown) for outcome in record.filled("outcomes")))


def _outcome(record: Agreement, outcome: Outcome, shown: Negotiation) -> Markup:
    answer = shown.answers.get(outcome.indicator)
    now, takes = NO_FIGURE, []
    if answer:
        now = blocks.sentence(answer.claims[0], indicator_sentences.RULES)
        takes = blocks.sentences(answer.outlook.take.claims[:1], targets.RULES)
    aimed = agreed_target.target_lines(shown.agreement, outcome)
    if outcome.target:
        aimed.insert(0, TARGET.format(aim=agreed_target.aim(shown.agreement, outcome)))
    positions = [agreements.position_words(part) for part in record.positions_on(outcome.id)]
    return blocks.join(
        Markup("<h4>{}</h4>").format(outcome.words),
        blocks.paragraph(agreements.part_state(outcome)),
        blocks.paragraph(agreements.aims_served(outcome, shown.agreement.lists)),
        blocks.paragraph(f"{NOW} {now}{_of_all(shown, outcome)}"),
        blocks.paragraph(" ".join([TAKES, *takes]) if takes else ""),
        blocks.bullets(aimed),
        blocks.bullets(positions),
    )


def _of_all(shown: Negotiation, outcome: Outcome) -> str:
    """Return the figure of each ward of a partnership, and of all together; "" for one ward."""
    wards, table = shown.agreement.wards, shown.agreement.table
    if len(wards) == 1 or not outcome.indicator:
        return ""
    measured = indicators.indicator(outcome.indicator)
    areas = [(ward.name, (ward,)) for ward in wards] + [("all of them together", wards)]
    rows = [(name, together(table, of, outcome.indicator)) for name, of in areas]
    values = [
        f"{name}: {value_text(row.value.iloc[0], measured)}" for name, row in rows if len(row) == 1
    ]
    return f" {'; '.join(values)}." if values else ""


def _between_us(record: Agreement, shown) -> Markup:
    parts = [
        blocks.titled(words) + blocks.bullets(last) for words, last in agreements.between_us(record)
    ]
    return blocks.join(*parts) if parts else blocks.paragraph(agreements.ALL_SETTLED)


def _since(record: Agreement, shown) -> Markup:
    return blocks.bullets([*reviews(record), *blockers(record), *training(record)])


def reviews(record: Agreement) -> list[str]:
    """Return each review: when, who, what was learned, what changes."""
    return [
        LEARNED.format(
            day=agreements.date_words(review.on),
            who=listed(review.who) or agreements.NOT_SAID,
            learned=agreements.ended(review.learned),
            changes=agreements.ended(agreements.written(review.changes)),
        )
        for review in record.filled("reviews")
    ]


def blockers(record: Agreement) -> list[str]:
    """Return what is in the way, and what was cleared."""
    lines = []
    for blocker in record.filled("blockers"):
        if blocker.cleared_on:
            lines.append(
                CLEARED.format(day=day(blocker.cleared_on), words=agreements.ended(blocker.words))
            )
        else:
            since, owner = agreements.date_words(blocker.since), agreements.written(blocker.owner)
            words = agreements.ended(blocker.words)
            lines.append(IN_THE_WAY.format(since=since, words=words, owner=owner.rstrip(".")))
    return lines


def training(record: Agreement) -> list[str]:
    """Return the training that was given, or is due, and to whom."""
    return [
        TRAINED.format(
            whom=lesson.whom or agreements.NOT_SAID,
            how_many=agreements.people_count(lesson.how_many),
            words=lesson.words.rstrip("."),
            given=GIVEN.format(day=day(lesson.given_on)) if lesson.given_on else DUE,
        )
        for lesson in record.filled("training")
    ]


def _work(record: Agreement, shown) -> Markup:
    as_at = shown.agreement.table.edition.dated
    return Markup("").join(
        blocks.facts(action_title(action), action_facts(action, record, as_at))
        for action in record.filled("actions")
    )


ACTION_LABELS = (
    "For",
    "Measured by",
    "Who",
    "With whom",
    "Where",
    "How",
    "Delivers",
    "How long",
    "Cost",
    "Idea of",
    "Owned together by",
    "Shared risk",
    "People it reaches",
    "Agreed?",
    "How far it is",
)


def action_title(action: Action) -> str:
    """Return what an action does, and whether that is new here."""
    return f"{action.what} (new to this ward)" if action.new_to_this_ward else action.what


def action_facts(
    action: Action, record: Agreement, as_at: date | None = None
) -> list[tuple[str, str]]:
    """Return what an action says of itself: labels and words. ``as_at``: what stands for today."""
    span = agreements.from_until(action.starts, action.ends)
    known = agreements.words_by_id(record)
    values = [
        known.get(action.outcome, ""),
        known.get(action.measure, ""),
        action.who,
        ", ".join(action.with_whom),
        action.where,
        action.how,
        action.delivers,
        span,
        agreements.COSTS[action.cost],
        agreements.ORIGINS[action.origin],
        action.joint_owner,
        action.shared_risk,
        agreements.people_count(action.reaches) if action.reaches is not None else "",
        agreements.part_state(action),
        agreements.progress_words(action, as_at),
    ]
    return list(zip(ACTION_LABELS, values, strict=True))


def _too_hard(record: Agreement, shown) -> Markup:
    words = agreements.words_by_id(record)
    return blocks.bullets(
        f"{words[part.id].rstrip('.')}. {agreements.part_state(part)}"
        for _, part in record.negotiated
        if part.is_parked
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
