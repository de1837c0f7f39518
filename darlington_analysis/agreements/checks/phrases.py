"""What words say and do not say: a refusal, the same option again, a whole ward, or nothing at all.

Words can always be written that none of this knows. So each of these only stands beside something
that is no matter of words: each side's own yes, the customers of a measure, two signatures.
"""

import re

from rapidfuzz import fuzz

_IT = r"(?:it|this|that|these|them)\b"
_NOT = r"(?:\s*n['’]t|\s+not|\s+never|\s?not)"
_REFUSALS = re.compile(
    rf"\b(?:do|does|did|can|ca|could|will|wo|would|is|are|was|were|have|has|shall|sha){_NOT}(?:\s+\w+)?\s+"
    rf"(?:(?:agree|accept|support|approve|back|stand\s+behind|live\s+with|part\s+of)\w*"
    rf"|(?:fund|do|want|share|pay\s+for|one\s+that\s+we)\s+(?:{_IT}|share))"
    r"|\bwe\s+(?:shall|will)\s+not\s+take\s+part|\bnever\s+agreed\b|\bmust\s+not\s+happen\b"
    rf"|\b(?:we|council|partnership|members|cabinet|are|is)\s+(?:are\s+)?against\s+(?:{_IT}|the\s+plan)"
    r"|\b(?:disagree|dissent|veto|reject|withhold|withheld|withdraw|withdrew)\w*|\boppose[sd]?\b"
    rf"|\bcontest(?:ed\b|s?\s+{_IT})|\bdefer(?:red|s)?\b|\b(?:unaffordable|unacceptable)\b"
    r"|\bunable\s+to\s+(?:agree|accept|support|sign)|\bcannot\s+sign\b|\bno\s+thank\s+you\b"
    r"|\b(?:out\s+of\s+the\s+question|not\s+in\s+favour|forget\s+it)\b|\bobjections?\b"
    r"|\bno\s+text\s+yet\b|\bto\s+be\s+continued\b|\bwe\s+differ\b|\bto\s+revert\b"
    r"|\bpending\s+the\b|\bthink\s+again\b|\bwill\s+draft\b|\bon\s+the\s+table\W*$"
    r"|\b(?:we\s+refuse|refused?\s+(?:to|this|it)|object(?:s|ed)?\s+to|not\s+acceptable|we\s+decline)\b"
    rf"|\b(?:voted|turned|voting|turning)\s+{_IT}\s+down\b|\bdead\s+body\b|\bhave\s+none\s+of\b"
    rf"|\b(?:pull|pulled|walk|walks|walked)\s+(?:out|away)\s+(?:of|from)\s+(?:{_IT}|the\s+\w+)"
    rf"|\boverruled\b|\bfight\s+{_IT}|\b(?:have|is)\s+no\s+money\s+(?:for|to)\b"
    r"|\bno\s+(?:agreement|consensus|deal|common\s+ground)\b|^\s*no\b\W*$|\bsays?\s+no\b"
    r"|\b(?:is|still)\s+(?:a\s+)?no\b(?=\W*$|\s+from)|\bnot\s+made\s+up\s+(?:its|their|our)\s+mind"
    r"|\b(?:nothing|no\s+text)\s+(?:is\s+|was\s+|has\s+been\s+|yet\s+)*(?:agreed|settled|decided)"
    r"|\bagree(?:d|s)?\s+(?:on\s+nothing|to\s+nothing|to\s+disagree)|\bnot\s+(?:yet\s+)?(?:been\s+)?agreed"
    r"|(?:^\W*|\bstill\s+)to\s+be\s+(?:negotiated|agreed|settled|discussed|reached)\b"
    r"|\bremains?\s+apart|\btalks?\s+(?:broke|failed|continue)|\bcontinue\s+to\s+talk"
    r"|\b(?:could\s+not\s+reach|failed\s+to|if\s+we\s+can)\s+agree|\bneither\s+side\b"
    r"|\bsubject\s+to\s+(?:contract|later|further)|\bagree(?:ment)?\s+to\s+agree\b|\bleft\s+open\s+for"
    r"|\breserves?\s+(?:its|their|our)\s+(?:position|right)|\bdifferent\s+views\b"
    r"|\bwaiting\s+for\s+[\w’']+\s+decision|,\s+and\s+it\s+is\s+not\W*$",
    re.IGNORECASE,
)


def refuses(words: str) -> bool:
    """Return True for words that say no, or that nothing is agreed."""
    return bool(_REFUSALS.search(words))


_SAME = {
    "begin": "start",
    "commence": "start",
    "launch": "start",
    "together": "once",
    "same": "once",
}
_SMALL = {"we", "the", "a", "an", "of", "them", "at", "time", "will", "and", "to", "as", "it", "is"}


def is_same_option(option: str, offered: str) -> bool:
    """Return True where an offer is an option in the same words, or in nearly the same."""
    one, other = (re.sub(r"\W+", " ", words.casefold()).strip() for words in (option, offered))
    if len(one.split()) > 1 and f" {one} " in f" {other} ":
        return True
    alike = fuzz.partial_ratio(one.replace(" ", ""), other.replace(" ", ""))
    is_nearly = len(one) <= len(other) + 2 and len(one) > 8 and alike >= 88
    stems, others = _stems(one), _stems(other)
    return is_nearly or (len(stems) > 1 and stems <= others) or _is_turned(one, other)


def _stems(words: str) -> set[str]:
    plain = (re.sub(r"(?:ing|ed|s)$", "", word) for word in words.split() if word not in _SMALL)
    return {_SAME.get(word, word) for word in plain}


def _is_turned(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(one, other) >= 88


_WHO = (
    r"(?:every(?:body|one)|all|adults|children|people|residents|households|families|homes|pupils)"
)
_HERE = r"(?:area|neighbourhood|community|estate|borough|town|parish)\b(?!\W+(?:centre|hall|group|shop))"
_HAVE = r"(?:degrees?|qualifications?|cars?|vans?|health|income|benefits?|poverty|skills|work)"
_OF_A_WARD = re.compile(
    rf"\b{_WHO}\W+(?:in|of|across|on)\W+(?:the|this|our)\W+{_HERE}"
    rf"|\b(?:the|our)\W+(?:{_HERE}|ward)['’]s\b|\blocals\b|\b(?:living|who\W+live)\W+locally\b",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    rf"\b{_WHO}\W+(?:with|without|in|on|out\W+of)\W+(?:\w+\W+){{0,2}}{_HAVE}\b"
    rf"|\b(?:share|percentage|proportion|rate)\W+of\W+(?:all\W+|the\W+|local\W+)*(?:population|{_WHO})\b"
    r"|\b(?:unemployment|life\W+expectancy|claimants?|deprivation|burglar(?:y|ies)|crimes?|poverty"
    r"|teenage\W+pregnanc\w*|anti-social|first-time\W+entrants|gcses?|local\W+population|rank)\b",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(
    r"\bwho\W+(?:say|said|c[ao]me|use|join|attend|t[ao]k|took|stay|learn|tell|told|report|can|could)",
    re.IGNORECASE,
)


def ward_words(words: str, wards: tuple[str, ...], titles: tuple[str, ...]) -> str:
    """Return the part of words that names everybody in a ward, "" where none does.

    ``titles`` are those of the indicators, each of which is of a whole ward.
    """
    plain = words.casefold()
    for title in titles:
        is_alike = fuzz.token_set_ratio(_content(title), _content(plain)) >= 90
        if title.casefold() in plain or (len(_content(title).split()) > 1 and is_alike):
            return title
    named = "|".join(re.escape(ward.casefold()) for ward in wards) or "ward"
    links = r"(?:who\W+live\W+|living\W+|of\W+|in\W+)*"
    after = r"(?=\W*$|\W+(?:who|that|with|without|are|have))"
    place = rf"(?:the|this|our)\W+(?:whole\W+)?ward\b|(?:{named}){after}"
    match = (
        re.search(rf"{_WHO}\W+{links}(?:here\b|{place})", plain)
        or re.search(rf"\b(?:in|of|across|throughout|for)\W+(?:{place})", plain)
        or _OF_A_WARD.search(plain)
        or (not _OF_ITS_OWN.search(plain) and _STATISTIC.search(plain))
    )
    return match[0] if match else ""


def _content(words: str) -> str:
    small = {"with", "who", "have", "has", "no", "any", "in", "of", "the", "a", "an", "are", "is"}
    return " ".join(word for word in re.findall(r"[a-z-]+", words.casefold()) if word not in small)


def names_customers(words: str, customers: str) -> bool:
    """Return True where words say who of some customers, or name them as they are named."""
    named = {word[:5] for word in _content(customers).split() if len(word) > 3}
    return " who " in f" {words.casefold()} " or bool(
        named & {word[:5] for word in _content(words).split()}
    )


_EMPTY = re.compile(
    r"(?:tb[acd]|to be (?:added|agreed|confirmed|decided|done|written)\b.*|n/?a|none|nil|no|yes|ok|okay"
    r"|good|fine|all|any|everyone|everybody|various|etc|see above|as above|as before|ditto|same"
    r"|as discussed|as agreed|to follow|later|see (?:the )?(?:minutes|pack|below|attached|website)"
    r"|test|todo|to do|lorem ipsum.*|(?:we )?(?:don['’]?t|do not) know(?: yet)?|not sure|unknown"
    r"|will be fine|it is (?:fair|fine|good)|nothing(?: yet)?|not yet|pending|wip|blank|xyz|asdf\w*"
    r"|qwerty\w*|foo|bar|blah(?: blah)*|answer|words|text|some text|something)",
    re.IGNORECASE,
)
_COMMON = """
a an the of and or to in on at by for from as is are be will would was it its this that these we our us
i you they their all any some many more most much lot lots several various everybody everyone anybody
people person persons resident residents local locals community communities stakeholder stakeholders
group groups member members public one two three four usual suspects benefit benefits benefiting gain
gains equally equal equality advised added applicable above answer answers answered asked below before
blank comment consider considered content course agreed agreement decided depends discuss discussed
discussion due document documents done each given here insert later left like line looked look minutes
no not nothing now officers per plan please policy previous purpose refer same see so such text there
thing things time under yes yet tbc tbd tba up with what who how about every both sides side also etc
"""
_SAYS_NOTHING = frozenset(_COMMON.split())
_ASKS = re.compile(r"(?:what|who|whom|whose|how|which|when|where|why|is|are|does|do)\b.*\?", re.I)


def says_nothing(plain: str, key: str, *, is_sentence: bool, is_free: bool = False) -> bool:
    """Return True for an answer that is a mark, the question again, or words without content.

    ``key`` is what is answered. A sentence has three words or more; one that is ``is_free`` may be
    of common words alone.
    """
    letters = re.findall(r"[^\W\d_]", plain)
    is_question = is_sentence and bool(_ASKS.fullmatch(plain))
    is_key = plain.casefold().rstrip("?") == key.replace("_", " ")
    return (
        len(letters) < 2
        or (len(set(map(str.lower, letters))) == 1)
        or bool(_EMPTY.fullmatch(plain))
        or is_key
        or is_question
        or (is_sentence and (len(plain.split()) < 3 or _mashed(plain)))
        or (is_sentence and not is_free and not _has_content(plain))
    )


def _has_content(plain: str) -> bool:
    words = {word for word in re.findall(r"[^\W\d_]+", plain.casefold()) if len(word) > 1}
    return bool(words - _SAYS_NOTHING)


def _mashed(plain: str) -> bool:
    """Return True where the words are one word again and again, or most have no vowel."""
    words = re.findall(r"[a-z]+", plain.casefold())
    long = [word for word in words if len(word) > 2]
    without = sum(not re.search("[aeiouy]", word) for word in words)
    return (
        len(set(words)) <= len(words) * 0.6
        and len(words) < 8
        or (bool(words) and (without > len(words) / 2 or not long))
    )
