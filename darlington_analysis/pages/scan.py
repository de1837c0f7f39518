"""Which wards differ by more than chance: a table of tests, pockets, and funnels."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.borough import NARROW, WIDE, WITHIN, Funnel, Funnels
from darlington_analysis.evidence.deprivation import Pockets
from darlington_analysis.evidence.scan import NOT_TESTED, QUIET, Scan
from darlington_analysis.pages.components import blocks, charts, figure, tables
from darlington_analysis.pages.components.numbers import listed, value_text, whole, word
from darlington_analysis.sources import indicators

CAPTION = "Each ward beside the benchmark, false alarms held down"
SEEMING_CAPTION = "What stands out, or only seems to, against the usual spread of the wards"
SPREAD_QUESTION = "And which are unusual even among wards that differ?"
POCKETS_CAPTION = "Neighbourhoods in England’s most deprived fifth, in wards that do not stand out"
SHORTHAND = (
    "“Seems higher” is a difference that would pass a single test, but not so many at once. "
    "“Too close” is too close to the benchmark to call. “About the same” differs by less than "
    "matters in practice. [c] is withheld, [u] unreliable."
)
NOT_APART, ALIKE = "too close", "about the same"
NONE = "Nothing stands out or seems to."


def scan_sentences(facts: dict) -> str:
    """Return what the scan against the benchmark found, and what the control means."""
    beside = listed(facts["benchmarks"])
    left_out = "; ".join(title.lower() for title in facts["left_out"])
    out = (
        f" Not scanned, being made up, modelled or without counts of their own: {left_out}."
        if left_out
        else ""
    )
    return (
        f"Every real indicator of every ward was set beside {beside}: {_size(facts)}. "
        f"{_found(facts)}{out} {_control(facts)}"
    )


def spread_sentences(facts: dict) -> str:
    """Return what the scan against the wards' own spread found."""
    count = _none_or(facts["stand_out"])
    glance = (
        "A quick glance would pick these. So many tries would turn up some of them anyway."
        if facts["seeming"]
        else ""
    )
    return (
        "Wards differ a lot, so many stand out from the benchmark. Set against the usual spread "
        f"of {blocks.borough()}’s own wards, {count} of the {whole(facts['tests'])} "
        f"{'stands' if facts['stand_out'] < 2 else 'stand'} out{_named(facts['far'])}. "
        f"{_seeming(facts)} {glance}"
    ).rstrip()


def pockets_sentences(facts: dict) -> str:
    """Return which wards that do not stand out hold neighbourhoods in need."""
    count = len(facts["wards"])
    names = f": {listed(facts['wards'])}" if count else ""
    return (
        f"{whole(facts['quiet'])} wards are outside England’s most deprived quarter on the Index "
        f"of {facts['period']}. {word(count).capitalize() if count else 'None'} of them "
        f"{'holds' if count < 2 else 'hold'} neighbourhoods in England’s most deprived fifth"
        f"{names}. {'That the others hold none' if count else 'That'} does not mean that nobody "
        "there is in need."
    )


RULES = {
    "scan": scan_sentences,
    "scan-spread": spread_sentences,
    "pockets-in-quiet-wards": pockets_sentences,
}


def cell(row) -> str:
    """Return the result of one ward on one indicator."""
    return {
        "stands out": row.side,
        "only seems to": f"seems {row.side}",
        "does not": NOT_APART,
        "too small to matter": ALIKE,
        "not tested": f"[{row.status or 'x'}]",
    }[row.result]


def side(row) -> str:
    """Return the result against the wards' usual spread."""
    seems = "seems " if row.result_spread == "only seems to" else ""
    return f"{seems}{row.side_spread}"


def _none_or(count: int) -> str:
    return word(count) if count else "none"


def _size(facts: dict) -> str:
    return (
        f"{word(facts['indicators'])} indicators, {word(facts['wards'])} wards, "
        f"{whole(facts['tests'])} comparisons"
    )


def _control(facts: dict) -> str:
    expected = facts["tests"] * facts["level"]
    return (
        f"Chance alone would make about {word(round(expected))} of so many comparisons seem to "
        "differ. So the bar was raised, by the rule of Benjamini and Hochberg. Among all that "
        f"stand out, about {whole(100 * facts['level'])} in every 100 at most should be false "
        "alarms. It also means that a small true difference can be missed."
    )


def _found(facts: dict) -> str:
    """Return how many stand out, only seem to, which those are, and how many do neither."""
    out, quiet = whole(facts["stand_out"]), whole(facts["quiet"])
    if not facts["seem"]:
        return f"{out} stand out, and {quiet} do not."
    verb = "seems" if facts["seem"] == 1 else "seem"
    return f"{out} stand out, {word(facts['seem'])} only {verb} to, and {quiet} do not. {_seeming(facts)}"


def _seeming(facts: dict) -> str:
    if not facts["seeming"]:
        return ""
    return f"Only seeming to{_named(facts['seeming'])}."


def _named(findings: list[tuple[str, str, str]]) -> str:
    """Return “: ward (indicator, side), …”, or nothing where nothing was found."""
    named = [
        f"{ward} ({indicators.indicator(slug).short_title.lower()}, {way})"
        for ward, slug, way in findings
    ]
    return f": {', '.join(named)}" if named else ""


def scan(shown: Scan) -> str:
    """Return the scan against the benchmark, and against the usual spread of the wards."""
    if not shown.claims:
        return blocks.paragraph(NONE)
    beside, spread = blocks.sentences(shown.claims, RULES)
    return blocks.join(
        blocks.answer_line(beside),
        _matrix(shown),
        Markup('<h3>{}</h3><p class="answer">{}</p>').format(SPREAD_QUESTION, spread),
        _unusual(shown),
    )


def pockets(shown: Pockets) -> str:
    """Return which quiet wards hold deprived neighbourhoods, with their people."""
    answer = blocks.answer_line(blocks.sentence(shown.claims[0], RULES))
    columns = [
        tables.Column("area_name", "Ward"),
        tables.deprived_column(),
        tables.Column("neighbourhoods", "Neighbourhoods", "number"),
        tables.Column("worst_20", "In the most deprived fifth", "number"),
        tables.Column("worst_10", "In the most deprived tenth", "number"),
        tables.Column("people_20", "All residents of that fifth [e]", "number", missing="x"),
    ]
    rows = shown.wards
    return answer + Markup(tables.table(rows, columns, POCKETS_CAPTION) if len(rows) else "")


def _matrix(shown: Scan) -> str:
    marked = shown.rows.assign(cell=[cell(row) for row in shown.rows.itertuples()])
    wide = marked.pivot(index="area_name", columns="indicator", values="cell").reset_index()
    columns = [tables.Column("area_name", "Ward")]
    columns += [tables.Column(scanned.slug, scanned.short_title) for scanned in shown.indicators]
    return tables.table(wide, columns, CAPTION, shorthand=SHORTHAND)


def _unusual(shown: Scan) -> str:
    rows = shown.rows[~shown.rows.result_spread.isin([QUIET, NOT_TESTED])]
    if rows.empty:
        return f"<p>{NONE}</p>"
    listed = pd.DataFrame(
        {
            "area_name": row.area_name,
            "title": indicators.indicator(row.indicator).title,
            "value": value_text(row.value, indicators.indicator(row.indicator)),
            "unit": indicators.indicator(row.indicator).unit,
            "side": side(row),
        }
        for row in rows.sort_values(["p_value_spread", "area_name"]).itertuples()
    )
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("title", "Indicator"),
        tables.Column("value", "Value"),
        tables.Column("unit", "Unit"),
        tables.Column("side", "Against the other wards"),
    ]
    return tables.table(listed, columns, SEEMING_CAPTION)


FUNNEL_KEY = {
    WIDE: "Beyond both limits: chance alone would put 2 wards in 1,000 there",
    NARROW: "Beyond the inner limits: 5 wards in 100 by chance",
    WITHIN: "Within the limits: cannot be told from chance",
}
FUNNEL_STATES = {WIDE: "beyond both limits", NARROW: "beyond the inner limits", WITHIN: "within"}
FUNNEL_NONE, FUNNEL_SIZE, FUNNEL_STATE = "benchmark", "People or homes", "Beside the limits"
FUNNEL_LEAD = (
    "A small ward’s figure moves more by chance than a large one’s. So the limits are wide at the "
    "left and narrow at the right. A ward beyond them differs by more than chance. It does not "
    "say why, and many wards differ."
)
FUNNEL_TITLE = "{title}: {count} of {wards} wards beyond chance"
FUNNEL_SUBTITLE = "{unit}, by size of ward, {period}; limits round {benchmark}’s figure"
FUNNEL_ALT = "Funnel of {wards} wards round {benchmark}%: highest {highest}, lowest {lowest}."
FUNNEL_CAPTION = "{title}, {period}, by size of ward"


def funnel_title(funnel: Funnel) -> str:
    """Return the message: how many wards lie beyond both limits."""
    count = int(funnel.wards.beyond.eq(WIDE).sum())
    name = funnel.indicator.short_title
    return FUNNEL_TITLE.format(title=name, count=count, wards=len(funnel.wards))


def funnel_alt(funnel: Funnel) -> str:
    """Return the funnel in one sentence."""
    highest, lowest = (f"{_funnel_name(funnel.wards.iloc[at], funnel)}%" for at in (0, -1))
    return FUNNEL_ALT.format(
        wards=whole(len(funnel.wards)),
        benchmark=_funnel_name(funnel.benchmark, funnel),
        highest=highest,
        lowest=lowest,
    )


def funnels(shown: Funnels) -> Markup:
    """Return how to read a funnel, then one for each indicator."""
    return blocks.join(
        blocks.paragraph(FUNNEL_LEAD),
        *(_funnel_figure(funnel, shown.provenance) for funnel in shown.each),
    )


def _funnel_name(row: pd.Series, funnel: Funnel) -> str:
    return f"{row.area_name} {value_text(row.value, funnel.indicator)}"


def _funnel_figure(funnel: Funnel, provenance: dict) -> Markup:
    rows, people = funnel.wards, funnel.indicator.denominator
    words = {"unit": funnel.indicator.unit, "period": rows.period.iloc[0]}
    return figure.figure(
        charts.funnel(
            rows,
            funnel.curve,
            (_funnel_name(funnel.benchmark, funnel), float(funnel.benchmark.value)),
            value_label=funnel.indicator.unit,
            size_label=f"{people[0].upper()}{people[1:]}",
            key=FUNNEL_KEY,
            named=(rows.area_name.iloc[0], rows.area_name.iloc[-1]),
        ),
        figure_id=f"{funnel.indicator.slug}-funnel",
        title=funnel_title(funnel),
        subtitle=FUNNEL_SUBTITLE.format(benchmark=funnel.benchmark.area_name, **words),
        alt=funnel_alt(funnel),
        table_html=_funnel_table(funnel),
        source_line=figure.source_line(rows, provenance),
        beside=True,
    )


def _funnel_table(funnel: Funnel) -> Markup:
    rows = pd.concat([funnel.benchmark.to_frame().T.assign(beyond=""), funnel.wards])
    rows = rows.assign(
        size=pd.to_numeric(rows.denominator),
        state=[FUNNEL_STATES.get(beyond, FUNNEL_NONE) for beyond in rows.beyond],
    )
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column("size", FUNNEL_SIZE, "number", missing="x"),
        tables.value_column(funnel.indicator, "value", "Value, %", "number"),
        tables.Column("state", FUNNEL_STATE),
    ]
    period = funnel.wards.period.iloc[0]
    caption = FUNNEL_CAPTION.format(title=funnel.indicator.title, period=period)
    return tables.table(rows, columns, caption, signs={"x": blocks.SIGNS["x"]})
