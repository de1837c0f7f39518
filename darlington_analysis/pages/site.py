"""The landing page: every edition, newest first, and who each is for."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from darlington_analysis.core.settings import Edition
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import day, whole

TITLE = "Evidence for Community Partnerships"
DESCRIPTION = "Evidence packs for the wards of {borough}: every edition, the newest first."
LEAD = (
    "One evidence pack for each ward of {borough}, made from published figures. A pack says what "
    "stands out in a ward, what has changed, and what the figures cannot show."
)
BACK = "All editions"
NEWEST, EARLIER = "Newest edition", "Earlier editions"
NO_EDITION = "No edition has been published yet."
OF_AN_EDITION = "{wards} wards. Data as at {as_at}; edition of {dated}."
KEPT = "Kept as approved"
KEPT_LINK = "{edition}, as approved on {on}"
WHICH_QUESTION = "Which edition do I need?"
WHICH = (
    "The newest edition is for the wards that exist today. An earlier one is for the wards of its "
    "time: take it where an agreement, a list or a review names a ward of those years."
)
FOOTER = [
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: "
    "Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS "
    "data © Crown copyright and database right."
]


def description() -> str:
    """Return what the site is, for search engines."""
    return DESCRIPTION.format(borough=blocks.borough())


def landing(
    editions: Sequence[Edition],
    wards: Mapping[str, int],
    states: Mapping[str, str],
    kept: Sequence[str],
) -> Markup:
    """Return the page's body. ``wards``: how many an edition has, by its id; ``states``: how far the
    Council is with it; ``kept``: folders of approved editions that are kept whole.
    """
    sections = [
        blocks.under(heading, _list(listed, wards, states), 2)
        for heading, listed in ((NEWEST, editions[:1]), (EARLIER, editions[1:]))
        if listed
    ]
    return blocks.join(
        Markup("<h1>{}</h1>").format(TITLE),
        Markup('<p class="lead">{}</p>').format(LEAD.format(borough=blocks.borough())),
        *(sections or [blocks.paragraph(NO_EDITION)]),
        blocks.under(WHICH_QUESTION, blocks.paragraph(WHICH), 2) if len(editions) > 1 else "",
        blocks.under(KEPT, _kept(kept), 2) if kept else "",
    )


def _list(
    editions: Sequence[Edition], wards: Mapping[str, int], states: Mapping[str, str]
) -> Markup:
    lines = Markup("").join(
        Markup('<li><a href="{}/index.html">{}</a>. {} {}</li>').format(
            edition.id,
            edition.title[0].upper() + edition.title[1:],
            OF_AN_EDITION.format(
                wards=whole(wards[edition.id]),
                as_at=day(edition.data_as_at),
                dated=day(edition.dated),
            ),
            states[edition.id],
        )
        for edition in editions
    )
    return Markup("<ul>{}</ul>").format(lines)


def _kept(folders: Sequence[str]) -> Markup:
    lines = Markup("").join(
        Markup('<li><a href="{}/index.html">{}</a></li>').format(
            folder, KEPT_LINK.format(edition=folder.partition("-approved-")[0], on=_day(folder))
        )
        for folder in folders
    )
    return Markup("<ul>{}</ul>").format(lines)


def _day(folder: str) -> str:
    return day(date.fromisoformat(folder.partition("-approved-")[2]))
