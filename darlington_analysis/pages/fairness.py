"""Page 7: is it fair, is it done with people, and does it end?"""

from markupsafe import Markup

from darlington_analysis.agreements.checks.people import asked_of_100
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.sections import FairnessAndExit
from darlington_analysis.pages import findings
from darlington_analysis.pages.components import agreements, blocks, charts, figure
from darlington_analysis.pages.negotiation import asked

FAIR_QUESTION = "Is it fair?"
FAIR_PROMPT = "Who was asked? Who gains? Who bears the need? Who may lose? Who is protected?"
ASKED_HEADS = ("Group", "How many were asked", "How many live here", "Asked, of 100 who live here")
UNEVEN_SENTENCE = (
    "People {most} were asked most often: {often} of 100. People {least} were asked least often: "
    "{seldom} of 100."
)
CHECKED = "Last looked at on {day}; looked at again before signing and at each review."
ASKED_CAPTION = "Who was asked, beside who lives here"
MODES_QUESTION = "Is it done for people, or with them?"
MODES_PROMPT = "For each action: for people, with people, or by people themselves?"
PRINCIPLES_QUESTION = "Does it keep to the five principles of {principles_of}?"
PRINCIPLES_PROMPT = "One line for each of the five questions."
END_QUESTION = "When does support end, and what comes after?"
END_PROMPT = (
    "From when, looked at again when, until when; how one would know that it can stand alone."
)
DAYS = "From {}, looked at again {}, until {}."
PLANNED, SO_FAR = "planned", "so far"
CURVE_UNIT, CURVE_HEADS = "Days a month", ["Day", "Days a month", "Planned or so far"]
CURVE_SOURCE = "Source: the agreement record."
CURVE_CAPTION = "Days of Council support a month, planned and so far"


def fairness(shown: FairnessAndExit) -> str:
    """Return page 7: the same questions in every pack, answered or to be answered."""
    record, lists = shown.agreement.record, shown.agreement.lists
    principles = PRINCIPLES_QUESTION.format(**blocks.documents())
    return blocks.join(
        asked(record, FAIR_QUESTION, _fair(shown), FAIR_PROMPT),
        asked(record, MODES_QUESTION, _modes(record, lists), MODES_PROMPT),
        blocks.paragraph(f"The names of the ways: {lists.modes_source}."),
        asked(record, principles, _principles(record), PRINCIPLES_PROMPT),
        asked(record, END_QUESTION, _end(record), END_PROMPT),
    )


def _fair(shown: FairnessAndExit) -> Markup:
    record = shown.agreement.record
    if not record:
        return Markup("")
    rates = asked_of_100(record, shown.residents)
    rows = [
        (
            group.group,
            agreements.people_count(group.how_many),
            _live_here(shown, group.group),
            f"{rates[group.group]:.0f}" if group.group in rates else "–",
        )
        for group in record.fairness.who_was_asked
        if group.group
    ]
    checked = record.fairness.checked_on
    return blocks.join(
        blocks.table(ASKED_HEADS, rows, ASKED_CAPTION),
        blocks.paragraph(_uneven(rates)),
        blocks.paragraph(CHECKED.format(day=agreements.date_words(checked)) if checked else ""),
        *(blocks.titled(title, answer) for title, answer in agreements.fair_answers(record)),
    )


def _uneven(rates: dict[str, float]) -> str:
    """Return who was asked most and least often, where that differs as printed."""
    if len({round(rate) for rate in rates.values()}) < 2:
        return ""
    most, least = max(rates, key=rates.get), min(rates, key=rates.get)
    return UNEVEN_SENTENCE.format(
        most=most, often=f"{rates[most]:.0f}", least=least, seldom=f"{rates[least]:.0f}"
    )


def _live_here(shown: FairnessAndExit, group: str) -> str:
    count = shown.residents.get(group)
    return agreements.people_count("not known" if count is None else count)


def _modes(record: Agreement | None, lists) -> Markup:
    actions = record.filled("actions") if record else ()
    if not actions:
        return Markup("")
    rows = [
        (
            name,
            str(sum(action.mode == mode for action in actions)),
            "; ".join(action.what for action in actions if action.mode == mode) or "–",
        )
        for mode, name in lists.modes.items()
    ]
    heads = ["How it is done", "Actions", "Which"]
    return blocks.table(heads, rows, "Actions, by the way they are done")


def _principles(record: Agreement | None) -> Markup:
    if not record:
        return Markup("")
    return Markup("").join(
        blocks.titled(title, answer)
        for key, title in findings.PRINCIPLES.items()
        if (answer := getattr(record.principles, key))
    )


def _end(record: Agreement | None) -> Markup:
    way = record.independence if record else None
    if way is None or not (way.ends or way.plan or way.criteria):
        return Markup("")
    days = blocks.bullets(
        [
            DAYS.format(*map(agreements.date_words, (way.starts, way.review, way.ends))),
            f"Where the partnership is now: {agreements.STAGES[way.stage]}.",
            *(f"It can stand alone when: {criterion}" for criterion in way.criteria),
        ]
    )
    return days + _curve(way)


def _curve(way) -> Markup:
    plan, so_far = _points(way.plan), _points(way.so_far)
    if not plan and not so_far:
        return Markup("")
    points = [(*pair, PLANNED) for pair in plan] + [(*pair, SO_FAR) for pair in so_far]
    rows = [(agreements.date_words(on), f"{days:g}", kind) for on, days, kind in sorted(points)]
    drawn = charts.days_over_time(plan, so_far, planned=PLANNED, done=SO_FAR)
    return figure.figure(
        drawn,
        figure_id="independence",
        title=CURVE_CAPTION,
        subtitle=CURVE_UNIT,
        alt="; ".join(f"{on}: {days} ({kind})" for on, days, kind in rows),
        table_html=blocks.table(CURVE_HEADS, rows, CURVE_CAPTION),
        source_line=CURVE_SOURCE,
    )


def _points(points) -> list[tuple]:
    return [(point.on, point.council_days_a_month) for point in points]
