"""Claims as sentences: a section brings the rules for the claims that it shows."""

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from darlington_analysis.evidence.claims import Claim

Rules = Mapping[str, Callable[[dict], str]]
MADE_UP = "Made-up figure"


def sentence(claim: Claim, rules: Rules) -> str:
    """Return a claim as one or more plain sentences; one on a made-up figure begins by saying so.

    ``rules``: the name of a claim's rule → a function from its facts to words.
    """
    words = rules[claim.rule](claim.facts)
    is_marked = not claim.is_dummy or words.startswith(MADE_UP)
    return words if is_marked else f"{MADE_UP}. {words}"


def sentences(claims: Iterable[Claim], rules: Rules) -> list[str]:
    """Return each claim in words."""
    return [sentence(claim, rules) for claim in claims]


def answer(question: str, claims: tuple[Claim, ...], rules: Rules) -> Markup:
    """Return a question with what claims say to it: on one line, or below a heading."""
    words = sentences(claims, rules)
    if len(claims) == 1 and not claims[0].is_dummy:  # a made-up figure says so first of all
        return Markup("<p>{} {}</p>").format(question, words[0])
    paragraphs = Markup("").join(Markup("<p>{}</p>").format(line) for line in words)
    return Markup("<h5>{}</h5>").format(question) + paragraphs
