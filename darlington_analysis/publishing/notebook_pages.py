"""Notebooks on all wards or on one partnership, published as pages of an edition by papermill."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import DarlingtonError, StorageError
from darlington_analysis.evidence import agreement, review
from darlington_analysis.evidence.table import EditionTable, load
from darlington_analysis.pages import edition as words
from darlington_analysis.pages import page as pages
from darlington_analysis.publishing import html, kernels, run_notebook, run_state, statement

ENDED = "its process was ended before it was done"


def _one_for_all(loaded: EditionTable) -> Iterator[str]:
    yield ""


def _where_support_is_decided(loaded: EditionTable) -> Iterator[str]:
    if loaded.support:
        yield ""


def _a_record_each(loaded: EditionTable) -> Iterator[str]:
    yield from (answer.ward.code for answer in review.of_borough(loaded).written)


@dataclass(frozen=True)
class PublishedNotebook:
    """A notebook that is a page of an edition.

    ``parameter`` is given the code of a ward, for a page of each ward that ``of_wards`` yields;
    where it yields "", one page is made for all. The title's words are in ``pages.edition``.
    """

    notebook: str
    name: str
    of_wards: Callable[[EditionTable], Iterator[str]] = _one_for_all
    parameter: str = ""


# To publish another notebook, add its line here and its title to ``pages.edition.NOTEBOOKS``.
PUBLISHED = (
    PublishedNotebook("03-borough-overview.ipynb", "borough"),
    PublishedNotebook("07-compare.ipynb", "extremes"),
    PublishedNotebook("05-support.ipynb", "support", _where_support_is_decided),
    PublishedNotebook("06-performance-review.ipynb", "review", _a_record_each, "partnership"),
    PublishedNotebook("01-data-quality.ipynb", "data-quality"),
)


@dataclass(frozen=True)
class PageOrder:
    """One page to be made: of which notebook and edition, for which ward, into which file."""

    notebook: Path
    parameters: dict[str, str]
    title: str
    ward_code: str
    into: Path


@dataclass(frozen=True)
class PageMade:
    """A page of an edition: its file, its title, and why it could not be made."""

    file: str
    title: str
    fault: str = ""


def orders(loaded: EditionTable, folder: Path) -> list[PageOrder]:
    """Return the pages that an edition has, in the order in which its index lists them."""
    found = []
    for published in PUBLISHED:
        for code in published.of_wards(loaded):
            ward = loaded.wards.ward(code) if code else None
            given = {published.parameter: code} if code else {}
            name = f"{published.name}-{ward.slug}" if ward else published.name
            found.append(
                PageOrder(
                    loaded.project.notebooks / published.notebook,
                    {"edition": loaded.edition.id, **given},
                    words.notebook_title(published.name, ward.name if ward else ""),
                    code,
                    folder / f"{name}.html",
                )
            )
    return found


def write(loaded: EditionTable, folder: Path) -> list[PageMade]:
    """Write the page of every published notebook into an edition's folder; say which failed.

    Pages that lie there already stay where they are what this run would make.
    """
    asked, key = orders(loaded, folder), _key(loaded)
    kept = run_state.load_state(loaded.project, _state_name(loaded))
    known = kept.get("files", {}) if kept.get("key") == key else {}
    again = [order for order in asked if known.get(order.into.name) != _digest(order.into)]
    for order in again:
        given = set(order.parameters)
        run_notebook.check_parameters(order.notebook, given, may_have_others=True)
        order.into.unlink(missing_ok=True)
    with kernels.pool(len(again)) as pool:
        waiting = {order.into: pool.submit(make, order) for order in again}
        made = [_made(order, waiting.get(order.into)) for order in asked]
    digests = {page.file: _digest(folder / page.file) for page in made if not page.fault}
    run_state.save_state(loaded.project, _state_name(loaded), {"key": key, "files": digests})
    return made


def carry_over(loaded: EditionTable, place: Path, into: Path) -> None:
    """Copy the pages of an edition into the folder in which it is made again."""
    for order in orders(loaded, place):
        if order.into.is_file():
            shutil.copy(order.into, into)


def _key(loaded: EditionTable) -> str:
    """Return the hash of all that pages are made from; it is private, as run_state is."""
    known = fingerprints.inputs(loaded.project)
    processed = fingerprints.of_folder(loaded.project.processed)
    return fingerprints.of_words(
        [loaded.edition.id, fingerprints.packages(), json.dumps([known, processed])]
    )


def _state_name(loaded: EditionTable) -> str:
    return f"{loaded.edition.id}-pages"


def _digest(path: Path) -> str:
    return fingerprints.of_file(path) if path.is_file() else ""


def _made(order: PageOrder, done: Future | None) -> PageMade:
    try:
        if done:
            done.result()
    except StorageError:
        raise
    except DarlingtonError as fault:
        return PageMade(order.into.name, order.title, fault.what)
    except BrokenExecutor:
        return PageMade(order.into.name, order.title, ENDED)
    return PageMade(order.into.name, order.title)


def make(order: PageOrder) -> None:
    """Run a notebook and write its page. Raises PackFailedError, and DisclosureError where the
    agreement's record names a person.
    """
    loaded = load(order.parameters["edition"])
    if order.ward_code:
        agreement.refuse_persons(agreement.of_ward(loaded, loaded.wards.ward(order.ward_code)))
    scratch = order.into.with_suffix("")
    scratch.mkdir()
    try:
        executed = run_notebook.execute(
            order.notebook, scratch / order.notebook.name, order.parameters
        )
    finally:
        shutil.rmtree(scratch)
    edition = loaded.edition
    page = html.render(
        executed,
        pages.tab_title(f"{order.title}, {edition.title}"),
        words.description(),
        html.footer(pages.footer(edition, ""), statement.BESIDE),
        words=html.words(),
        home=("index.html", pages.back_to_index(edition)),
        part=html.BOTH,
    )
    order.into.write_text(page, "utf-8")


def listed(made: list[PageMade]) -> Markup:
    """Return a link to each page, and why one could not be made."""
    items = Markup("").join(
        Markup("<li>{}: {}</li>").format(page.title, words.pack_state(None, "", page.fault))
        if page.fault
        else Markup('<li><a href="{}">{}</a></li>').format(page.file, page.title)
        for page in made
    )
    return Markup("<ul>{}</ul>").format(items)
