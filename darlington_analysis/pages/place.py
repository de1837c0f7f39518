"""Where the ward is, what it touches, which wards it was, and who lives there."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.settings import Support
from darlington_analysis.evidence.deprivation import support_state
from darlington_analysis.evidence.figures import Look
from darlington_analysis.evidence.sections import Place
from darlington_analysis.pages import page
from darlington_analysis.pages.components import blocks, charts, figure, maps, tables
from darlington_analysis.pages.components.numbers import capitalised, listed, whole, word
from darlington_analysis.sources.areas import Ward

TOUCHES = "{ward} touches {count}: {names}."
ELSEWHERE = "{share} of its people live in {ward}, a ward of the {edition}."
ALSO_THERE = "{share} are in {ward}."
WHERE_IT_WAS = "{share} of its people live where {ward} was, a ward of the {edition}."
ALSO_WHERE = "{share} live where {ward} was."
ALL, OF_100 = "all", "{} in 100"
COMPARE = "Set {ward} beside another ward"
SAME_WARD = "The {edition} has a pack of {ward}, too."
MAP_TITLE = "Where {ward} is"
MAP_SUBTITLE = (
    "{borough}’s {count} wards {time}, each one tile. The text above names those that touch"
)
MAP_ALT = (
    "Map of {borough} with each of its {count} wards as a tile; {ward} is outlined, and touches "
    "{names}."
)
RESIDENTS = "{people} people live in {ward} ({counted})."
BEFORE = "Within the same borders there were {counts}."
AT_CENSUS = "{people} at the census of {year}"
MAP_FOLDED = "The wards on the map as a table"
MAP_SOURCE = (
    "Source: ward boundaries of the Office for National Statistics; the tiles are this project’s "
    "own."
)
AGES_SUBTITLE = "% of usual residents by age, {ward} and England, {counted}"
AGES_SOURCE = "Source: {counted} (Office for National Statistics)."
OUTLINES_TITLE = "The borders of {ward}"
OUTLINES_ALT = "Map of {borough}’s wards with their real borders; {ward} is outlined."
ALIKE = 2  # percentage points: a smaller gap in an age band is no message
OUTLINES_SUBTITLE = "Every ward as large as it is; the names are on the map of tiles"
OUTLINES_CAPTION = "The wards it touches"
PREDECESSORS_QUESTION = "Which wards was this before?"
PREDECESSORS = "Of 100 people here, so many live where these wards were: {wards}."
PREDECESSORS_FOLDED = "Those wards as a table"
PREDECESSORS_CAPTION = "Wards of {years} where the people of {ward} live"
PREDECESSORS_SOURCE = (
    "Source: estimate of this project, from ward and output area boundaries of the Office for "
    "National Statistics, made to agree with the residents published for both in mid-2020."
)
PREDECESSORS_COLUMNS = (
    "Earlier ward",
    "% of this ward’s people",
    "% of the earlier ward’s people",
    "Council support",
)
AGES = {
    "age_0_4": "0 to 4",
    "age_5_9": "5 to 9",
    "age_10_17": "10 to 17",
    "age_18_24": "18 to 24",
    "age_25_44": "25 to 44",
    "age_45_64": "45 to 64",
    "age_65_74": "65 to 74",
    "age_75_plus": "75 and over",
    "age_5_10": "5 to 10",
    "age_11_15": "11 to 15",
    "age_16_19": "16 to 19",
    "age_20_64": "20 to 64",
    "age_65_plus": "65 and over",
}


def ages_title(place: Place | Look, shares: pd.DataFrame) -> str:
    """Return the message of the chart of ages: which band differs most from England."""
    ward_shares = shares[shares.area_code == place.ward.code].set_index("breakdown").value
    england_shares = shares[shares.area_code != place.ward.code].set_index("breakdown").value
    gap = (ward_shares - england_shares).abs().idxmax()
    if abs(ward_shares[gap] - england_shares[gap]) < ALIKE:
        return f"No age group is {word(ALIKE)} points or more from England’s"
    share = "larger" if ward_shares[gap] > england_shares[gap] else "smaller"
    return f"A {share} share aged {gap} than in England"


def ages_alt(place: Place | Look, shares: pd.DataFrame) -> str:
    """Return the chart of ages in one sentence."""
    parts = "; ".join(
        f"{name}: "
        + ", ".join(f"{row.breakdown} {row.value:.1f}%" for row in area_rows.itertuples())
        for name, area_rows in shares.groupby("area_name", sort=False)
    )
    return f"Paired bars of residents by age. {parts}."


def _counted_in(place: Place | Look) -> str:
    label = place.residents.period.iloc[0]
    return label if label.startswith("mid-") else f"census {label}"


def neighbours_sentence(place: Place) -> Markup:
    """Return which wards a ward touches, each a link to its pack."""
    touching = len(place.neighbours)
    count = f"{word(touching)} {'ward' if touching == 1 else 'wards'}"
    links = [pack_link(ward) for ward in place.neighbours]
    return Markup(TOUCHES).format(ward=place.ward.name, count=count, names=_and(place, links))


def pack_link(ward: Ward, edition: str = "") -> Markup:
    """Return a ward's name as a link from a pack to its pack, of this edition or of another.

    On paper the ward's code follows, with which the name of its folder begins.
    """
    folder = f"../../{edition}/{ward.folder}" if edition else f"../{ward.folder}"
    return Markup('<a class="ward" data-code="{}" href="{}/{}">{}</a>').format(
        ward.code, folder, page.PACK, ward.name
    )


def _touched(place: Place) -> str:
    return str(_and(place, [Markup.escape(ward.name) for ward in place.neighbours]).unescape())


def _and(place: Place, names: list[Markup]) -> Markup:
    """Return the names of neighbours as a list in words, commas where a name has an “and”."""
    comma = "," if any(" and " in ward.name for ward in place.neighbours) else ""
    first = Markup(", ").join(names[:-1])
    return names[0] if len(names) == 1 else Markup("{}{} and {}").format(first, comma, names[-1])


def elsewhere_sentences(place: Place) -> Markup:
    """Return in which packs of other editions the ward's people are, and how many of them."""
    lines = []
    for other in place.elsewhere:
        if other.is_earlier and not place.lines.rows.empty:
            continue  # they are named below, with their shares
        for at, (ward, share) in enumerate(other.wards):
            words = SAME_WARD if ward == place.ward else ALSO_THERE if at else ELSEWHERE
            link = pack_link(ward, other.edition.id)
            if other.is_earlier:  # that ward is no more
                words = ALSO_WHERE if at else WHERE_IT_WAS
            count = round(100 * share)
            many = ALL if count == 100 else OF_100.format(count)
            facts = {"edition": other.edition.title, "share": capitalised(many), "ward": link}
            lines.append(Markup(words).format(**facts))
    beside = Markup('<a class="file" href="../{}#{}">{}</a>').format(
        page.COMPARE, place.ward.code, COMPARE.format(ward=place.ward.name)
    )
    return blocks.paragraph(Markup(" ").join([*lines, beside]))


def residents_sentence(shown: Place) -> list[str]:
    """Return how many people live in the ward, and when they were counted; none without a count."""
    if shown.residents.empty:
        return []
    shares = age_shares(shown)
    people = shares.denominator[shares.area_code == shown.ward.code].iloc[0]
    counted = _counted_in(shown)
    before = listed(
        [
            AT_CENSUS.format(people=whole(row.value), year=row.period)
            for row in shown.residents_before.itertuples()
        ]
    )
    return [
        RESIDENTS.format(people=whole(people), ward=shown.ward.name, counted=counted),
        *([BEFORE.format(counts=before)] if before else []),
    ]


def outlines_source(statement: str) -> str:
    """Return where the borders are from, as their licence asks for it to be said."""
    return f"Source: {statement or 'ward boundaries of the Office for National Statistics'}."


def predecessors_sentence(facts: dict) -> str:
    """Return how much of a ward lay in supported wards, and that nothing is decided by it."""
    share, years = round(100 * facts["supported_share"]), _years(facts)
    if not facts["supported"]:
        first = f"No supported ward of {years} lies in {facts['ward']}."
    else:
        count = "All" if share >= 99 else f"About {share} in every 100"
        first = (
            f"{count} of its people live where supported wards of "
            f"{years} were: {listed(facts['supported'])}."
        )
    return f"{first} That does not decide whether this ward will be supported."


def _years(facts: dict) -> str:
    return facts["ward_set"].replace("-", " to ")


RULES = {"lines": predecessors_sentence}


def place(shown: Place) -> str:
    """Return what the ward touches with a map, who lives here, and which wards it was."""
    return blocks.join(
        blocks.paragraph(
            Markup(" ").join([*residents_sentence(shown), neighbours_sentence(shown)])
        ),
        elsewhere_sentences(shown),
        "" if shown.tiles.empty else _map(shown),
        "" if shown.residents.empty else ages(shown),
        _outlines(shown) if shown.outlines else "",
        predecessor_wards(shown),
    )


def support_marks(support: Support | None) -> dict[str, str]:
    """Return the mark of each ward that has one: supported, or on the watch list."""
    if support is None:
        return {}
    marks = dict.fromkeys(support.supported, "supported")
    return marks | dict.fromkeys(support.watch_list, "watch list")


def mark_labels(support: Support | None) -> dict[str, str]:
    """Return the words of the marks, if there can be any."""
    if support is None:
        return {}
    return {"supported": blocks.SUPPORTED, "watch list": blocks.WATCH_LIST}


def _map(shown: Place) -> str:
    layers = maps.MapLayers(
        picked=shown.ward.code,
        picks=dict(zip(shown.tiles.area_code, shown.tiles.area_name, strict=True)),
        marks=support_marks(shown.support),
        mark_labels=mark_labels(shown.support),
    )
    ward, count = shown.ward.name, len(shown.tiles)
    time = shown.when
    tiles = maps.hexagons(shown.tiles)
    west, _, east, _ = tiles.total_bounds
    own = tiles[tiles.area_code == shown.ward.code].geometry.centroid.x.iloc[0]
    return figure.figure(
        maps.hexagon_map(tiles, layers),
        from_right=own > (west + east) / 2,
        figure_id="map",
        title=MAP_TITLE.format(ward=ward),
        subtitle=MAP_SUBTITLE.format(borough=blocks.borough(), count=count, time=time),
        alt=MAP_ALT.format(borough=blocks.borough(), count=count, ward=ward, names=_touched(shown)),
        table_html=blocks.folded(MAP_FOLDED, _map_table(shown)),
        source_line=MAP_SOURCE,
    )


def _outlines(shown: Place) -> str:
    """Draw the ward's own borders among the others'; the names are in the table."""
    layer = shown.outlines.layer
    layers = maps.MapLayers(
        picked=shown.ward.code,
        picks=dict(zip(layer.area_code, layer.area_name, strict=True)),
        names=dict.fromkeys(layer.area_code, ""),
    )
    return figure.figure(
        maps.hexagon_map(layer, layers),
        figure_id="outlines",
        title=OUTLINES_TITLE.format(ward=shown.ward.name),
        subtitle=OUTLINES_SUBTITLE,
        alt=OUTLINES_ALT.format(borough=blocks.borough(), ward=shown.ward.name),
        table_html=tables.table(
            pd.DataFrame({"area_name": [ward.name for ward in shown.neighbours]}),
            [tables.Column("area_name", f"Touches {shown.ward.name}")],
            OUTLINES_CAPTION,
        ),
        source_line=outlines_source(shown.outlines.statement),
    )


def _map_table(shown: Place) -> str:
    touching = {ward.code for ward in shown.neighbours}
    rows = shown.tiles[["area_code", "area_name"]].sort_values("area_name")
    rows = rows.assign(
        state=[support_state(shown.support, code) for code in rows.area_code],
        touches=[_touches(code, shown.ward.code, touching) for code in rows.area_code],
    )
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("state", "Council support"),
        tables.Column("touches", f"Touches {shown.ward.name}"),
    ]
    return tables.table(
        rows,
        columns,
        "The wards on the map",
        picked=shown.ward.code,
        picked_mark=f"({blocks.THIS_WARD})",
    )


def _touches(code: str, ward_code: str, touching: set[str]) -> str:
    if code == ward_code:
        return blocks.THIS_WARD
    return "yes" if code in touching else "no"


def age_shares(shown: Place | Look) -> pd.DataFrame:
    """Return the ward's and England's residents by age band as percentages, youngest first."""
    rows = shown.residents[shown.residents.breakdown.isin(AGES)]
    rows = rows[rows.area_type.isin(["ward", "country"])]
    order = {band: number for number, band in enumerate(AGES)}
    rows = rows.assign(
        order=rows.breakdown.map(order), value=100 * rows.numerator / rows.denominator
    )
    return rows.assign(breakdown=rows.breakdown.map(AGES)).sort_values(["order", "area_type"])


def ages(shown: Place | Look) -> str:
    """Return the residents of a ward by age beside England's, as a chart with its table."""
    shares, counted = age_shares(shown), _counted_in(shown)
    named = counted.capitalize() if counted.startswith("census") else f"Estimates for {counted}"
    return figure.figure(
        charts.age_bars(shares, shown.ward.code, show=lambda value: f"{value:.0f}%"),
        figure_id="ages",
        title=ages_title(shown, shares),
        subtitle=AGES_SUBTITLE.format(ward=shown.ward.name, counted=counted),
        alt=ages_alt(shown, shares),
        table_html=_ages_table(shown, shares),
        source_line=AGES_SOURCE.format(counted=named),
        beside=True,
    )


def _ages_table(shown: Place | Look, shares: pd.DataFrame) -> str:
    ward_rows = shares[shares.area_code == shown.ward.code].set_index("breakdown")
    other = shares[shares.area_type == "country"].set_index("breakdown").value
    rows = ward_rows.assign(age=ward_rows.index, england=other)
    columns = [
        tables.Column("age", "Age"),
        tables.Column("numerator", f"People in {shown.ward.name}", "number"),
        tables.Column("value", f"% in {shown.ward.name}", "number", 1),
        tables.Column("england", "% in England", "number", 1),
    ]
    return tables.table(rows, columns, "Residents by age")


def predecessor_wards(shown: Place) -> Markup:
    """Return which earlier wards a ward's people lived in; nothing for an earlier ward."""
    found, ward = shown.lines.rows, shown.ward.name
    if found.empty:
        return Markup("")
    rows = found.assign(here=100 * found.share_of_ward, own=100 * found.share_of_before)
    years = _years(shown.lines.claims[0].facts)
    name, here, earlier, state = PREDECESSORS_COLUMNS
    columns = [
        tables.Column("area_name", name),
        tables.Column("here", here, "number", 0),
        tables.Column("own", earlier, "number", 0),
        tables.Column("state", state),
    ]
    return Markup('<h3>{}</h3><p>{}</p>{}<p class="source">{}</p>').format(
        PREDECESSORS_QUESTION,
        Markup(PREDECESSORS).format(wards=_earlier(shown)),
        blocks.folded(
            PREDECESSORS_FOLDED,
            tables.table(rows, columns, PREDECESSORS_CAPTION.format(ward=ward, years=years)),
        ),
        PREDECESSORS_SOURCE,
    )


def _earlier(shown: Place) -> Markup:
    """Return the earlier wards with the share of the ward's people in each, as links to packs."""
    links = {
        ward.code: pack_link(ward, other.edition.id)
        for other in shown.elsewhere
        if other.is_earlier
        for ward, _ in other.wards
    }
    named = [
        Markup("{} {}").format(
            links.get(row.ward_code_before, row.area_name), round(100 * row.share_of_ward)
        )
        for row in shown.lines.rows.itertuples()
    ]
    return Markup("; ").join(named)
