"""``reports/index.html``: the page that leads to every edition that is published, newest first."""

from pathlib import Path

from darlington_analysis.core import atomic
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Settings
from darlington_analysis.pages import page as pages
from darlington_analysis.pages import site as words
from darlington_analysis.publishing import html, html_text

NAME = "index.html"
ADDRESS = f"../{NAME}"


def write(project: Project, settings: Settings) -> None:
    """Write the page over the editions that lie in ``reports``."""
    atomic.write_file(project.reports / NAME, page(project, settings).encode())


def page(project: Project, settings: Settings) -> str:
    """Return the page: the same editions give the same bytes."""
    newest_first = sorted(settings.editions, key=lambda one: (one.data_as_at, one.id), reverse=True)
    there = [one for one in newest_first if (project.reports / one.id / NAME).is_file()]
    states = {one.id: _state(project, one.id) for one in there}
    wards = {one.id: settings.place.wards(one.ward_set).wards for one in there}
    return html.render_page(
        pages.tab_title(words.TITLE),
        words.landing(there, wards, states, _kept(project)),
        words.description(),
        html.footer(words.FOOTER),
        words=html.words(),
        has_contents=False,
    )


def _state(project: Project, edition: str) -> str:
    """Return the state that the edition's own index says, in the mark that bears it."""
    index = html_text.parsed((project.reports / edition / NAME).read_text("utf-8"))
    marked = index.find(attrs={"data-state": True})
    return f"{marked['data-state']}." if marked else ""


def _kept(project: Project) -> list[str]:
    """Return the folders of approved editions that are kept beside the next ones."""
    return sorted(path.parent.name for path in project.reports.glob(f"[!.]*-approved-*/{NAME}"))


def is_as_it_would_be(project: Project, settings: Settings) -> bool:
    """True where the page that lies there is the one that would be made now."""
    path: Path = project.reports / NAME
    return path.is_file() and path.read_text("utf-8") == page(project, settings)
