"""One side for each outcome of a record: the curve, the story, the options, both positions, work.

This is the “turn the curve” sheet of Outcomes Based Accountability. It is one printed side, so a
long text is cut and a long list ends early; a last line then says where the rest is.
"""

import math
import re
from dataclasses import dataclass, field
from itertools import accumulate

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.parts import (
    AGREED,
    DISPUTED,
    OPEN,
    Action,
    Customers,
    Idea,
    Measure,
    Outcome,
)
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.pages import agreed_target, page
from darlington_analysis.pages.components import agreements, blocks, curves, tables
from darlington_analysis.pages.components.numbers import day, decapitalised, whole

WHICH = "{partnership}. Outcome {number} of {count}."
SIGN = "A sign that we would see: {sign}"
STORY, MISSES = "The story behind it", "Who the figure misses:"
NO_STORY = "Nobody has told the story behind this figure yet."
TARGET, PARTNERS = "Target", "Partners with a part to play"
NO_TARGET = "No target is set for it."
OPTIONS, NO_OPTIONS = "What could be done, and what it costs", "No option is written down for it."
CHOSEN, NOW_DISPUTED = "chosen", "now disputed"
OPTION_HEADS = ("Option", "Money", "Whose time", "How we know", "Decision")
SAYS, SAYS_NOTHING = "What each side says", "has said nothing on this yet."
MARKS = {"chosen": "done", OPEN: "going on", "refused": "stopped", "done": "done"}
MARKS |= {"under way": "going on", "stuck": "stopped", "not begun": "not begun"}
"""What a reader sees before the word of a decision, or before how far an action is."""
AGREED_TITLE, OPEN_TITLE, DISPUTED_TITLE = "Agreed", "Open", "Disputed"
NOTHING = "Nothing on this outcome."
DOES, NO_ACTIONS = "Who does what, and when", "No action is written down for it."
ACTION_HEADS = ("Action", "Who, with whom", "When", "Status")
KNOWS, NO_MEASURES = "How the partnership will know", "No measure of the partnership shows it yet."
MEASURE_HEADS = ("Measure", "Baseline", "Target", "Returns: ○ before ● newest | target")
OWN = (
    "The partnership answers for these measures of its own work. Nobody holds it to the figure "
    "for the whole ward."
)
CUT, REST = "…", "Cut short or left out on this side, and in full in the {annex}: {what}."

HALF, THIRD = 57, 38  # letters of a line in half and a third of the side
MOST_LINES = 75.5  # of a side of A4, headings, curve and spaces among them
FIXED_LINES, TOP_LINES, CHART_LINES, TITLE_LINES = 16.5, 25, 2.6, 1.7
MOST_PARTNERS = 6
ROOMS = (
    (12, 2.5),
    (12, 1.6),
    (12, 1.25),
    (12, 1.0),
    (10, 1.0),
    (8, 1.0),
    (6, 0.85),
    (5, 0.7),
    (4, 0.6),
)


@dataclass
class Side:
    """The room of one side: what was cut short on it, and how many lines are used.

    ``room``: lines of a table's rows; ``share``: how much of its most a text may take.
    """

    room: int
    share: float
    cut: dict[str, int] = field(default_factory=dict)
    lines: float = FIXED_LINES

    def words(self, text: str, most: int, what: str) -> str:
        """Return a text, or its beginning up to a word's end."""
        return self._cut(text, int(most * min(self.share, 1.0)), what)

    def cell(self, text: str, most: int, what: str) -> str:
        """Return a text of a table, longer than its most where the whole side leaves room for it."""
        return self._cut(text, int(most * self.share), what)

    def _cut(self, text: str, most: int, what: str) -> str:
        if len(text) <= most:
            return text
        self.cut.setdefault(what, 0)
        kept = text[:most].rsplit(" ", 1)[0]
        return f"{kept.rstrip(',;.:')} {CUT}"

    def rows(
        self, rows: list[tuple], widths: tuple[int, ...], what: str, least: float = 1
    ) -> list[tuple]:
        """Return as many rows as there is room for, where columns are so many letters wide."""
        tall = [0.3 + max(least, *map(_lines, row, widths)) for row in rows]
        kept = max(1, sum(used <= self.room for used in accumulate(tall)))
        if len(rows) > kept:
            self.cut[what] = len(rows) - kept
        self.lines += sum(tall[:kept])
        return rows[:kept]


def _lines(text: str, width: int) -> int:
    return math.ceil(len(Markup(text).striptags()) / width) if text else 1


def outcome_sides(agreement: AgreementAnswer, lead: str) -> Markup:
    """Return one side for each outcome of a record, the first with a lead."""
    outcomes = agreement.record.filled("outcomes")
    sides = []
    for number, outcome in enumerate(outcomes, 1):
        which = WHICH.format(
            partnership=agreement.record.partnership, number=number, count=len(outcomes)
        )
        head = Markup("{} {}").format(lead if number == 1 else "", which)
        sides.append(_that_fits(agreement, outcome, head))
    return blocks.join(*sides)


def _that_fits(agreement: AgreementAnswer, outcome: Outcome, head: Markup) -> Markup:
    """Return a side that is as full as one side of A4 can be."""
    for room in ROOMS:
        side = Side(*room)
        html = _side(agreement, outcome, head, side)
        if side.lines <= MOST_LINES:
            break
    return html


def _side(agreement: AgreementAnswer, outcome: Outcome, which: Markup, side: Side) -> Markup:
    record = agreement.record
    example = agreements.EXAMPLE_SHORT if record.example else ""
    state = agreements.part_state(outcome)
    sign = SIGN.format(sign=outcome.signs[0]) if outcome.signs else ""
    served = agreements.aims_served(outcome, agreement.lists)
    head = Markup('<p class="which">{} <strong>{}</strong></p><h3>{}</h3><p class="which">{}</p>')
    story = _story(agreement, outcome, side)
    curve = agreed_target.outcome_curve(agreement, outcome)
    curve += _partners(record, outcome, side)
    parts = [
        head.format(
            which,
            f"{example} {side.words(state, 120, 'why it is parked')}".strip(),
            side.words(outcome.words, 120, "the outcome"),
            side.words(f"{served} {sign}".strip(), 200, "what it serves, and signs"),
        ),
        Markup('<div class="halves"><div>{}</div><div>{}</div></div>').format(curve, story),
        Markup('<div class="options">{}</div>').format(_options(record, outcome, side)),
        _sides_say(record, outcome, side),
        Markup('<div class="actions">{}</div>').format(_actions(agreement, outcome, side)),
        Markup('<div class="own">{}</div>').format(_measures(record, outcome, side)),
    ]
    side.lines += TITLE_LINES * _lines(outcome.words[:120], 75) + _lines(str(side.cut), 110)
    groups = blocks.join(*(Markup("<div>{}</div>").format(part) for part in parts))
    return Markup('<section class="outcome-side">{}{}</section>').format(groups, _left_out(side))


def _left_out(side: Side) -> Markup:
    if not side.cut:
        return Markup("")
    annex = Markup('<a class="file" href="{}#what-has-to-be-agreed">{}</a>').format(
        page.FILES[page.ANNEX], "annex"
    )
    what = "; ".join(
        f"{name} ({count} more)" if count else name for name, count in side.cut.items()
    )
    return Markup('<p class="which">{}</p>').format(Markup(REST).format(annex=annex, what=what))


def _partners(record: Agreement, outcome: Outcome, side: Side) -> Markup:
    """Return the partners whom the actions for an outcome name; all, where they name none."""
    actions = [part for part in record.filled("actions") if part.outcome == outcome.id]
    work = [words for action in actions for words in (action.who, *action.with_whom)]
    partners = record.filled("partners")
    named = [partner for partner in partners if any(_is_same(partner.who, each) for each in work)]
    names = [agreements.partner_name(partner) for partner in named or partners]
    if not names:
        return Markup("")
    kept = [side.words(name, 85, "partners") for name in names[:MOST_PARTNERS]]
    if len(names) > len(kept):
        side.cut["partners"] = len(names) - len(kept)
    inline = Markup('<ul class="files">{}</ul>').format(
        blocks.join(*(Markup("<li>{}</li>").format(name) for name in kept))
    )
    return blocks.under(PARTNERS, inline, 4)


def _is_same(partner: str, named: str) -> bool:
    """Return True where an action names a partner as the record does, but for small words."""
    one, other = (
        re.sub(r"\b(?:the|of|a)\b|\W", " ", words.casefold()).split() for words in (partner, named)
    )
    return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))


def _story(agreement: AgreementAnswer, outcome: Outcome, side: Side) -> Markup:
    known = agreement.of_indicator.get(outcome.indicator, ())
    quotes = [
        Markup("<blockquote><p>{}</p><footer>{}</footer></blockquote>").format(
            side.words(part.words, 140, "what people know"),
            side.words(agreements.grade_words(part), 75, "what people know"),
        )
        for part in known[:2]
    ]
    if len(known) > len(quotes):
        side.cut["what people know"] = len(known) - len(quotes)
    missing = side.words(outcome.missing_from_data, 105, "who the figure misses")
    target = _target(agreement, outcome, side)
    said = [*quotes, missing, target]
    side.lines += max(TOP_LINES, 5 + sum(_lines(part, HALF) for part in said if part))
    return blocks.join(
        Markup("<h4>{}</h4>").format(STORY),
        *(quotes or [blocks.paragraph(NO_STORY)]),
        blocks.titled(MISSES, missing) if missing else "",
        target,
    )


def _target(agreement: AgreementAnswer, outcome: Outcome, side: Side) -> Markup:
    if not outcome.target:
        return blocks.under(TARGET, blocks.paragraph(NO_TARGET), 4)
    aimed = agreed_target.aim(agreement, outcome)
    answers = [
        (question, side.words(words, 310, "what the evidence says of the target"))
        for question, words in agreed_target.target_answers(agreement, outcome)
    ]
    told = [
        blocks.titled(question, words) if question else blocks.paragraph(words)
        for question, words in answers
    ]
    return blocks.under(f"{TARGET}: {aimed}", blocks.join(*told), 4)


def _options(record: Agreement, outcome: Outcome, side: Side) -> Markup:
    only = len(record.filled("outcomes")) == 1
    ideas = [
        idea
        for idea in record.filled("ideas")
        if idea.outcome == outcome.id or (only and not idea.outcome)
    ]
    rows = [
        (
            side.cell(idea.words, 88, "options"),
            side.cell(_money(idea), 60, "options"),
            side.cell(idea.capacity, 54, "options"),
            idea.grade,
            _decision(idea, outcome),
        )
        for idea in ideas
    ]
    rows = side.rows(rows, (44, 30, 27, 20, 12), "options")
    return _table(OPTIONS, OPTION_HEADS, rows, NO_OPTIONS, outcome)


def _decision(idea: Idea, outcome: Outcome) -> str:
    """Return what was decided of an option; one that was chosen says if its outcome is disputed."""
    if idea.decision == CHOSEN and outcome.state == DISPUTED:
        return f"{idea.decision}, {NOW_DISPUTED}"
    return curves.mark(MARKS[idea.decision or OPEN]) + (idea.decision or OPEN)


def _money(idea: Idea) -> str:
    pounds = agreements.amount(idea.pounds, f"£ {idea.pounds_for}").strip(" ()")
    cost = agreements.COSTS[idea.cost] if idea.cost != "needs money" or not pounds else ""
    return ", ".join(part for part in (cost, pounds, idea.who_pays) if part)


def _sides_say(record: Agreement, outcome: Outcome, side: Side) -> Markup:
    spoken = record.positions_on(outcome.id)
    last = {position.by: position for position in spoken}
    halves = [_position(last.get(by), by, side) for by in ("partnership", "council")]
    by_state = {AGREED: [], OPEN: [], DISPUTED: []}
    both = last.get("both")
    if both and outcome.is_settled:
        by_state[AGREED].append(side.words(both.words, 150, "what is agreed"))
    elif not outcome.is_parked:
        by_state[outcome.state or OPEN].append("The outcome itself.")
    for action in record.filled("actions"):
        is_to_settle = action.outcome == outcome.id and not action.is_settled
        if is_to_settle:
            by_state[action.state or OPEN].append(f"{action.what.rstrip('.')}.")
    said = [part.words for part in (last.get("partnership"), last.get("council")) if part]
    side.lines += max((_lines(words[:200], HALF) for words in said), default=1)
    side.lines += max(_lines(" ".join(lines)[:150], THIRD) for lines in by_state.values())
    agreed_on = f", {day(both.dated)}" if by_state[AGREED] and both and both.dated else ""
    titles = zip(
        (f"{AGREED_TITLE}{agreed_on}", OPEN_TITLE, DISPUTED_TITLE), by_state.items(), strict=True
    )
    thirds = [
        Markup("<div>{}</div>").format(
            blocks.titled(title, side.words(" ".join(lines) or NOTHING, 150, f"what is {state}"))
        )
        for title, (state, lines) in titles
    ]
    return blocks.join(
        Markup("<h4>{}</h4>").format(SAYS),
        Markup('<div class="halves">{}</div>').format(blocks.join(*halves)),
        Markup('<div class="thirds">{}</div>').format(blocks.join(*thirds)),
    )


def _position(position, by: str, side: Side) -> Markup:
    who = agreements.BY[by]
    if position is None:
        return Markup("<div>{}</div>").format(blocks.titled(who, SAYS_NOTHING))
    on = f", {day(position.dated)}" if position.dated else ""
    words = side.words(position.words, 200, "what a side says")
    quote = Markup("<blockquote><p>{}</p></blockquote>").format(words)
    no = " (does not agree)" if position.agrees == "no" else ""
    return Markup("<div>{}{}</div>").format(blocks.titled(f"{who}{on}{no}"), quote)


def _actions(agreement: AgreementAnswer, outcome: Outcome, side: Side) -> Markup:
    record, as_at = agreement.record, agreement.table.edition.dated
    actions = [part for part in record.filled("actions") if part.outcome == outcome.id]
    rows = [
        (
            side.cell(action.what, 90, "actions"),
            side.cell(_who(action), 95, "actions"),
            agreements.from_until(action.starts, action.ends),
            curves.mark(MARKS.get(action.progress, ""))
            + side.cell(agreements.progress_words(action, as_at), 110, "actions"),
        )
        for action in actions
    ]
    rows = side.rows(rows, (35, 35, 24, 35), "actions")
    return _table(DOES, ACTION_HEADS, rows, NO_ACTIONS, outcome)


def _who(action: Action) -> str:
    return ", with ".join(part for part in (action.who, ", ".join(action.with_whom)) if part)


def _measures(record: Agreement, outcome: Outcome, side: Side) -> Markup:
    named = {part.measure for part in record.filled("actions") if part.outcome == outcome.id}
    measures = [measure for measure in record.filled("measures") if measure.id in named]
    measures += [part for part in _of_same_customers(record, measures) if part not in measures]
    measures = sorted(measures, key=lambda measure: not measure.most_important)
    whose = {customer.id: customer for customer in record.filled("customers")}
    rows = [_measure(measure, whose.get(measure.customers), side) for measure in measures]
    rows = side.rows(rows, (44, 16, 28, 200), "measures", CHART_LINES)
    return _table(KNOWS, MEASURE_HEADS, rows, NO_MEASURES, outcome) + (
        Markup('<p class="which">{}</p>').format(OWN) if rows else ""
    )


def _of_same_customers(record: Agreement, measures: list[Measure]) -> list[Measure]:
    whose = {measure.customers for measure in measures if measure.customers}
    return [part for part in record.filled("measures") if part.customers in whose]


def _measure(measure: Measure, whose: Customers | None, side: Side) -> tuple:
    first = measure.returns[0] if measure.returns else None
    baseline = f"{agreements.returned(first)} ({first.period})" if first else "none yet"
    title = agreements.KINDS.get(measure.kind, "").rstrip("?")
    words = side.cell(measure.words, 70, "measures")
    is_of_people = whose and measure.kind != "how much" and isinstance(whose.how_many, int)
    many = f" ({whole(whose.how_many)} people served)" if is_of_people else ""
    return (
        Markup("<strong>{}:</strong> {}{}").format(title, decapitalised(words), many),
        baseline,
        agreements.measure_target(measure),
        _returns(measure),
    )


def _returns(measure: Measure) -> Markup:
    is_share = any(counted.out_of is not None for counted in measure.returns)
    values = [
        (counted.period, 100 * counted.value / counted.out_of if is_share else counted.value)
        for counted in measure.returns
        if isinstance(counted.value, int) and (not is_share or isinstance(counted.out_of, int))
        if not is_share or counted.out_of
    ]
    if not values:
        return Markup(agreements.returns(measure))
    said = f"{measure.words}: {agreements.returns(measure)}"
    return curves.returns(values, measure.target.level if measure.target else None, said)


def _table(title: str, heads: tuple, rows: list[tuple], none: str, outcome: Outcome) -> Markup:
    if not rows:
        return blocks.under(title, blocks.paragraph(none), 4)
    keys = [f"column_{place}" for place in range(len(heads))]
    cells = [[cell if cell else agreements.NOT_SAID for cell in row] for row in rows]
    frame = pd.DataFrame(cells, columns=keys, dtype=object)
    columns = [
        tables.Column(key, head, show=lambda cell: cell)
        for key, head in zip(keys, heads, strict=True)
    ]
    return tables.table(frame, columns, title, label=f"{title}: {outcome.words}")
