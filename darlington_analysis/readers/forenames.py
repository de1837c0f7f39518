"""Names of people in a text, known by a usual forename, and names of places that are like them."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

CAPITAL = r"[A-Z][\w’'-]*"
PLACE = (
    "Street|Road|Lane|Avenue|Drive|Close|Crescent|Terrace|Court|Place|Square|Way|Grove|Gardens|"
    "House|Hall|Park|School|College|Academy|Church|Centre|Center|Hospital|Surgery|Practice|"
    "Library|Club|Hotel|Theatre|Ward|Green|Estate|Trust|Foundation|Lodge|Building|Parish|Day"
)
_BODY = (
    "Allotments|Appeal|Application|Arms|Associates|Association|Award|Bakery|Bank|Bridge|Brook|Cafe|Café|"
    "Charity|Chapel|Company|Cup|Fair|Festival|Fields?|Fund|Gallery|Group|Hill|Inn|Institute|Limited|Ltd|"
    "Market|Meadows?|Meetings?|Memorial|Mews|Museum|Nursery|Partnership|Pavilion|Prize|Programme|"
    "Project|Quay|Residents|Rise|Room|Row|Scheme|Shops?|Society|Stadium|Station|Stores?|Suite|Surgery|"
    "Team|Tenants|View|Walk|Week|Wing|Woods?"
)  # the last word of a body's or a place's name
_CALLED_AFTER = re.compile(
    r"(?:Marie Curie|Sue Ryder|Jo Cox|Ronald McDonald|John Lewis|Dorothy Perkins|Laura Ashley|Ted Baker"
    r"|Robin Hood|Harry Potter|Peter Pan|Alan Turing|Rosa Parks|Mary Seacole|Florence Nightingale)\b"
)  # shops, charities and stories that are called after a person
_SURNAMES = ("Green", "Hall", "Lane", "Ward")  # a place's last word, and a common surname
_NO_SURNAME = frozenset(
    re.findall(
        r"\w+",
        "A An And Are As At But By For From Has Have He I If In Is It Of On Or Our She So That The They "
        "This To Was We Will With You Monday Tuesday Wednesday Thursday Friday Saturday Sunday January "
        "February March April May June July August September October November December",
    )
)
_AFTER_PLACE = re.compile(rf"(?:\s+{CAPITAL})*?\s+(?:{PLACE})\b")


@cache
def usual() -> frozenset[str]:
    """Return every usual forename, in small letters."""
    return frozenset(name.lower() for row in _rows() for name in row)


def _rows() -> list[list[str]]:
    text = files("darlington_analysis.readers").joinpath("forenames.txt").read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _names() -> tuple[frozenset[str], ...]:
    """Return forenames that are nothing else, that are words or places too, that are words first."""
    return tuple(map(frozenset, _rows()))


_WORD = re.compile(
    r"(?<![\w’'-])(?<!St )(?<!St\. )(?<!Saint )([A-Z][a-z]+|[A-Z]{3,})(?:-[A-Z][a-z]+)?(?![\w-])"
)
_SURNAME = re.compile(
    r"\s+((?:(?:de|van|von|der|al|bin)\s+)*(?:[A-Z][’'][A-Z]\w+|[A-Z][\w-]+|[A-Z]\b(?![’'])\.?))"
)


def found(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield from where to where a name stands, and whether it is sure to be somebody's.

    A forename with a surname is sure, alone it is asked about; those of places and bodies are none.
    """
    alone, with_surname, words_first = _names()
    for word in _WORD.finditer(text):
        forename = word[1].title()
        after = _SURNAME.match(text, word.end())
        is_full = bool(after) and after[1] not in _NO_SURNAME
        if word[1].isupper() and not (is_full and after[1].isupper() and forename in alone):
            continue
        if forename in alone and is_full and _may_be_either(text, after):
            yield word.start(), after.end(), False
        elif is_place(text, word) or _is_body(text, word):
            continue
        elif is_full and (forename in alone or forename in with_surname):
            yield word.start(), after.end(), True
        elif is_full and forename in words_first:
            yield word.start(), after.end(), False
        elif forename in alone:
            yield word.start(), word.end(), False


def _may_be_either(text: str, after: re.Match) -> bool:
    """True for “Jean Green”, with nothing that goes on: a person, or a green."""
    return after[1] in _SURNAMES and not _SURNAME.match(text, after.end())


def _is_body(text: str, word: re.Match) -> bool:
    """True where the capitalised words from here on end as the name of a body does."""
    if _CALLED_AFTER.match(text, word.start()):
        return True
    whole = re.match(rf"(?:[’']s)?(?:\s+(?:and\s+|&\s+)?{CAPITAL})+", text[word.end() :])
    return bool(whole) and re.search(rf"\b(?:{_BODY}|{PLACE})$", whole[0]) is not None


def is_place(text: str, match: re.Match) -> bool:
    """True where what was found goes on as the name of a place: “Dr Piper House”."""
    ends_so = re.search(rf"\b(?:{PLACE})$", match[0]) is not None
    before = text[: match.start()].rstrip().rpartition(" ")[2]
    is_saint = before in ("St", "St.", "Saint", "King", "Queen", "Prince", "Princess")
    return ends_so or is_saint or _AFTER_PLACE.match(text, match.end()) is not None
