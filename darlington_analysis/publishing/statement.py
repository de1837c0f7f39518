"""``accessibility.html``: who was thought of, what was looked at, what nobody has checked."""

import json
import shutil
from pathlib import Path

from markupsafe import Markup

from darlington_analysis.core import atomic, fingerprints
from darlington_analysis.core.settings import Edition, Roles
from darlington_analysis.pages import accessibility
from darlington_analysis.pages import page as page_page
from darlington_analysis.publishing import html

REPORT, PAGE = "accessibility.json", "accessibility.html"
# Address and words of the link to it, from an edition's folder and from a pack's.
BESIDE, ABOVE = (PAGE, accessibility.LINK), (f"../{PAGE}", accessibility.LINK)


def write(folder: Path, edition: Edition, roles: Roles) -> None:
    """Write the statement of an edition's folder from the report there, or say there is none.

    The same pages and the same report give the same bytes.
    """
    page = html.render_page(
        f"{accessibility.heading(edition)}, Darlington",
        _body(folder, edition, roles),
        accessibility.DESCRIPTION,
        html.footer(page_page.footer(edition, "")),
        words=html.words(),
        home=("index.html", page_page.back_to_index(edition)),
        has_contents=False,
    )
    atomic.write_file(folder / PAGE, page.encode())


def carry_over(folder: Path, into: Path) -> None:
    """Copy what a browser found on an edition into another folder, where it can be read as such."""
    if _report(folder):
        shutil.copy(folder / REPORT, into)


def _body(folder: Path, edition: Edition, roles: Roles) -> Markup:
    report = _report(folder)
    looked = Markup("<p>{}</p>").format(accessibility.NOT_LOOKED_AT)
    if report:
        told = [report["summary"], accessibility.looked_with(report["browser"], report["axe"])]
        told += [accessibility.made_since(_made_since(report, folder))]
        looked = Markup("").join(Markup("<p>{}</p>").format(each) for each in told if each)
        looked += Markup('<p><a href="{}">{}</a></p>').format(REPORT, accessibility.REPORT_LINK)
    sections = {
        accessibility.MACHINE: looked,
        accessibility.PERSON: _paragraph(accessibility.PERSON_LEAD)
        + _list(accessibility.BY_A_PERSON),
        accessibility.GAPS: _list(accessibility.KNOWN_GAPS),
        accessibility.HELP: _paragraph(accessibility.help_from(roles.accessible_formats)),
    }
    return Markup("<h1>{}</h1>").format(accessibility.heading(edition)) + Markup("").join(
        Markup("<h2>{}</h2>{}").format(*section) for section in sections.items()
    )


def _report(folder: Path) -> dict:
    """Return the report of a folder; one that is cut short, or of another shape, is none."""
    try:
        found = json.loads((folder / REPORT).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    match found:
        case {"summary": str(), "browser": str(), "axe": str(), "pages": [*pages]}:
            return found if all(_is_seen(each) for each in pages) else {}
    return {}


def _is_seen(page: object) -> bool:
    match page:
        case {"page": str(), "sha256": str()}:
            return True
    return False


def _made_since(report: dict, folder: Path) -> int:
    """Return how many pages are not the ones that were looked at; this one always changes."""
    known = {each["page"]: each["sha256"] for each in report["pages"]}
    now = {
        path.relative_to(folder).as_posix(): fingerprints.of_file(path)
        for path in (*folder.glob("*/*.html"), *folder.glob("*.html"))
        if path.name != PAGE
    }
    return sum(known.get(name) != digest for name, digest in now.items())


def _paragraph(said: str) -> Markup:
    return Markup("<p>{}</p>").format(said)


def _list(lines: tuple[str, ...]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul>{}</ul>").format(items)
