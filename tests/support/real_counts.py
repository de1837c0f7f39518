"""Ward counts as a council would drop them into data/raw/restricted: invented, but not "dummy"."""

import hashlib

from darlington_analysis.core.project import Project
from darlington_analysis.sources import areas

YEARS = ("2006/07", "2007/08", "2008/09", "2009/10", "2010/11")
FILE = "fte_ward_counts.csv"
YEARS_SINCE_2015 = ("2019/20", "2020/21", "2021/22", "2022/23", "2023/24")
FILE_SINCE_2015 = "fte_ward_counts_2015_on.csv"
SIDECAR = """\
dataset = "fte-ward-counts"
title = "First-time entrants by ward, 2006/07 to 2010/11"
publisher = "A council in a test"
address = "none: not published"
retrieved = 2011-06-30
licence = "not for publication"
vintage = "2011-06"
control = "controlled"
basis = "observed"
is_dummy = false
sha256 = "{checksum}"

[columns]
ward_code = "ward"
period = "financial year"
first_time_entrants = "count"
"""


def counts_of(project: Project) -> dict[tuple[str, str], int]:
    """Return a count for each ward and year; the first six wards are small in all five years."""
    wards = areas.ward_set(project, "2003-2015").wards
    return {
        (ward.code, year): place // 3 if place < 6 else 3 + place + offset
        for place, ward in enumerate(wards)
        for offset, year in enumerate(YEARS)
    }


def drop_real_counts(project: Project, counts: dict | None = None) -> dict[tuple[str, str], int]:
    """Put real counts and their sidecar into the restricted folder; return the counts."""
    counts = counts_of(project) if counts is None else counts
    _write(project, FILE, counts, SIDECAR)
    return counts


def counts_since_2015(project: Project) -> dict[tuple[str, str], int]:
    """Return a count for each ward since 2015 and year; two wards are small, six have none."""
    wards = areas.ward_set(project, "2015-on").wards
    return {
        (ward.code, year): int(place % 4 == 3) if place < 8 else place // 2 + offset
        for place, ward in enumerate(wards)
        for offset, year in enumerate(YEARS_SINCE_2015)
    }


def drop_real_counts_since_2015(project: Project, counts: dict | None = None) -> None:
    """Put counts by ward and year of the wards since 2015 into the restricted folder, and name
    their years in the settings of the 2025 edition.
    """
    counts = counts_since_2015(project) if counts is None else counts
    sidecar = SIDECAR.replace('"fte-ward-counts"', '"fte-ward-counts-2015-on"')
    _write(project, FILE_SINCE_2015, counts, sidecar)
    years = ", ".join(f'"{year}"' for year in sorted({year for _, year in counts}))
    text = project.settings_file.read_text("utf-8")
    empty = "first_time_entrants_years = []"
    assert empty in text
    named = text.replace(empty, f"first_time_entrants_years = [{years}]")
    project.settings_file.write_text(named, "utf-8")


def _write(project: Project, name: str, counts: dict, sidecar: str) -> None:
    lines = [f"{ward},{year},{count}" for (ward, year), count in counts.items()]
    text = "\n".join(["ward_code,period,first_time_entrants", *lines]) + "\n"
    path = project.restricted / name
    path.write_text(text, "utf-8")
    checksum = hashlib.sha256(text.encode()).hexdigest()
    path.with_name(name + ".source.toml").write_text(sidecar.format(checksum=checksum), "utf-8")
