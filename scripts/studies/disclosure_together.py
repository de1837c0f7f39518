"""Attack editions together: both ward sets of the same years, and two successive windows of years.

python -m scripts.studies.disclosure_together [--draws N] [--packs]

Invented young people live in census areas, so that the counts of both ward sets are of the same
people. Each edition's figures are laid into ``reports`` before the next one is attacked. The table
takes its place in docs/disclosure.md. ``--packs``: the first draw is published whole, pack by pack.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from darlington_analysis.cleaning import process
from darlington_analysis.core import atomic
from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import table
from darlington_analysis.publishing import disclosure_audit
from scripts.studies.disclosure_editions import ROOT, SIDECAR, hash_of

SEED, PAGE = 20260327, ROOT / "docs" / "disclosure.md"
YEARS = [f"{year}/{(year + 1) % 100:02d}" for year in range(2006, 2012)]
WARD_SETS = {"2003-2015": "fte-ward-counts", "2015-on": "fte-ward-counts-2015-on"}
EDITIONS = {  # in the order in which they are published
    "2011": ("2003-2015", YEARS[:5]),
    "2025": ("2015-on", YEARS[:5]),
    "2026": ("2015-on", YEARS[1:]),
}
MEANS = (4, 16, 40)  # people a ward in five years
TITLE = "## Editions attacked together"
TEXT = """{title}

Made by `python -m scripts.studies.disclosure_together`, seed {seed}. Invented young people live in census
areas, so both ward sets count the same people. The edition 2011 (24 wards, {first}), 2025 (20 wards, the
same years) and 2026 (20 wards, {second}) are published one after the other, and each is attacked with what
the earlier ones printed. *Refused* means that the audit stops the edition; it is then not published.

{rows}

Narrowed below {width} numbers in what was published: {narrowed}.
"""


def main() -> int:
    """Attack every draw, print the table and put it into the page; 1 where a count is narrowed."""
    asked = argparse.ArgumentParser(description="Attack editions together.")
    asked.add_argument("--draws", type=int, default=2, help="of each mean")
    asked.add_argument("--packs", action="store_true", help="publish the first draw whole")
    asked = asked.parse_args()
    rows = []
    for mean in MEANS:
        for draw in range(asked.draws):
            with tempfile.TemporaryDirectory() as folder:
                town = _town(Path(folder) / "town", mean, draw)
                is_whole = asked.packs and not rows
                for row in _published_whole(town) if is_whole else _attacked(town):
                    rows.append({"people a ward": mean, "draw": draw + 1, **row})
                    print(*rows[-1].values(), sep=" | ", flush=True)
    table_ = pd.DataFrame(rows)
    width = load_settings(Project(ROOT)).small_numbers.protected_width
    narrowed = int(table_["narrowed"].sum())
    text = TEXT.format(
        title=TITLE,
        seed=SEED,
        first=f"{YEARS[0]} to {YEARS[4]}",
        second=f"{YEARS[1]} to {YEARS[5]}",
        rows=_written(table_),
        width=width,
        narrowed=narrowed,
    )
    print(text)
    page = PAGE.read_text("utf-8").partition(TITLE)[0].rstrip()
    PAGE.write_text(f"{page}\n\n{text}", "utf-8")
    return int(narrowed > 0)


def _town(folder: Path, mean: int, draw: int) -> Project:
    """Return a project in which the counts of both ward sets are of the same invented people."""
    for name in _tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    project = Project(folder)
    people = _people(mean, draw)
    for ward_set, dataset in WARD_SETS.items():
        wards = pd.read_csv(folder / f"data/raw/geography/{ward_set}/lsoa2011_to_ward.csv")
        ward_of = wards.set_index("lsoa_code")["ward_code"]
        counts = people.groupby(ward_of).sum().stack()
        named = counts.rename_axis(["ward_code", "period"]).rename("first_time_entrants")
        path = project.restricted / f"{dataset}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(named.reset_index().to_csv(index=False, lineterminator="\n"), "utf-8")
        sidecar = SIDECAR.format(dataset=dataset, checksum=hash_of(path))
        sidecar = sidecar.replace('vintage = "attacked"', f'vintage = "attacked-{ward_set}"')
        path.with_name(f"{path.name}.source.toml").write_text(sidecar, "utf-8")
    _set_years(project)
    return project


def _people(mean: int, draw: int) -> pd.DataFrame:
    """Return how many people were counted in each census area (rows) and year (columns)."""
    noise = np.random.default_rng([SEED, mean, draw])
    path = ROOT / "data/raw/geography/2003-2015/lsoa2011_to_ward.csv"
    areas = pd.read_csv(path)["lsoa_code"]
    expected = 24 * mean / len(areas) / 5 * noise.gamma(1.2, 1 / 1.2, size=(len(areas), 1))
    counts = noise.poisson(np.broadcast_to(expected, (len(areas), len(YEARS))))
    return pd.DataFrame(counts, index=areas, columns=YEARS)


def _set_years(project: Project) -> None:
    text = project.settings_file.read_text("utf-8")
    before, *editions = re.split(r"(?=\[\[editions\]\])", text)
    later = next(edition for edition in editions if 'id = "2025"' in edition)
    editions.append(later.replace('id = "2025"', 'id = "2026"').replace("2025 ed", "2026 ed"))
    for at, edition in enumerate(editions):
        name = re.search(r'id = "(\d+)"', edition)[1]
        years = ", ".join(f'"{year}"' for year in EDITIONS[name][1])
        new = f"first_time_entrants_years = [{years}]"
        editions[at] = re.sub(r"first_time_entrants_years = \[.*?\]", new, edition) + "\n"
    project.settings_file.write_text("".join([before, *editions]), "utf-8")


def _attacked(town: Project) -> Iterator[dict]:
    """Attack the editions one after the other; lay the figures of each that passes into reports."""
    settings = load_settings(town)
    process.write(town, process.process(town, settings))
    for name in EDITIONS:
        loaded = table.load(name, town)
        audited = disclosure_audit.audit(loaded)
        row = {"edition": name, "withheld": audited.withheld}
        if audited.refusals:
            yield row | {"refused": "yes", "narrowed": 0}
            continue
        folder = town.reports / name / "all-wards"
        folder.mkdir(parents=True)
        atomic.write_csv(disclosure_audit.controlled(loaded), folder / disclosure_audit.FIGURES)
        disclosure_audit.write(audited, folder.parent)
        yield row | {"refused": "no", "narrowed": _narrowed(audited)}


def _published_whole(town: Project) -> Iterator[dict]:
    """Publish the editions with all their packs, as a council would."""
    for name in EDITIONS:
        command = [sys.executable, "-m", "darlington_analysis", "packs", "--edition", name]
        environment = {**os.environ, "DARLINGTON_PROJECT": str(town.root)}
        ran = subprocess.run(command, env=environment, capture_output=True, text=True)
        print(ran.stdout[-200:], ran.stderr[-600:], sep="\n", flush=True)
        if ran.returncode not in (0, 14):
            raise SystemExit(ran.returncode)
        row = {"edition": f"{name}, whole", "withheld": "", "refused": "yes", "narrowed": 0}
        if not ran.returncode:
            audited = disclosure_audit.audit(table.load(name, town))
            row |= {"refused": "no", "withheld": audited.withheld, "narrowed": _narrowed(audited)}
        yield row


def _narrowed(audited: disclosure_audit.Audit) -> int:
    return int((audited.table["possible"] < audited.protected_width).sum())


def _tracked() -> list[str]:
    places = ("darlington.toml", "data/raw", "data/agreements", "notebooks")
    command = ["git", "ls-files", "-z", "--", *places]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def _written(rows: pd.DataFrame) -> str:
    lines = [" | ".join(rows.columns), " | ".join("---" for _ in rows.columns)]
    lines += [" | ".join(str(cell) for cell in row) for row in rows.to_numpy().tolist()]
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DarlingtonError as fault:
        sys.exit(str(fault))
