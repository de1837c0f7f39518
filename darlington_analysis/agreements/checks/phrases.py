"""What words say and do not say: a refusal, the same option again, a whole ward, or nothing at all.

Words can always be written that none of this knows. So each of these only stands beside something
that is no matter of words: each side's own yes, the customers of a measure, two signatures.
Phrases that could stand below any question, and so answer none, are in fillers.txt.
"""

import re
from functools import cache
from importlib.resources import files

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
    rf"|\b(?:can|could|will|do|does|is|are|am){_NOT}\s+(?:\w+\s+)?(?:go\s+(?:along|ahead)|see\s+(?:how|why)"
    r"|commit|contribute|endorse|recommend|justify|afford|sign|take\s+part|join\s+in)\b|\bcannot\s+(?:go\s+"
    r"(?:along|ahead)|see\s+(?:how|why)|commit|contribute|endorse|recommend|justify|afford|take\s+part)\b"
    r"|\b(?:is|have|has)\s+no\s+(?:budget|funds|funding|appetite|mandate)\b|\bother\s+priorities\b"
    r"|\bwould\s+rather\s+(?:wait|not|have|see)\b"
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
_SMALL |= {"all", "each", "every", "everyone", "for", "in", "on", "with"}


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


_COMES = re.compile(
    r"\b(?:c[ao]mes?|coming|joins?|joined|attend(?:s|ed|ing|ees?)?|t(?:akes?|ook|aking)\W+part|enrol\w*"
    r"|sign(?:s|ed)?\W+up|finish\w*|complete[ds]?|train(?:ed|ees?)|learners?|participants?|users?"
    r"|members?(?!\W+of\W+the\W+(?:public|community))|volunteers?|helpers?|regulars?)\b",
    re.IGNORECASE,
)
_GROUPS = """
adult area autumn boys child children citizen communities community everybody everyone family families
folk girl grown home household jobless kids ladies life live lives living local locally locals month
neighbour nobody older over parent pensioner people person pupil resident spring street summer tenant
their them those town under ward week winter women year young younger
"""
_OF_GROUPS = frozenset(word.rstrip("s")[:5] for word in _GROUPS.split())


def meets_partnership(words: str, own: list[str]) -> bool:
    """Return True where words name a partnership's own people or work, and no group of people alone.

    ``own`` are the words of its customers and its actions. Words for any people, such as adults or
    families, are shared with every ward, and tie to nothing.
    """
    return bool(_COMES.search(words)) or shares_name(words, own)


def shares_name(words: str, own: list[str]) -> bool:
    """Return True where words name something that others name too, and not people alone."""
    return bool(_names(words) & _names(" ".join(own)))


def _names(words: str) -> set[str]:
    plain = (
        word for word in _content(words).replace("-", " ").split() if word not in _SAYS_NOTHING
    )
    return {word.rstrip("s")[:5] for word in plain if len(word) > 2} - _OF_GROUPS


_TAKES_SIDES = re.compile(
    r"\b(?:happy|fine|good|agree\w*|accept\w*|content|wants?|first|live|yes|no|not|back|like|ready|welcome)\b",
    re.IGNORECASE,
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
_POINTS_ELSEWHERE = re.compile(
    r"(?:tb[acd]|n/?a|see\s+(?:our|the|above|below)|refer|as\s+(?:discussed|agreed|per|above|before|set)"
    r"|left\s+(?:blank|open|empty)|in\s+line\s+with|awaiting|under\s+(?:review|discussion)|watch\s+this\s+space"
    r"|(?:more\s+|further\s+)?work\s+(?:is|in)\s+(?:needed|required|ongoing|under|progress))\b",
    re.IGNORECASE,
)
_COMMON = """
a an the of and or to in on at by for from as is are be will would was it its this that these we our us
i you they their all any some many more most much lot lots several various everybody everyone anybody
people person persons resident residents local locals community communities stakeholder stakeholders
group groups member members public one two three four usual suspects benefit benefits benefiting gain
gains equally equal equality advised added applicable above answer answers answered asked below before
blank comment consider considered content course agreed agreement decided depends discuss discussed
discussion due document documents done each given here insert later looked look minutes
no not nothing now officers per plan please policy previous purpose refer same see so such text there
thing things time under yes yet tbc tbd tba up with what who how about every both sides side also etc
after those anyone awaiting been before during early everything for further had has have here input into
last late look made make need needed needs other others parked place policies say see something
space still too under until want wants watch when where while whoever year
"""
_SAYS_NOTHING = frozenset(_COMMON.split())
_ASKS = re.compile(r"(?:what|who|whom|whose|how|which|when|where|why|is|are|does|do)\b.*\?", re.I)


QUESTIONS = {
    "active_citizenship": "How does this put active citizens first?",
    "empowerment": "Who decides, and how does the Council still mediate?",
    "made_together": "What do citizens and partners make together?",
    "hidden_resources": "Which skills and groups are found that nobody counted?",
    "fairness": "How is it fair, and includes everybody?",
    "who_gains": "Who gains?",
    "who_bears_the_need": "Who bears the need?",
    "who_may_lose": "Who may lose?",
    "protects_the_vulnerable": "How are vulnerable people protected?",
    "why_uneven": "Why were some asked less often than others, and what is done about it?",
    "parked_because": "If it is parked: why?",
    "rest_from": "Who brings about what your actions do not reach?",
    "criteria": "How would anybody know that it can stand on its own?",
    "delivers": "What is delivered?",
}
"""What is asked, where an answer has to say more than its question does."""

_ALSO_ASKED = {
    "outcomes": "What are the quality of life conditions we want for the children, adults and families "
    "who live in this ward? Good, better, nice",
    "measures": "How can we measure if our residents are better off, and services are delivered well?",
}


def says_nothing(plain: str, where: tuple, *, least: int, is_sentence: bool) -> bool:
    """Return True for an answer that is a mark, the question again, or words without content.

    ``where`` is its place in a record. It needs ``least`` words that are neither common ones nor
    those of its question; a sentence has three words or more, and who it is may be said in one.
    """
    key = next(name for name in reversed(where) if isinstance(name, str))
    asked = QUESTIONS.get(key, _also_asked(where))
    if where[0] == "measures":  # a check of their own ties them to people
        left = _said(plain, but_general=False) - _said(asked, but_general=False)
    else:
        left = _said(without(plain)) - _said(asked)
    letters = re.findall(r"[^\W\d_]", plain)
    return (
        len(letters) < 2
        or _is_filler(plain, where)
        or (len(set(map(str.lower, letters))) == 1)
        or bool(_EMPTY.fullmatch(plain))
        or plain.casefold().rstrip("?") == key.replace("_", " ")
        or (is_sentence and (_is_too_short(plain, key) or _mashed(plain)))
        or (is_sentence and bool(_ASKS.fullmatch(plain)))
        or (least > 0 and bool(_POINTS_ELSEWHERE.match(plain)))
        or len(left) < least
    )


def _is_too_short(plain: str, key: str) -> bool:
    is_group = key.startswith("who_") and not names_nothing(plain)
    return len(plain.split()) < 3 and not is_group


def _also_asked(where: tuple) -> str:
    return _ALSO_ASKED.get(where[0], "") if where[-1] == "words" else ""


def _is_filler(plain: str, where: tuple) -> bool:
    """Return True for phrases that answer nothing; a side may say in such words what it wants."""
    if where[0] != "positions":
        return is_filler(plain)
    is_empty = is_filler(plain) or (len(plain.split()) > 2 and not _said(without(plain)))
    return is_empty and not _TAKES_SIDES.search(plain)


def _said(plain: str, *, but_general: bool = True) -> set[str]:
    """Return the stems of the words that say something."""
    words = {word for word in re.findall(r"[^\W\d_]+", plain.casefold()) if len(word) > 1}
    words = {word for word in words - _SAYS_NOTHING if not (but_general and is_general(word))}
    return {word.rstrip("s")[:5] for word in words}


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


def is_filler(plain: str) -> bool:
    """Return True for words that are nothing but phrases without content, with small words between."""
    words, (phrases, _, small, _) = _words(plain), _lists()
    rest = phrases.sub(" ", words)
    return rest != words and not set(rest.split()) - small


def without(plain: str) -> str:
    """Return words without the phrases among them that say nothing."""
    return _lists()[0].sub(" ", _words(plain))


def is_general(word: str) -> bool:
    """Return True for a word that needs another beside it to say anything."""
    return not {word, word.rstrip("s")}.isdisjoint(_lists()[1])


def names_nothing(plain: str) -> bool:
    """Return True where no word names a thing, a place, a group, a number, a day or something done.

    A word does so unless it is a small or a vague one, in any of its forms, or ends as words for
    ideas end, such as “commitment”. So most words need no list to be taken for an answer.
    """
    words = re.findall(r"\w+", _words(plain))
    return not any(map(_names_something, words))


def _names_something(word: str) -> bool:
    if word.isdigit():
        return True
    is_idea = len(word) > 7 and _IDEA.search(word) and not _NO_IDEA.match(word)
    return len(word) > 2 and not is_idea and _plain_forms(word).isdisjoint(_common())


_IDEA = re.compile(
    r"(?:[ts]ion|ment|ness|ity|[ae]nce|[ae]ncy|ship|ism|ful|ive|able|ible|wise|ally|edly|[^s]ously)s?$"
)
_NO_IDEA = re.compile(
    r"allot|ambul|apart|assembl|attend|base|charit|depress|detent|disab|educat|electric|employ|equip"
    r"|ill|immigra|lone|medica|nurs|pave|pension|prescri|qualif|recept|resid|station|tele|timet"
    r"|unemploy|univers|vegetable|violen"
)
"""How words end that are of ideas, and how words begin that end so and are of people or things."""


def _plain_forms(word: str) -> set[str]:
    """Return a word as it may stand in a list: “plans”, “planned” and “planning” are “plan”."""
    forms = {word}
    for ending, others in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            forms |= {stem + other for other in others}
            forms |= {stem[:-1]} if stem[-1] == stem[-2] else set()
    return forms


_ENDINGS = {"s": ("",), "es": ("",), "ies": ("y",), "ed": ("", "e"), "ied": ("y",)}
_ENDINGS |= {"ing": ("", "e"), "ly": ("", "le"), "ily": ("y",)}


def _words(plain: str) -> str:
    """Return words in small letters with single spaces, short forms written out."""
    text = plain.casefold().replace("’", "'")
    text = re.sub(r"\bwon't\b", "will not", re.sub(r"\bcan't\b", "can not", text))
    for short, whole in (("n't", " not"), ("'ll", " will"), ("'re", " are"), ("'ve", " have")):
        text = text.replace(short, whole)
    text = re.sub(r"\b(it|that|what|there|here)'s\b", r"\1 is", text).replace("let's", "let us")
    return " ".join(re.findall(r"\w+", text))


@cache
def _common() -> frozenset[str]:
    """Return every word that says nothing by itself."""
    return frozenset().union(*_lists()[1:])


@cache
def _lists() -> tuple[re.Pattern, frozenset[str], frozenset[str], frozenset[str]]:
    text = files("darlington_analysis.agreements.checks").joinpath("fillers.txt").read_text("utf-8")
    phrases, *words = text.split("---\n")
    lines = [line for line in phrases.splitlines() if not line.startswith("#")]
    longest_first = sorted(lines, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})\b")
    general, small, vague = (frozenset(each.split()) for each in words)
    return pattern, general, small, vague
