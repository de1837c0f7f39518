"""What would a target take: people, chance, and when anybody could tell?"""

from math import isnan

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.outlook import Outlook
from darlington_analysis.evidence.targets import SCOPES
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import about, capitalised, listed, whole, word
from darlington_analysis.sources import indicators
from darlington_analysis.sources.indicators import Indicator

TAKE_QUESTION = "What would it take?"
NO_TARGET = {
    "neither": "This figure is neither good nor bad, so no target is worked out.",
    "modelled": "No target is worked out from a model.",
    "no base": "No target is worked out: the publisher gives the figure but not the number of people "
    "it is based on.",
    "withheld": "The count is withheld [c], so nothing is worked out from it.",
    "nought": "There were none in these years. No target can be lower than none.",
    "good": "The figure is better than {name}’s already. A target is for people here to choose.",
    "about the same": "The ward is about the same as {name}: the difference is too small to matter.",
    "cannot be told apart": "Ward and {name} are too close to call. So there is no sure gap to put into "
    "numbers.",
    "not known": "There is no figure of a wider area to be level with.",
}
SELDOM = 20  # times in 100: told less often than that, a change is as good as never told
SCOPE_NAMES = {
    "alone": "This ward alone",
    "with neighbours": "With {neighbours} that it touches",
    "borough": "All of {borough}",
}
NOTE = (
    "A change “can be told” where an exact test, 95% sure, would see it at least 80 times in 100. "
    "The years to come are set beside the {years} years counted, as rounded. A ward can also "
    "change because all of England does: this test cannot tell that apart."
)
EXPECTED = (
    "If nothing changes, {borough}’s figure is expected to be about {percent}% {side} than in "
    "these years, and the ward’s to move with it. “If nothing changes” means that here as above."
)
PEOPLE_CAPTION = "what it takes to be level with a wider area"
PEOPLE_COLUMNS = {
    "name": "Level with",
    "now": "Now",
    "pace": "If it only keeps pace",
    "then": "If level then",
    "change": "Beyond that pace",
    "told": "Seen by one more count, times in 100",
}
EVENTS_COLUMNS = {
    "name": "Target, and years from now taken together",
    "expected_count": "Children if nothing changes",
    "target_count": "Children at the target",
    "luck": "Comes by luck alone, times in 100",
    "told": "Told from chance if met, times in 100",
}
YEARS_HEADER = "Years taken together"
LEVEL = "To be level, the gap has to move by {gap:.1f} points."
NOT_KNOWN, MISSED = "not known", "might miss such a change"
NONE_TOLD = "none can be told"


def no_target(facts: dict) -> str:
    """Return why there is no target."""
    return NO_TARGET[facts["reason"]].format(name=facts.get("benchmark_name", ""))


def target_in_people(facts: dict) -> str:
    """Return what is left to do once a ward has kept pace with a benchmark, and if it can be told."""
    counted = thing(indicators.indicator(facts["indicator"]))
    certainty = told_in_short(facts)
    if not facts["can_be_told"]:
        certainty = (
            f"{certainty.removesuffix('.')}: it would show it {times_in_100(facts['times_told'])}."
        )
    smallest = facts["smallest_change"]
    if not isnan(smallest):
        certainty += f" The smallest change it could show is about {whole(abs(smallest))}."
    name, much = facts["benchmark_name"], people_difference(facts)
    start = (
        f"{_pace(facts, counted)} To be level with {name} then takes {much} than that."
        if facts["pace_years"]
        else f"It would take {much} {counted} to be level with {name} as it is now. How fast {name} "
        "itself changes is not known: we have no two counts of it that compare."
    )
    return (
        f"{start} Allowing for chance, the number is likely to be between {people_range(facts)}. "
        f"{certainty}{_plausible(facts)}"
    )


def thing(about: Indicator) -> str:
    """Return what a target counts, with the comma that closes a title with one: “adults with …”."""
    close = "," if "," in about.title else ""
    return f"{about.title[0].lower()}{about.title[1:]}{close}"


def told_in_short(facts: dict) -> str:
    """Return whether one more count could tell the change of a target from chance."""
    is_census = indicators.indicator(facts["indicator"]).period_kind == "census"
    more = "One more census" if is_census else "One more count like this"
    return f"{more} {'could tell such a change from chance' if facts['can_be_told'] else MISSED}."


def _pace(facts: dict, counted: str) -> str:
    """Return what keeping pace with a benchmark alone would do."""
    name, years = facts["benchmark_name"], facts["pace_years"]
    kept = facts["people_at_pace"] - facts["people_now"]
    verb = "fell" if facts["ratio"] < 1 else "rose"
    people = f"{about(abs(kept))} {way(kept)}" if kept else "as many"
    gaps = f"{facts['gap_at_pace']:.1f} points in place of {facts['gap']:.1f}"
    return (
        f"From {facts['pace_first']} to {facts['pace_last']} {name}’s own figure {verb} from "
        f"{facts['pace_from']:.1f} to {facts['pace_to']:.1f} in every 100. At that pace the ward "
        f"has about {people} {counted} {years} years on, {whole(facts['people_at_pace'])} in all. "
        f"Its gap is then {gaps}. "
        f"{counted_since(facts)}".strip()
    )


def counted_since(facts: dict) -> str:
    """Return what a census has found that was taken since; "" where there is none."""
    if isnan(facts["counted_since"]):
        return ""
    count = whole(facts["counted_since"])
    return f"The census of {facts['pace_last']} counted {count}."


def _plausible(facts: dict) -> str:
    """Return how large the target is beside how far gaps have really moved; "" where not known."""
    if isnan(facts["nearly_all"]):
        return ""
    if words := first_target(facts):
        return f" {words}"
    gap, half, most = (round(abs(facts[name]), 1) for name in ("gap", "half", "nearly_all"))
    many, size = facts["areas"] - facts["left_out"], LEVEL.format(gap=gap)
    few = "more than" if gap > half else "no more than"
    return (
        f" {size} That is {few} half of the {facts['areas']} wards moved between those censuses "
        f"({half:.1f} points or less; {many} of them {most:.1f} or less)."
    )


def first_target(facts: dict) -> str:
    """Return that a gap is larger than gaps move; "" where it is not, or that is not known."""
    gap, most = (round(abs(facts[name]), 1) for name in ("gap", "nearly_all"))
    if not gap > most:  # neither is larger than what is not known
        return ""
    return (
        f"{LEVEL.format(gap=gap)} Between those censuses the gaps of "
        f"{facts['areas'] - facts['left_out']} of the {facts['areas']} wards moved by {most:.1f} "
        f"points or less. So a first target for {facts['pace_years']} years asks for less."
    )


def people_difference(facts: dict) -> str:
    """Return a number of people as “about 330 fewer”."""
    return f"about {whole(abs(facts['change']))} {way(facts['change'])}"


def people_range(facts: dict) -> str:
    """Return the range of a number of people; one that rounds to nought is one."""
    near = max(1, abs(facts["change_near"]))
    return f"{whole(near)} and {whole(abs(facts['change_far']))}"


def times_in_100(chance: float) -> str:
    """Return a chance out of 100 as people say it, never “0 times” and never “always”."""
    if chance < 1:
        return "less than once in 100 times"
    if chance > 99:
        return "more than 99 times in 100"
    return "about once in 100 times" if chance == 1 else f"about {whole(chance)} times in 100"


def target_in_events(facts: dict) -> str:
    """Return a target in children, the chance of luck, and when it could be told, if ever."""
    is_yearly = abs(facts["change_a_year"]) >= 1
    luck = times_in_100(facts["times_by_luck"] if is_yearly else facts["times_by_luck_in_all"])
    span = "in one year" if is_yearly else f"in {word(facts['years'])} years"
    side = "few" if facts["change_a_year"] < 0 else "many"
    return (
        f"{_target(facts)} You would see so {side} {span} {luck} even if nothing had really "
        f"changed. {_when_told(facts)}"
    )


def smallest_change(facts: dict) -> str:
    """Return the smallest change that can be told, here and in wider areas."""
    lines = [
        f"{capitalised(_place(scope, facts))} {_pair(facts['smallest'][scope], facts['years'])}."
        for scope in SCOPE_NAMES
        if scope in facts["smallest"]
    ]
    left_out = listed(facts["left_out"])
    note = f" Left out, as withheld [c]: {left_out}." if left_out else ""
    return f"How small a change can be told from chance? {' '.join(lines)}{note}"


def target_name(name: str, borough: str, change: float) -> str:
    """Return a target as a table names it."""
    return {"level": f"Level with {borough}", "tenth": f"A tenth {way(change)}"}[name]


def way(change: float) -> str:
    """Return “fewer” or “more”."""
    return "fewer" if change < 0 else "more"


def pooled_wards(facts: dict) -> str:
    """Return the neighbours that are pooled: all that the ward touches, or some of them."""
    count = word(facts["neighbours"])
    if facts["left_out"]:
        return f"{count} of the wards"
    return "the one ward" if count == "one" else f"the {count} wards"


def _target(facts: dict) -> str:
    name = target_name(facts["target"], facts["borough"], facts["change_a_year"])
    a_year, total = abs(facts["change_a_year"]), max(1, round(abs(facts["change_in_all"])))
    span = "a year" if a_year >= 1 else f"in {word(facts['years'])} years"
    count = whole(a_year if a_year >= 1 else total)
    people = "child" if count == "1" else "children"
    return f"{name} is about {count} {way(facts['change_a_year'])} {people} {span}."


def _when_told(facts: dict) -> str:
    years_needed = facts["told"]
    if years_needed["alone"]:
        return f"If that were met, it could be told from chance {_after(years_needed['alone'])}."
    most = word(facts["years"])
    words = f"In this ward nobody could tell it from chance, even with {most} years taken together."
    if facts["times_told_in_all"] >= SELDOM:
        words = (
            f"In this ward it would be missed too often: {most} years taken together would tell it "
            f"from chance {times_in_100(facts['times_told_in_all'])}."
        )
    wider = {scope: first for scope, first in years_needed.items() if scope != "alone"}
    able = [scope for scope, first in wider.items() if first]
    if able:
        place = capitalised(_place(able[0], facts))
        share = ", if all changed by the same share" if able[0] == "with neighbours" else ""
        return f"{words} {place} it could be told {_after(wider[able[0]])}{share}."
    if wider:
        places = ", nor ".join(_place(scope, facts) for scope in wider)
        return f"{words} Nor could it be told {places}. Only a larger change could be seen."
    return f"{words} Only a larger change could be seen."


def _after(first: int) -> str:
    return "after one year" if first == 1 else f"with {word(first)} years taken together"


def _place(scope: str, facts: dict) -> str:
    return {
        "alone": "here",
        "with neighbours": f"with {pooled_wards(facts)} that it touches",
        "borough": f"in all of {facts['borough']}",
    }[scope]


def _pair(percents: tuple[float, float], most: int) -> str:
    first, last = percents
    if isnan(last):
        return f"no change can be told, even over {word(most)} years"
    late = f"{whole(abs(last))}% over {word(most)} years"
    if isnan(first):
        return f"no change can be told in one year, but {late} can"
    return f"{whole(abs(first))}% in one year can be told, or {late}"


RULES = {
    "no-target": no_target,
    "target-in-people": target_in_people,
    "target-in-events": target_in_events,
    "smallest-change": smallest_change,
}


def times_cell(chance: float) -> str:
    """Return a chance out of 100 as a cell shows it, never 0 and never 100."""
    return "under 1" if chance < 1 else "over 99" if chance > 99 else whole(chance)


def scope_header(scope: str, facts: dict) -> str:
    """Return a scope as a column names it."""
    return SCOPE_NAMES[scope].format(neighbours=pooled_wards(facts), borough=facts["borough"])


def smallest_cell(percent: float, a_year: float) -> str:
    """Return the smallest change of one scope and number of years, in per cent and in children."""
    if isnan(percent):
        return NONE_TOLD
    return f"{whole(abs(percent))}%, {abs(a_year):.1f} {way(percent)} a year"


def years_words(count: int) -> str:
    """Return “1 year”, “3 years”."""
    return f"{count} year" if count == 1 else f"{count} years"


def targets(shown: Outlook) -> Markup:
    """Return what a target would take, in sentences."""
    block = blocks.answer(TAKE_QUESTION, shown.take.claims, RULES)
    if not len(shown.take.events):
        return block
    facts = shown.take.claims[-1].facts
    words = f"{expected(facts)} {NOTE.format(years=word(facts['baseline_years']))}"
    return block + blocks.paragraph(words.strip())


def expected(facts: dict) -> str:
    """Return how the years to come differ from those counted; "" where they do not."""
    moved = round(100 * (facts["expected_share"] - 1))
    if not moved:
        return ""
    words = {"percent": abs(moved), "side": "lower" if moved < 0 else "higher"}
    return EXPECTED.format(borough=facts["borough"], **words)


def target_tables(shown: Outlook) -> Markup:
    """Return the tables behind what a target would take; nothing without a target."""
    caption, parts = f"{shown.indicator.title}: {PEOPLE_CAPTION}", []
    if len(shown.take.people):
        parts = [tables.table(people_rows(shown), people_columns(), caption)]
    if len(shown.take.events):
        facts = shown.take.claims[-1].facts
        parts += [_events_table(shown, facts), _smallest_table(shown, facts)]
    return Markup('<div class="behind">{}</div>').format(Markup("".join(parts)))


def people_rows(shown: Outlook) -> pd.DataFrame:
    """Return a target in people for each wider area: name, now, then, change, told, in words."""
    return pd.DataFrame(
        {
            "name": row["benchmark_name"],
            "now": whole(row["people_now"]),
            "pace": whole(row["people_at_pace"]) if row["pace_years"] else NOT_KNOWN,
            "then": whole(row["people_then"]),
            "change": f"{people_difference(row)} (between {people_range(row)})",
            "told": times_cell(row["times_told"]),
        }
        for row in shown.take.people.to_dict("records")
    )


def people_columns(first: str = PEOPLE_COLUMNS["name"]) -> list[tables.Column]:
    """Return the columns of ``people_rows``, the first headed by ``first``."""
    return _columns(PEOPLE_COLUMNS | {"name": first})


def _columns(headers: dict[str, str]) -> list[tables.Column]:
    # Words keep to the left; numbers, and a chance out of 100, to the right.
    return [
        tables.Column(key, header, "text" if key in ("name", "change") else "number", show=_plain)
        for key, header in headers.items()
    ]


def _events_table(shown: Outlook, facts: dict) -> str:
    events = shown.take.events
    rows = events.assign(
        name=[
            f"{target_name(row.target, facts['borough'], row.change_a_year)}, "
            f"{years_words(row.years)}"
            for row in events.itertuples()
        ],
        luck=events.times_by_luck.map(times_cell),
        told=events.times_told.map(times_cell),
    )
    caption = _caption(shown, "targets for the ward alone")
    return tables.table(rows, _columns(EVENTS_COLUMNS), caption)


def _smallest_table(shown: Outlook, facts: dict) -> str:
    every = shown.take.smallest
    scopes = [scope for scope in SCOPES if scope in set(every.scope)]
    rows = pd.DataFrame({"years": sorted(set(every.years))})
    for scope in scopes:
        of_scope = every[every.scope == scope].set_index("years")
        rows[scope] = [
            smallest_cell(of_scope.smallest_percent[count], of_scope.smallest_change_a_year[count])
            for count in rows.years
        ]
    columns = [tables.Column("years", YEARS_HEADER, "text", show=whole)]
    columns += [tables.Column(scope, scope_header(scope, facts)) for scope in scopes]
    return tables.table(rows, columns, _caption(shown, "the smallest change that can be told"))


def _caption(shown: Outlook, words: str) -> str:
    made_up = f", {blocks.MADE_UP}" if any(claim.is_dummy for claim in shown.take.claims) else ""
    return f"{shown.indicator.short_title}{made_up}: {words}"


def _plain(cell: str | float) -> str:
    """Return a cell that is already in words as it is, a count of children to one decimal."""
    return cell if isinstance(cell, str) else f"{cell:,.1f}"
