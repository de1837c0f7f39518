"""A dummy borough: a project like this one whose figures are invented, for tests and benchmarks.

python -m scripts.data_build.dummy_borough FOLDER SEED

The wards keep their codes, places, neighbours and census counts. Counts of first-time entrants,
adult skills and the scores of neighbourhoods are drawn anew; some wards are awkward: hardly a child
in trouble, a very long name, a name with signs that mean something in HTML and in CSV. The title of
each changed file begins with “DUMMY BOROUGH”.
"""

import hashlib
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from darlington_analysis.core.project import Project
from scripts import ROOT, copy_settings

COUNTS = "dummy/first-time-entrants/ward_counts_DUMMY.csv"
TOTALS = "dummy/first-time-entrants/borough_counts_DUMMY.csv"
SKILLS = "dummy/adult-skills/ward_percentages_DUMMY.csv"
SCORES = "indices-of-deprivation/{}/lsoa_scores.csv"
WARDS = "geography/2003-2015/wards.csv"
AWKWARD = {
    "E05001557": "Upper, “Middle” & <Lower> College",
    "E05001564": "Heighington-under-the-Hill with Coniscliffe-by-the-Water and Walworth Without",
}


def make(folder: Path, seed: int) -> Project:
    """Write a dummy borough's project into a folder that is not there yet, and return it."""
    for name in ("data/raw", "notebooks"):
        ignored = shutil.ignore_patterns("restricted", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    (folder / "data/raw/restricted").mkdir()
    copy_settings(folder)
    project, random = Project(folder), np.random.default_rng(seed)
    _rewrite(project, WARDS, _named)
    counts = _rewrite(project, COUNTS, lambda table: _counted(table, random))
    _rewrite(project, TOTALS, lambda table: _added_up(table, counts, random))
    _rewrite(project, SKILLS, lambda table: _percentages(table, random))
    for year in ("2004", "2007", "2010"):
        _rewrite(project, SCORES.format(year), lambda table: _shuffled(table, random))
    return project


def _named(table: pd.DataFrame) -> pd.DataFrame:
    names = [AWKWARD.get(*pair) for pair in zip(table.ward_code, table.ward_name, strict=True)]
    return table.assign(ward_name=names)


def _counted(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Draw counts of every size, in some wards next to none, so that the gate has work to do."""
    usual = dict(zip(sorted(set(table.ward_code)), random.gamma(2, 3, 24), strict=True))
    usual |= {code: 0.3 for code in AWKWARD}
    drawn = random.poisson([usual[code] for code in table.ward_code])
    return table.assign(first_time_entrants_dummy=drawn)


def _added_up(table: pd.DataFrame, counts: pd.DataFrame, random) -> pd.DataFrame:
    """Return the borough's totals: the sums of its wards in the years that both hold."""
    sums = counts.groupby("period").first_time_entrants_dummy.sum()
    before = table.first_time_entrants_dummy.astype(int)
    totals = table.period.map(sums).fillna(before).astype(int)
    return table.assign(first_time_entrants_dummy=totals)


def _percentages(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    numbers = [name for name in table.columns if name.endswith("_dummy")]
    drawn = {name: random.uniform(5, 60, len(table)).round(1) for name in numbers}
    return table.assign(**drawn)


def _shuffled(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Deal the neighbourhoods' scores out anew, each with its rank."""
    order = random.permutation(len(table))
    return table.assign(**{name: table[name].to_numpy()[order] for name in ("score", "rank")})


def _rewrite(project: Project, name: str, change) -> pd.DataFrame:
    """Change a raw file, and its sidecar's checksum and title with it."""
    path = project.raw / name
    sidecar = path.with_name(f"{path.name}.source.toml")
    table = change(pd.read_csv(path, dtype=str, keep_default_na=False))
    table.to_csv(path, index=False, lineterminator="\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    told = re.sub(r'(?m)^sha256 = ".*"$', f'sha256 = "{digest}"', sidecar.read_text("utf-8"))
    told = re.sub(r'(?m)^title = "', 'title = "DUMMY BOROUGH: ', told)
    sidecar.write_text(told, "utf-8")
    return table


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])).root)
