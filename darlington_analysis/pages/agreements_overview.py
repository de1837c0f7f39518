"""A partnership’s own measures, and all agreements of the borough at once."""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from darlington_analysis.agreements.checks.check import errors
from darlington_analysis.agreements.parts import Action, Blocker
from darlington_analysis.evidence.agreement import RecordState
from darlington_analysis.evidence.review import AgreementsOverview, Due, Measures, Progress, Review
from darlington_analysis.pages import findings, negotiation, page
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import day, whole

COMPARED = {
    "higher": "higher than the time before, chance allowed for",
    "lower": "lower than the time before, chance allowed for",
    "cannot be told apart": "cannot be told from the time before",
    "": "not compared",
}
NO_MEASURES = "No measure of this kind is written down yet. For the partnership to say."
COVERAGE_HEADS = {
    "states": [
        "Ward",
        "How far",
        "Signed",
        "Agreed, open, disputed, parked",
        "To mend",
        "Open questions",
        "Mentor",
    ],
    "offers": ["Ward", "Grant a year", "Worker’s days a month", "Mentor’s days a year"],
    "due": ["Day", "Ward", "What is due"],
    "strands": ["Strand of {strategy}", "Agreements", "Which"],
    "themes": ["Theme", "Outcomes worked on"],
}
TOO_HARD, OPEN, WANTED, MENTORS, STUCK, DUE_TITLE, MONEY = (
    "Too hard for now, and why",
    "Questions still open, and where",
    "Figures that people asked for and that do not exist",
    "Mentors",
    "What is stuck",
    "What is due",
    "What the Council offers, and what it adds up to",
)
DUE = {
    "review": "The review by both sides",
    "action": "The action ends: {words}",
    "parked": "Looked at again: {words}",
    "measure": "The target of a measure: {words}",
    "end": "Support ends",
}
PAST = " (the day has passed)"
ADDED = {
    "grant_pounds_a_year": "Grants add up to {total} a year",
    "worker_days_a_month": "The workers’ time adds up to {total} a month",
}
NONE_KNOWN = {
    "grant_pounds_a_year": "No grant has an amount yet",
    "worker_days_a_month": "Of no worker’s time it is known how much it is",
}
BESIDE_CAPACITY = "{added}, beside {capacity} that the Council has stated"
NO_CAPACITY = "{added}; the Council has not stated how much there is"
OVER = ". That is {over} more than there is"
NOT_KNOWN_OF = ". Not known of: {names}"
NOT_COUNTED = "Support has ended and is not counted: {names}."
ENDED, ALSO_IN = " (ended)", "; also in the agreement of {names}"
INTRO = (
    "For Cabinet. How far each partnership and the Council are, what is due and what is stuck. No "
    "ward’s figures are put to the credit or the blame of its partnership."
)
TITLE = "Agreements with Community Partnerships, {edition}"
DESCRIPTION = "How far each Community Partnership and the Council are, for Cabinet."
NOTHING = "None so far."
NONE_COUNTED = "No agreement counts yet, so there is nothing to add up."
NO_RECORD, BROKEN = "no record", "the record can’t be read: run agreement check"
GONE = "signed, but its record is missing"
IMPORTANT = "The most important measures"
INVENTED, CHANGED_SINCE = " (an invented example)", ", changed since"
OF_AN_OUTCOME = {
    "no-signs": "What would an outcome look like, if we could see it?",
    "who-is-missing": "Who is missing from the figures on an outcome?",
}
BALANCED = "crime and grime"  # the review finds most success there (paragraph 25)


COVERAGE_TITLE = "What do partnerships and the Council agree on?"
LINK = "How far each partnership and the Council are, for Cabinet"


def top(title: str, *, is_draft: bool) -> Markup:
    """Return the heading of the borough's page, and what it is for."""
    notices = page.notices([page.DRAFT_BANNER]) if is_draft else ""
    head = Markup("<h1>{}</h1>{}").format(title, notices) + blocks.paragraph(INTRO)
    return head + Markup("<h2>{}</h2>").format(COVERAGE_TITLE)


def counted_sentence(number: int, left_out: str) -> str:
    """Return how many agreements are counted below, and which records are not."""
    but = f" Not counted, as invented or declined: {left_out}." if left_out else ""
    if not number:
        return NONE_COUNTED + but
    many = "agreement is" if number == 1 else "agreements are"
    return f"Below, {whole(number)} {many} counted.{but}"


def balance_sentence(themes: dict[str, int]) -> str:
    """Return how many outcomes are on crime and grime, and on all others; "" where none are."""
    total, most = sum(themes.values()), themes.get(BALANCED, 0)
    if not total:
        return ""
    bare = themes.get("", 0)
    rest = f"{whole(total - most - bare)} on others" + (f", {whole(bare)} on none" if bare else "")
    what = "outcome that is worked on is" if total == 1 else "outcomes that are worked on are"
    return f"{whole(most)} of {whole(total)} {what} on {BALANCED}, {rest}."


def mentor_lines(wards_by_mentor: dict) -> list[str]:
    """Return which agreements have no mentor, which share one, and who else mentors which."""
    lines = []
    for mentor, wards in wards_by_mentor.items():
        names = ", ".join(ward.name for ward in wards)
        if not mentor:
            lines.append(f"No mentor yet: {names}")
        elif len(wards) > 1:
            lines.append(f"One mentor for several: {names}")
        else:
            lines.append(f"{mentor}: {names}")
    return lines


def measures(shown: Measures) -> str:
    """Return the measures of one kind with every return, or room to write."""
    table = _measures_table(shown)
    return blocks.answered(shown.agreement.record, table) if table else blocks.empty(NO_MEASURES)


def important_measures(review: Review) -> str:
    """Return a table of the most important measures with baseline and target; "" without any."""
    return _measures_table(review.most_important)


def _measures_table(shown: Measures) -> str:
    rows = [
        (
            row.measure.words,
            agreements.returns(row.measure),
            agreements.measure_target(row.measure),
            COMPARED[row.comparison],
        )
        for row in shown.measures
    ]
    heads = ["Measure", "The partnership’s own counts, baseline first", "Target", "The last two"]
    return blocks.table(heads, rows, agreements.KINDS.get(shown.kind, IMPORTANT)) if rows else ""


def progress(shown: Progress) -> str:
    """Return how far the actions are, what is in the way, what is due, what was learned."""
    record = shown.agreement.record
    if not record:
        return blocks.paragraph(agreements.NO_RECORD)
    as_at = shown.agreement.table.edition.dated
    rows = [
        (action.what, agreements.part_state(action), agreements.progress_words(action, as_at))
        for action in record.filled("actions")
    ]
    inner = blocks.join(
        blocks.table(["Action", "Agreed?", "How far it is"], rows, "Who does what: how far it is"),
        _listed(STUCK, negotiation.blockers(record)),
        _listed(DUE_TITLE, due_lines(shown.due)),
        _listed("What was learned and changed", negotiation.reviews(record)),
        _listed("Training and mentoring", negotiation.training(record)),
    )
    return blocks.answered(record, inner)


def due_lines(due: Sequence[Due]) -> list[str]:
    """Return what is due, one a line, with its day."""
    return [f"{day(item.on)}: {_due(item)}" for item in due]


def _due(due: Due) -> str:
    past = PAST if due.is_past else ""
    return f"{DUE[due.what].format(words=due.words.rstrip('.'))}{past}"


def coverage(shown: AgreementsOverview) -> str:
    """Return how far every agreement is, what they cover, and what is too hard or not known.

    Where none counts, there is nothing that the parts after the first could say.
    """
    states = blocks.join(
        blocks.table(COVERAGE_HEADS["states"], _states(shown), "How far the agreements are"),
        blocks.paragraph(counted_sentence(len(shown.counted), _left_out(shown))),
    )
    return blocks.join(states, _of_counted(shown)) if shown.counted else states


def _of_counted(shown: AgreementsOverview) -> Markup:
    hard = [f"{ward.name}: {one.words} {agreements.part_state(one)}" for ward, one in shown.parked]
    wanted = [f"{asked} ({_names(wards)})" for asked, wards in shown.wanted.items()]
    open_ = [
        f"{findings.sentence(one, {})} {_names(wards)}"
        if "id" not in one.facts
        else f"{OF_AN_OUTCOME[one.check]} {_names(wards)}"
        for one, wards in shown.open_questions
    ]
    return blocks.join(
        blocks.under(DUE_TITLE, _due_table(shown)),
        _listed(STUCK, [f"{ward.name}: {_stuck(part)}" for ward, part in shown.stuck]),
        blocks.under(MONEY, _money(shown)),
        blocks.table(_strand_heads(), _strands(shown), "Strands covered"),
        blocks.table(COVERAGE_HEADS["themes"], _themes(shown), "Themes of the outcomes"),
        blocks.paragraph(balance_sentence(shown.themes)),
        _listed(TOO_HARD, hard),
        _listed(OPEN, open_),
        _listed(WANTED, wanted),
        _listed(MENTORS, mentor_lines(shown.mentors)),
    )


def _due_table(shown: AgreementsOverview) -> Markup:
    rows = [(day(due.on), ward.name, _due(due)) for ward, due in shown.due]
    return blocks.table(COVERAGE_HEADS["due"], rows, DUE_TITLE) or blocks.paragraph(NOTHING)


def _stuck(part: Action | Blocker) -> str:
    if isinstance(part, Action):
        return f"{part.what}: {agreements.progress_words(part)}"
    owner, since = agreements.written(part.owner), agreements.date_words(part.since)
    return negotiation.IN_THE_WAY.format(since=since, words=part.words, owner=owner)


def _money(shown: AgreementsOverview) -> Markup:
    """Return each offer's amounts, and what they add up to beside what the Council has stated."""
    keys = ("grant_pounds_a_year", "worker_days_a_month", "mentor_days_a_year")
    rows = [
        (
            _names(answer.wards) + (ENDED if shown.has_ended(answer) else ""),
            *(_amount(getattr(answer.record.offer, key), key) for key in keys),
        )
        for answer in shown.counted
    ]
    lines = [added_sentence(shown, key) for key in ADDED] if rows else [NOTHING]
    ended = [answer.ward for answer in shown.counted if shown.has_ended(answer)]
    lines += [NOT_COUNTED.format(names=_names(ended))] if ended else []
    table = blocks.table(COVERAGE_HEADS["offers"], rows, MONEY) if rows else ""
    return blocks.join(table, *(blocks.paragraph(line) for line in lines))


def _amount(number: float | str | None, key: str) -> str:
    if number is None:
        return agreements.NOT_SAID
    return number if isinstance(number, str) else _with_unit(number, key)


def _with_unit(number: float, key: str) -> str:
    return agreements.in_pounds(number) if "pounds" in key else agreements.in_days(number, "days")


def added_sentence(shown: AgreementsOverview, key: str) -> str:
    """Return what an amount of all offers adds up to, beside what the Council has stated."""
    total, unknown = shown.total(key)
    capacity = getattr(shown.table.settings.agreements, key)
    if total is None:
        line = NONE_KNOWN[key]
    elif capacity is None:
        line = NO_CAPACITY.format(added=ADDED[key].format(total=_with_unit(total, key)))
    else:
        added = ADDED[key].format(total=_with_unit(total, key))
        line = BESIDE_CAPACITY.format(added=added, capacity=_with_unit(capacity, key))
        over = round(total - capacity, 2)
        line += OVER.format(over=_with_unit(over, key)) if over > 0 else ""
    line += NOT_KNOWN_OF.format(names=_names(unknown)) if unknown else ""
    return f"{line}."


def _states(shown: AgreementsOverview) -> list[tuple[str, ...]]:
    states = {answer.ward: _state(answer) for answer in shown.answers}
    states |= {ward: (BROKEN, *("–",) * 5) for ward in shown.broken}
    rows = []
    for ward in shown.table.wards.wards:
        state, *rest = states[ward]
        others = [answer.ward for answer in shown.also_in(ward)]
        state += ALSO_IN.format(names=_names(others)) if others else ""
        rows.append((ward.name, state, *rest))
    return rows


def _state(answer) -> tuple[str, ...]:
    if answer.state is RecordState.GONE:
        return GONE, *("–",) * 5
    if not answer.record:
        return NO_RECORD, *("–",) * 5
    stops = errors(answer.findings)
    asked = [finding for finding in answer.findings if finding.severity == "question"]
    example = INVENTED if answer.is_example else ""
    signed = agreements.date_words(answer.signings[-1].signed_on) if answer.signings else "–"
    signed += CHANGED_SINCE if answer.state is RecordState.CHANGED else ""
    states = Counter(part.state or "open" for _, part in answer.record.negotiated)
    parts = ", ".join(str(states[state]) for state in agreements.PART_STATES)
    mentor = answer.record.offer.mentor or "none yet"
    state = answer.record.consultation.state + example
    return state, signed, parts, str(len(stops)), str(len(asked)), mentor


def _left_out(shown: AgreementsOverview) -> str:
    return _names([answer.ward for answer in shown.written if answer not in shown.counted])


def _names(wards) -> str:
    return ", ".join(ward.name for ward in wards)


def _strands(shown: AgreementsOverview) -> list[tuple[str, str, str]]:
    wards = {strand: shown.strands(strand) for strand in agreements.STRANDS}
    return [
        (title, str(len(wards[strand])), ", ".join(w.name for w in wards[strand]) or "–")
        for strand, title in agreements.STRANDS.items()
    ]


def _themes(shown: AgreementsOverview) -> list[tuple[str, str]]:
    counts = shown.themes
    return [(theme, str(counts[theme])) for theme in shown.table.settings.agreements.themes]


def _listed(title: str, lines: list[str]) -> Markup:
    body = blocks.bullets(lines) or blocks.paragraph(NOTHING)
    return blocks.under(title, body)


def _strand_heads() -> list[str]:
    return [head.format(**blocks.documents()) for head in COVERAGE_HEADS["strands"]]
