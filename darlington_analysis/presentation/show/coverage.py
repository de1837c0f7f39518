"""A partnership's own measures, and all agreements of the borough at once."""

from markupsafe import Markup

from darlington_analysis.agreements.gates import errors
from darlington_analysis.evidence.coverage import Coverage
from darlington_analysis.evidence.review import Measures
from darlington_analysis.presentation.show import boxes
from darlington_analysis.presentation.wording import agreements
from darlington_analysis.presentation.wording import options as words


def measures(shown: Measures) -> str:
    """Return the measures of one kind with every return, or room to write."""
    rows = [(each.measure.words, agreements.returns(each.measure), words.COMPARED[each.comparison])
            for each in shown.measures]  # fmt: skip
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
    outcomes = [(each.ward.name, one) for each in shown.written
                for one in each.record.filled("outcomes")]  # fmt: skip
    hard = [f"{ward}: {one.words} {agreements.when(one.look_again)}"
            for ward, one in outcomes if one.too_hard_for_now]  # fmt: skip
    wanted = [f"{each.ward.name}: {one.words}" for each in shown.written
              for one in each.record.filled("data_wanted")]  # fmt: skip
    return Markup("").join([
        boxes.table(words.COVERAGE_HEADS["states"], _states(shown), "How far the agreements are"),
        boxes.table(words.COVERAGE_HEADS["strands"], _strands(shown), "Strands covered"),
        boxes.table(words.COVERAGE_HEADS["themes"], _themes(shown), "Themes of the outcomes"),
        _listed(words.TOO_HARD, hard), _listed(words.WANTED, wanted),
        _listed(words.MENTORS, words.mentors(shown.mentors)),
    ])  # fmt: skip


def coverage_text(shown: Coverage) -> str:
    """Return how far each agreement is, one a line."""
    return "\n".join(" | ".join(row) for row in _states(shown))


def _states(shown: Coverage) -> list[tuple[str, ...]]:
    return [(each.ward.name, *_state(each)) for each in shown.answers] + [
        (ward.name, "the record can’t be read: run agreement check", "–", "–", "–")
        for ward in shown.broken
    ]


def _state(each) -> tuple[str, str, str, str]:
    if not each.record:
        return "no record", "–", "–", "–"
    stops = errors(each.findings)
    asked = [found for found in each.findings if found.severity == "question"]
    example = " (an invented example)" if each.is_example else ""
    mentor = each.record.offer.mentor or "none yet"
    return each.record.consultation.state + example, str(len(stops)), str(len(asked)), mentor


def _strands(shown: Coverage) -> list[tuple[str, str, str]]:
    found = {strand: shown.strands(strand) for strand in agreements.STRANDS}
    return [(title, str(len(found[strand])), ", ".join(w.name for w in found[strand]) or "–")
            for strand, title in agreements.STRANDS.items()]  # fmt: skip


def _themes(shown: Coverage) -> list[tuple[str, str]]:
    counts = shown.themes
    return [(theme, str(counts[theme])) for theme in shown.table.settings.agreements.themes]


def _listed(title: str, lines: list[str]) -> Markup:
    body = boxes.bullets(lines) or boxes.paragraph(words.NOTHING)
    return Markup("<h3>{}</h3>{}").format(title, body)
