"""Who is supported and why, what-ifs, and what they would cost."""

from markupsafe import Markup

from darlington_analysis.evidence.support import Costs, Decided
from darlington_analysis.pages import boxes
from darlington_analysis.pages.components.numbers import ordinal
from darlington_analysis.pages.words import options as words
from darlington_analysis.pages.words import sentences, support


def decided(shown: Decided) -> str:
    """Return how many wards are in each state, then every ward with its steps."""
    names = {ward.code: ward.name for ward in shown.wards}
    rows = [
        (
            names[each.code],
            words.STATES[each.state],
            " ".join(support.step(step) for step in each.steps),
            ordinal(shown.places[each.code][0]),
        )
        for each in shown.outcomes
    ]
    parts = [
        Markup('<p class="answer">{}</p>').format(sentences.say(shown.claim)),
        boxes.paragraph(words.RULE_NOTE),
        boxes.table(words.HEADS, rows, words.CAPTION),
    ]
    if any(each.state == "a person decides" for each in shown.outcomes):
        parts.append(boxes.paragraph(words.NO_ORDER))
    return Markup("").join(parts)


def decided_text(shown: Decided) -> str:
    """Return how many wards are in each state, and each ward's."""
    names = {ward.code: ward.name for ward in shown.wards}
    lines = [f"{names[each.code]}: {words.STATES[each.state]}" for each in shown.outcomes]
    return "\n".join([sentences.say(shown.claim), *lines])


def costs(shown: Costs) -> str:
    """Return the one cost the review gives, and the assumption apart."""
    return boxes.paragraph(_cost(shown)) + boxes.paragraph(
        words.assumed(shown.pounds_each_if_equal)
    )


def costs_text(shown: Costs) -> str:
    """Return the same as plain text."""
    return f"{_cost(shown)}\n{words.assumed(shown.pounds_each_if_equal)}"


def _cost(shown: Costs) -> str:
    return words.cost(shown.decided.watch_list_pounds, [ward.name for ward in shown.wards])
