"""Page 7: is it fair, is it done with people, and does it end?"""

from markupsafe import Markup

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.sections import FairAndFinite
from darlington_analysis.pages import boxes
from darlington_analysis.pages.components import charts, figure
from darlington_analysis.pages.negotiation import asked
from darlington_analysis.pages.words import agreements
from darlington_analysis.pages.words import checks as principle_words
from darlington_analysis.pages.words import negotiation as words


def fairness(shown: FairAndFinite) -> str:
    """Return page 7: the same questions in every pack, answered or to be answered."""
    record, lists = shown.agreement.record, shown.agreement.lists
    return Markup("").join(
        [
            asked(record, words.FAIR_QUESTION, _fair(shown), words.FAIR_PROMPT),
            asked(record, words.MODES_QUESTION, _modes(record, lists), words.MODES_PROMPT),
            boxes.paragraph(f"The names of the ways: {lists.modes_source}."),
            asked(record, words.PRINCIPLES_QUESTION, _principles(record), words.PRINCIPLES_PROMPT),
            asked(record, words.END_QUESTION, _end(record), words.END_PROMPT),
        ]
    )


def fairness_text(shown: FairAndFinite) -> str:
    """Return whether there is a record to look at, and how many of its actions are shared."""
    record = shown.agreement.record
    if not record:
        return agreements.NO_RECORD
    modes = [each.mode or "not said" for each in record.filled("actions")]
    return f"{len(modes)} actions: {', '.join(modes)}"


def _fair(shown: FairAndFinite) -> Markup:
    record = shown.agreement.record
    if not record:
        return Markup("")
    rows = [
        (each.group, agreements.count(each.how_many), _live_here(shown, each.group))
        for each in record.fairness.who_was_asked
        if each.group
    ]
    heads = ["Group", "How many were asked", "How many live here"]
    table = boxes.table(heads, rows, words.ASKED_CAPTION) if rows else Markup("")
    checked = record.fairness.checked_on
    looked = boxes.paragraph(words.checked(agreements.when(checked)) if checked else "")
    return (
        table
        + looked
        + Markup("").join(
            Markup("<p><strong>{}</strong> {}</p>").format(title, said)
            for key, title in words.FAIR_ROWS.items()
            if (said := getattr(record.fairness, key))
        )
    )


def _live_here(shown: FairAndFinite, group: str) -> str:
    found = shown.residents.get(group)
    return agreements.count("not known" if found is None else found)


def _modes(record: Agreement | None, lists) -> Markup:
    found = record.filled("actions") if record else ()
    rows = [
        (
            name,
            str(sum(each.mode == mode for each in found)),
            "; ".join(each.what for each in found if each.mode == mode) or "–",
        )
        for mode, name in lists.modes.items()
    ]
    heads = ["How it is done", "Actions", "Which"]
    return boxes.table(heads, rows, "Actions, by the way they are done") if found else Markup("")


def _principles(record: Agreement | None) -> Markup:
    if not record:
        return Markup("")
    return Markup("").join(
        Markup("<p><strong>{}</strong> {}</p>").format(title, said)
        for key, title in principle_words.PRINCIPLES.items()
        if (said := getattr(record.principles, key))
    )


def _end(record: Agreement | None) -> Markup:
    way = record.independence if record else None
    if way is None or not (way.ends or way.plan or way.criteria):
        return Markup("")
    days = boxes.bullets(
        [
            f"From {agreements.when(way.starts)}, looked at again {agreements.when(way.review)}, "
            f"until {agreements.when(way.ends)}.",
            f"Where the partnership is now: {agreements.STAGES[way.stage]}.",
            *(f"It can stand alone when: {each}" for each in way.criteria),
        ]
    )
    return days + _curve(way)


def _curve(way) -> Markup:
    plan, so_far = _points(way.plan), _points(way.so_far)
    if not plan and not so_far:
        return Markup("")
    points = [(*pair, words.PLANNED) for pair in plan] + [(*pair, words.SO_FAR) for pair in so_far]
    rows = [(agreements.when(on), f"{days:g}", kind) for on, days, kind in sorted(points)]
    drawn = charts.days_over_time(plan, so_far, planned=words.PLANNED, done=words.SO_FAR)
    return Markup(
        figure.figure(
            drawn,
            figure_id="independence",
            title=words.CURVE_CAPTION,
            subtitle=words.CURVE_UNIT,
            alt="; ".join(f"{on}: {days} ({kind})" for on, days, kind in rows),
            table_html=boxes.table(words.CURVE_HEADS, rows, words.CURVE_CAPTION),
            source_line=words.CURVE_SOURCE,
        )
    )


def _points(points) -> list[tuple]:
    return [(each.on, each.council_days_a_month) for each in points]
