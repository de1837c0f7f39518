"""Paragraphs, lists, and boxes: what people wrote, or room to write, never an answer of ours."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.project import find_project
from darlington_analysis.core.settings import load_place, load_settings
from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.pages.components import agreements, tables


def borough() -> str:
    """Return the name of the council's area, as the settings of the project say it."""
    return load_place(find_project()).name


def region() -> str:
    """Return the name of the region around the council's area, "" without one."""
    place = load_place(find_project())
    return place.region.name if place.region else ""


def is_support_decided() -> bool:
    """True where the settings say for which wards support was decided."""
    return bool(load_settings(find_project()).support.ward_set)


def documents() -> dict[str, str]:
    """Return what the council calls its strategy and its principles, by the settings' keys."""
    agreed = load_settings(find_project()).agreements
    return {"strategy": agreed.strategy, "principles_of": agreed.principles_of}


def empty(prompt: str) -> Markup:
    """Return a box to write in, with what it asks for."""
    return Markup('<div class="answer-box"><p>{}</p></div>').format(prompt)


def answered(record: Agreement, *parts: str) -> Markup:
    """Return what people wrote, marked as an invented example where it is one."""
    label = agreements.EXAMPLE if record.example else agreements.ANSWERED
    return Markup('<div class="answer-box answered"><p>{}</p>{}</div>').format(label, join(*parts))


def join(*parts: str) -> Markup:
    """Return the parts of a section one after the other."""
    return Markup("").join(parts)


def under(title: str, body: str, level: int = 3) -> Markup:
    """Return a heading with what stands below it."""
    return Markup("<h{0}>{1}</h{0}>{2}").format(level, title, body)


def titled(title: str, text: str = "") -> Markup:
    """Return a paragraph that begins with bold words."""
    return Markup("<p><strong>{}</strong>{}</p>").format(
        title, Markup(" {}").format(text) if text else ""
    )


def question(title: str, *paragraphs: str) -> Markup:
    """Return a question with its paragraphs."""
    return under(title, join(*map(paragraph, paragraphs)))


def definitions(pairs: Iterable[tuple[str, str]], style: str = "") -> Markup:
    """Return labels, each with its words, as a list of definitions."""
    items = (Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pairs)
    name = Markup(' class="{}"').format(style) if style else ""
    return Markup("<dl{}>{}</dl>").format(name, join(*items))


def folded(title: str, inner: str) -> Markup:
    """Return what a screen shows when it is asked to; on paper it is not printed."""
    return Markup('<details class="folded"><summary>{}</summary>{}</details>').format(title, inner)


def bullets(lines) -> Markup:
    """Return a list; nothing where there is nothing."""
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines if line)
    return Markup("<ul>{}</ul>").format(items) if items else Markup("")


def paragraph(text: str) -> Markup:
    """Return a paragraph; nothing where there is nothing."""
    return Markup("<p>{}</p>").format(text) if text else Markup("")


def answer_line(text: str) -> Markup:
    """Return the sentence that answers a section's question."""
    return Markup('<p class="answer">{}</p>').format(text)


def facts(title: str, pairs: list[tuple[str, str]]) -> Markup:
    """Return labels and what is said under each, below a title: fit for a phone and for paper."""
    written = [(label, agreements.written(text)) for label, text in pairs]
    return titled(title) + definitions(written, "facts")


def table(heads: Sequence[str], rows: Sequence[tuple], caption: str) -> Markup:
    """Return a table of words; an empty cell says that nothing is said yet. Nothing without rows."""
    if not rows:
        return Markup("")
    keys = [f"column_{place}" for place in range(len(heads))]
    frame = pd.DataFrame(
        [[agreements.written(str(cell)) for cell in row] for row in rows],
        columns=keys,
        dtype=object,
    )
    columns = [tables.Column(key, head) for key, head in zip(keys, heads, strict=True)]
    return tables.table(frame, columns, caption)


Rules = Mapping[str, Callable[[dict], str]]
MADE_UP_FIGURE = "Made-up figure"


def sentence(claim: Claim, rules: Rules) -> str:
    """Return a claim as one or more plain sentences; one on a made-up figure begins by saying so.

    ``rules``: the name of a claim's rule → a function from its facts to words.
    """
    words = rules[claim.rule](claim.facts)
    is_marked = not claim.is_dummy or words.startswith(MADE_UP_FIGURE)
    return words if is_marked else f"{MADE_UP_FIGURE}. {words}"


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


INDEX_SOURCE = "Source: Indices of Deprivation (the Government department for communities)."
STATUS_WORDS = {
    "c": "[c] withheld to protect people",
    "x": "[x] not available",
    "z": "[z] does not apply",
}
SIGNS = {
    "c": "[c] withheld to protect people, which is not zero.",
    "u": "[u] based on too few to be reliable: few children, or fewer than 30 people or homes.",
    "e": "[e] estimate: we used one day’s count of people for every year.",
    "f": "[f] forecast if nothing changes.",
    "x": "[x] not available.",
    "z": "[z] does not apply.",
    "low": "[low] rounds to zero but is not zero.",
}
SHORTHAND = " ".join(SIGNS.values())
REAL_OR_NOT = {True: "made up", False: "real"}  # by is_dummy
MADE_UP = "made-up figures"
SWIPE = "Move the map sideways to see all of it. The table below it says the same."
THIS_WARD = "this ward"
SUPPORTED, WATCH_LIST = "Supported", "Watch list"


def kind_of_figure(row) -> str:
    """Return whether a figure is real, modelled or made up."""
    if row.is_dummy:
        return "made up"
    return "modelled" if row.basis == Basis.MODELLED else "real"


def kind_of_source(story: dict) -> str:
    """Return whether a source's figures are real, modelled or made up."""
    if story["is_dummy"]:
        return "made up"
    return "modelled" if story["basis"] == Basis.MODELLED else "real"
