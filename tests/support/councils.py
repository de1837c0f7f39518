"""Projects of other councils, filled as a person would fill what ``darlington init`` writes."""

import hashlib
import itertools
import json
import random
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from darlington_analysis.cli.main import main
from darlington_analysis.core import bounded_toml
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from tests.support.projects import ROOT

_STORY = ("notes", "obtained_from", "retrieved", "sha256", "title", "path")


def redcar_and_cleveland(into: Path, reference: Path) -> Project:
    """Return a project of Redcar and Cleveland: its published figures, and 24 wards since 2019."""
    folder = reference / "redcar-and-cleveland"
    project = _empty(
        into,
        {
            'name = "BOROUGH"': 'name = "Redcar and Cleveland"',
            '"BOROUGH COUNCIL"': '"Redcar and Cleveland Borough Council"',
            "E06000000": "E06000003",
            "aliases = []\n\n[place.region]": 'aliases = ["00EE", "807"]\n\n[place.region]',
            'name = "REGION"': 'name = "North East"',
            "2023-on": "2019-on",
            "first_year = 2023": "first_year = 2019",
            "wards = 1": "wards = 24",
            'index_vintages = ["2025"]': 'index_vintages = ["2015", "2019", "2025"]',
        },
    )
    for file in sorted((folder / "project_shape").rglob("*.csv")):
        name = file.relative_to(folder / "project_shape").as_posix()
        content = file.read_bytes()
        if name == "census/2011/profile_counts.csv":
            content = _with_overcrowding(folder, file)
        _put(project, name, content, "Redcar and Cleveland")
    pairs = pd.read_csv(folder / "lookup_lsoa2011_to_lsoa2021.csv")
    pairs = pairs[["lsoa11cd", "lsoa21cd", "change_indicator"]].itertuples(index=False)
    _table(project, "geography/2015-on/lsoa2011_to_lsoa2021.csv", pairs)
    middles = pd.read_csv(folder / "wards.csv")[["ward_code", "easting", "northing"]]
    _put(project, "geography/2015-on/hexagons.csv", _tiles(middles), "Redcar and Cleveland")
    return project


WARDS = tuple(
    f"Ward {name}"
    for name in [
        "Ash",
        "Birch",
        "Cedar",
        "Elm",
        "Fir",
        "Hazel",
        "Lime",
        "Maple",
        "Oak",
        "Pine",
        "Rowan",
        "Yew",
    ]
)


def invented(into: Path) -> Project:
    """Return a project of a council that does not exist: 12 wards of three LSOAs each, which nest,
    with made numbers that are plausible; five tables and no map.
    """
    project = _empty(
        into,
        {
            'name = "BOROUGH"': 'name = "Arbourne"',
            '"BOROUGH COUNCIL"': '"Arbourne District Council"',
            "E06000000": "E07000999",
            'name = "REGION"': 'name = "South East"',
            "E12000001": "E12000008",
            "wards = 1": "wards = 12",
            "nested = []": 'nested = ["2021"]',
        },
    )
    chance = random.Random(12)
    codes = {f"E0599{number:04d}": name for number, name in enumerate(WARDS, 1)}
    ward_of = {f"E0199{number:04d}": code for number, code in enumerate(3 * sorted(codes), 1)}
    folder = "geography/2015-on"
    _table(project, f"{folder}/wards.csv", [(code, "", name) for code, name in codes.items()])
    pairs = itertools.pairwise(sorted(codes))
    _table(project, f"{folder}/neighbours.csv", pairs)
    _table(project, f"{folder}/lsoa2021_to_ward.csv", ward_of.items())
    _table(project, "census/2021/profile_counts.csv", _census(ward_of, chance))
    scores = sorted((round(chance.lognormvariate(3, 0.6), 3) for _ in ward_of), reverse=True)
    ranks = sorted(chance.sample(range(1, 33_756), len(scores)))
    lsoas = chance.sample(sorted(ward_of), len(scores))
    name = "indices-of-deprivation/2025/lsoa_scores.csv"
    _table(project, name, zip(lsoas, scores, ranks, strict=True))
    return project


def _with_overcrowding(folder: Path, file: Path) -> bytes:
    """Return the counts of 2011 with households that have a bedroom too few (QS412), and all."""
    statistics = pd.read_csv(folder / "census2011_lsoa2011_quick_statistics.csv")
    statistics = statistics.set_index("area_code")
    some = statistics.QS412EW004 + statistics.QS412EW005
    counts = pd.read_csv(file)
    more = {
        "households_overcrowded": counts.area_code.map(some),
        "households_occupancy_base": counts.area_code.map(statistics.QS412EW_total),
    }
    return counts.assign(**more).to_csv(index=False, lineterminator="\n").encode()


def _census(ward_of: dict[str, str], chance: random.Random) -> list[tuple]:
    """Return a row of counts for each LSOA, their sums for the borough, and a far larger country."""
    rows = []
    for lsoa in ward_of:
        people, homes = chance.randint(1200, 2000), chance.randint(550, 850)
        share = lambda whole, least, most: round(whole * chance.uniform(least, most))  # noqa: E731
        adults = share(people, 0.75, 0.85)
        rows.append(
            (
                lsoa,
                "lsoa",
                adults,
                share(adults, 0.08, 0.35),
                homes,
                share(homes, 0.02, 0.4),
                share(homes, 0.05, 0.35),
                share(people, 0.12, 0.28),
                people,
                share(homes, 0.01, 0.08),
                homes,
            )
        )
    sums = [sum(row[at] for row in rows) for at in range(2, 11)]
    rows.append(("E07000999", "borough", *sums))
    return [*rows, ("E92000001", "country", *(1000 * number for number in sums))]


def _table(project: Project, name: str, rows: Iterable[tuple]) -> None:
    """Write a raw table with the columns of our own file of that name."""
    header = (ROOT / "data/raw" / name).read_text("utf-8").partition("\n")[0]
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    _put(project, name, ("\n".join(lines) + "\n").encode(), "invented")


def _empty(into: Path, written: dict[str, str]) -> Project:
    """Return the project that ``init`` writes, with words of its settings replaced."""
    assert main(["init", str(into)]) == 0
    settings = into / "darlington.toml"
    text = settings.read_text("utf-8")
    for old, new in written.items():
        assert old in text, old
        text = text.replace(old, new)
    settings.write_text(text, "utf-8")
    return Project(into)


def _put(project: Project, name: str, content: bytes, about: str) -> None:
    """Write a raw file and its sidecar: the story of our own file of that name, on other areas."""
    told = bounded_toml.loads((ROOT / "data/raw" / f"{name}.source.toml").read_text("utf-8"))
    ward_set = load_place(project).ward_sets[0].id
    file = project.raw / name.replace("2015-on", ward_set)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    story = {key: value for key, value in told.items() if key not in _STORY and key != "columns"}
    story |= {
        "title": f"{told['dataset'].replace('-', ' ')}, {about}",
        "vintage": told["vintage"].replace("2015-on", ward_set),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    header = content.decode("utf-8").splitlines()[0].split(",")
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in story.items()]
    lines += ["retrieved = 2026-11-27", "", "[columns]"]
    lines += [f'{column} = "{column.replace("_", " ")}"' for column in header]
    sidecar = file.with_name(f"{file.name}.source.toml")
    sidecar.write_text("\n".join(lines) + "\n", "utf-8")


def _tiles(middles: pd.DataFrame) -> bytes:
    """Return a tile for each ward: the nearest free one to its middle, all as near as can be."""
    wide = round((2 * len(middles)) ** 0.5) + 1
    tiles = [(column - row // 2, row) for row in range(wide) for column in range(wide)]
    across = pd.DataFrame([(column + row / 2, -row) for column, row in tiles]).rank(pct=True)
    own = middles[["easting", "northing"]].rank(pct=True)
    apart = cdist(own.to_numpy(), across.to_numpy())
    wards, chosen = linear_sum_assignment(apart)
    lines = ["ward_code,column,row"]
    for ward, tile in zip(wards, chosen, strict=True):
        lines.append(f"{middles.ward_code.iloc[ward]},{tiles[tile][0]},{tiles[tile][1]}")
    return ("\n".join(lines) + "\n").encode()
