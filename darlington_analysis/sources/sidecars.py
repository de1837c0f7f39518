"""Sidecars: the story of a raw file, beside it in ``<file>.source.toml``."""

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.toml_faults import Form, advice_on
from darlington_analysis.core.vocabulary import Basis, Control
from darlington_analysis.readers.layout import Question, Reading, answered

SIDECAR = ".source.toml"
_SLUG = "small letters, digits and hyphens, such as first-time-entrants"
_SUM = "what sha256sum prints, 64 letters and digits"
Text = Annotated[str, Field(min_length=1)]


class Source(BaseModel):
    """What a sidecar says of its file; ``path`` is relative to ``data/raw``.

    ``dataset`` is the name that cleaning asks for. ``control`` is ``open`` where the publisher
    has already protected people, ``controlled`` where our own gate must. ``download`` is the
    address of the file itself, ``address`` that of its page. ``layer`` names the layer of a file of
    outlines that has several. ``residents`` answers whether everybody on a list lived here.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    path: str
    dataset: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", description=_SLUG)]
    title: Text
    publisher: Text
    address: Text
    download: str = ""
    retrieved: date
    licence: Text
    vintage: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description=_SUM)]
    control: Control
    basis: Basis
    is_dummy: bool
    columns: dict[str, str] = Field(min_length=1)
    reading: Reading | None = None
    statement: str = ""
    layer: str = ""
    notes: str = ""
    residents: Literal["yes"] = "yes"

    @property
    def is_restricted(self) -> bool:
        """True for a file that is never committed, and whose checksum is never published."""
        return self.path.startswith("restricted/")


FORM = Form(Source, "sidecar")
_NEAR = 80  # of 100: “statment”, “readings”


class WaitingError(SourceError):
    """A drafted sidecar with open questions."""


def beside(path: Path) -> Path:
    """Return where the sidecar of a file stands."""
    return path.with_name(path.name + SIDECAR)


def read(raw: Path, path: Path) -> Source:
    """Return what the sidecar of a file in ``raw`` says, answers to its questions put in place.

    Raises SourceError where there is none or it is incomplete, WaitingError while a question is
    open.
    """
    name = path.relative_to(raw).as_posix()
    sidecar = beside(path)
    if not sidecar.is_file():
        raise SourceError(
            f"data/raw/{name} has no sidecar",
            f"A raw file never travels without its story: {path.name}{SIDECAR} beside it.",
            f"python -m darlington_analysis add data/raw/{name}, or take the file out",
        )
    text = ""
    try:
        text = bounded_toml.read_text(sidecar)
        source = _parsed(name, text)
    except (ValueError, RecursionError) as fault:  # no TOML, no UTF-8, no answer, no sidecar
        advice = advice_on(FORM, text, fault)
        raise SourceError(
            f"The sidecar of data/raw/{name}, line {advice.line}: {advice.what}",
            advice.expected,
            f"write {advice.write}",
        ) from fault
    _refuse_misspelt(source, text)
    return source


def _refuse_misspelt(source: Source, text: str) -> None:
    """Raise SourceError for a key that is nearly one of a sidecar's; others are anybody's own."""
    for key in source.model_extra or ():
        from rapidfuzz import process

        known = list(type(source).model_fields)
        near = process.extractOne(key, known, processor=str.lower, score_cutoff=_NEAR)
        if near:
            line = bounded_toml.line_of((key,), bounded_toml.key_lines(text))
            raise SourceError(
                f"The sidecar of data/raw/{source.path}, line {line}: there is no {key}",
                f"Keys of a sidecar, such as {near[0]}, or names that are unlike each of them.",
                f"write {near[0]}, if that is meant",
            )


# Columns that the library reads of the datasets it knows by name, as patterns. Ordinary tables of
# figures are declared in cleaning/declared.py, which asks for its own columns.
_LOOKUP, _OVERLAP = ("lsoa_code", "ward_code"), ("lsoa_code", "ward_code", "share")
_NAMES = ("lsoa_code", "lsoa_name", "postcodes")
_RATES = ("area_code", "period", "rate_per_100000")
_KNOWN_COLUMNS = {
    "wards": ("ward_code", "ward_code_old", "ward_name"),
    "ward-aliases": ("alias", "ward_code"),
    "ward-neighbours": ("ward_code", "neighbour_code"),
    "ward-hexagons": ("ward_code", "column", "row"),
    "ward-lineage": (
        "ward_code_before",
        "ward_code",
        "people_2020",
        "share_of_before",
        "share_of_ward",
    ),
    "former-wards": ("ward_code_old", "ward_name"),
    "lsoa2001-to-ward": _LOOKUP,
    "lsoa2011-to-ward": _LOOKUP,
    "lsoa2021-to-ward": _LOOKUP,
    "lsoa2001-names": _NAMES,
    "lsoa2021-names": _NAMES,
    "ward-postcodes": ("ward_code", "postcodes"),
    "lsoa2011-overlaps": _OVERLAP,
    "lsoa2021-overlaps": _OVERLAP,
    "lsoa2011-to-lsoa2021": ("lsoa2011_code", "lsoa2021_code"),
    "lsoa2001-to-lsoa2011": ("lsoa2001_code", "lsoa2011_code", "change"),
    "imd-lsoa-scores": ("lsoa_code", "score", "rank"),
    "imd-england-ward-thresholds": ("percent", "mean_score_threshold", "n_wards"),
    "imd-england-ward-rank-thresholds": ("percent", "mean_rank_threshold", "n_wards"),
    "imd-england-ward-worst-shares": ("worst_percent", "share", "wards_at_least", "n_wards"),
    "fte-lait-rates": ("area_code", "area_type", "year_label", "rate_per_100000"),
    "fte-england-counts": ("area_code", "period", "first_time_entrants"),
    "fte-england-rates": _RATES,
    "fte-region-rates": _RATES,
    "fte-borough-counts": ("area_code", "period", r"first_time_entrants\w*"),
}


def require_columns(source: Source, wanted: Collection[str] = ()) -> None:
    """Raise SourceError where a source of a known dataset lacks a column that is read of it.

    ``wanted`` are further columns, by their names. The source's own columns are those of its
    sidecar; ``check_columns`` compares them with the file's.
    """
    patterns = (*_KNOWN_COLUMNS.get(source.dataset, ()), *map(re.escape, wanted))
    for pattern in () if source.reading else patterns:
        if not any(re.fullmatch(pattern, name) for name in source.columns):
            missing = re.sub(r"\\w\*|\\", "", pattern)
            raise SourceError(
                f"data/raw/{source.path} has no column {missing}, which {source.dataset} needs",
                f"Its columns: {', '.join(source.columns)[:300]}.",
                f"rename that column to {missing} in a copy of the file, and add that under its "
                "own vintage",
            )


def check_columns(source: Source, columns: list[str]) -> None:
    """Raise SourceError where a file's columns are not those its sidecar names, or lack one that
    is read of its dataset.
    """
    require_columns(source)
    if columns != list(source.columns):
        absent = [name for name in source.columns if name not in columns]
        others = [name for name in columns if name not in source.columns]
        # The first row of a list without a header is somebody: only where most of the row are
        # declared names is the rest of it names of columns as well.
        is_header = not source.is_restricted and 2 * len(absent) < len(source.columns)
        undeclared = f", not declared: {', '.join(others)}" if others and is_header else ""
        raise SourceError(
            f"data/raw/{source.path} has {len(columns)} columns, and its sidecar names "
            f"{len(source.columns)}{undeclared}"[:500],
            f"Missing: {', '.join(absent)}."[:500] if absent else "The order of the sidecar.",
            "mend the sidecar's [columns], or the file",
        )


@lru_cache(maxsize=1000)  # every look-up of an area asks for all sidecars again
def _parsed(name: str, text: str) -> Source:
    fields, questions = answered(bounded_toml.loads(text))
    if questions:
        raise _is_open(name, questions)
    return Source(**{**fields, "path": name})


def _is_open(name: str, questions: list[Question]) -> WaitingError:
    first = questions[0]
    takes = f' ("yes" takes “{first.offered}”)' if first.offered else ""
    return WaitingError(
        f"data/raw/{name} waits for a person: {len(questions)} question(s) open in its sidecar",
        f"The first is about {'.'.join(first.field)}: {first.asks}",
        f'write each answer = "…" in data/raw/{name}{SIDECAR}{takes}',
    )
