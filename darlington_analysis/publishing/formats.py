"""Other formats of published packs: on paper, in large print, as text or workbook, with code."""

import html as text
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import nbformat

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.settings import Edition, Settings
from darlington_analysis.pages import files
from darlington_analysis.pages import page as pages
from darlington_analysis.publishing import (
    html,
    manifest,
    pack,
    pdf,
    statement,
    text_export,
    workbook,
)

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Published:
    """A pack that lies in its edition's folder: the folder, its ward's name, edition, settings."""

    folder: Path
    ward: str
    edition: Edition
    settings: Settings


def make(published: Published, kinds: list[str]) -> list[str]:
    """Make the formats of ``kinds`` beside a pack's page; return the names of the files.

    The manifest lists them. Raises UsageError where the pack is not there or not as it was
    published, or what a format needs is missing.
    """
    if pack.version_of(published.folder) is None:
        raise UsageError(
            f"There is no pack of {published.ward} in reports/{published.edition.id}",
            "Other formats are made of the page that was published.",
            f'python -m darlington_analysis packs --ward "{published.ward}"',
        )
    for kind in kinds:
        manifest.check_source(published.folder, KINDS[kind].source)
    for kind in kinds:
        KINDS[kind].write(published, published.folder / KINDS[kind].name)
    made = {KINDS[kind].name: KINDS[kind].source for kind in kinds}
    manifest.vouch(published.folder, made)
    return list(made)


def kinds_in(folder: Path) -> list[str]:
    """Return which formats a pack's manifest lists."""
    there = manifest.listed(folder)
    return [kind for kind, each in KINDS.items() if each.name in there]


def _pdf(published: Published, into: Path) -> None:
    pdf.write(published.folder / pack.PAGE, into)


def _large(published: Published, into: Path) -> None:
    pdf.write(published.folder / pack.PAGE, into, large=True)


def _workbook(published: Published, into: Path) -> None:
    figures, ask = published.folder / pack.FIGURES, published.settings.roles.ask
    workbook.write(figures, into, published.ward, published.edition, ask)


def _analyst(published: Published, into: Path) -> None:
    title = text.unescape(_TITLE.search((published.folder / pack.PAGE).read_text("utf-8"))[1])
    version = pack.version_of(published.folder)
    page = html.render(
        nbformat.read(published.folder / pack.EXECUTED, as_version=4),
        files.analyst_title(title),
        files.analyst_title(title),
        html.footer(pages.footer(published.edition, version), statement.ABOVE),
        words=html.words(),
        home=("../index.html", pages.back_to_index(published.edition)),
        template="analyst",
    )
    into.write_text(page, "utf-8")


class Kind(NamedTuple):
    """One format: its file, the file of the pack that it is made of, and who writes it."""

    name: str
    source: str
    write: Callable[[Published, Path], None]


def _text(published: Published, into: Path) -> None:
    text_export.write(published.folder / pack.PAGE, into)


KINDS = {
    "pdf": Kind("evidence-pack.pdf", pack.PAGE, _pdf),
    "large-print": Kind("evidence-pack-large-print.pdf", pack.PAGE, _large),
    "workbook": Kind("figures.xlsx", pack.FIGURES, _workbook),
    "text": Kind("evidence-pack.txt", pack.PAGE, _text),
    "analyst": Kind("evidence-pack-with-code.html", pack.EXECUTED, _analyst),
}
