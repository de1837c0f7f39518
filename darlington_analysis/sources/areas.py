"""The wards of one ward set: codes, names, aliases, neighbours, postcodes and tiles on the map."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from darlington_analysis.core.errors import SchemaError, SourceError, UnknownAreaError, visible
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Place, load_place
from darlington_analysis.sources import register

if TYPE_CHECKING:  # to list the wards, nothing slow is imported
    import pandas as pd

    from darlington_analysis.sources.lineage import OtherSetWard

MOST_LETTERS = 100  # of a ward's name


@dataclass(frozen=True)
class Ward:
    """One ward: its GSS code, the code used before 2011, its name and the slug of its folder."""

    code: str
    code_old: str
    name: str

    @property
    def slug(self) -> str:
        """The name in lower case with hyphens, safe as part of a folder's name."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower())[:60].strip("-")

    @property
    def folder(self) -> str:
        """The name of the ward's folder in an edition: ``E05001556-cockerton-west``."""
        return f"{self.code}-{self.slug}"


@dataclass(frozen=True)
class Match:
    """The ward somebody meant, and by what they named it: code, old code, name or alias."""

    ward: Ward
    by: str


@dataclass(frozen=True)
class WardSet:
    """All wards in force between two changes, in the order of their names.

    ``other_set_wards`` gives wards of other times, so that one asked for by mistake is recognised; they
    are read only then.
    """

    name: str
    wards: tuple[Ward, ...]
    aliases: tuple[tuple[str, str], ...]
    other_set_wards: Callable[[], tuple[OtherSetWard, ...]] = tuple

    def ward(self, code: str) -> Ward:
        """Return the ward of a GSS code. Raises UnknownAreaError."""
        return self.find(code).ward

    def find(self, text: str) -> Match:
        """Return the ward a person means by a code, a name or a known alias.

        A near miss is offered, never taken: UnknownAreaError.
        """
        wanted = plain(text)
        if not wanted:
            raise UnknownAreaError(
                "No ward is named",
                'A ward\'s name or code: ward = "Mowden" in the first cell of a notebook.',
                "papermill NOTEBOOK OUT -p ward Mowden, with “ward” spelled so",
            )
        by_code = {ward.code: ward for ward in self.wards}
        ways = [
            ("code", {plain(ward.code): ward for ward in self.wards}),
            ("old code", {plain(ward.code_old): ward for ward in self.wards if ward.code_old}),
            ("name", {plain(ward.name): ward for ward in self.wards}),
            ("alias", {plain(alias): by_code[code] for alias, code in self.aliases}),
        ]
        for by, known in ways:
            if wanted in known:
                return Match(known[wanted], by)
        raise self._unknown(text)

    def _unknown(self, text: str) -> UnknownAreaError:
        for other in self.other_set_wards():
            if plain(text) and plain(text) in [plain(name) for name in other.identifiers]:
                return UnknownAreaError(
                    f'Not a ward of {self.name}: "{_shown(text)}". {other.description}',
                    other.hint,
                    'name an edition of those wards: --edition E on the command line, edition="E" in Python',
                )
        from rapidfuzz import process

        by_code = {ward.code: ward for ward in self.wards}
        names = {plain(alias): by_code[code] for alias, code in self.aliases}
        names |= {plain(ward.name): ward for ward in self.wards}
        scored = process.extract(plain(text), names.keys(), limit=5, score_cutoff=70)
        # As good as the best, or nearly: “Haughton” is three wards, “Cockerton Wst” one.
        near = list(
            dict.fromkeys(names[name] for name, score, _ in scored if score >= scored[0][1] - 3)
        )[:3]
        hint = f"The {len(self.wards)} wards are listed with their codes."
        if near:
            offered = [f"{ward.name} ({ward.code})" for ward in near]
            hint = f"Did you mean {' or '.join(offered)}?"
        return UnknownAreaError(
            f'Unknown ward: "{_shown(text)}" (wards of {self.name})',
            hint,
            "python -m darlington_analysis wards",
        )


def ward_set(project: Project, name: str) -> WardSet:
    """Return the ward set of a name such as ``2003-2015``; other names of its wards are optional.

    Raises SourceError where there are not as many wards as the settings say.
    """
    rows = _rows(project, "wards", name)
    wards = [Ward(row["ward_code"], row["ward_code_old"], _readable(row)) for row in rows]
    _refuse_other_number(project, name, len(wards))
    held = register.find_all(project, "ward-aliases", name)
    aliases = _rows(project, "ward-aliases", name) if held else []
    return WardSet(
        name,
        tuple(sorted(wards, key=lambda ward: ward.name)),
        tuple((row["alias"], row["ward_code"]) for row in aliases),
        partial(_other_set_wards, project, name),
    )


def ward_counts(place: Place, name: str) -> str:
    """Return the dataset of a ward set's own counts of young people: that of the first set has the
    plain name.
    """
    is_first = name == place.ward_sets[0].id
    return register.WARD_COUNTS if is_first else f"{register.WARD_COUNTS}-{name}"


def ward_set_of_counts(project: Project, dataset: str) -> str:
    """Return the ward set whose own counts a dataset holds."""
    return dataset.removeprefix(register.WARD_COUNTS)[1:] or load_place(project).ward_sets[0].id


def _refuse_other_number(project: Project, name: str, found: int) -> None:
    expected = load_place(project).wards(name).wards
    if found != expected:
        raise SourceError(
            f"The ward set {name} has {found} wards in data/raw, and {expected} in darlington.toml",
            "Every ward of a set has one row in its table of wards.",
            "add the missing wards, or correct wards under [[place.ward_sets]]",
        )


def _rows(project: Project, dataset: str, vintage: str) -> list[dict[str, str]]:
    header, *rows = register.open_rows(project, register.find(project, dataset, vintage))
    return [dict(zip(header, row, strict=True)) for row in rows]


def _readable(ward: dict[str, str]) -> str:
    """Return a ward's name as it can be read; no chart, folder or page has room for a long text."""
    if len(ward["ward_name"]) > MOST_LETTERS:
        raise SourceError(
            f"The name of ward {visible(ward['ward_code'])[:20]} has more than {MOST_LETTERS} "
            "letters",
            "Names as the Office for National Statistics writes them.",
            "correct ward_name in wards.csv, and its sidecar's sha256",
        )
    return visible(ward["ward_name"])


def _other_set_wards(project: Project, ward_set: str) -> tuple[OtherSetWard, ...]:
    from darlington_analysis.sources.lineage import other_set_wards

    return other_set_wards(project, ward_set)


def neighbours(project: Project, name: str) -> dict[str, tuple[str, ...]]:
    """Return, for each ward's code, the codes of the wards it touches."""
    import pandas as pd

    pairs = _read(project, "ward-neighbours", name)
    both = pd.concat([pairs, pairs.set_axis(["neighbour_code", "ward_code"], axis=1)])
    return {code: tuple(sorted(rows)) for code, rows in both.groupby("ward_code").neighbour_code}


def hexagons(project: Project, name: str) -> pd.DataFrame:
    """Return one row a ward: area_code, area_name, column, row (axial, pointy top).

    No rows where the project has no tiles for these wards: maps are left out then.
    """
    import pandas as pd

    if not register.find_all(project, "ward-hexagons", name):
        return pd.DataFrame(columns=["area_code", "column", "row", "area_name"])
    tiles = _read(project, "ward-hexagons", name).rename(columns={"ward_code": "area_code"})
    names = {ward.code: ward.name for ward in ward_set(project, name).wards}
    return tiles.assign(
        area_name=tiles.area_code.map(names),
        column=tiles["column"].astype(int),
        row=tiles["row"].astype(int),
    )


def _read(project: Project, dataset: str, vintage: str | None) -> pd.DataFrame:
    return register.open_raw(project, register.find(project, dataset, vintage)).frame


def plain(text: str) -> str:
    """Fold case, spaces, full stops, apostrophes and “&”, which people write in several ways."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ").replace(".", " ")
    return " ".join(re.sub("['’‘]", "", folded).split())


def _shown(text: str) -> str:
    """Return what somebody typed, short and without control characters, fit for one line."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in text)
    return printable[:60]


POSTCODES = "postcodes"  # a source with the columns postcode and ward_code, vintage: the ward set
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
# Headings of columns of postcodes that are not those of a home.
_NOT_HOME = re.compile(r"school|college|offence|incident|court|victim|office|work|employ", re.I)


def wards_of_postcodes(project: Project, source: register.Source) -> dict[str, str]:
    """Return the ward's code of each postcode, written without spaces.

    Columns are ``postcode`` and ``ward_code``, or the ONS Postcode Directory's own ``pcds`` (also
    pcd7, pcd8) and ``wd25cd`` (of whatever year). Raises SchemaError where one is missing or no row
    names a ward of the source's set.
    """
    table = register.open_raw(project, source).frame
    columns = []
    wanted = {
        "postcode": r"postcode|pcds|pcd[78]?",
        "ward_code": r"ward_code|(?:wd|osward)(?:\d\d)?(?:cd)?",
    }
    for what, pattern in wanted.items():
        named = [name for name in table.columns if re.fullmatch(pattern, name.strip().lower())]
        if not named:
            raise SchemaError(
                f"data/raw/{source.path} has no column {what}",
                "postcode and ward_code, or pcds and wd25cd as the Office for National Statistics "
                f"names them. Its columns: {', '.join(table.columns)[:200]}.",
                "rename the columns in a copy of the file, and add that",
            )
        columns.append(table[named[0]])
    known = dict(zip(columns[0].map(bare_postcode), columns[1].str.strip(), strict=True))
    ours = {ward.code for ward in ward_set(project, source.vintage).wards}
    if ours.isdisjoint(known.values()):
        raise SchemaError(
            f"data/raw/{source.path} puts no postcode into a ward of {source.vintage}",
            f"Ward codes such as {min(ours)}.",
            "look whether its sidecar's vintage names the set of wards that its codes are of",
        )
    return {postcode: ward if ward in ours else "" for postcode, ward in known.items()}


def bare_postcode(postcode: str) -> str:
    """Return a postcode in capitals, without spaces."""
    return re.sub(r"\s+", "", postcode).upper()


def own_sectors(project: Project, ward_set: str) -> set[str]:
    """Return the sectors of the postcodes of our wards, such as DL11; empty where none are held."""
    from darlington_analysis.sources import lineage

    starts = lineage.postcodes(project, ward_set).values()
    return {bare_postcode(start)[:-1] for every in starts for start in every}


def are_elsewhere(heading: str, cells: list[str], sectors: set[str]) -> list[bool]:
    """Return, for each cell of a column, whether it is a postcode in a sector without our wards."""
    if not sectors or _NOT_HOME.search(heading):
        return [False] * len(cells)
    return [
        bool(POSTCODE.fullmatch(bare_postcode(cell))) and bare_postcode(cell)[:-2] not in sectors
        for cell in cells
    ]
