"""Attack editions together: both ward sets of the same years, and two successive windows of years.

python -m scripts.studies.disclosure_together [--draws N] [--packs]

Invented young people live in census areas, so that the counts of both ward sets are of the same
people. Each edition's figures are laid into ``reports`` before the next one is attacked. The table
takes its place in docs/disclosure.md. ``--packs``: one more draw is published whole, pack by pack.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import chain, product
from pathlib import Path

import numpy as np
import pandas as pd

from darlington_analysis.cleaning import process
from darlington_analysis.cleaning.imported import FIRST_TIME_ENTRANTS
from darlington_analysis.cleaning.indicator_rows import small_number_rule
from darlington_analysis.core import atomic
from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.periods import pooled_label
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.disclosure.attack import COUNTED_TO, worst_case
from darlington_analysis.disclosure.constraints import KEY_COLUMNS
from darlington_analysis.evidence import table
from darlington_analysis.publishing import disclosure_audit, printed
from darlington_analysis.sources import areas
from scripts.studies.disclosure_editions import ROOT, SIDECAR, hash_of
from scripts.studies.disclosure_words import TOGETHER

SEED, PAGE = 20260327, ROOT / "docs" / "disclosure.md"
KEPT = ROOT / "data" / ".disclosure" / "together.json"
YEARS = [f"{year}/{(year + 1) % 100:02d}" for year in range(2006, 2012)]
WARD_SETS = {"2003-2015": "fte-ward-counts", "2015-on": "fte-ward-counts-2015-on"}
EDITIONS = {  # in the order in which they are published
    "2011": ("2003-2015", YEARS[:5]),
    "2025": ("2015-on", YEARS[:5]),
    "2026": ("2015-on", YEARS[1:]),
}
COLUMNS = ["withheld", "least possible", "narrowed", "refused", "missed"]
MEANS = (4, 16, 40)  # people a ward in five years
TEXT = """{title}

Made by `python -m scripts.studies.disclosure_together`, seed {seed}. Invented young people live in census
areas, so both ward sets count the same people. The edition 2011 (24 wards, {first}), 2025 (20 wards, the
same years) and 2026 (20 wards, {second}) are published one after the other, and each is attacked with what
the earlier ones printed. *Refused* means that the audit stops the edition; it is then not published.
*All together* is the attack on everything that was published in the end, made from the published files
alone. *Least possible* is how many whole numbers remain for the count that is narrowed most, counted up
to {most}; fewer than {width} would be *narrowed*. *Missed* is how many true counts lie outside what the
attacker holds possible; any would mean that the attack is wrong. *Whole* editions were published with all
packs, by the command. *As shipped* are the counts of the project itself, which are made up.

{rows}

Narrowed below {width} numbers in what was published: {narrowed}. Editions refused: {refused}. True counts
missed: {missed}.
"""


def main() -> int:
    """Attack every draw, print the table and put it into the page; 1 where a count is narrowed."""
    asked = argparse.ArgumentParser(description="Attack editions together.")
    asked.add_argument("--draws", type=int, default=2, help="of each mean")
    asked.add_argument("--mean", type=int, action="append", help="people a ward in five years")
    asked.add_argument("--packs", action="store_true", help="publish one more draw whole")
    asked = asked.parse_args()
    tasks: dict[str, tuple] = {"as shipped": (None, _attacked)}
    if asked.packs:
        tasks[f"{MEANS[1]}, draw {asked.draws + 1}"] = (
            _people(MEANS[1], asked.draws),
            _published_whole,
        )
    for mean, draw in product(asked.mean or MEANS, range(asked.draws)):
        tasks[f"{mean}, draw {draw + 1}"] = _people(mean, draw), _attacked
    found = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(_rows, name, *task): name for name, task in tasks.items()}
        for done in as_completed(running):
            found[running[done]] = done.result()
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(json.dumps(found, indent=1), "utf-8")
    return _write(pd.DataFrame([row for name in sorted(found) for row in found[name]]))


def _write(rows: pd.DataFrame) -> int:
    """Put what was found, now or when it was tried last, into the page; 1 where it is not well."""
    rule = small_number_rule(load_settings(Project(ROOT)).small_numbers)
    counts = rows[["narrowed", "missed"]].apply(pd.to_numeric).sum().astype(int)
    text = TEXT.format(
        title=TOGETHER,
        seed=SEED,
        first=f"{YEARS[0]} to {YEARS[4]}",
        second=f"{YEARS[1]} to {YEARS[5]}",
        rows=_written(rows),
        most=COUNTED_TO * rule.protected_width,
        width=rule.protected_width,
        refused=int(rows["refused"].eq("yes").sum()),
        **counts,
    )
    print(text)
    page = PAGE.read_text("utf-8").partition(TOGETHER)[0].rstrip()
    PAGE.write_text(f"{page}\n\n{text}", "utf-8")
    return int(counts.sum() > 0)


def _rows(people_a_ward: str, people: pd.DataFrame | None, published: Callable) -> list[dict]:
    """Return a row for each edition of a town, and one for all of them together."""
    with tempfile.TemporaryDirectory() as folder:
        town = _town(Path(folder) / "town", people)
        rows = [{"people a ward": people_a_ward, **row} for row in published(town)]
        together = {"people a ward": people_a_ward, **_together(town, people)}
        for row in (*rows, together):
            print(*row.values(), sep=" | ", flush=True)
        return [*rows, together]


def _town(folder: Path, people: pd.DataFrame | None) -> Project:
    """Return a project in which the counts of both ward sets are of the same invented people.

    Without people, the project as it is shipped.
    """
    for name in _tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    project = Project(folder)
    if people is None:
        return project
    for ward_set, dataset in WARD_SETS.items():
        counts = _by_ward(people, ward_set).stack()
        named = counts.rename_axis(["ward_code", "period"]).rename("first_time_entrants")
        path = project.restricted / f"{dataset}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(named.reset_index().to_csv(index=False, lineterminator="\n"), "utf-8")
        sidecar = SIDECAR.format(dataset=dataset, checksum=hash_of(path))
        sidecar = sidecar.replace('vintage = "attacked"', f'vintage = "attacked-{ward_set}"')
        path.with_name(f"{path.name}.source.toml").write_text(sidecar, "utf-8")
    _set_years(project)
    return project


def _by_ward(people: pd.DataFrame, ward_set: str) -> pd.DataFrame:
    wards = pd.read_csv(ROOT / f"data/raw/geography/{ward_set}/lsoa2011_to_ward.csv")
    return people.groupby(wards.set_index("lsoa_code")["ward_code"]).sum()


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
    for edition in sorted(settings.editions, key=lambda edition: edition.id):
        loaded = table.load(edition.id, town)
        audited = disclosure_audit.audit(loaded)
        if not audited.refusals:
            folder = town.reports / edition.id / "all-wards"
            folder.mkdir(parents=True)
            atomic.write_csv(printed.controlled(loaded), folder / printed.FIGURES)
            disclosure_audit.write(audited, folder.parent)
        yield _row(town, edition.id, edition.id)


def _published_whole(town: Project) -> Iterator[dict]:
    """Publish the editions with all their packs, as a council would."""
    for name in EDITIONS:
        command = [sys.executable, "-m", "darlington_analysis", "packs", "--edition", name]
        environment = {**os.environ, "DARLINGTON_PROJECT": str(town.root)}
        ran = subprocess.run(command, env=environment, capture_output=True, text=True)
        print(ran.stdout[-200:], ran.stderr[-600:], sep="\n", flush=True)
        if ran.returncode not in (0, 14):
            raise SystemExit(ran.returncode)
        packs = len(list((town.reports / name).glob(f"*/{printed.FIGURES}")))
        yield _row(town, name, f"{name}, whole, {packs} packs")


def _row(town: Project, name: str, said: str) -> dict:
    """Return what the audit that was published with an edition says, and refused without one."""
    path = town.reports / name / printed.AUDIT
    if not path.is_file():
        return {"edition": said} | dict.fromkeys(COLUMNS, "") | {"refused": "yes"}
    return {"edition": said, **_found(town, pd.read_csv(path)), "refused": "no", "missed": ""}


def _together(town: Project, people: pd.DataFrame | None) -> dict:
    """Attack all that was published, from the files alone; compare with the true counts."""
    settings = load_settings(town)
    rule = small_number_rule(settings.small_numbers)
    figures = printed.figures_in(town.reports)
    names = sorted({edition.ward_set for edition in settings.editions})
    sets = [[ward.code for ward in areas.ward_set(town, name).wards] for name in names]
    borough = settings.place.code
    ours = figures["indicator"].eq(FIRST_TIME_ENTRANTS) & figures["area_code"].isin(
        [borough, *chain.from_iterable(sets)]
    )
    keys = [*KEY_COLUMNS]
    cells = figures[ours].sort_values("numerator").drop_duplicates(keys)[[*keys, "numerator"]]
    cells = cells.astype({"numerator": "Float64"}).reset_index(drop=True)
    sums = disclosure_audit.sums_of(cells, sets[0], borough, sets[1:])
    bounds = worst_case(cells, sums, rule)
    row = {"edition": "all together", **_found(town, bounds), "refused": ""}
    return row | {"missed": "" if people is None else _missed(bounds, people, borough)}


def _found(town: Project, bounds: pd.DataFrame) -> dict:
    width = load_settings(town).small_numbers.protected_width
    return {
        "withheld": len(bounds),
        "least possible": int(bounds["possible"].min()) if len(bounds) else "",
        "narrowed": int((bounds["possible"] < width).sum()),
    }


def _missed(bounds: pd.DataFrame, people: pd.DataFrame, borough: str) -> int:
    """Return how many withheld counts are not between the ends that the attacker works out.

    The borough's calendar years, which whole packs print as well, count other people.
    """
    wards = pd.concat(_by_ward(people, ward_set) for ward_set in WARD_SETS)
    by_year = pd.concat([wards, people.sum().to_frame(borough).T])
    spans = {pooled_label(years): years for _, years in EDITIONS.values()}
    true = by_year.assign(**{label: by_year[years].sum(axis=1) for label, years in spans.items()})
    bounds = bounds[bounds["period"].isin(true.columns)]
    counts = [true.loc[row.area_code, row.period] for row in bounds.itertuples()]
    upper = bounds["attacker_max"].fillna(np.inf).to_numpy(float)
    lower = bounds["attacker_min"].to_numpy(float)
    return int(((counts < lower) | (counts > upper)).sum())


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
