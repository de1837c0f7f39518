"""Section 7 of the pack: what is agreed, or what an agreement could rest on here."""

from math import isnan

from markupsafe import Markup

from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.pack import AgreementBasis
from darlington_analysis.pages import indicator_sentences, outcome, page
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import about, whole

NO_RECORD = "There is no agreement here yet. This is what one could rest on."
SURE = "Figures that are sure enough"
SURE_HEADS = ("Figure", "Counted", "If it only keeps pace", "If level", "Least change to be seen")
SURE_CAPTION = (
    "How many there are, how many there would be, and the least change that a count can show"
)
NO_PACE, SINCE = "not known", "{count}; {later} in {year}"
LEVEL, LEVEL_NOW = "{count} by {year}, with {name}", "{count}, with {name} as it is now"
BY = "{count} by {year}"
NONE_SURE = (
    "What would it take? No figure of the ward is both clearly worse than a wider area’s and sure "
    "enough to show a target. "
    "So an agreement here would rest on the partnership’s own measures."
)
OWN = "What the partnership can count itself"
OWN_LINES = (
    "How much: evenings held, and people who came.",
    "How well: how many came back, and whether they would bring a friend.",
    "Is anyone better off: how many can now do something that they could not do before.",
)
WRITE = "The {worksheet} has the fourteen questions, with room to write."
REST = "What both sides sign is the {charter}."


def agreement_basis(shown: AgreementBasis) -> Markup:
    """Return one side for each outcome of the record, or what an agreement could rest on."""
    agreement = shown.evidence.agreement
    return _with_record(agreement) if agreement.record else _without_record(shown)


def _link(kind: str, anchor: str = "") -> Markup:
    name = kind[0].lower() + kind[1:]
    return Markup('<a class="file" href="{}{}">{}</a>').format(page.FILES[kind], anchor, name)


def _without_record(shown: AgreementBasis) -> Markup:
    rows = [_row(answer, facts) for answer, facts in shown.could_rest_on]
    sure = blocks.table(SURE_HEADS, rows, SURE_CAPTION) or blocks.paragraph(NONE_SURE)
    return blocks.join(
        blocks.paragraph(NO_RECORD),
        blocks.under(SURE, sure),
        blocks.under(OWN, blocks.bullets(OWN_LINES)),
        Markup("<p>{}</p>").format(Markup(WRITE).format(worksheet=_link(page.WORKSHEET))),
    )


def _row(answer: IndicatorAnswer, facts: dict) -> tuple[str, ...]:
    people = indicator_sentences.in_people(answer, facts)
    years = facts["pace_years"]
    year = int(facts["period"]) + years if years else 0
    level = LEVEL if years else LEVEL_NOW
    return (
        f"{answer.indicator.title} ({indicator_sentences.when(answer)})",
        _now(people["now"], facts),
        BY.format(count=people["pace"], year=year) if years else NO_PACE,
        level.format(count=people["then"], name=facts["benchmark_name"], year=year),
        f"about {about(abs(facts['smallest_change']))}",
    )


def _now(count: str, facts: dict) -> str:
    """Return a count, and that of a later census where there is one."""
    later = facts["counted_since"]
    if isnan(later):
        return count
    return SINCE.format(count=count, later=whole(later), year=facts["pace_last"])


def _with_record(agreement: AgreementAnswer) -> Markup:
    rest = Markup(REST).format(charter=_link(page.CHARTER))
    state = agreements.state_sentence(agreement.record)
    return outcome.outcome_sides(agreement, Markup("{} {}").format(state, rest))
