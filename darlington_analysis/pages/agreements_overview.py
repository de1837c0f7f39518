"""A partnership’s own measures, and all agreements of the borough at once."""

from markupsafe import Markup

from darlington_analysis.agreements.checks.check import errors
from darlington_analysis.evidence.review import Coverage, Measures
from darlington_analysis.pages import findings
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import whole

COMPARED = {
    "higher": "higher than the time before, chance allowed for",
    "lower": "lower than the time before, chance allowed for",
    "cannot be told apart": "cannot be told from the time before",
    "": "not compared",
}
NO_MEASURES = "No measure of this kind is written down yet. For the partnership to say."
COVERAGE_HEADS = {
    "states": ["Ward", "How far", "Signed", "To mend", "Open questions", "Mentor"],
    "strands": ["Strand of {strategy}", "Agreements", "Which"],
    "themes": ["Theme", "Outcomes"],
}
TOO_HARD, OPEN, WANTED, MENTORS = (
    "Too hard for now",
    "Questions still open, and where",
    "Figures asked for, that nobody has",
    "Mentors",
)
NOTHING = "None so far."
NO_RECORD, BROKEN = "no record", "the record can’t be read: run agreement check"
INVENTED, CHANGED_SINCE = " (an invented example)", ", changed since"
OF_AN_OUTCOME = {
    "no-signs": "What would an outcome look like, if we could see it?",
    "who-is-missing": "Who is missing from the figures on an outcome?",
}
BALANCED = "crime and grime"  # the review finds most success there (paragraph 25)


def counted_sentence(number: int, left_out: str) -> str:
    """Return how many agreements are counted below, and which records are not."""
    but = f" Not counted, as invented or declined: {left_out}." if left_out else ""
    many = "agreement is" if number == 1 else "agreements are"
    return f"Below, {whole(number)} {many} counted.{but}"


def balance_sentence(themes: dict[str, int]) -> str:
    """Return how many outcomes are on crime and grime, and on all others; "" where none are."""
    total, most = sum(themes.values()), themes.get(BALANCED, 0)
    if not total:
        return ""
    bare = themes.get("", 0)
    rest = f"{whole(total - most - bare)} on others" + (f", {whole(bare)} on none" if bare else "")
    return f"{whole(most)} of {whole(total)} outcomes are on {BALANCED}, {rest}."


def too_hard_sentence(ward: str, outcome: str, day: str) -> str:
    """Return what was put off, where, and when it comes back."""
    return f"{ward}: {outcome} To be looked at again: {day}"


def mentor_lines(wards_by_mentor: dict) -> list[str]:
    """Return which agreements have no mentor, and which share one."""
    lines = []
    for mentor, wards in wards_by_mentor.items():
        names = ", ".join(ward.name for ward in wards)
        if not mentor:
            lines.append(f"No mentor yet: {names}")
        elif len(wards) > 1:
            lines.append(f"One mentor for several: {names}")
    return lines


def measures(shown: Measures) -> str:
    """Return the measures of one kind with every return, or room to write."""
    rows = [
        (row.measure.words, agreements.returns(row.measure), COMPARED[row.comparison])
        for row in shown.measures
    ]
    if not rows:
        return blocks.empty(NO_MEASURES)
    heads = ["Measure", "The partnership’s own counts", "The last two"]
    table = blocks.table(heads, rows, agreements.KINDS[shown.kind])
    return blocks.answered(shown.agreement.record, table)


def coverage(shown: Coverage) -> str:
    """Return how far every agreement is, what they cover, and what is too hard or not known."""
    hard = [
        too_hard_sentence(ward.name, one.words, agreements.date_words(one.look_again))
        for ward, one in shown.outcomes
        if one.too_hard_for_now
    ]
    wanted = [f"{asked} ({_names(wards)})" for asked, wards in shown.wanted.items()]
    open_ = [
        f"{findings.sentence(one, {})} {_names(wards)}"
        if "id" not in one.facts
        else f"{OF_AN_OUTCOME[one.check]} {_names(wards)}"
        for one, wards in shown.open_questions
    ]
    return blocks.join(
        blocks.table(COVERAGE_HEADS["states"], _states(shown), "How far the agreements are"),
        blocks.paragraph(counted_sentence(len(shown.counted), _left_out(shown))),
        blocks.table(_strand_heads(), _strands(shown), "Strands covered"),
        blocks.table(COVERAGE_HEADS["themes"], _themes(shown), "Themes of the outcomes"),
        blocks.paragraph(balance_sentence(shown.themes)),
        _listed(TOO_HARD, hard),
        _listed(OPEN, open_),
        _listed(WANTED, wanted),
        _listed(MENTORS, mentor_lines(shown.mentors)),
    )


def _states(shown: Coverage) -> list[tuple[str, ...]]:
    states = {answer.ward: _state(answer) for answer in shown.answers}
    states |= {ward: (BROKEN, *("–",) * 4) for ward in shown.broken}
    return [(ward.name, *states[ward]) for ward in shown.table.wards.wards]


def _state(answer) -> tuple[str, ...]:
    if not answer.record:
        return NO_RECORD, *("–",) * 4
    stops = errors(answer.findings)
    asked = [finding for finding in answer.findings if finding.severity == "question"]
    example = INVENTED if answer.is_example else ""
    signed = agreements.date_words(answer.signings[-1].signed_on) if answer.signings else "–"
    signed += CHANGED_SINCE if answer.since_signing == "changed" else ""
    mentor = answer.record.offer.mentor or "none yet"
    state = answer.record.consultation.state + example
    return state, signed, str(len(stops)), str(len(asked)), mentor


def _left_out(shown: Coverage) -> str:
    return _names([answer.ward for answer in shown.written if answer not in shown.counted])


def _names(wards) -> str:
    return ", ".join(ward.name for ward in wards)


def _strands(shown: Coverage) -> list[tuple[str, str, str]]:
    wards = {strand: shown.strands(strand) for strand in agreements.STRANDS}
    return [
        (title, str(len(wards[strand])), ", ".join(w.name for w in wards[strand]) or "–")
        for strand, title in agreements.STRANDS.items()
    ]


def _themes(shown: Coverage) -> list[tuple[str, str]]:
    counts = shown.themes
    return [(theme, str(counts[theme])) for theme in shown.table.settings.agreements.themes]


def _listed(title: str, lines: list[str]) -> Markup:
    body = blocks.bullets(lines) or blocks.paragraph(NOTHING)
    return blocks.under(title, body)


def _strand_heads() -> list[str]:
    return [head.format(**blocks.documents()) for head in COVERAGE_HEADS["strands"]]
