"""A copy of the project into which made-up counts are dropped as a council's own would be."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from darlington_analysis.cleaning import process
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Edition, load_settings
from darlington_analysis.disclosure.constraints import Sum
from darlington_analysis.sources import areas
from scripts import ROOT

YEARS = ["2018/19", "2019/20", "2020/21", "2021/22", "2022/23"]
SIDECAR = """dataset = "{dataset}"
title = "Counts made up to be attacked"
publisher = "made up"
address = "none: made up"
retrieved = 2026-11-22
licence = "none needed"
vintage = "attacked"
control = "controlled"
basis = "observed"
is_dummy = false
sha256 = "{checksum}"

[columns]
ward_code = "ward"
period = "financial year"
first_time_entrants = "count"
"""


def hash_of(path: Path) -> str:
    """Return the checksum that a sidecar names."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Town:
    """A copy of the project, one of its editions, that edition's wards and years."""

    project: Project
    edition: Edition
    wards: list[str]

    @property
    def years(self) -> list[str]:
        """The years that are pooled."""
        return list(self.edition.first_time_entrants_years)

    def cleaned(self, counts: np.ndarray | None) -> tuple[pd.DataFrame, list[Sum]]:
        """Return the true controlled rows and their sums; without counts, of what is shipped.

        No rows where nothing is shipped for these wards.
        """
        settings = load_settings(self.project)
        if counts is not None:
            self._drop(counts)
        elif self.edition not in load_settings(Project(ROOT)).editions:
            return pd.DataFrame(), []
        for each in process.gather(self.project, settings)[0].values():
            rows = each.rows[each.rows.is_controlled]
            if set(self.wards) <= set(rows.area_code):
                return rows, list(each.totals)
        raise LookupError(f"No counts pass the gate for the wards of {self.edition.ward_set}")

    def _drop(self, counts: np.ndarray) -> None:
        rows = pd.DataFrame(counts, index=self.wards, columns=self.years).stack()
        named = rows.rename_axis(["ward_code", "period"]).rename("first_time_entrants")
        text = named.reset_index().to_csv(index=False, lineterminator="\n")
        path = self.project.restricted / "counts.csv"
        path.write_text(text, "utf-8")
        told = {"checksum": hash_of(path), "dataset": self._dataset}
        path.with_name("counts.csv.source.toml").write_text(SIDECAR.format(**told), "utf-8")

    @property
    def _dataset(self) -> str:
        ours = self.edition.ward_set
        return "fte-ward-counts" if ours == "2003-2015" else f"fte-ward-counts-{ours}"


def towns(folder: Path) -> list[Town]:
    """Return a town for each edition of darlington.toml, each in a folder of its own.

    An edition that names no years of counts is given some, as a council with counts would.
    """
    settings = load_settings(Project(ROOT))
    return [_town(folder / edition.id, edition.id) for edition in settings.editions]


def _town(folder: Path, name: str) -> Town:
    ignored = shutil.ignore_patterns("restricted")
    shutil.copytree(ROOT / "data/raw", folder / "data/raw", ignore=ignored)
    (folder / "data/raw/restricted").mkdir()
    years = ", ".join(f'"{year}"' for year in YEARS)
    text = (ROOT / "darlington.toml").read_text("utf-8")
    parts = re.split(r"(?=\[\[editions\]\])", text)
    empty, filled = "first_time_entrants_years = []", f"first_time_entrants_years = [{years}]"
    parts = [part.replace(empty, filled) if f'id = "{name}"' in part else part for part in parts]
    (folder / "darlington.toml").write_text("".join(parts), "utf-8")
    project = Project(folder)
    edition = load_settings(project).edition(name)
    wards = [ward.code for ward in areas.ward_set(project, edition.ward_set).wards]
    return Town(project, edition, wards)
