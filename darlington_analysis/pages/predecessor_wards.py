"""The earlier wards of a ward, as a sentence and a table."""

from markupsafe import Markup

from darlington_analysis.evidence.predecessor_wards import Lines
from darlington_analysis.pages.components import tables
from darlington_analysis.pages.words import predecessor_wards as words
from darlington_analysis.pages.words import sentences
from darlington_analysis.sources.areas import Ward


def lines(ward: Ward, shown: Lines) -> Markup:
    """Return which earlier wards a ward's people lived in; nothing for an earlier ward."""
    if shown.rows.empty:
        return Markup("")
    rows = shown.rows.assign(
        here=100 * shown.rows.share_of_ward, own=100 * shown.rows.share_of_before
    )
    name, here, own, state = words.COLUMNS
    columns = [
        tables.Column("area_name", name),
        tables.Column("here", here, "number", 0),
        tables.Column("own", own, "number", 0),
        tables.Column("state", state),
    ]
    return Markup('<h3>{}</h3><p>{}</p>{}<p class="source">{}</p>').format(
        words.QUESTION,
        " ".join(sentences.say(claim) for claim in shown.claims),
        Markup(tables.table(rows, columns, words.caption(ward.name))),
        words.SOURCE,
    )
