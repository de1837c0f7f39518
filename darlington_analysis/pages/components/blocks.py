"""Paragraphs, lists, and boxes: what people wrote, or room to write, never an answer of ours."""

from collections.abc import Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.pages.components import agreements, tables


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
