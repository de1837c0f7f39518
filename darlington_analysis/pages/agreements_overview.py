"""A partnership's own measures, and all agreements of the borough at once."""

from markupsafe import Markup

from darlington_analysis.agreements.gates import errors
from darlington_analysis.evidence.agreements_overview import Coverage
from darlington_analysis.evidence.review import Measures
from darlington_analysis.pages import boxes
from darlington_analysis.pages.words import agreements, checks
from darlington_analysis.pages.words import options as words


def measures(shown: Measures) -> str:
    """Return the measures of one kind with every return, or room to write."""
    rows = [
        (each.measure.words, agreements.returns(each.measure), words.COMPARED[each.comparison])
        for each in shown.measures
    ]
    if not rows:
        return boxes.empty(words.NO_MEASURES)
    heads = ["Measure", "The partnership’s own counts", "The last two"]
    table = boxes.table(heads, rows, agreements.KINDS[shown.kind])
    return boxes.answered(shown.agreement.record, table)


def measures_text(shown: Measures) -> str:
    """Return the measures of one kind, one a line."""
    lines = [f"{each.measure.words}: {agreements.returns(each.measure)}" for each in shown.measures]
    return "\n".join(lines) or words.NO_MEASURES


def coverage(shown: Coverage) -> str:
    """Return how far every agreement is, what they cover, and what is too hard or not known."""
    hard = [
        words.too_hard(ward.name, one.words, agreements.when(one.look_again))
        for ward, one in shown.outcomes
        if one.too_hard_for_now
    ]
    wanted = [f"{asked} ({_names(wards)})" for asked, wards in shown.wanted.items()]
    open_ = [
        f"{checks.sentence(one, {})} {_names(wards)}"
        if "id" not in one.facts
        else f"{words.OF_AN_OUTCOME[one.gate]} {_names(wards)}"
        for one, wards in shown.open_questions
    ]
    return Markup("").join(
        [
            boxes.table(
                words.COVERAGE_HEADS["states"], _states(shown), "How far the agreements are"
            ),
            boxes.paragraph(words.counted(len(shown.counted), _left_out(shown))),
            boxes.table(words.COVERAGE_HEADS["strands"], _strands(shown), "Strands covered"),
            boxes.table(words.COVERAGE_HEADS["themes"], _themes(shown), "Themes of the outcomes"),
            boxes.paragraph(words.balance(shown.themes)),
            _listed(words.TOO_HARD, hard),
            _listed(words.OPEN, open_),
            _listed(words.WANTED, wanted),
            _listed(words.MENTORS, words.mentors(shown.mentors)),
        ]
    )


def coverage_text(shown: Coverage) -> str:
    """Return how far each agreement is, one a line."""
    return "\n".join(" | ".join(row) for row in _states(shown))


def _states(shown: Coverage) -> list[tuple[str, ...]]:
    said = {each.ward: _state(each) for each in shown.answers}
    said |= {ward: (words.BROKEN, *("–",) * 4) for ward in shown.broken}
    return [(ward.name, *said[ward]) for ward in shown.table.wards.wards]


def _state(each) -> tuple[str, ...]:
    if not each.record:
        return words.NO_RECORD, *("–",) * 4
    stops = errors(each.findings)
    asked = [found for found in each.findings if found.severity == "question"]
    example = words.INVENTED if each.is_example else ""
    signed = agreements.when(each.signings[-1].signed_on) if each.signings else "–"
    signed += words.CHANGED_SINCE if each.since_signing == "changed" else ""
    mentor = each.record.offer.mentor or "none yet"
    state = each.record.consultation.state + example
    return state, signed, str(len(stops)), str(len(asked)), mentor


def _left_out(shown: Coverage) -> str:
    return _names([each.ward for each in shown.written if each not in shown.counted])


def _names(wards) -> str:
    return ", ".join(ward.name for ward in wards)


def _strands(shown: Coverage) -> list[tuple[str, str, str]]:
    found = {strand: shown.strands(strand) for strand in agreements.STRANDS}
    return [
        (title, str(len(found[strand])), ", ".join(w.name for w in found[strand]) or "–")
        for strand, title in agreements.STRANDS.items()
    ]


def _themes(shown: Coverage) -> list[tuple[str, str]]:
    counts = shown.themes
    return [(theme, str(counts[theme])) for theme in shown.table.settings.agreements.themes]


def _listed(title: str, lines: list[str]) -> Markup:
    body = boxes.bullets(lines) or boxes.paragraph(words.NOTHING)
    return Markup("<h3>{}</h3>{}").format(title, body)
