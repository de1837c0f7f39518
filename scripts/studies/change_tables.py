"""Every ward at the censuses of 2001, 2011 and 2021: the figure, and the gap to England.

python -m scripts.studies.change_tables    (writes docs/change.md from data/processed)
"""

from dataclasses import replace

import pandas as pd

from darlington_analysis.core.project import Project, find_project
from darlington_analysis.evidence import table as tables
from darlington_analysis.evidence.change import ChangesOfWards
from darlington_analysis.sources.indicators import indicator

SLUGS = ("no-qualifications", "unemployed", "overcrowded", "social-rented", "private-rented")
SETS = {"2011": "The 24 wards of 2003 to 2015", "2025": "The 20 wards since 2015"}
ENGLAND = "E92000001"
HEAD = """# Change from census to census

Made by `python -m scripts.studies.change_tables`. Each table has, for every ward, the figure in every 100,
and in brackets the gap to England in percentage points, at each census that asked the same question. The
last column is the change of the gap between the last two censuses with its 95% interval. A star marks a
change that chance alone does not explain; of 24 wards that have not changed, about one has a star by
chance. Gaps are worked out before rounding. Packs print the difference of the two printed figures, which
can differ from them by 0.1.

The wards of 2003 to 2015 are sums of whole census areas at every census, that of 2021 included. For the
wards since 2015, figures of 2001 and 2011 on work and tenure were published for the wards themselves. Those
marked `~` are shared out from census areas, and their intervals allow for that.

Not compared: health (the form of 2001 asked about twelve months with three answers, that of 2011 about
health in general with five), disability (other questions in 2011 and 2021), and private renting in the 24
wards in 2001 (the table counted letting agencies alone). For homes without a car no figure of England in
2001 is at hand.
"""


def changes(project: Project, edition: str, slug: str) -> ChangesOfWards:
    """Return an indicator's changes for an edition's wards, over every census in the table."""
    loaded = tables.load(edition, project)
    rows = pd.read_parquet(project.processed / "indicators.parquet")
    codes = {ward.code for ward in loaded.wards.wards}
    rows = rows[rows.area_type.ne("ward") | rows.area_code.isin(codes)]
    return ChangesOfWards(replace(loaded, rows=tables.newest(rows)), indicator(slug), ENGLAND)


def page(project: Project) -> str:
    """Return the page: a table for each ward set and indicator that has two censuses."""
    parts = [HEAD]
    for edition, title in SETS.items():
        parts.append(f"\n## {title}\n")
        names = {ward.code: ward.name for ward in tables.load(edition, project).wards.wards}
        for slug in SLUGS:
            found = changes(project, edition, slug)
            if len(found.rows):
                parts.append(_table(found, names))
    return "".join(parts).replace("\n\n\n", "\n\n")


def _table(found: ChangesOfWards, names: dict[str, str]) -> str:
    censuses = sorted(set(found.counted.period))
    counted = found.counted.set_index(["area_code", "period"])
    last = found.rows.drop_duplicates("area_code", keep="last").set_index("area_code")
    head = ["ward", *censuses, f"change of the gap, {last['first'].iloc[0]} to {censuses[-1]}"]
    lines = [_line(head), _line(["---", *["---:"] * (len(head) - 1)])]
    for code, name in sorted(names.items(), key=lambda pair: pair[1]):
        cells = [_cell(counted.loc[code, census]) for census in censuses]
        lines.append(_line([name, *cells, _moved(last.loc[code])]))
    usual = list(found.usual.values())[-1]
    england = ", ".join(
        f"{row.benchmark:.1f} in {row.period}"
        for row in found.counted.drop_duplicates("period").sort_values("period").itertuples()
    )
    about = found.indicator
    return (
        f"\n\n### {about.title}\n\nOf every 100 {about.who}, how many {about.what}. "
        f"England: {england}. {about.asked}".strip()
        + f"\n\nGaps of half of the {usual['areas']} wards moved by {usual['half']:.1f} points or "
        f"less, and those of all but {usual['left_out']} by {usual['nearly_all']:.1f} or less.\n\n"
        + "".join(lines)
    )


def _cell(row: pd.Series) -> str:
    mark = "~" if row.fit == "apportioned" else ""
    return f"{mark}{row.value:.1f} ({row.gap:+.1f})"


def _moved(row: pd.Series) -> str:
    star = "*" if row.gap_moved in ("up", "down") else ""
    ends = (row.gap_change_lower, row.gap_change_upper)
    limits = " to ".join(f"{end:+.{1 if abs(end) >= 0.05 else 2}f}" for end in ends)
    return f"{row.gap_change:+.1f} ({limits}){star}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Write the page and print it."""
    project = find_project()
    text = page(project)
    (project.root / "docs" / "change.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
