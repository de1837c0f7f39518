"""Who is supported and why, what-ifs, and what they would cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from darlington_analysis.agreements.support import Step
from darlington_analysis.core.settings import Support as SupportSettings
from darlington_analysis.evidence.deprivation import Support
from darlington_analysis.evidence.pack import Section, SupportOfWard
from darlington_analysis.evidence.support import Costs, Decided
from darlington_analysis.pages import place, review_statements
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import (
    day,
    listed,
    more_deprived_than,
    ordinal,
    share_words,
    whole,
    word,
)

QUESTION = "Is the ward’s partnership supported, and why?"
REVIEW = "“The review”, whose paragraphs are named here, is {review}."
RULE = (
    "The Council already supports the partnerships on the review’s list, and the review proposes to "
    "go on. What {decided_by} decided on the review is not known here."
)
WHAT_QUESTION = "What is Council support?"
WHAT = (
    "A grant: the review names no sum.",
    "A community development worker, who works with it.",
    "A mentor: a senior officer of the Council, who helps to unblock problems.",
)
END_QUESTION = "What could end it?"
ENDS = (
    "The partnership no longer wishes it (paragraph 24).",
    "There is no agreement about outcomes (paragraphs 15 and 16).",
)
AGREED_END = "The day on which the agreement says that it ends: {day}{example}."
AN_EXAMPLE = " (an invented example)"
NO_END = "A better place on the Index does not end it (paragraph 22)."
WHO_QUESTION = "Who decides, and when?"
WHO = (
    "{decided_by} decides which wards are supported. Then the Assistant Chief Executive settles "
    "the arrangements and the timetable with each partnership (paragraphs 4 and 27). The review "
    "names no day."
)
COMES_NEXT = (
    "The watch list comes next if a place is free, in no order: {names} (paragraphs 23 and 24)."
)
PLACES_QUESTION = "Where has the ward stood on the Index?"
PLACES_CAPTION = "{ward} on each Index of Multiple Deprivation"
PLACES_HEADS = ("Index of", "More deprived than, of 100 wards in England", "Place in {borough}")
PLACES_LINE = (
    "The review’s line is the most deprived {share} of wards: {line} or more in the table."
)
_HEADLINES = {  # the headline, and the state in a box
    "supported": ("Supported now; the review proposes to go on", "Supported"),
    "watch list": ("Not supported now, but on the watch list", "Watch list"),
    "declined": ("The partnership does not want Council support", "Declined support"),
    "place free": ("On the watch list, and a place is free", "Watch list"),
    "a person decides": ("On the watch list: a person decides", "Watch list"),
    "not supported": ("By the Council’s review, this ward is not supported", "Not supported"),
    "not decided": ("Council support for this ward is not decided", "Not decided"),
}
_IN_SHORT = "Support is a grant, a community development worker and a mentor from the Council."
_NEEDS = "It depends on an agreement about outcomes, and on the partnership’s wish."
_STATE_SENTENCES = {
    "supported": "{ward} is on the review’s list of supported wards.",
    "watch list": "{ward} is not supported now. It is on the watch list of wards that come next.",
    "declined": "The partnership of {ward} has said that it does not want support. The Council may "
    "use its resources elsewhere, and the wards on the watch list have priority.",
    "place free": "{ward} is on the watch list, and there is a place for each ward on it.",
    "a person decides": "{ward} is on the watch list, and there are fewer places "
    "than wards. The review gives no order among them, so a person decides, with evidence beside.",
    "not decided": "Nothing is decided for {ward}. The review’s list names wards with other borders. "
    "The pack says which of those wards it was.",
    "not supported": "{ward} is not on the review’s list, nor on its watch list.",
}
NO_LIST = "Nothing is decided for {ward}."
_STEPS = {
    "on-list": "Is it on the review’s list of supported wards?",
    "place-removes-nobody": "May a better place on the Index remove a ward from the list?",
    "no-refusal": "Has its partnership turned support down?",
    "comes-next": "Is it on the watch list of wards that come next?",
    "place-free": "Is there a place to spare, or one that another partnership gave up?",
    "place-for-each": "Are there places for all of the wards on the watch list?",
}
STATES = {
    "supported": "supported",
    "declined": "declined support",
    "watch list": "watch list; no place",
    "place free": "watch list; a place is free",
    "a person decides": "watch list; a person decides",
    "not supported": "not supported",
    "not decided": "not decided",
}
CAPTION = "Every ward, the steps of the rule, and the Index beside it (which decides nothing)"
HEADS = ["Ward", "State", "Steps", "Place in {borough} on the latest Index (not a reason)"]
RULE_NOTE = (
    "The rule looks at lists the Council decided and at what partnerships wish. A place on the "
    "Index removes nobody, and no made-up figure plays a part."
)
NO_ORDER = (
    "The review gives no order among the wards on the watch list: a person decides, with the evidence "
    "above beside, and writes down why."
)
ASSUMPTION = "ASSUMPTION, not in the review: if the total were shared equally, about £{each} each."
_COUNTED = {
    "supported": "{n} supported",
    "declined": "{n} declined support",
    "watch list": "{n} on the watch list, but there is no place",
    "place free": "{n} on the watch list, with a place for each",
    "a person decides": "{n} on the watch list, with too few places: a person decides",
    "not supported": "{n} not supported",
}


def state_sentence(ward_name: str, support: Support) -> str:
    """Return whether a ward is supported; where no list was decided, there is none to speak of."""
    if not blocks.is_support_decided():
        return NO_LIST.format(ward=ward_name)
    return _STATE_SENTENCES[support.state].format(ward=ward_name)


def step_sentences(support: Support) -> list[str]:
    """Return each step of the rule with its answer and where the review says so."""
    return [step_sentence(step) for step in support.steps]


def step_sentence(step: Step) -> str:
    """Return one step of the rule with its answer."""
    answer = "Yes" if step.holds else "No"
    if step.rule == "place-removes-nobody":
        answer = "No, never"
    if step.rule == "no-refusal":
        answer = "Not that we know of" if step.holds else "Yes"
    where = step.paragraphs if step.paragraphs[0] == "t" else f"paragraphs {step.paragraphs}"
    where = where.replace("paragraphs 23", "paragraph 23") if step.paragraphs == "23" else where
    where = where.replace("paragraphs 24", "paragraph 24") if step.paragraphs == "24" else where
    return f"{_STEPS[step.rule]} {answer}. ({where[0].upper()}{where[1:]})"


def states_sentence(facts: dict) -> str:
    """Return how many wards are in each state under a scenario."""
    counts = [_COUNTED[state].format(n=whole(number)) for state, number in facts["states"].items()]
    gone = facts["withdrawn"]
    named = listed(gone)
    first = (
        f"If {named} {'want' if len(gone) > 1 else 'wants'} no support, with" if gone else "With"
    )
    return f"{first} room for {word(facts['spare'])} more wards: {'; '.join(counts)}."


def cost_sentence(total: float, wards: list[str]) -> str:
    """Return the one cost the review gives."""
    return (
        f"The same support for {listed(wards)} would cost £{whole(total)} "
        "more for all three together (paragraph 23). The Council can’t add to its resources."
    )


def assumed_cost(pounds: float) -> str:
    """Return the cost of one ward, named as an assumption."""
    return ASSUMPTION.format(each=whole(pounds))


RULES = {"support-states": states_sentence}


@dataclass(frozen=True)
class Answer:
    """Whether a ward's partnership is supported: a headline, the state in a word, and sentences."""

    headline: str
    state: str
    sentences: tuple[str, ...]
    is_undecided: bool


def answer(shown: Section) -> Answer:
    """Return whether the ward of a pack is supported, as its first side says it."""
    evidence = shown.evidence
    support = evidence.deprivation.support
    headline, state = _HEADLINES[support.state]
    if support.state == "not decided":
        sentences = tuple(blocks.sentences(evidence.place.lines.claims, place.RULES))
    elif support.state == "supported":
        sentences = (_IN_SHORT, _NEEDS)
    else:
        sentences = (state_sentence(evidence.ward.name, support), _IN_SHORT)
    return Answer(headline, state, sentences, support.state == "not decided")


def ward_support(shown: SupportOfWard) -> Markup:
    """Return section 5: what support is, whether this ward has it and why, who decides."""
    deprivation, decided = shown.evidence.deprivation, shown.evidence.table.settings.support
    found = answer(shown)
    if not decided.ward_set:
        return blocks.join(
            Markup('<h3>{}</h3><p class="state"><strong>{}</strong></p>').format(
                QUESTION, found.state
            ),
            blocks.paragraph(f"{found.headline}."),
            blocks.under(PLACES_QUESTION, _places(shown)),
        )
    steps = Markup("").join(
        Markup("<li>{}</li>").format(words) for words in step_sentences(deprivation.support)
    )
    lists = shown.evidence.table.support
    names = (
        [shown.evidence.table.wards.ward(code).name for code in lists.watch_list] if lists else []
    )
    following = COMES_NEXT.format(names=listed(names)) if names else ""
    rule = [] if found.is_undecided else [RULE.format(decided_by=decided.decided_by)]
    stands_in_the_steps = any(
        step.rule == "place-removes-nobody" for step in deprivation.support.steps
    )
    return blocks.join(
        Markup('<h3>{}</h3><p class="state"><strong>{}</strong></p>').format(QUESTION, found.state),
        blocks.paragraph(
            " ".join(
                [*(deprivation.support.reasons or [f"{found.headline}."]), *_review(decided), *rule]
            )
        ),
        Markup("<ol>{}</ol>").format(steps) if steps else "",
        blocks.paragraph(" ".join(found.sentences) if found.is_undecided else ""),
        blocks.under(WHAT_QUESTION, blocks.bullets(WHAT)),
        blocks.under(END_QUESTION, blocks.bullets([*ENDS, *_agreed_end(shown)])),
        blocks.paragraph("" if stands_in_the_steps else NO_END),
        blocks.question(WHO_QUESTION, WHO.format(decided_by=decided.decided_by), following),
        blocks.under(PLACES_QUESTION, _places(shown)),
        review_statements.in_pack(deprivation.documents),
    )


def _agreed_end(shown: SupportOfWard) -> list[str]:
    """Return the day on which support ends by the ward's agreement, where that has one."""
    record = shown.evidence.agreement.record
    ends = record.independence.ends if record else None
    example = AN_EXAMPLE if record and record.example else ""
    return [AGREED_END.format(day=day(ends), example=example)] if ends else []


def _review(decided: SupportSettings) -> list[str]:
    """Return which document the review is, where the settings name it."""
    return [REVIEW.format(review=decided.review)] if decided.review else []


def _places(shown: SupportOfWard) -> Markup:
    answer = shown.evidence.deprivation
    rows = [
        (row.period, str(more_deprived_than(row.value)), ordinal(row.place))
        for row in answer.by_edition.itertuples()
    ]
    caption = PLACES_CAPTION.format(ward=shown.evidence.ward.name)
    line = PLACES_LINE.format(
        share=share_words(answer.line_percent), line=f"{100 - answer.line_percent:g}"
    )
    table = blocks.table(_heads(PLACES_HEADS), rows, caption)
    return table + blocks.paragraph(line) if blocks.is_support_decided() else table


def decided(shown: Decided) -> str:
    """Return how many wards are in each state, then every ward with its steps."""
    names = {ward.code: ward.name for ward in shown.wards}
    rows = [
        (
            names[outcome.code],
            STATES[outcome.state],
            " ".join(step_sentence(step) for step in outcome.steps),
            ordinal(shown.places[outcome.code][0]),
        )
        for outcome in shown.outcomes
    ]
    parts = [
        blocks.answer_line(blocks.sentence(shown.claim, RULES)),
        blocks.paragraph(RULE_NOTE),
        blocks.table(_heads(HEADS), rows, f"{CAPTION}; {_supposed(shown.claim.facts)}"),
    ]
    if any(outcome.state == "a person decides" for outcome in shown.outcomes):
        parts.append(blocks.paragraph(NO_ORDER))
    return Markup("").join(parts)


def _supposed(facts: dict) -> str:
    """Return what a table of every ward supposes, so that no two tables have one caption."""
    without = f"without {listed(facts['withdrawn'])}, " if facts["withdrawn"] else ""
    return f"{without}room for {word(facts['spare'])} more wards"


def costs(shown: Costs) -> str:
    """Return the one cost the review gives, and the assumption apart."""
    return blocks.paragraph(_cost(shown)) + blocks.paragraph(
        assumed_cost(shown.pounds_each_if_equal)
    )


def _cost(shown: Costs) -> str:
    return cost_sentence(shown.decided.watch_list_pounds, [ward.name for ward in shown.wards])


def _heads(heads: Sequence[str]) -> list[str]:
    return [head.format(borough=blocks.borough()) for head in heads]
