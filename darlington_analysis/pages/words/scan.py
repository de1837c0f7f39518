"""Words on the scan: what stands out, what only seems to, and what the control means."""

from darlington_analysis.pages.components.numbers import whole, word
from darlington_analysis.pages.words.index_methods import listed
from darlington_analysis.sources.indicators import indicator

CAPTION = "Each ward beside the benchmark, false alarms held down"
SEEMING_CAPTION = "What stands out, or only seems to, against the usual spread of the wards"
SPREAD_QUESTION = "And which are unusual even among wards that differ?"
POCKETS_CAPTION = "Neighbourhoods in England’s most deprived fifth, in wards that do not stand out"
SHORTHAND = (
    "“Seems higher” is a difference that would pass a single test, but not so many at once. "
    "“Not apart” cannot be told apart from the benchmark. [c] is withheld, [u] unreliable."
)
NOT_APART = "not apart"
NONE = "Nothing stands out or seems to."


def scan(facts: dict) -> str:
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
        f"{whole(facts['stand_out'])} stand out, {_none_or(facts['seem'])} "
        f"only {'seems' if facts['seem'] < 2 else 'seem'} to, and {whole(facts['quiet'])} do not. "
        f"{_seeming(facts)}{out} {_control(facts)}"
    )


def spread(facts: dict) -> str:
    """Return what the scan against the wards' own spread found."""
    found = _none_or(facts["stand_out"])
    glance = (
        "A quick glance would pick these. So many tries would turn up some of them anyway."
        if facts["seeming"]
        else ""
    )
    return (
        "Wards differ a lot, so many stand out from the benchmark. Set against the usual spread "
        f"of Darlington’s own wards, {found} of the {whole(facts['tests'])} "
        f"{'stands' if facts['stand_out'] < 2 else 'stand'} out{_named(facts['far'])}. "
        f"{_seeming(facts)} {glance}"
    ).rstrip()


def pockets(facts: dict) -> str:
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


def cell(row) -> str:
    """Return the result of one ward on one indicator."""
    return {
        "stands out": row.side,
        "only seems to": f"seems {row.side}",
        "does not": NOT_APART,
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


def _seeming(facts: dict) -> str:
    if not facts["seeming"]:
        return "Nothing only seems to."
    return f"Only seeming to{_named(facts['seeming'])}."


def _named(found: list[tuple[str, str, str]]) -> str:
    """Return “: ward (indicator, side), …”, or nothing where nothing was found."""
    named = [f"{ward} ({indicator(slug).short_title.lower()}, {way})" for ward, slug, way in found]
    return f": {', '.join(named)}" if named else ""
