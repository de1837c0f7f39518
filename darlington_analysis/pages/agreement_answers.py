"""The answers people gave to the fourteen questions, in their own words."""

from markupsafe import Markup

from darlington_analysis.agreements.record import Agreement, practices
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.pages import boxes
from darlington_analysis.pages.words import agreed
from darlington_analysis.pages.words import agreements as words


def answer(agreement: AgreementAnswer, kind: str, letter: str) -> Markup:
    """Return the answer to a question as a box, or nothing where nobody has answered."""
    record = agreement.record
    inner = _ANSWERS[kind, letter](record, agreement, kind) if record else ""
    return boxes.answered(record, inner) if inner else Markup("")


def bank() -> Markup:
    """Return the idea bank as a table: the same in every pack."""
    rows = [
        (each.title, each.words, words.COSTS[each.cost], f"{each.grade} ({each.source})")
        for each in practices()
    ]
    heads = ["Idea", "What happened", "Cost", "How well known"]
    return boxes.table(heads, rows, words.FIRST_BANK) + boxes.paragraph(words.BANK_NOTE)


def _outcomes(record: Agreement, agreement: AgreementAnswer, kind: str) -> Markup:
    return Markup("").join(
        Markup("<p><strong>{}</strong></p>").format(title)
        + boxes.bullets(each.words for each in found)
        for people, title in words.PEOPLE.items()
        if (found := [each for each in record.filled("outcomes") if each.people == people])
    )


def _signs(record, agreement, kind) -> Markup:
    return boxes.bullets(sign for each in record.filled("outcomes") for sign in each.signs)


def _figures(record, agreement, kind) -> Markup:
    rows = [
        (each.words, words.figure(each.indicator), each.missing_from_data)
        for each in record.filled("outcomes")
    ]
    heads = ["What we want", "The figure that shows it", "Who is missing from the figure"]
    return boxes.table(heads, rows, "Which figure for which outcome") if rows else Markup("")


def _partners(record, agreement, kind) -> Markup:
    found = [each for each in record.filled("partners") if each.kind in (kind, "both")]
    rows = [(agreed.partner(each), each.sector, each.part, each.route or "–") for each in found]
    heads = ["Who", "Sector", "What part", "By which way"]
    return boxes.table(heads, rows, f"Partners, {_own(kind)}") if rows else Markup("")


def _ideas(record, agreement, kind) -> Markup:
    rows = [
        (each.words, words.COSTS[each.cost], each.grade)
        for each in record.filled("ideas")
        if each.kind == kind
    ]
    heads = ["Idea", "Cost", "How well known"]
    table = boxes.table(heads, rows, f"Ideas, {_own(kind)}") if rows else Markup("")
    return table + boxes.paragraph(record.no_low_cost_idea_because)


def _proposals(record, agreement, kind) -> Markup:
    whole = [each for each in record.filled("positions") if each.about in ("", "agreement")]
    return _actions(record) + boxes.bullets(agreed.position(each) for each in whole)


def _actions(record: Agreement) -> Markup:
    return boxes.bullets(
        f"{each.what}: {words.said(each.who)}, {words.said(each.delivers)}"
        for each in record.filled("actions")
    )


def _customers(record, agreement, kind) -> Markup:
    rows = [(each.who, words.count(each.how_many)) for each in record.filled("customers")]
    return boxes.table(["Who", "How many"], rows, "Customers") if rows else Markup("")


def _measures_of(measure_kind: str):
    def show(record, agreement, kind) -> Markup:
        found = [each.words for each in record.filled("measures") if each.kind == measure_kind]
        return boxes.bullets(found)

    return show


def _returns(record, agreement, kind) -> Markup:
    rows = [
        (each.words, words.KINDS.get(each.kind, ""), words.returns(each))
        for wanted in words.KINDS
        for each in record.filled("measures")
        if each.kind == wanted
    ]
    heads = ["Measure", "Kind", "The partnership’s own counts"]
    return boxes.table(heads, rows, "How the partnership is doing") if rows else Markup("")


def _work(record, agreement, kind) -> Markup:
    named = {each.id: each.words for each in record.filled("measures")}
    return boxes.bullets(
        f"{each.what}. We will look at: {words.said(named.get(each.measure, ''))}"
        for each in record.filled("actions")
    )


def _own(kind: str) -> str:
    return "for the ward" if kind == "population" else "in the partnership’s work"


_ANSWERS = {
    ("population", "a"): _outcomes,
    ("population", "b"): _signs,
    ("population", "c"): _figures,
    ("population", "d"): lambda record, agreement, kind: Markup(""),
    ("population", "e"): _partners,
    ("population", "f"): _ideas,
    ("population", "g"): _proposals,
    ("performance", "a"): _customers,
    ("performance", "b"): _measures_of("better off"),
    ("performance", "c"): _measures_of("how well"),
    ("performance", "d"): _returns,
    ("performance", "e"): _partners,
    ("performance", "f"): _ideas,
    ("performance", "g"): _work,
}
