"""``accessibility.html``: who was thought of, what was looked at, what has not been checked."""

import json
import shutil
from pathlib import Path

from markupsafe import Markup

from darlington_analysis.core import atomic, fingerprints
from darlington_analysis.core.settings import Edition, Roles
from darlington_analysis.pages import page as pages
from darlington_analysis.pages import page as words
from darlington_analysis.pages.components import blocks
from darlington_analysis.publishing import html

REPORT, PAGE = "accessibility.json", "accessibility.html"
# Address and words of the link to it, from an edition's folder and from a pack's.
BESIDE, ABOVE = (PAGE, words.LINK), (f"../{PAGE}", words.LINK)


def write(folder: Path, edition: Edition, roles: Roles) -> None:
    """Write the statement of an edition's folder from the report there, or say there is none.

    The same pages and the same report give the same bytes.
    """
    page = html.render_page(
        pages.tab_title(words.HEADING.format(edition=edition.title)),
        _body(folder, edition, roles),
        words.DESCRIPTION,
        html.footer(pages.footer(edition, "")),
        words=html.words(),
        home=("index.html", pages.back_to_index(edition)),
        has_contents=False,
    )
    atomic.write_file(folder / PAGE, page.encode())


def carry_over(folder: Path, into: Path) -> None:
    """Copy what a browser found on an edition into another folder, where it can be read as such."""
    if _report(folder):
        shutil.copy(folder / REPORT, into)


def _body(folder: Path, edition: Edition, roles: Roles) -> Markup:
    report = _report(folder)
    looked = blocks.paragraph(words.NOT_LOOKED_AT)
    if report:
        looked = blocks.join(
            blocks.paragraph(report["summary"]),
            blocks.paragraph(words.LOOKED_WITH.format(**report)),
            blocks.paragraph(words.made_since(_made_since(report, folder))),
            Markup('<p><a href="{}">{}</a></p>').format(REPORT, words.REPORT_LINK),
        )
    help_from = words.HELP_FROM.format(
        role=roles.accessible_formats,
        email=roles.email or words.NO_EMAIL,
        telephone=roles.telephone or words.NO_TELEPHONE,
    )
    return blocks.join(
        Markup("<h1>{}</h1>").format(words.HEADING.format(edition=edition.title)),
        blocks.under(words.MACHINE, looked, 2),
        blocks.under(
            words.PERSON, blocks.paragraph(words.PERSON_LEAD) + blocks.bullets(words.BY_A_PERSON), 2
        ),
        blocks.under(words.GAPS, blocks.bullets(words.KNOWN_GAPS), 2),
        blocks.under(words.HELP, blocks.paragraph(help_from), 2),
    )


def _report(folder: Path) -> dict:
    """Return the report of a folder; one that is cut short, or of another shape, is none."""
    try:
        report = json.loads((folder / REPORT).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    match report:
        case {"summary": str(), "browser": str(), "axe": str(), "pages": [*pages]}:
            return report if all(_is_seen(page) for page in pages) else {}
    return {}


def _is_seen(page: object) -> bool:
    match page:
        case {"page": str(), "sha256": str()}:
            return True
    return False


def _made_since(report: dict, folder: Path) -> int:
    """Return how many pages are not the ones that were looked at; this one always changes."""
    known = {page["page"]: page["sha256"] for page in report["pages"]}
    now = {
        path.relative_to(folder).as_posix(): fingerprints.of_file(path)
        for path in (*folder.glob("*/*.html"), *folder.glob("*.html"))
        if path.name != PAGE
    }
    return sum(known.get(name) != digest for name, digest in now.items())
