"""What the rest of a row says about the place that one of its cells names.

Several councils have a ward called College, and one name may be a borough, a parliamentary
constituency and a town. A name counts only where no code, council or kind of area beside it says
that the row is about another place.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from darlington_analysis.readers.numbers import number
from darlington_analysis.sources.gazetteer import Gazetteer, Place

_CODE = re.compile(
    r"(?<![A-Z0-9])([EWSNKJ]\d\d ?\d{3} ?\d{3}|\d\d[A-Z]{2}(?:[A-Z]{2})?)(?![A-Z0-9])"
)
# What a code's first letters mean (ONS, Register of Geographic Codes): areas smaller than a council,
# councils, and areas that a ward may be a part of.
_SMALL_AREAS = {
    "an output area": ("E00",),
    "a neighbourhood (LSOA)": ("E01",),
    "a neighbourhood (MSOA)": ("E02",),
    "a parish": ("E04",),
    "a ward": ("E05",),
    "a built-up area": ("E34", "E35", "E63"),
    "a county division": ("E58",),
}
_COUNCILS = {"a council": ("E06", "E07", "E08", "E09")}
_WIDE_AREAS = {
    "a parliamentary constituency": ("E14",),
    "a community safety area": ("E22",),
    "a police force area": ("E23",),
    "a travel to work area": ("E30",),
    "a fire and rescue area": ("E31",),
    "an enterprise partnership": ("E37",),
    "an NHS area": ("E38", "E54"),
    "a resilience forum": ("E48",),
    "a county": ("E10", "E11"),
    "a combined authority": ("E47",),
    "a region": ("E12", "E15"),
    "a country": ("E92",),
}
_ENTITIES = {
    letters: kind
    for kinds in (_SMALL_AREAS, _COUNCILS, _WIDE_AREAS)
    for kind, every in kinds.items()
    for letters in every
}
_IN_COUNCILS = {letters for every in _SMALL_AREAS.values() for letters in every} | {"E14"}
_OVER_WARDS = {letters for every in _WIDE_AREAS.values() for letters in every}
_PARENTS = ("E47000006", "K02000001", "K03000001", "K04000001")  # Tees Valley; UK, GB, EW
# Columns whose areas bear names of ours and are of another kind, by what heads them.
_KINDS = {
    "a parliamentary constituency": r"constituenc|\bp ?con(?:st)?|parliament|westminster|\bmps?\b",
    "a combined authority": r"combined auth|\bcauth|mayoral",
    "a built-up area": r"built.?up|\bbua",
    "a parish": r"\bparish(?!.*\bward)",
    "an electoral division": r"electoral divi|county divi",
    "an NHS area": r"\b(?:icbs?|ccgs?|nhs|primary care)\b",
    "a neighbourhood (MSOA)": r"\bmsoa",
    "a police force area": r"police|constabulary|\bforce\b",
    "a town or a station": r"\btowns?\b|\bcity\b|settlement|\bstation|travel to work|postal",
}
# What a cell of a column such as “Area type” says of its row, by the type of the areas held here.
_TYPE = r"\btypes?\b|\blevels?\b|\btier\b|\bkind\b"
_TYPES = {
    "ward": r"\bwards?\b",
    "lsoa": r"\blsoas?\b|lower.*super output",
    "borough": r"\bcouncil|local auth|\b(?:la(?:d|ua)?|[lu]tla|ua)s?\b|district|borough|unitary",
    "region": r"\bregion",
    "country": r"countr(?:y|ies)\b|\bnation|\bengland\b",
}
# A council’s own team or court, such as “Stockton YOT”.
_SERVICE = (
    r"youth (?:offending|justice)(?: (?:team|service))?|yo[st]|yjs"
    r"|(?:(?:youth|magistrates.?|county|crown) )*court"
)
_COUNCIL_NAME = re.compile(r".*\b(?:council|borough|unitary authority|m?bc)\.?", re.IGNORECASE)
_OF_SERVICE = re.compile(rf"(?:^|\s+)(?:{_SERVICE})\.?$", re.IGNORECASE)
_NOTHING = re.compile(r"[-.:*]|n/?a|x|z", re.IGNORECASE)  # what stands for an empty cell
_COUNCIL = (
    r"council|local auth|\bla(?:d|ua)?\b|\b[lu]tla|district|borough|authority"
    rf"|\b(?:{_SERVICE}|bench)(?: (?:area|name|team))?\W*$"
)
# What says nothing of a council: “known to the local authority: Y”, or the day of a court.
_ANSWER = re.compile(r"y|n|yes|no|true|false|.*\d.*", re.IGNORECASE)
_CODED, _DFE_CODE = r"\bcodes?\b|\bnumber\b|\bno\b", re.compile(r"[2-9]\d\d")
_REGION = r"\bregions?|\brgn|\bcountry\b|\bnation\b"
_WARD = r"\bwards?|\bwd"


@dataclass(frozen=True)
class Verdict:
    """``veto``: why the row is about another place, "" where it is not. ``is_confirmed`` is False
    where a name alone says that it is ours.
    """

    veto: str
    is_confirmed: bool


def judge(
    gazetteer: Gazetteer,
    place: Place | None,
    column: str,
    row: Mapping[str, str],
    councils: Collection[str],
) -> Verdict:
    """Return whether a row is about the place that its cell of ``column`` names.

    ``row`` has every cell by its column's name; ``councils`` are the columns that name councils.
    A place of None (a name that is not known here) is judged by codes and councils alone.
    """
    is_local = place is None or place.area_type in ("ward", "lsoa")
    named = row.get(column, "")
    if place is None and _CODE.fullmatch(named.upper()):
        return Verdict("", False)  # a code that is not ours needs no other word against it
    if place is not None and not place.is_coded and (kind := kind_of(column)):
        return Verdict(f"“{named[:60]}” is {kind}, by the name of its column", False)
    beside = {name: cell for name, cell in row.items() if cell and name != column}
    ours = is_local and _is_ours(gazetteer, beside, councils)
    if foreign := _foreign_codes(gazetteer, place, beside, ours):
        return Verdict(_by_code(named, foreign[0]), False)
    if place is not None and place.is_coded:
        return Verdict("", True)
    veto = _other_council(gazetteer, beside, councils) if is_local else ""
    if place is not None:
        veto = veto or _other_words(gazetteer, place, beside)
    return Verdict(veto, not veto and (ours or _has_own_code(gazetteer, place, beside)))


def _other_council(
    gazetteer: Gazetteer, beside: Mapping[str, str], councils: Collection[str]
) -> str:
    for name in councils:
        cell = beside.get(name, "")
        is_able = _DFE_CODE.fullmatch(cell) or _may_be_council(cell)
        if is_able and not _is_borough(gazetteer, cell):
            return f"an area of another council: “{beside[name][:60]}” (column {name[:60]})"
    return ""


def _other_words(gazetteer: Gazetteer, place: Place, beside: Mapping[str, str]) -> str:
    """Return why words beside a name speak against it: another region, or a part of the place."""
    for name, cell in beside.items():
        if number(cell) is not None or _NOTHING.fullmatch(cell):
            continue
        shown = f"“{cell[:60]}” (column {name[:60]})"
        if _heads(_TYPE, name) and (kind := _other_type(place, cell)):
            return f"{kind}: {shown}"
        if place.area_type != "country" and _heads(_REGION, name) and not gazetteer.has(cell):
            return f"an area elsewhere: {shown}"
        if place.area_type in ("borough", "region", "country") and _is_part(
            gazetteer, place, name, cell
        ):
            return f"about a part of it: {shown}"
    return ""


def _other_type(place: Place, cell: str) -> str:
    """Return what a cell says that its row's area is, "" where it may be of the place's type."""
    types = [area_type for area_type, pattern in _TYPES.items() if _heads(pattern, cell)]
    if place.area_type in types:
        return ""
    return kind_of(cell) or ("an area of another type" if types else "")


def council_columns(gazetteer: Gazetteer, columns: Mapping[str, Collection[str]]) -> list[str]:
    """Return the columns that name councils: by their heading, by cells such as “Durham County
    Council”, or by naming ours and others. A heading may also stand over councils' numbers.
    """
    councils = []
    for name, cells in columns.items():
        is_headed = _heads(_COUNCIL, name) and not _heads(_WARD, name) and not kind_of(name)
        is_coded = is_headed and (_heads(_CODED, name) or all(map(_DFE_CODE.fullmatch, cells)))
        filled = {
            cell
            for cell in cells
            if (is_coded and _DFE_CODE.fullmatch(cell)) or _may_be_council(cell)
        }
        has_ours = any(_is_borough(gazetteer, cell) for cell in filled)
        services = sum(bool(_OF_SERVICE.search(cell)) for cell in filled)
        has_named = any(map(_COUNCIL_NAME.fullmatch, filled)) or 2 * services > len(filled)
        is_council = has_ours or is_headed or has_named
        if filled and is_council and not _has_own_wards(gazetteer, filled):
            councils.append(name)
    return councils


def _may_be_council(cell: str) -> bool:
    """True for words that may name a council or its team: not for “Youth Court” alone."""
    return bool(_OF_SERVICE.sub("", cell)) and not _ANSWER.fullmatch(cell)


def kind_of(column: str) -> str:
    """Return the kind of area that a column's name says and that we have none of, "" for others."""
    return next((kind for kind, pattern in _KINDS.items() if _heads(pattern, column)), "")


def names_areas(column: str) -> bool:
    """True where a column's name says that areas of whatever kind stand below it."""
    every = f"{_COUNCIL}|{_REGION}|{_WARD}|\\b(?:lsoa|area|place|locality|neighbourhood)\\b"
    return bool(kind_of(column)) or (_heads(every, column) and not _heads(_TYPE, column))


def _heads(pattern: str, name: str) -> bool:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_/.\d-]+", " ", name)
    return re.search(pattern, words, re.IGNORECASE) is not None


def _is_borough(gazetteer: Gazetteer, cell: str) -> bool:
    place = gazetteer.find(_OF_SERVICE.sub("", cell), ("wider",))
    return place is not None and place.area_type == "borough"


def _has_own_wards(gazetteer: Gazetteer, cells: Collection[str]) -> bool:
    return any(gazetteer.has(cell) and gazetteer.find(cell, ("wider",)) is None for cell in cells)


def _is_ours(gazetteer: Gazetteer, row: Mapping[str, str], councils: Collection[str]) -> bool:
    cells = [*(row.get(name, "") for name in councils), *_codes(row)]
    return any(_is_borough(gazetteer, cell) for cell in cells if cell)


def _codes(row: Mapping[str, str]) -> list[str]:
    cells = " | ".join(row.values()).upper()
    return [code.replace(" ", "") for code in _CODE.findall(cells)]


def _has_own_code(gazetteer: Gazetteer, place: Place | None, row: Mapping[str, str]) -> bool:
    return place is not None and any(gazetteer.means(code, place) for code in _codes(row))


def _foreign_codes(
    gazetteer: Gazetteer, place: Place | None, row: Mapping[str, str], is_ours: bool
) -> list[str]:
    """Return the codes of a row that are neither the place's own nor those of what it is a part of.

    A place that a code names is only vetoed by codes of smaller areas: what the row is about.
    """
    foreign = []
    for code in _codes(row):
        entity = code[:3]
        if place is not None and gazetteer.means(code, place):
            continue
        is_small = entity in _IN_COUNCILS
        if place is not None and place.is_coded:
            is_wide = place.area_type in ("borough", "region", "country")
            if is_wide and is_small:
                foreign.append(code)
            continue
        wider = gazetteer.find(code, ("wider",))
        is_parent = code in _PARENTS or (wider is not None and not is_small)
        if is_parent and (place is None or _is_over(wider, place)):
            continue
        if place is None and gazetteer.has(code):
            continue
        if is_ours and entity in _OVER_WARDS:
            continue
        foreign.append(code)
    return foreign


def _is_over(wider: Place | None, place: Place) -> bool:
    order = ("lsoa", "ward", "borough", "region", "country")
    return wider is None or order.index(wider.area_type) > order.index(place.area_type)


def _is_part(gazetteer: Gazetteer, place: Place, name: str, cell: str) -> bool:
    """True where another column names a smaller area, which the row is then about."""
    wider = "|".join(map(re.escape, gazetteer.place.names.values()))
    if re.fullmatch(rf"(?:all|total|{wider}|[-.:*]|n/?a|x|z)\b.*", cell, re.I):
        return False
    is_council = place.area_type in ("region", "country") and _heads(_COUNCIL, name)
    return is_council or _heads(_WARD, name) or bool(kind_of(name))


def _by_code(name: str, code: str) -> str:
    kind = _ENTITIES.get(code[:3], "another area")
    return f"“{name[:60]}” stands beside {code}, the code of {kind}, which is not its own"
