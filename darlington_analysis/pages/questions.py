"""The documents’ questions, each with the answer people gave, or an empty box to write in."""

from markupsafe import Markup

from darlington_analysis.agreements.parts import Idea
from darlington_analysis.agreements.reading import practices
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.sections import Questions
from darlington_analysis.pages.components import agreements, blocks

POPULATION = {
    "a": "What are the quality of life conditions we want for the children, adults and families "
    "who live in {ward} ward?",
    "b": "What would these conditions look like if we could see them?",
    "c": "How can we measure these conditions?",
    "d": "How are we doing on the most important measures?",
    "e": "Who are the partners that have a role to play in doing better?",
    "f": "What will work to do better, including no cost/low cost options?",
    "g": "What does the {partnership} propose to do?",
}
PERFORMANCE = {
    "a": "Who are {partnership}’s customers?",
    "b": "How can we measure if our residents are better off as a result of what {partnership} "
    "is doing?",
    "c": "How can we measure if we are delivering services well?",
    "d": "How are we doing on the most important measures?",
    "e": "Who are the partners that have a role to play in doing better?",
    "f": "What will work to do better, including no cost/low cost options?",
    "g": "What does the {partnership} propose to do?",
}
KINDS = {"population": POPULATION, "performance": PERFORMANCE}
# What to write in the empty box. The software never writes the answer.
PROMPTS = {
    "population": {
        "a": "For the partnership to answer. Say it as a resident would. "
        "Think of children, of adults and of families.",
        "b": "For the partnership to answer. What would you see, hear or notice on the street?",
        "e": "For the partnership and the Council. Name bodies and groups by their role. "
        "Who else, besides the Council?",
        "f": "For the partnership and the Council. "
        "Put at least one idea that costs little or nothing.",
        "g": "For the partnership to answer, and for the Council to reply. Both are kept.",
    },
    "performance": {
        "a": "For the partnership to answer. Who uses what you do, and how many are they?",
        "b": "For the partnership to answer. Who is better off, and how would you know?",
        "c": "For the partnership to answer. What does doing it well look like?",
        "d": "No returns yet. They will come from the partnership: how much, how well, is "
        "anyone better off. "
        "A partnership is never judged on the figures for the whole ward.",
        "e": "For the partnership and the Council. Name bodies and groups by their role.",
        "f": "For the partnership and the Council. "
        "Put at least one idea that costs little or nothing.",
        "g": "For the partnership to answer, and for the Council to reply. Both are kept.",
    },
}
HEADS = {
    "bank": ("Idea", "What happened", "Cost", "How well known"),
    "figures": ("What we want", "The figure that shows it", "Who is missing from the figure"),
    "partners": ("Who", "Sector", "What part", "By which way"),
    "ideas": ("Option", "What it costs, and whose time", "How well known", "Decision"),
    "customers": ("Who", "How many"),
    "returns": ("Measure", "Kind", "The partnership’s own counts", "Target"),
}
FIRST_BANK = "Ideas that were tried"
BANK_NOTE = (
    "From the Council’s reports. “Anecdote” means that it was not measured. They are no answers: "
    "people here know what fits."
)
FOR = {"population": "for the ward", "performance": "in the partnership’s work"}
NONE_NAMED = "These questions are for a Community Partnership of this ward, if one forms."
NO_PARTNERSHIP = (
    "The review names no Community Partnership for this ward. These questions are for one, "
    "if it forms."
)
ANSWERED_BY_EVIDENCE = {"population": ("c", "d"), "performance": ()}


def question(kind: str, letter: str, ward_name: str) -> str:
    """Return a question with the ward's name, and its partnership's, filled in."""
    return KINDS[kind][letter].format(
        ward=ward_name, partnership=f"{ward_name} Community Partnership"
    )


def prompt(kind: str, letter: str) -> str:
    """Return what an empty box asks for."""
    return PROMPTS[kind][letter]


def questions(shown: Questions) -> str:
    """Return each question with its answer or its box; evidence below may be the answer."""
    asked = Markup("").join(_one(shown, letter) for letter in shown.letters)
    if shown.kind == "performance" and not shown.has_partnership:
        words = NO_PARTNERSHIP if blocks.is_support_decided() else NONE_NAMED
        return blocks.paragraph(words) + asked
    return asked


def _one(shown: Questions, letter: str) -> Markup:
    asked = Markup("<h3>({}) {}</h3>").format(letter, question(shown.kind, letter, shown.ward.name))
    given = answer(shown.agreement, shown.kind, letter)
    bank = idea_bank() if (shown.kind, letter) == ("population", "f") else ""
    if given or letter in ANSWERED_BY_EVIDENCE[shown.kind]:
        return asked + given + bank
    return asked + blocks.empty(prompt(shown.kind, letter)) + bank


def answer(agreement: AgreementAnswer, kind: str, letter: str) -> Markup:
    """Return the answer to a question as a box, or nothing where there is no answer."""
    record = agreement.record
    inner = _ANSWERS[kind, letter](record, kind) if record else ""
    return blocks.answered(record, inner) if inner else Markup("")


def option_cost(idea: Idea) -> str:
    """Return what an option costs, who pays, and whose time it takes, as far as it is said."""
    pounds = agreements.amount(idea.pounds, "£ ")
    paid = f"paid by {idea.who_pays}" if idea.who_pays else ""
    parts = [f"{agreements.COSTS[idea.cost]}{pounds}", paid, idea.capacity]
    return "; ".join(part for part in parts if part)


def option_decision(idea: Idea) -> str:
    """Return whether an option was chosen or refused, and why."""
    return f"{idea.decision}: {idea.because}" if idea.because else idea.decision or "open"


def idea_bank() -> Markup:
    """Return the idea bank as a table: the same in every pack, and empty without practices."""
    if not practices():
        return Markup("")
    rows = [
        (idea.title, idea.words, agreements.COSTS[idea.cost], f"{idea.grade} ({idea.source})")
        for idea in practices()
    ]
    return blocks.table(HEADS["bank"], rows, FIRST_BANK) + blocks.paragraph(BANK_NOTE)


def _outcomes(record: Agreement, kind: str) -> Markup:
    outcomes = record.filled("outcomes")
    lists = {
        title: blocks.bullets(outcome.words for outcome in outcomes if outcome.people == people)
        for people, title in agreements.PEOPLE.items()
    }
    return blocks.join(*(blocks.titled(title) + lines for title, lines in lists.items() if lines))


def _signs(record: Agreement, kind: str) -> Markup:
    return blocks.bullets(sign for outcome in record.filled("outcomes") for sign in outcome.signs)


def _figures(record: Agreement, kind: str) -> Markup:
    rows = [
        (outcome.words, agreements.indicator_title(outcome.indicator), outcome.missing_from_data)
        for outcome in record.filled("outcomes")
    ]
    return blocks.table(HEADS["figures"], rows, "Which figure for which outcome")


def _partners(record: Agreement, kind: str) -> Markup:
    rows = [
        (agreements.partner_name(partner), partner.sector, partner.part, partner.route or "–")
        for partner in record.filled("partners")
        if partner.kind in (kind, "both")
    ]
    return blocks.table(HEADS["partners"], rows, f"Partners, {FOR[kind]}")


def _ideas(record: Agreement, kind: str) -> Markup:
    rows = [
        (idea.words, option_cost(idea), idea.grade, option_decision(idea))
        for idea in record.filled("ideas")
        if idea.kind == kind
    ]
    table = blocks.table(HEADS["ideas"], rows, f"Ideas, {FOR[kind]}")
    return table + blocks.paragraph(record.no_low_cost_idea_because)


def _proposals(record: Agreement, kind: str) -> Markup:
    actions = blocks.bullets(
        f"{action.what}: {agreements.written(action.who)}, {agreements.written(action.delivers)}"
        for action in record.filled("actions")
    )
    return actions + blocks.bullets(
        agreements.position_words(position)
        for position in record.filled("positions")
        if position.about in ("", "agreement")
    )


def _customers(record: Agreement, kind: str) -> Markup:
    rows = [
        (customer.who, agreements.people_count(customer.how_many))
        for customer in record.filled("customers")
    ]
    return blocks.table(HEADS["customers"], rows, "Customers")


def _measures(record: Agreement, wanted: str) -> Markup:
    return blocks.bullets(
        measure.words for measure in record.filled("measures") if measure.kind == wanted
    )


def _returns(record: Agreement, kind: str) -> Markup:
    rows = [
        (
            measure.words,
            agreements.KINDS.get(measure.kind, ""),
            agreements.returns(measure),
            agreements.measure_target(measure),
        )
        for wanted in agreements.KINDS
        for measure in record.filled("measures")
        if measure.kind == wanted
    ]
    return blocks.table(HEADS["returns"], rows, "How the partnership is doing")


def _work(record: Agreement, kind: str) -> Markup:
    named = {measure.id: measure.words for measure in record.filled("measures")}
    return blocks.bullets(
        f"{action.what}. Measured by: {agreements.written(named.get(action.measure, ''))}"
        for action in record.filled("actions")
    )


_ANSWERS = {
    ("population", "a"): _outcomes,
    ("population", "b"): _signs,
    ("population", "c"): _figures,
    ("population", "d"): lambda record, kind: Markup(""),
    ("population", "e"): _partners,
    ("population", "f"): _ideas,
    ("population", "g"): _proposals,
    ("performance", "a"): _customers,
    ("performance", "b"): lambda record, kind: _measures(record, "better off"),
    ("performance", "c"): lambda record, kind: _measures(record, "how well"),
    ("performance", "d"): _returns,
    ("performance", "e"): _partners,
    ("performance", "f"): _ideas,
    ("performance", "g"): _work,
}
