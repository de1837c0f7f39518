"""Page 6: what matters to whom, what each side says, who promises what, what is still to do."""

from collections import Counter

from markupsafe import Markup

from darlington_analysis.agreements.record import Action, Agreement, Decision, Outcome
from darlington_analysis.evidence.sections import Negotiation
from darlington_analysis.pages import boxes
from darlington_analysis.pages.findings import findings
from darlington_analysis.pages.words import agreed, agreements, checks, papers, sentences
from darlington_analysis.pages.words import negotiation as words
from darlington_analysis.sources.indicators import indicator


def negotiation(shown: Negotiation) -> str:
    """Return page 6: the same sections in every pack, written into or empty."""
    record = shown.agreement.record
    sections = [
        (words.STATE_QUESTION, _state, words.STATE_PROMPT),
        (words.STRENGTHS_QUESTION, _strengths, words.STRENGTHS_PROMPT),
        (words.BOXES_QUESTION, _boxes, words.BOXES_PROMPT),
        (words.OUTCOMES_QUESTION, _outcomes, words.OUTCOMES_PROMPT),
        (words.WORK_QUESTION, _work, words.WORK_PROMPT),
        (words.TOO_HARD_QUESTION, _too_hard, words.TOO_HARD_PROMPT),
        (words.PROMISES_QUESTION, _promises, words.PROMISES_PROMPT),
        (words.DECISIONS_QUESTION, _decisions, words.DECISIONS_PROMPT),
        (words.WANTED_QUESTION, _wanted, words.WANTED_PROMPT),
    ]
    lead = "" if record else boxes.paragraph(agreements.NO_RECORD)
    parts = [asked(record, title, _of(show, shown), prompt) for title, show, prompt in sections]
    todo = findings(shown.agreement) if record else boxes.paragraph(words.GATES_PROMPT)
    last = Markup("<h3>{}</h3>{}").format(words.GATES_QUESTION, todo)
    return Markup("").join([lead, _papers(record), *parts, last])


def negotiation_text(shown: Negotiation) -> str:
    """Return how far the two sides are, and how much is still to do."""
    if not shown.agreement.record:
        return agreements.NO_RECORD
    counts = Counter(each.severity for each in shown.agreement.findings)
    return f"{agreements.signed(shown.agreement.record)} {checks.counted(counts)}"


def asked(record: Agreement | None, title: str, inner: Markup, prompt: str) -> Markup:
    """Return a question with what was written, or with an empty box."""
    body = boxes.answered(record, inner) if record and inner else boxes.empty(prompt)
    return Markup("<h3>{}</h3>{}").format(title, body)


def _papers(record: Agreement | None) -> Markup:
    """Return links to the papers that lie beside the pack."""
    names = [kind for kind in papers.FILES if record or kind != papers.CHARTER]
    links = Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(papers.FILES[kind], kind.lower()) for kind in names
    )
    return Markup("<p>{} {}.</p>").format(papers.BESIDE, links)


def _of(show, shown: Negotiation) -> Markup:
    record = shown.agreement.record
    return show(record, shown) if record else Markup("")


def _state(record: Agreement, shown) -> Markup:
    offer, asked_ = record.offer, record.consultation
    return boxes.bullets(
        [
            agreements.signed(record),
            *agreed.wishes(asked_),
            agreements.WORKER[record.worker_is_due],
            *agreed.offers(offer),
            f"Who may agree for the Council: {agreements.said(asked_.approver)}",
        ]
    )


def _strengths(record: Agreement, shown) -> Markup:
    return boxes.bullets(
        f"{each.words} ({agreements.STRENGTHS[each.kind]})" for each in record.filled("strengths")
    )


def _boxes(record: Agreement, shown) -> Markup:
    outcomes = record.filled("outcomes")
    parts = []
    for pair, title in words.BOXES.items():
        fit = [
            each.words for each in outcomes if (each.local_priority, each.council_priority) == pair
        ]
        parts.append(Markup("<p><strong>{}</strong></p>").format(title))
        parts.append(boxes.bullets(fit) or boxes.paragraph(words.NOBODY))
    placed = [(each.local_priority, each.council_priority) in words.BOXES for each in outcomes]
    left = [_priority(each) for each, is_in in zip(outcomes, placed, strict=True) if not is_in]
    if left:
        parts.append(Markup("<p><strong>{}</strong></p>").format(words.NOT_PLACED))
        parts.append(boxes.bullets(left))
    return Markup("").join(parts) if outcomes else Markup("")


def _priority(each: Outcome) -> str:
    sides = {"partnership": each.local_priority, "council": each.council_priority}
    told = [f"{agreements.BY[side]}: {agreements.said(level)}" for side, level in sides.items()]
    return f"{each.words} {'; '.join(told)}"


def _outcomes(record: Agreement, shown: Negotiation) -> Markup:
    return Markup("").join(_outcome(record, each, shown) for each in record.filled("outcomes"))


def _outcome(record: Agreement, one: Outcome, shown: Negotiation) -> Markup:
    answer = shown.answers.get(one.indicator)
    said = [sentences.say(answer.claims[0])] if answer else [words.NO_FIGURE]
    takes = [sentences.say(each) for each in answer.outlook.take.claims[:1]] if answer else []
    told = shown.agreement.targets.get(one.id)
    if told:
        takes.append(words.target(told, one.target.by, indicator(one.indicator).unit))
    positions = [
        agreed.position(each) for each in record.filled("positions") if each.about == one.id
    ]
    serves = agreed.serves(one, shown.agreement.lists)
    return Markup("<h4>{}</h4>{}<p>{} {}</p>{}{}").format(
        one.words,
        boxes.paragraph(serves),
        words.NOW,
        said[0],
        boxes.paragraph(" ".join([words.TAKES, *takes]) if takes else ""),
        boxes.bullets(positions),
    )


def _work(record: Agreement, shown) -> Markup:
    return Markup("").join(
        boxes.facts(agreed.titled(each), action_facts(each, record))
        for each in record.filled("actions")
    )


def action_facts(each: Action, record: Agreement) -> list[tuple[str, str]]:
    """Return what an action says of itself: labels and words."""
    span = agreements.span(each.starts, each.ends)
    known = agreed.in_words(record)
    told = [
        known.get(each.outcome, ""),
        known.get(each.measure, ""),
        each.who,
        ", ".join(each.with_whom),
        each.where,
        each.how,
        each.delivers,
        span,
        agreements.COSTS[each.cost],
        agreements.ORIGINS[each.origin],
        each.joint_owner,
        each.shared_risk,
    ]
    return list(zip(words.ACTION_LABELS, told, strict=True))


def _too_hard(record: Agreement, shown) -> Markup:
    return boxes.bullets(
        f"{each.words} We look again on: {agreements.when(each.look_again)}"
        for each in record.filled("outcomes")
        if each.too_hard_for_now
    )


def _promises(record: Agreement, shown) -> Markup:
    told = [record.promises.we_will, record.promises.you_can_expect, record.promises.you_will]
    return Markup("").join(
        Markup("<p><strong>{}</strong></p>{}").format(title, boxes.bullets(lines))
        for title, lines in zip(words.PROMISES, told, strict=True)
        if lines
    )


def _decisions(record: Agreement, shown) -> Markup:
    return Markup("").join(
        boxes.facts(each.words, list(zip(words.DECISION_LABELS, _decision(each), strict=True)))
        for each in record.filled("decisions")
    )


def _decision(each: Decision) -> list[str]:
    by = f"{agreements.said(each.decided_by)}, {agreements.when(each.dated)}"
    return ["; ".join(each.options), each.evidence, by, each.why, "; ".join(each.refused)]


def _wanted(record: Agreement, shown) -> Markup:
    return boxes.bullets(
        f"{each.words} ({agreements.said(each.asked_by)}, {agreements.when(each.dated)})"
        for each in record.filled("data_wanted")
    )
