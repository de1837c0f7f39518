"""Titles, subtitles, captions and alt texts of charts and maps, from the rows they show."""

import pandas as pd

from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.borough import PlacesOnIndex
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Place
from darlington_analysis.pages.components.numbers import MONTHS, ordinal, period, shown, word
from darlington_analysis.sources.indicators import Indicator

ALIKE = 2  # percentage points: a smaller gap in an age band is no message


def wards_title(answer: IndicatorAnswer) -> str:
    """Return the message of the chart of every ward, in ten words or so."""
    name = answer.indicator.short_title
    if answer.is_dummy:
        return f"{name}: made-up figures, for show only"
    beside = answer.benchmarks.area_name.iloc[0] if len(answer.benchmarks) else "elsewhere"
    if answer.row.basis == Basis.MODELLED:
        return f"{name}, by a model: wards by name"
    return {
        "higher": f"{name}: higher here than in {beside}",
        "lower": f"{name}: lower here than in {beside}",
        "cannot be told apart": f"{name}: cannot be told apart from {beside}",
        "not known": f"{name}: every ward",
    }[answer.comparison]


def wards_subtitle(answer: IndicatorAnswer) -> str:
    """Return what the chart of every ward measures, where and when."""
    kind = "Made-up figures. " if answer.is_dummy else ""
    limits = "" if answer.wards.lower_limit.isna().all() else "; bars: the range for chance"
    return f"{kind}{answer.indicator.unit}, {period(answer.row.period)}{limits}"


def wards_caption(answer: IndicatorAnswer) -> str:
    """Return what the table of every ward holds; the unit of a rate stands here, once."""
    unit = "" if answer.indicator.unit.startswith("%") else f", {answer.indicator.unit}"
    return f"{answer.indicator.title}, {period(answer.row.period)}{unit}"


def wards_alt(answer: IndicatorAnswer) -> str:
    """Return the chart of every ward in one sentence."""
    known = answer.wards.dropna(subset=["value"]).sort_values("value", ascending=False)
    own = answer.row
    here = value_words(own.value, answer) if pd.notna(own.value) else "withheld"
    others = "".join(
        f", {name} {value_words(value, answer)}"
        for name, value in zip(answer.benchmarks.area_name, answer.benchmarks.value, strict=True)
    )
    kind = "made-up figures: " if answer.is_dummy else ""
    said = f"Dot chart of {len(answer.wards)} wards, {kind}{answer.ward.name} {here}{others}"
    if answer.is_dummy or answer.row.basis == Basis.MODELLED:  # no order is made of them
        return f"{said}."
    return f"{said}; highest {known.area_name.iloc[0]} {value_words(known.value.iloc[0], answer)}."


def ages_title(place: Place, shares: pd.DataFrame) -> str:
    """Return the message of the chart of ages: which band differs most from England."""
    own = shares[shares.area_code == place.ward.code].set_index("breakdown").value
    other = shares[shares.area_code != place.ward.code].set_index("breakdown").value
    gap = (own - other).abs().idxmax()
    if abs(own[gap] - other[gap]) < ALIKE:
        return f"No age group is {word(ALIKE)} points or more from England’s"
    share = "larger" if own[gap] > other[gap] else "smaller"
    return f"A {share} share aged {gap} than in England"


def ages_alt(place: Place, shares: pd.DataFrame) -> str:
    """Return the chart of ages in one sentence."""
    parts = "; ".join(
        f"{name}: " + ", ".join(f"{row.breakdown} {row.value:.1f}%" for row in own.itertuples())
        for name, own in shares.groupby("area_name", sort=False)
    )
    return f"Paired bars of residents by age. {parts}."


def map_subtitle(place: Place) -> str:
    """Return what the map shows, and what it cannot."""
    first, _, last = place.ward_set.partition("-")
    time = f"of {first} to {last}" if last.isdigit() else f"since {first}"
    return (
        f"Darlington’s {len(place.tiles)} wards {time}, each one tile. Tiles cannot keep every "
        "pair of neighbours together: the table says which wards touch"
    )


def ages_subtitle(place: Place) -> str:
    """Return what the chart of ages measures, and when."""
    return f"% of usual residents by age, {place.ward.name} and England, {_counted(place)}"


def ages_source(place: Place) -> str:
    """Return who counted the residents."""
    counted = _counted(place)
    named = counted.capitalize() if counted.startswith("census") else f"Estimates for {counted}"
    return f"Source: {named} (Office for National Statistics)."


def _counted(place: Place) -> str:
    label = place.residents.period.iloc[0]
    return label if label.startswith("mid-") else f"census {label}"


def map_alt(place: Place) -> str:
    """Return the map in one sentence."""
    count = len(place.tiles)
    return (
        f"Map of Darlington with each of its {count} wards as a tile; {place.ward.name} is "
        f"outlined, and touches {_names(place)}."
    )


def neighbours(place: Place) -> str:
    """Return which wards a ward touches."""
    touching = len(place.neighbours)
    wards = "ward" if touching == 1 else "wards"
    return f"{place.ward.name} touches {word(touching)} {wards}: {_names(place)}."


def editions_title(answer: DeprivationAnswer) -> str:
    """Return the message of the chart of Index editions."""
    times = int((answer.by_edition.value <= answer.line_percent).sum())
    within = {0: "Never", len(answer.by_edition): "Every time"}.get(times, f"{word(times)} time(s)")
    return f"{within.capitalize()} in England’s most deprived quarter, by mean score"


def editions_alt(answer: DeprivationAnswer) -> str:
    """Return the chart of Index editions in one sentence."""
    parts = ", ".join(
        f"{row.value:.0f} in {row.period} ({ordinal(row.place)} in Darlington)"
        for row in answer.by_edition.itertuples()
    )
    return f"National position of {answer.ward.name}, 0 most deprived, 100 least: {parts}."


def pockets_title(answer: DeprivationAnswer) -> str:
    """Return the message of the chart of neighbourhoods."""
    worst, least = answer.pockets.value.min(), answer.pockets.value.max()
    if len(answer.pockets) == 1:
        return "One neighbourhood makes up the whole ward"
    return f"Neighbourhoods: from {worst:.0f} to {least:.0f}, where 0 is most deprived"


def pockets_alt(answer: DeprivationAnswer) -> str:
    """Return the chart of neighbourhoods in one sentence."""
    parts = ", ".join(f"{row.area_code} {row.value:.1f}" for row in answer.pockets.itertuples())
    return f"Neighbourhoods of {answer.ward.name} on England’s scale of 0 to 100: {parts}."


def source_line(rows: pd.DataFrame, provenance: dict) -> str:
    """Return who published the rows of a figure, and which edition of theirs it is."""
    told = provenance["sources"]
    named = dict.fromkeys(
        f"{told[path]['title']} ({told[path]['publisher']})" for path in rows.source if path in told
    )
    return f"Source: {'; '.join(named)}."


def _names(place: Place) -> str:
    names = [ward.name for ward in place.neighbours]
    comma = "," if any(" and " in name for name in names) else ""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{comma} and {names[-1]}"


def value_words(value: float, answer: IndicatorAnswer) -> str:
    """Return a value as its table shows it, with the sign of a per cent."""
    percent = "%" if answer.indicator.unit.startswith("%") else ""
    return f"{shown(value, answer.indicator)}{percent}"


def trend_title(answer: IndicatorAnswer) -> str:
    """Return the message of the chart over time; it never says why a line moves."""
    made_up = ", in part made up" if answer.history.is_dummy.any() else ""
    return f"{answer.indicator.short_title} over time{made_up}"


def trend_subtitle(rows: pd.DataFrame, answer: IndicatorAnswer) -> str:
    """Return what the chart over time measures, and which lines are made up."""
    kinds = [
        f"{name}: {'made up' if own.is_dummy.any() else 'published'}"
        for name, own in rows.groupby("area_name", sort=False)
    ]
    children = "; the children of one day for every year" if rows.status.eq("e").any() else ""
    return f"{answer.indicator.unit}. {'. '.join(kinds)}{children}"


def table_caption(about: Indicator) -> str:
    """Return what the table behind the chart over time holds; a rate's unit stands here, once."""
    unit = "" if about.unit.startswith("%") else f", {about.unit}"
    return f"{about.short_title}, single years{unit}"


def trend_alt(answer: IndicatorAnswer, rows: pd.DataFrame) -> str:
    """Return the chart over time in one sentence."""
    said = []
    for name, every in rows.groupby("area_name", sort=False):
        own = every[every.value.notna()]
        if own.empty:
            said.append(f"{name} withheld")
            continue
        first, last = own.iloc[0], own.iloc[-1]
        made_up = " (made-up figures)" if own.is_dummy.any() else ""
        start, end = (
            f"{value_words(row.value, answer)} in {when(row.period)}" for row in (first, last)
        )
        is_one = len(own) == 1
        said.append(
            f"{name}{made_up} {start}" if is_one else f"{name}{made_up} from {start} to {end}"
        )
    return f"Line chart: {'; '.join(said)}."


def when(label: str) -> str:
    """Return a period as an axis names it: “2023-10” is “Oct 2023”, “2006/07” is as it is."""
    year, _, month = label.partition("-")
    is_month = month.isdigit() and len(month) == 2
    return f"{MONTHS[int(month) - 1][:3]} {year}" if is_month else label


SUBTITLE = "Every ward as large as it is; the names are on the map of tiles"
BOROUGH_TITLE = "The same wards with their real borders"
TABLE = "The wards it touches"


def title(place: Place) -> str:
    """Return what the map of real borders shows."""
    return f"The borders of {place.ward.name}"


def alt(place: Place) -> str:
    """Return the map of real borders in one sentence."""
    return f"Map of Darlington’s wards with their real borders; {place.ward.name} is outlined."


def source(statement: str) -> str:
    """Return where the borders are from, as their licence asks for it to be said."""
    return f"Source: {statement or 'ward boundaries of the Office for National Statistics'}."


def borough_alt(places: PlacesOnIndex) -> str:
    """Return the borough's map of real borders in one sentence."""
    return (
        f"Map of Darlington’s wards with their real borders, shaded by their place in England on "
        f"the Index of {places.period}. The table says the same."
    )
