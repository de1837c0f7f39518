"""Headers that say a column tells who somebody is, by themselves or beside others."""

import re

NAME, BORN, POSTCODE, NUMBER = "a name", "a date of birth", "a postcode", "a person's number"
_MOST_LETTERS = 60
# A header says it by itself, whatever stands below: words apart, no signs, small letters.
_WHOLE = {
    NAME: r"(?:fore|sur|first|last|given|family|full|middle|maiden|child|client|pupil|youth|"
    r"person|young person|known as) ?s? ?names?|initials",
    BORN: r"d ?o ?b|(?:date|day) of birth|birth ?da(?:te|y)|born(?: on)?",
    POSTCODE: r"(?:home )?post ?code|pcds?|postal code|zip",
    "an address": r"(?:home|current|street) address|address (?:line )?\d|house (?:number|name)",
    "a telephone": r"(?:home |mobile )?(?:tele)?phone(?: number| no)?|mobile(?: number| no)?",
    "an e-mail address": r"e ?mail(?: address)?",
    NUMBER: r"nhs (?:number|no)|upn|pnc(?: id| number)?|ni number|"
    r"national insurance(?: number| no)?|(?:client|child|person|pupil) ?(?:id|number|no|ref)",
}  # fmt: skip
_SOMEBODY = (
    r"(?:y ?p|young persons?|child|client|pupil|youth|person|offender|defendant|nominal|"
    r"service user|student)(?: s)?"
)
# Words that say it wherever they stand: “Date of birth (dd/mm/yyyy)”, “YP DOB”, “DoB / age”.
_WITHIN = {
    NAME: rf"\b(?:(?:fore|sur|(?:first|last|given|middle|maiden) )names?|"
    rf"{_SOMEBODY} ?(?:(?:full )?names?|initials)|names? of (?:the )?{_SOMEBODY})\b",
    BORN: r"\b(?:d ?o ?b|(?:date|day) ?of ?birth|birth ?da(?:te|y))\b",
    POSTCODE: rf"\b(?:home|current|last known|{_SOMEBODY}) post ?code\b|\bpost ?code (?:home|at)\b",
    "an address": r"\b(?:home|current|last known) address\b",
    NUMBER: r"\b(?:nhs (?:number|no)|upn|pnc (?:id|number|no)|national insurance (?:number|no))\b|"
    rf"\b{_SOMEBODY} ?(?:id|urn|ref|reference)\b",
}  # fmt: skip
_BESIDE = {
    "name": rf"(?:full )?names?|{_SOMEBODY}",
    "age": r"(?:.* )?age(?: (?!group|band|range).*)?",
    "sort": r".*\b(?:ages?|sex|gender)\b.*",
    "deed": r".*\b(?:offences?|outcomes?|disposals?|sentences?|cautions?|charges?)\b.*",
    "place": r".*\b(?:wards?|areas?|lsoas?|districts?|authority|parish|neighbourhood)\b.*",
    "number": r"(?:.* )?(?:id|urn|ref|reference)(?: (?:no|number))?",
}


def says(cell: str, is_among_names: bool) -> str:
    """Return what a header says of its column, "" for most; ``is_among_names`` where its row holds
    names alone: a row of a table of areas may begin with “date of birth unknown”.
    """
    words = _words(cell)
    for patterns, matches in ((_WHOLE, re.fullmatch), (_WITHIN, re.search)):
        if len(words) < _MOST_LETTERS and (patterns is _WHOLE or is_among_names):
            for kind, pattern in patterns.items():
                if matches(pattern, words):
                    return kind
    return ""


def says_beside(cell: str) -> set[str]:
    """Return what a header may say beside others: name, age, sort (age or sex), deed,
    place, number.
    """
    words = _words(cell)
    if len(words) >= _MOST_LETTERS:
        return set()
    return {what for what, pattern in _BESIDE.items() if re.fullmatch(pattern, words)}


def _words(cell: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", cell[:1000].lower()))
