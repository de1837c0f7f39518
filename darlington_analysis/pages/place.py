"""Where the ward is, what it touches, which wards it was, and who lives there."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.settings import Support
from darlington_analysis.evidence.deprivation import support_state
from darlington_analysis.evidence.sections import Place
from darlington_analysis.pages import page, residents
from darlington_analysis.pages.components import blocks, figure, maps, tables
from darlington_analysis.pages.components.numbers import capitalised, listed, word
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
MAP_FOLDED = "The wards on the map as a table"
MAP_SOURCE = (
    "Source: ward boundaries of the Office for National Statistics; the tiles are this project’s "
    "own."
)
OUTLINES_TITLE = "The borders of {ward}"
OUTLINES_ALT = "Map of {borough}’s wards with their real borders; {ward} is outlined."
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
    return Markup(" ").join([*lines, beside])


def outlines_source(statement: str) -> str:
    """Return where the borders are from, as their licence asks for it to be said."""
    return f"Source: {statement or 'ward boundaries of the Office for National Statistics'}."


def predecessors_sentence(facts: dict) -> str:
    """Return how much of a ward lay in supported wards, and that nothing is decided by it."""
    share, years = round(100 * facts["supported_share"]), _years(facts)
    watched = facts["watch_list"]
    if not facts["supported"] and watched:
        first = f"No supported ward of {years} lies in {facts['ward']}. {_watched(facts)}"
    elif not facts["supported"]:
        first = f"No supported ward of {years} lies in {facts['ward']}."
    else:
        count = "All" if share >= 99 else f"About {share} in every 100"
        first = (
            f"{count} of its people live where supported wards of "
            f"{years} were: {listed(facts['supported'])}."
        )
        first += f" {_watched(facts)}" if watched else ""
    return f"{first} That does not decide whether this ward will be supported."


def _watched(facts: dict) -> str:
    """Return which wards on the watch list a ward was made from."""
    too = ", too" if facts["supported"] else ""
    verb = "was" if len(facts["watch_list"]) == 1 else "were"
    return (
        f"On the watch list of those wards {verb} {listed(facts['watch_list'])}, in part here{too}."
    )


def _years(facts: dict) -> str:
    return facts["ward_set"].replace("-", " to ")


RULES = {"lines": predecessors_sentence}


def place(shown: Place) -> str:
    """Return what the ward touches with a map, who lives here, and which wards it was."""
    return blocks.join(
        blocks.paragraph(" ".join(residents.residents_sentence(shown))),
        blocks.paragraph(
            Markup(" ").join([neighbours_sentence(shown), elsewhere_sentences(shown)])
        ),
        "" if shown.tiles.empty else _map(shown),
        "" if shown.residents.empty else residents.ages(shown),
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
