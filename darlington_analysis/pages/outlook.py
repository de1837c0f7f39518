"""Has it changed, what comes next if nothing changes, and what would a target take?"""

from math import isnan

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.outlook import Outlook
from darlington_analysis.evidence.targets import SCOPES
from darlington_analysis.pages.components import labels, tables
from darlington_analysis.pages.components.numbers import shown as in_figures
from darlington_analysis.pages.components.numbers import whole, word
from darlington_analysis.pages.words import outlook, sentences, targets

PEOPLE_CAPTION = "what it takes to be level with a wider area"
PEOPLE_HEADERS = (
    "Level with",
    "Now",
    "If level",
    "Difference",
    "Told by one more census, times in 100",
)
EVENTS_HEADERS = (
    "Target, and years from now taken together",
    "Children if nothing changes",
    "Children at the target",
    "Comes by luck alone, times in 100",
    "Told from chance if met, times in 100",
)
YEARS_HEADER = "Years taken together"
NONE_TOLD = "none can be told"


def times_cell(chance: float) -> str:
    """Return a chance out of 100 as a cell shows it, never 0 and never 100."""
    return "under 1" if chance < 1 else "over 99" if chance > 99 else whole(chance)


def scope_header(scope: str, facts: dict) -> str:
    """Return a scope as a column names it."""
    return targets.SCOPES[scope].format(neighbours=targets.wards(facts), borough=facts["borough"])


def smallest_cell(percent: float, a_year: float) -> str:
    """Return the smallest change of one scope and number of years, in per cent and in children."""
    if isnan(percent):
        return NONE_TOLD
    return f"{whole(abs(percent))}%, {abs(a_year):.1f} {targets.way(percent)} a year"


def years(count: int) -> str:
    """Return “1 year”, “3 years”."""
    return f"{count} year" if count == 1 else f"{count} years"


PEOPLE = ("name", "now", "then", "change", "told")
COLUMNS = ("name", "expected_count", "target_count", "luck", "told")


def history(shown: Outlook) -> Markup:
    """Return what may be said of the past and of what comes next if nothing changes.

    Nothing for a census without history: that is said of all census figures at once (surety).
    """
    rules = {each.rule for each in shown.history_claims}
    if shown.indicator.period_kind == "census" and rules <= {"no-history", "no-baseline"}:
        return Markup("")
    return _asked(outlook.HISTORY_QUESTION, shown.history_claims)


def take(shown: Outlook) -> Markup:
    """Return what a target would take, in sentences."""
    said = _asked(outlook.TAKE_QUESTION, shown.take.claims)
    if not len(shown.take.events):
        return said
    years = word(shown.take.claims[-1].facts["baseline_years"])
    return said + Markup("<p>{}</p>").format(targets.NOTE.format(years=years))


def take_tables_of(shown: Outlook) -> Markup:
    """Return the tables behind what a target would take; nothing without a target."""
    parts = [_people_table(shown)] if len(shown.take.people) else []
    if len(shown.take.events):
        facts = shown.take.claims[-1].facts
        parts += [_events_table(shown, facts), _smallest_table(shown, facts)]
    return Markup('<div class="behind">{}</div>').format(Markup("".join(parts)))


def text(shown: Outlook) -> str:
    """Return every sentence of the outlook."""
    return " ".join(sentences.say(claim) for claim in shown.claims)


def smoothing_note(shown: Outlook) -> Markup:
    """Return what the smoothed column of the table above is, nothing where there is none."""
    if shown.smoothed.empty:
        return Markup("")
    return Markup("<p>{}</p>").format(outlook.smoothing_note(shown.smoothed, shown.indicator))


def with_smoothed(
    shown: Outlook, rows: pd.DataFrame, columns: list[tables.Column], *, is_dummy: bool
) -> tuple[pd.DataFrame, list[tables.Column]]:
    """Return rows and columns of a table of wards with the smoothed value last, where there is one.

    The raw value stays where it is; a wider area has no smoothed one.
    """
    if shown.smoothed.empty:
        return rows, columns
    beside = rows.merge(shown.smoothed, on="area_code", how="left")
    beside["smoothed_status"] = beside.smoothed_status.fillna("z")
    last = tables.Column(
        "smoothed_value",
        outlook.smoothed_header(is_dummy=is_dummy),
        "value",
        show=lambda value: in_figures(value, shown.indicator),
        status_key="smoothed_status",
    )
    return beside, [*columns, last]


def _asked(question: str, claims) -> Markup:
    if len(claims) == 1 and not claims[0].is_dummy:  # a made-up figure says so first of all
        return Markup("<p>{} {}</p>").format(question, sentences.say(claims[0]))
    said = [Markup("<p>{}</p>").format(sentences.say(claim)) for claim in claims]
    return Markup("<h5>{}</h5>").format(question) + Markup("").join(said)


def people_rows(shown: Outlook) -> pd.DataFrame:
    """Return a target in people for each wider area: name, now, then, change, told, in words."""
    return pd.DataFrame(
        {
            "name": row["benchmark_name"],
            "now": whole(row["people_now"]),
            "then": whole(row["people_then"]),
            "change": f"{targets.difference(row)} (between {targets.span(row)})",
            "told": times_cell(row["times_told"]),
        }
        for row in shown.take.people.to_dict("records")
    )


def people_columns(first: str = PEOPLE_HEADERS[0]) -> list[tables.Column]:
    """Return the columns of ``people_rows``, the first headed by ``first``."""
    # Words keep to the left; numbers, and a chance out of 100, to the right.
    headers = zip(PEOPLE, (first, *PEOPLE_HEADERS[1:]), strict=True)
    return [
        tables.Column(key, header, "text" if key in ("name", "change") else "number", show=_plain)
        for key, header in headers
    ]


def _people_table(shown: Outlook) -> str:
    caption = f"{shown.indicator.title}: {PEOPLE_CAPTION}"
    return tables.table(people_rows(shown), people_columns(), caption)


def _events_table(shown: Outlook, facts: dict) -> str:
    own = shown.take.events
    rows = own.assign(
        name=[
            f"{targets.target_name(row.target, facts['borough'], row.change_a_year)}, "
            f"{years(row.years)}"
            for row in own.itertuples()
        ],
        luck=own.times_by_luck.map(times_cell),
        told=own.times_told.map(times_cell),
    )
    columns = [
        tables.Column(key, header, "text" if key == "name" else "number", show=_plain)
        for key, header in zip(COLUMNS, EVENTS_HEADERS, strict=True)
    ]
    return tables.table(rows, columns, _caption(shown, "targets for the ward alone"))


def _smallest_table(shown: Outlook, facts: dict) -> str:
    every = shown.take.smallest
    scopes = [scope for scope in SCOPES if scope in set(every.scope)]
    rows = pd.DataFrame({"years": sorted(set(every.years))})
    for scope in scopes:
        own = every[every.scope == scope].set_index("years")
        rows[scope] = [
            smallest_cell(own.smallest_percent[each], own.smallest_change_a_year[each])
            for each in rows.years
        ]
    columns = [tables.Column("years", YEARS_HEADER, "text", show=whole)]
    columns += [tables.Column(scope, scope_header(scope, facts)) for scope in scopes]
    return tables.table(rows, columns, _caption(shown, "the smallest change that can be told"))


def _caption(shown: Outlook, words: str) -> str:
    made_up = f", {labels.MADE_UP}" if any(each.is_dummy for each in shown.take.claims) else ""
    return f"{shown.indicator.short_title}{made_up}: {words}"


def _plain(cell: str | float) -> str:
    """Return a cell that is already in words as it is, a count of children to one decimal."""
    return cell if isinstance(cell, str) else f"{cell:,.1f}"
