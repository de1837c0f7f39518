"""Wards beside each other, for analysts and as a page of the site; and a ward over time."""

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.compare import MADE_UP, Comparison, OverTime, compare
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import all_wards
from darlington_analysis.pages.components import blocks, charts, figure, tables
from darlington_analysis.pages.components.numbers import (
    capitalised,
    listed,
    more_deprived_than,
    period,
    short_period,
    value_text,
)
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import indicator
from darlington_analysis.statistics.comparisons import HIGHER, LOWER, NOT_KNOWN, NOT_TOLD_APART

DIFFERENCES = "Where {wards} differ"
SUBTITLE = "Differences on the latest figures; bars: 95% confidence intervals"
AXIS = "Percentage points: {one} less {other}"
AXIS_OF_PAIRS = "Percentage points: the first ward less the second"
PAIR = "{one} less {other}"
DIFFERENCE_HEADS = {"difference": "Difference", "lower_limit": "From", "upper_limit": "To"}
NONE = "no difference"
ALT = (
    "Dot chart of each difference with its interval, on both sides of a line at no difference. The "
    "table gives every value."
)
CAPTION = "{wards}: values, differences and their 95% intervals"
WORDS = {
    HIGHER: "{one} is higher",
    LOWER: "{one} is lower",
    NOT_TOLD_APART: "too close to call",
    NOT_KNOWN: "not compared",
}
OVER_TIME = "{title}: {ward} over time"
OVER_TIME_SUBTITLE = "{ward} beside {benchmark}; bars: 95% confidence intervals"
OVER_TIME_ALT = "Line chart. {parts}."
OVER_TIME_CAPTION = "{ward}: {title}, {unit}; changes with their 95% intervals"
MOVED = {"up": "up", "down": "down", NOT_TOLD_APART: WORDS[NOT_TOLD_APART]}
MOST_ROWS = 40  # of a chart
PAGE_TITLE = "Two wards beside each other, {edition}"
PAGE_LINK = "Set two wards beside each other"
PAGE_DESCRIPTION = (
    "Every real figure of every ward in one table, to set two wards beside each other."
)
PAGE_LEAD = (
    "Each figure with its range in brackets. Where the ranges leave it open which ward is higher, "
    "it is too close to call. Many differences between wards are chance, so look at several "
    "figures. The name of a ward leads to its pack."
)
PAGE_HEADING, PAGE_CAPTION = "The figures", "Every real figure of every ward"
FIRST_WARD, SECOND_WARD, CHOOSE = "First ward", "Second ward", "Choose a ward"
FIGURE, BESIDE = "Figure", "First beside second"
FIRST = "#"  # where the script puts the name of the ward that is chosen first
WIDE = "The table is wider than the page: choose two wards, or move it sideways to see every ward."
DEPRIVATION = "More deprived than this many in every 100 wards in England, {period}"
TABLE = "figures"
_LETTERS = {HIGHER: "h", LOWER: "l", NOT_TOLD_APART: "c", NOT_KNOWN: "n"}  # of verdicts, in cells
_OPPOSITE = {"h": "l", "l": "h"}


def comparison(shown: Comparison) -> Markup:
    """Return every difference with its interval: the chart of percentages, the table of all."""
    rows = _named(shown)
    drawn = rows[rows.lower_limit.notna() & rows.unit.str.startswith("%")]
    table = _differences_table(shown, rows)
    if drawn.empty or len(drawn) > MOST_ROWS:
        return table + _notes(rows)
    pairs = rows[["ward", "other"]].drop_duplicates()
    first = pairs.iloc[0]
    label = AXIS.format(one=first.ward, other=first.other) if len(pairs) == 1 else AXIS_OF_PAIRS
    return figure.figure(
        charts.wards_with_limits(
            drawn.assign(area_code=drawn.indicator, value=drawn.difference, status=""),
            None,
            {NONE: 0.0},
            value_label=label,
        ),
        figure_id="-".join(["differences", *(ward.slug for ward in shown.wards)]),
        title=DIFFERENCES.format(wards=_wards(shown)),
        subtitle=SUBTITLE,
        alt=ALT,
        table_html=table + _notes(rows),
        source_line=_source(shown, rows),
    )


def _wards(shown: Comparison) -> str:
    return listed([ward.name for ward in shown.wards])


def _named(shown: Comparison) -> pd.DataFrame:
    """Return the rows with ``area_name``, what each is about, and the verdict in words."""
    rows = shown.frame.assign(is_dummy=False)
    if rows.indicator.nunique() > 1:
        rows = rows[rows.note.ne(MADE_UP)]  # packs show no made-up figure either
    titles = rows.indicator.map(_title)
    pairs = [PAIR.format(one=row.ward, other=row.other) for row in rows.itertuples()]
    if rows.indicator.nunique() == 1:
        names = pd.Series(pairs, index=rows.index)
    else:
        several = rows.groupby("indicator").size().max() > 1
        names = titles + (": " + pd.Series(pairs, index=rows.index) if several else "")
    verdict = [WORDS[row.comparison].format(one=row.ward) for row in rows.itertuples()]
    return rows.assign(area_name=names, verdict=verdict)


def _title(slug: str) -> str:
    about = indicator(slug)
    return tables.deprived_column().header if about.kind == "position" else about.short_title


def _differences_table(shown: Comparison, rows: pd.DataFrame) -> Markup:
    order = rows.assign(size=rows.difference.abs().where(rows.lower_limit.notna()))
    order = order.sort_values("size", ascending=False, na_position="last")
    words = order.assign(
        **{
            name: [_number(row, name) for _, row in order.iterrows()]
            for name in ("value", "other_value", "difference", "lower_limit", "upper_limit")
        },
        when=order.period.map(period),
    )
    one = rows[["ward", "other"]].drop_duplicates()
    first, second = (one.iloc[0].ward, one.iloc[0].other) if len(one) == 1 else ("First", "Second")
    columns = [
        tables.Column("area_name", "What"),
        tables.Column("when", "When"),
        tables.Column("value", first, "number", show=str, missing="x"),
        tables.Column(
            "other_value", second, "number", show=str, missing="x", status_key="other_status"
        ),
        *(
            tables.Column(name, head, "number", show=str, missing="z", status_key="")
            for name, head in DIFFERENCE_HEADS.items()
        ),
        tables.Column("verdict", "In words"),
    ]
    return tables.table(words, columns, CAPTION.format(wards=_wards(shown)), signs=blocks.SIGNS)


def _number(row: pd.Series, name: str) -> str | None:
    is_compared = name not in DIFFERENCE_HEADS or pd.notna(row.lower_limit)
    if pd.isna(row[name]) or not is_compared:
        return None
    about = indicator(row.indicator)
    if about.kind == "position":
        return str(more_deprived_than(row[name]))
    return _minus(value_text(row[name], about))


def _notes(rows: pd.DataFrame) -> Markup:
    """Return what to mind, each with the rows of the table that it is about."""
    said = rows[rows.note.ne("")].groupby("note", sort=False).area_name
    return blocks.bullets(f"{'; '.join(names)}: {note}" for note, names in said)


def _source(shown: Comparison | OverTime, rows: pd.DataFrame) -> str:
    of_wards = shown.table.rows[shown.table.rows.area_type.eq("ward")]
    used = of_wards.merge(rows[["indicator", "period"]].drop_duplicates())
    return figure.source_line(used, shown.table.provenance)


def page_of_all(loaded: EditionTable, packs: Mapping[str, str]) -> Markup:
    """Return the page's body. ``packs``: the address of each ward's pack that there is, by code."""
    return blocks.join(
        Markup("<h1>{}</h1>").format(PAGE_TITLE.format(edition=loaded.edition.title)),
        Markup('<p class="lead">{}</p>').format(PAGE_LEAD),
        _fields(loaded),
        Markup("<h2>{}</h2>").format(PAGE_HEADING),
        blocks.paragraph(WIDE),
        _table(loaded, packs),
    )


def _fields(loaded: EditionTable) -> Markup:
    options = Markup('<option value="">{}</option>').format(CHOOSE) + Markup("").join(
        Markup('<option value="{}">{}</option>').format(ward.code, ward.name)
        for ward in loaded.wards.wards
    )
    fields = Markup("").join(
        Markup("<label>{} <select>{}</select></label>").format(label, options)
        for label in (FIRST_WARD, SECOND_WARD)
    )
    return Markup('<div class="narrow" data-table="{}" hidden>{}</div>').format(TABLE, fields)


def _table(loaded: EditionTable, packs: Mapping[str, str]) -> Markup:
    wards = loaded.wards.wards
    evidence = in_table(loaded, wards[0].code)
    answers = [answer for answer in evidence.answers if not answer.is_dummy]
    wider = list(dict.fromkeys(name for one in answers for name in one.benchmarks.area_name))
    heads = Markup("").join(
        [
            Markup('<th scope="col">{}</th>').format(FIGURE),
            *(Markup('<th scope="col">{}</th>').format(name) for name in wider),
            *(_ward_head(ward, packs.get(ward.code)) for ward in wards),
            Markup('<th scope="col" data-pair hidden>{}</th>').format(BESIDE),
        ]
    )
    rows = [_deprivation(evidence.deprivation, wider, wards)]
    verdicts = _verdicts(loaded, wards)
    rows = Markup("").join([*rows, *(_row(answer, wider, wards, verdicts) for answer in answers)])
    used = " ".join(words for sign, words in blocks.SIGNS.items() if f"[{sign}]" in rows)
    words = Markup(" ").join(
        Markup('data-{}="{}"').format(letter, capitalised(WORDS[verdict].format(one=FIRST)))
        for verdict, letter in _LETTERS.items()
    )
    return Markup(
        '<p class="shorthand">{}</p><div class="table-scroll" role="region" aria-label="{}" '
        'tabindex="0"><table class="data" id="{}" {}><caption>{}</caption><thead><tr>{}</tr>'
        "</thead><tbody>{}</tbody></table></div>"
    ).format(used, PAGE_CAPTION, TABLE, words, PAGE_CAPTION, heads, rows)


def _ward_head(ward: Ward, address: str | None) -> Markup:
    name = Markup('<a href="{}">{}</a>').format(address, ward.name) if address else ward.name
    return Markup('<th scope="col" id="{0}" data-ward="{0}">{1}</th>').format(ward.code, name)


def _deprivation(answer: DeprivationAnswer, wider: list[str], wards: Sequence[Ward]) -> Markup:
    """Return the row of places on the Index, which has no ranges: high is more deprived."""
    places = {row.area_code: more_deprived_than(row.value) for row in answer.borough.itertuples()}
    cells = [Markup("<td>[z]</td>")] * len(wider)
    cells += [
        _ward_cell(ward, place, "", str(places.get(ward.code, "[x]")))
        for place, ward in enumerate(wards)
    ]
    return _tr("deprivation", DEPRIVATION.format(period=answer.latest.period), cells)


def _tr(name: str, head: str, cells: Sequence[Markup]) -> Markup:
    return Markup('<tr id="{}"><th scope="row">{}</th>{}<td data-pair hidden>{}</td></tr>').format(
        name, head, Markup("").join(cells), capitalised(WORDS[NOT_KNOWN])
    )


def _row(
    answer: IndicatorAnswer, wider: list[str], wards: Sequence[Ward], verdicts: dict[tuple, str]
) -> Markup:
    """Return the row of one figure; a cell of a ward says how it stands beside each other ward."""
    about = answer.indicator
    areas = _cells(answer, answer.benchmarks, "area_name")
    own = _cells(answer, answer.wards, "area_code")
    cells = [Markup("<td>{}</td>").format(areas.get(name, "[x]")) for name in wider]
    for place, ward in enumerate(wards):
        beside = "".join(
            verdicts.get((about.slug, ward.name, other.name), _LETTERS[NOT_KNOWN])
            for other in wards
        )
        cells.append(_ward_cell(ward, place, beside, own.get(ward.code, "[x]")))
    return _tr(about.slug, f"{about.title}, {period(answer.row.period)} ({about.unit})", cells)


def _ward_cell(ward: Ward, place: int, beside: str, words: str) -> Markup:
    return Markup('<td data-ward="{}" data-place="{}" data-beside="{}">{}</td>').format(
        ward.code, place, beside, words
    )


def _cells(answer: IndicatorAnswer, rows: pd.DataFrame, key: str) -> dict[str, str]:
    return dict(zip(rows[key], all_wards.row_cells(rows, answer), strict=True))


def _verdicts(loaded: EditionTable, wards: Sequence[Ward]) -> dict[tuple, str]:
    """Return the letter of how each ward stands beside each other, by figure and names."""
    if len(wards) < 2:
        return {}
    verdicts = {}
    for pair in compare(loaded, [ward.code for ward in wards]).frame.itertuples():
        letter = _LETTERS[pair.comparison]
        verdicts[pair.indicator, pair.ward, pair.other] = letter
        verdicts[pair.indicator, pair.other, pair.ward] = _OPPOSITE.get(letter, letter)
    return verdicts


def over_time(shown: OverTime) -> Markup:
    """Return a ward and its benchmark over time, the gap, and how far it moved."""
    rows, about = shown.frame, shown.indicator
    table = _periods_table(shown)
    notes = blocks.bullets(dict.fromkeys(note for note in rows.note if note))
    lines = _lines(shown)
    if rows.change.isna().all():  # no line joins figures that cannot be compared
        return table + notes
    order = sorted(set(rows.period), key=lambda label: last_day(about.slug, label))
    return figure.figure(
        charts.trend(
            lines.assign(period=lines.period.map(short_period)),
            value_label=about.unit,
            periods=[short_period(label) for label in order],
            dummy_label=blocks.MADE_UP,
        ),
        figure_id=f"over-time-{about.slug}-{shown.ward.slug}",
        title=OVER_TIME.format(title=about.title, ward=shown.ward.name),
        subtitle=OVER_TIME_SUBTITLE.format(ward=shown.ward.name, benchmark=rows.benchmark.iloc[0]),
        alt=OVER_TIME_ALT.format(parts="; ".join(_in_words(lines, about))),
        table_html=table + notes,
        source_line=_source(shown, rows),
    )


def _lines(shown: OverTime) -> pd.DataFrame:
    """Return the rows of the chart: the ward, in each edition, and the benchmark."""
    rows = shown.frame
    is_twofold = rows.edition.nunique() > 1
    own = rows.assign(
        area_name=rows.area + (", " + rows.edition + " edition" if is_twofold else "")
    ).sort_values("edition", ascending=False, kind="stable")
    beside = rows.drop_duplicates("period")
    beside = beside.assign(
        area_name=beside.benchmark,
        value=beside.benchmark_value,
        lower_limit=None,
        upper_limit=None,
        status="",
    )
    lines = pd.concat([own, beside.dropna(subset=["value"])])
    return lines.astype({"lower_limit": float, "upper_limit": float})


def _in_words(lines: pd.DataFrame, about) -> list[str]:
    return [
        f"{name}: "
        + ", ".join(
            f"{value_text(row.value, about)} in {short_period(row.period)}"
            for row in rows.dropna(subset=["value"]).itertuples()
        )
        for name, rows in lines.groupby("area_name", sort=False)
    ]


def _periods_table(shown: OverTime) -> Markup:
    rows, about = shown.frame, shown.indicator
    names = ["lower_limit", "upper_limit", "benchmark_value", "gap", "gap_change"]
    names += ["gap_change_lower_limit", "gap_change_upper_limit"]
    words = rows.assign(
        when=rows.period.map(period)
        + (", " + rows.edition + " edition" if rows.edition.nunique() > 1 else ""),
        **{name: [_signed(value, name) for value in rows[name]] for name in names},
        moved=[MOVED.get(moved, "") for moved in rows.gap_moved],
    )
    benchmark = rows.benchmark.iloc[0] if len(rows) else ""
    columns = [
        tables.Column("when", "When"),
        tables.value_column(about, "value", shown.ward.name),
        tables.Column("lower_limit", "From", "number", show=str, missing="x", status_key=""),
        tables.Column("upper_limit", "To", "number", show=str, missing="x", status_key=""),
        tables.Column("benchmark_value", benchmark, "number", show=str, missing="x", status_key=""),
        tables.Column("gap", "Gap", "number", show=str, missing="x", status_key=""),
        tables.Column(
            "gap_change", "Change in gap", "number", show=str, missing="z", status_key=""
        ),
        tables.Column(
            "gap_change_lower_limit", "From", "number", show=str, missing="z", status_key=""
        ),
        tables.Column(
            "gap_change_upper_limit", "To", "number", show=str, missing="z", status_key=""
        ),
        tables.Column("moved", "The gap went", missing="z", status_key=""),
    ]
    return tables.table(
        words,
        columns,
        OVER_TIME_CAPTION.format(ward=shown.ward.name, title=about.title, unit=about.unit),
        signs=blocks.SIGNS,
    )


def _signed(value: float, name: str) -> str | None:
    """Return a number with one decimal, and its sign where it is a difference."""
    if pd.isna(value):
        return None
    return _minus(f"{value:+.1f}") if name.startswith("gap") else f"{value:.1f}"


def _minus(number: str) -> str:
    """Return a number with a true minus sign, and none before zero."""
    return number.lstrip("+-") if float(number.replace(",", "")) == 0 else number.replace("-", "−")
