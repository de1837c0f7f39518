"""From an executed notebook to the reader's edition: one file, nothing loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import mistune
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode, from_dict

from darlington_analysis.core.errors import PackFailedError
from darlington_analysis.pages import LOOK
from darlington_analysis.pages import page as pages
from darlington_analysis.pages.components import theme
from darlington_analysis.publishing.html_text import (
    Heading,
    heading_faults,
    page_faults,
    policy,
    with_heading_ids,
)

PACK, ANNEX, BOTH = "pack", "annex", "both"  # parts of the ward notebook
ANNEX_TOP = "annex-top"
_READABLE = ("text/html", "text/markdown", "text/plain")


@dataclass(frozen=True)
class PageWords:
    """The words every page carries: the skip link, the name in the band, the contents' label."""

    skip_link: str
    site_name: str
    contents: str


def words() -> PageWords:
    """Return the words every page of this project carries."""
    return PageWords(pages.SKIP, pages.site(), pages.CONTENTS)


def footer(lines: list[str], link: tuple[str, str] | None = None) -> str:
    """Return plain lines as the foot of a page, and a link's address and words as its last."""
    last = Markup('<p><a href="{}">{}</a></p>').format(*link) if link else Markup("")
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines) + last


class ReaderExporter(TemplateExporter):
    """nbconvert with a template of our own and none of its assets."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def get_prefix_root_dirs(self) -> list[str]:
        """Look for templates beside this module alone: a user's own may bear the same names."""
        return []

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Add our Markdown: no anchor signs beside headings, no mathematics."""
        yield from super().default_filters()
        yield "markdown2html", mistune.create_markdown(escape=False)


def render(
    notebook: NotebookNode,
    title: str,
    description: str,
    footer_html: str,
    *,
    words: PageWords,
    home: tuple[str, str] | None = None,
    template: str = "reader",
    part: str = PACK,
) -> str:
    """Return the reader's edition of an executed notebook as one HTML page.

    Markdown and results are shown, HTML before plain text; code, prompts and stderr are not. The
    template “analyst” shows the code too, and the cells that only analysts need. ``part``: the
    pack, the annex (the cells tagged “annex”), or both as one page with the pack's heading.
    ``title`` is unique over all pages. ``home``: address and words of a link back to the index.

    Raises:
        PackFailedError: a cell ended in an error, a picture came without words, or the page
            would not have exactly one h1, or would run or load something.
    """
    _refuse_broken(notebook, title)
    body, _ = _exporter(template).from_notebook_node(_part_of(notebook, part))
    return render_page(
        title,
        body,
        description,
        footer_html,
        words=words,
        home=home,
        contents_after=1 if part == PACK else 0,
    )


def _part_of(notebook: NotebookNode, part: str) -> NotebookNode:
    """Return the notebook with the cells of a part alone, without its own style sheet."""
    kept = [cell for cell in notebook.cells if _is_of(cell.metadata.get("tags", []), part)]
    return from_dict({**notebook, "cells": [_without_look(cell) for cell in kept]})


def _without_look(cell: NotebookNode) -> dict:
    """Return a cell without the look of notebooks: a page brings its own."""
    results = [each for each in cell.get("outputs", []) if each.get("metadata") != LOOK]
    return {**cell, "outputs": results} if cell.cell_type == "code" else cell


def _is_of(tags: list[str], part: str) -> bool:
    if part == BOTH:
        return ANNEX_TOP not in tags
    return (ANNEX in tags) == (part == ANNEX)


def render_page(
    title: str,
    body_html: str,
    description: str,
    footer_html: str,
    *,
    words: PageWords,
    home: tuple[str, str] | None = None,
    has_contents: bool = True,
    contents_after: int = 0,
    narrows: bool = False,
) -> str:
    """Return a whole page round ``body_html``, which brings its one h1.

    The contents list is made of the body's h2 headings and stands before the first of them, or
    after so many sections as ``contents_after`` says. ``narrows``: the page carries the script
    that narrows its tables.

    Raises:
        PackFailedError: see ``render``.
    """
    body, headings = with_heading_ids(body_html)
    sections = [heading for heading in headings if heading.level == 2]
    before, after = _at_section(sections, body, contents_after)
    script = theme.script() if narrows else ""
    page = _page_template().render(
        title=title,
        description=description,
        policy=Markup(policy(script)),
        script=Markup(script),
        css=Markup(theme.stylesheet()),
        words=words,
        home=home,
        before=Markup(before),
        sections=sections if has_contents else [],
        after=Markup(after),
        footer=Markup(footer_html),
    )
    _refuse(title, heading_faults(headings) + page_faults(page))
    return page


@cache
def _exporter(template: str) -> ReaderExporter:
    return ReaderExporter(extra_template_basedirs=[str(_templates())], template_name=template)


@cache
def _page_template():
    loader = PackageLoader("darlington_analysis.publishing", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page.html.j2")


def _templates():
    return resources.files("darlington_analysis.publishing") / "templates"


def _at_section(sections: list[Heading], body: str, number: int) -> tuple[str, str]:
    """Return the body up to a section, counted from 0, and from there on."""
    if len(sections) <= number:
        return body, ""
    place = body.index(f'<h2 id="{escape(sections[number].id)}"')
    return body[:place], body[place:]


def _refuse_broken(notebook: NotebookNode, title: str) -> None:
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    faults = [
        f"a cell ended in {out.ename}: {out.evalue}"
        for out in outputs
        if out.output_type == "error"
    ]
    faults += [
        f"a result that cannot be read: {', '.join(sorted(out.data)) or 'nothing in it'}"
        for out in outputs
        if "data" in out and not any(kind in out.data for kind in _READABLE)
    ]
    faults += [
        "a picture with no words but its type"
        for out in outputs
        if "data" in out
        and any(kind.startswith("image/") for kind in out.data)
        and "text/html" not in out.data
    ]
    _refuse(title, faults)


def _refuse(title: str, faults: list[str]) -> None:
    if faults:
        raise PackFailedError(
            f"{title}: {'; '.join(dict.fromkeys(faults))}",
            "A page with one h1, no errors, no scripts, nothing loaded, words for every picture",
            "mend what the notebook shows, and make the pack again",
        )
