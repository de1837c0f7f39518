"""Checks on outcomes and on what is agreed: states, positions, and targets that make sense."""

from darlington_analysis.agreements.checks.check import (
    BETTER,
    ERROR,
    QUESTION,
    SAME,
    WARNING,
    WORSE,
    check,
)
from darlington_analysis.agreements.checks.phrases import is_same_option, meets_partnership, refuses
from darlington_analysis.agreements.parts import AGREED, DISPUTED

MOST_OUTCOMES = 5
SIDES = ("partnership", "council")
WHOLE = "agreement"


@check("no-outcome", ERROR, 39, 43)
def _any(record, context):
    outcomes = record.filled("outcomes")
    if not any(outcome.indicator and not outcome.is_parked for outcome in outcomes):
        yield ("outcomes",), {"outcomes": len(outcomes)}


@check("too-many-outcomes", ERROR, 11, 15)
def _too_many(record, context):
    """An agreement is about few things: what comes later is parked."""
    now = [outcome for outcome in record.filled("outcomes") if not outcome.is_parked]
    if len(now) > MOST_OUTCOMES:
        where = record.place("outcomes", now[MOST_OUTCOMES])
        yield (*where, "state"), {"id": now[MOST_OUTCOMES].id, "count": len(now)}


@check("state-open", ERROR, 61)
def _open(record, context):
    for table, part in record.negotiated:
        if part.state in ("", "open"):
            yield (*record.place(table, part), "state"), {"id": part.id}


@check("state-disputed", ERROR, 61)
def _disputed(record, context):
    for table, part in record.negotiated:
        if part.state == DISPUTED:
            yield (*record.place(table, part), "state"), {"id": part.id}


@check("parked-without-reason", ERROR, 64)
def _parked(record, context):
    for table, part in record.negotiated:
        lacking = [key for key in ("parked_because", "look_again") if not getattr(part, key)]
        if part.look_again and context.as_at and part.look_again <= context.as_at:
            lacking.append("day_to_come")
        if part.is_parked and lacking:
            yield (*record.place(table, part), "state"), {"id": part.id, "lacking": lacking}


@check("agreed-without-text", ERROR, 49, 61)
def _text(record, context):
    """An action is its own text; an outcome needs one that both sides accept, with its day."""
    for outcome in record.filled("outcomes"):
        text = record.agreed_text(outcome.id)
        if outcome.state == AGREED and not (text and text.dated):
            yield (*record.place("outcomes", outcome), "state"), {"id": outcome.id}


@check("agreed-text-refuses", ERROR, 61)
def _text_refuses(record, context):
    for _, part in record.negotiated:
        text = record.agreed_text(part.id)
        if part.state == AGREED and text and refuses(text.words):
            where = (*record.place("positions", text), "words")
            yield where, {"id": part.id, "words": text.words}


@check("agreed-without-action", ERROR, 25, 49)
def _done(record, context):
    """What both sides agree on is done by an action, and their text says what that is."""
    for outcome in record.filled("outcomes"):
        text = record.agreed_text(outcome.id)
        actions = [part for part in record.filled("actions") if part.outcome == outcome.id]
        work = [
            words
            for action in actions
            for words in (action.what, action.who, action.how, action.where, action.delivers)
        ]
        if outcome.state == AGREED and not (text and meets_partnership(text.words, work)):
            where = record.place("positions", text) if text and actions else None
            facts = {"id": outcome.id, "lacking": "text" if where else "action"}
            yield where or (*record.place("outcomes", outcome), "state"), facts


@check("agreed-against-position", ERROR, 49, 61)
def _against(record, context):
    """The last word of each side decides: it may have said no before."""
    agreed = [part.id for _, part in record.negotiated if part.state == AGREED]
    if record.consultation.state == AGREED:
        agreed += [WHOLE, ""]
    for named in agreed:
        text = record.agreed_text(named)
        for side in SIDES:
            spoken = [part for part in record.positions_on(named) if part.by == side]
            if spoken and _stands_against(spoken[-1], text):
                last = spoken[-1]
                where = (*record.place("positions", last), "words")
                yield where, {"id": named or WHOLE, "by": side, "words": last.words}


@check("agreed-text-too-old", ERROR, 49, 61)
def _too_old(record, context):
    """The text that both accept is not older than the day on which a side stopped refusing."""
    for _, part in record.negotiated:
        text = record.agreed_text(part.id)
        if part.state != AGREED or not (text and text.dated):
            continue
        for side in SIDES:
            turned = _turned(part_ for part_ in record.positions_on(part.id) if part_.by == side)
            if turned and turned.dated and turned.dated > text.dated:
                where = (*record.place("positions", text), "dated")
                facts = {"id": part.id, "by": side, "on": text.dated, "turned": turned.dated}
                yield where, facts


def _turned(positions):
    """Return the position with which a side last stopped being against it, None where it never was."""
    was_against, turned = False, None
    for position in positions:
        is_against = position.agrees == "no" or refuses(position.words)
        turned = position if was_against and not is_against else turned
        was_against = is_against
    return turned


@check("agreed-without-yes", ERROR, 49, 61)
def _yes(record, context):
    """Each side says of its own that it agrees: what it wrote can be read in more than one way."""
    for outcome in record.filled("outcomes"):
        spoken = {part.by: part for part in record.positions_on(outcome.id)}
        lacking = [by for by in SIDES if by not in spoken or spoken[by].agrees != "yes"]
        if (
            outcome.state == AGREED
            and lacking
            and all(by not in spoken or spoken[by].agrees == "" for by in lacking)
        ):
            where = record.place("outcomes", outcome)
            yield (*where, "state"), {"id": outcome.id, "lacking": lacking}


def _stands_against(position, text) -> bool:
    if position.agrees == "no" or refuses(position.words):
        return True
    if position.agrees == "yes" or not (text and text.dated):
        return False
    return bool(position.dated and position.dated > text.dated)


@check("action-ahead-of-outcome", WARNING, 25)
def _ahead(record, context):
    """What is agreed on is done for an outcome that is agreed."""
    states = {outcome.id: outcome.state for outcome in record.filled("outcomes")}
    for action in record.filled("actions"):
        state = states.get(action.outcome, AGREED)
        if action.state == AGREED and state not in (AGREED, ""):
            where = (*record.place("actions", action), "outcome")
            yield where, {"id": action.id, "outcome": action.outcome, "state": state}


@check("refused-yet-offered", ERROR, 153)
def _refused(record, context):
    """What a decision or an option refused is not done, offered or promised all the same."""
    for where, offered in _offers(record):
        for option in refused_options(record):
            if is_same_option(option, offered):
                yield where, {"option": option}
                break


def refused_options(record) -> tuple[str, ...]:
    """Return what decisions and options refused, without the reason that follows a colon."""
    refused = [words for decision in record.filled("decisions") for words in decision.refused]
    refused += [idea.words for idea in record.filled("ideas") if idea.decision == "refused"]
    return tuple(words.split(":")[0].strip() for words in refused if words.strip())


def _offers(record):
    for action in record.filled("actions"):
        if action.is_settled and not action.is_parked:
            for key in ("what", "how", "delivers"):
                yield (*record.place("actions", action), key), getattr(action, key)
    for idea in record.filled("ideas"):
        if idea.decision != "refused":
            yield (*record.place("ideas", idea), "words"), idea.words
    yield from _promised(record)


def _promised(record):
    """Yield what both sides agreed on, what each of them promises, and what the Council offers."""
    agreed = [part.id for _, part in record.negotiated if part.state == AGREED]
    for text in map(record.agreed_text, (*agreed, WHOLE, "")):
        if text:
            yield (*record.place("positions", text), "words"), text.words
    for key in ("we_will", "you_can_expect", "you_will"):
        for number, promise in enumerate(getattr(record.promises, key)):
            yield ("promises", key, number), promise
    yield ("offer", "grant"), record.offer.grant


@check("outcome-not-linked", ERROR, 7, 63)
def _linked(record, context):
    for outcome in record.filled("outcomes"):
        lacking = [key for key in ("strand", "aim") if not getattr(outcome, key)]
        if lacking:
            where = (*record.place("outcomes", outcome), lacking[0])
            yield where, {"id": outcome.id, "lacking": lacking, "aims": list(context.aims)}


def _with_target(record, context):
    """Yield each outcome that has a target and is not parked, its place and its facts."""
    for outcome in record.filled("outcomes"):
        facts = context.targets.get(outcome.id)
        if outcome.target and facts and not outcome.is_parked:
            yield outcome, (*record.place("outcomes", outcome), "target"), facts


@check("target-is-chance", ERROR, 59)
def _chance(record, context):
    """No figure judges a target where it is withheld, made up or not there."""
    for outcome, where, facts in _with_target(record, context):
        is_to_judge = facts.way not in (WORSE, SAME) and not facts.is_met_by_pace
        if facts.verdict != "told" and is_to_judge:
            yield where, {"id": outcome.id, "verdict": facts.verdict, "level": facts.level}


@check("target-wrong-way", ERROR, 59)
def _wrong_way(record, context):
    for outcome, where, facts in _with_target(record, context):
        if facts.way in (WORSE, SAME):
            yield where, {"id": outcome.id, "target": facts, "aim": outcome.target}


@check("target-met-by-pace", ERROR, 59, 162)
def _by_pace(record, context):
    """A target that the country's pace alone would meet asks for no work."""
    for outcome, where, facts in _with_target(record, context):
        if facts.way == BETTER and facts.is_met_by_pace:
            yield where, {"id": outcome.id, "target": facts}


@check("target-beyond-reach", ERROR, 59, 162)
def _beyond(record, context):
    """How far gaps really moved is the yardstick; without it, the best ward of the borough is."""
    for outcome, where, facts in _with_target(record, context):
        moved = facts.gap_changes
        is_past = not moved.as_far(facts.distance) if moved else _is_past(facts)
        if facts.verdict == "told" and facts.way == BETTER and is_past:
            yield where, {"id": outcome.id, "target": facts}


def _is_past(facts) -> bool:
    """Return True for a level on the good side of the best ward's figure."""
    if facts.best != facts.best:
        return False
    return (facts.beside - facts.best) * (facts.beside - facts.value) > 0


@check("target-before-figure", ERROR, 45, 59)
def _before_figure(record, context):
    """A target is seen to be met where a figure of a day after it was set is published."""
    for outcome, where, facts in _with_target(record, context):
        coming = facts.coming
        if coming and (coming.out is None or outcome.target.by < coming.out):
            yield where, {"id": outcome.id, "by": outcome.target.by, "coming": coming}


@check("target-seen-too-late", ERROR, 59, 158)
def _too_late(record, context):
    """What is seen only after support ends needs a measure that shows something before."""
    ends = record.independence.ends
    for outcome, where, facts in _with_target(record, context):
        coming = facts.coming
        is_late = ends and coming and coming.out and coming.out > ends
        if is_late and not measures_in_time(record, outcome):
            yield where, {"id": outcome.id, "coming": coming, "ends": ends}


def measures_in_time(record, outcome) -> tuple:
    """Return the partnership's own measures for an outcome whose target falls within support."""
    ends = record.independence.ends
    named = {action.measure for action in record.filled("actions") if action.outcome == outcome.id}
    return tuple(
        measure
        for measure in record.filled("measures")
        if measure.id in named
        and measure.kind == "better off"
        and measure.target
        and (not ends or measure.target.by <= ends)
    )


@check("actions-do-not-add-up", ERROR, 59)
def _add_up(record, context):
    """People whom all actions reach, beside the people whom the target needs."""
    for outcome, where, facts in _with_target(record, context):
        needed, reached = facts.people_needed, people_reached(record, outcome)
        is_short = reached < needed and not (reached and outcome.rest_from) if needed else False
        if is_short and facts.verdict == "told":
            yield where, {"id": outcome.id, "needed": needed, "reached": reached}


def people_reached(record, outcome) -> int:
    """Return how many people the actions for an outcome reach, as far as they say."""
    return sum(
        action.reaches
        for action in record.filled("actions")
        if action.outcome == outcome.id
        and isinstance(action.reaches, int)
        and action.state not in (DISPUTED, "parked")
    )


@check("no-indicator", WARNING, 45)
def _indicator(record, context):
    for outcome in record.filled("outcomes"):
        if not outcome.indicator:
            yield (*record.place("outcomes", outcome), "indicator"), {"id": outcome.id}


@check("one-side-only", WARNING, 61)
def _one_side(record, context):
    for outcome in record.filled("outcomes"):
        by = {position.by for position in record.positions_on(outcome.id)}
        lacking = sorted({*SIDES} - by)
        if lacking and ("both" not in by or outcome.state == DISPUTED):
            where = record.place("outcomes", outcome)
            yield where, {"id": outcome.id, "lacking": lacking}


@check("group-without-outcome", QUESTION, 43)
def _groups(record, context):
    have = {outcome.people for outcome in record.filled("outcomes")}
    for people in ("children", "adults", "families"):
        if people not in have:
            yield ("outcomes",), {"people": people}


@check("no-signs", QUESTION, 44)
def _signs(record, context):
    for outcome in record.filled("outcomes"):
        if not any(outcome.signs):
            yield (*record.place("outcomes", outcome), "signs"), {"id": outcome.id}


@check("who-is-missing", QUESTION, 17)
def _missing(record, context):
    for outcome in record.filled("outcomes"):
        if not outcome.missing_from_data:
            yield (*record.place("outcomes", outcome), "missing_from_data"), {"id": outcome.id}
