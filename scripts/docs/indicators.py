"""Every indicator that packs show: its source, its date, what it is for wards, and why it is there.

python -m scripts.docs.indicators    (writes docs/reference/indicators.md; needs data/processed)
"""

import pandas as pd

from darlington_analysis.core.project import find_project
from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.table import EditionTable, load
from darlington_analysis.sources.indicators import Indicator, indicator, shown_on

HEAD = """# Indicators

Made by `python -m scripts.docs.indicators` from the register of indicators and the table of
figures. A test compares this page with them. Deprivation has its own section in each pack and is
not listed here.

A difference smaller than the last column is "about the same", however sure it is. [The indicator
table](indicator_table.md) explains `[u]` and the other letters.

Looked at and not used: housing benefit by month (it falls because Universal Credit takes its
place); staying on after 16 (of 2010 to 2012) and entry to higher education (of several years, and
no number of young people to weigh it by); low income and Universal Credit by larger neighbourhood
areas (their borders are not those of wards); mental health, illness, broadband and homelessness
(scores without a scale that a reader can be given, or the same for the whole borough).
"""
COLUMNS = (
    "indicator",
    "when, and from where",
    "what the ward's figure is",
    "who is counted",
    "beside it",
    "why it is there",
    "good side",
    "smallest difference that matters",
)
MOST = 12
WIDER = {"country": "England", "region": "North East", "borough": "Darlington"}


def page(tables: list[EditionTable]) -> str:
    """Return docs/reference/indicators.md for editions. Raises ValueError for more than MOST."""
    return HEAD + "".join(_edition(table) for table in tables)


def _edition(table: EditionTable) -> str:
    slugs = [slug for slug in shown_on("indicators") if len(table.latest(slug))]
    real = [slug for slug in slugs if not table.latest(slug).is_dummy.any()]
    if len(real) > MOST:
        raise ValueError(f"{table.edition.title} shows {len(real)} indicators, {MOST} at most.")
    made_up = [slug for slug in slugs if slug not in real]
    rows = [_row(table, indicator(slug)) for slug in real]
    lines = [f"\n## {table.edition.title}\n\n", _line(COLUMNS), _line(["---"] * len(COLUMNS))]
    lines += [_line(row) for row in rows]
    if made_up:
        titles = "; ".join(indicator(slug).title for slug in made_up)
        lines.append(f"\nMade up, because no figure for wards is published: {titles}.\n")
    return "".join(lines)


def _row(table: EditionTable, about: Indicator) -> list[str]:
    wards = table.latest(about.slug)
    first = wards.iloc[0]
    source = table.provenance["sources"][first.source]
    beside = table.of(about.slug, period=first.period)
    known = set(beside[beside.value.notna()].area_type)
    return [
        about.title,
        f"{first.period}: {source['publisher']}, {source['title']}",
        _basis(wards, about, is_mean="mean of areas" in set(beside.method)),
        f"{about.numerator}, of {about.denominator}",
        ", ".join(name for kind, name in WIDER.items() if kind in known),
        about.why,
        {"low is good": "low", "high is good": "high", "none": "neither"}[about.polarity],
        f"{about.matters:g} ({about.unit})",
    ]


def _basis(wards: pd.DataFrame, about: Indicator, *, is_mean: bool) -> str:
    """Return in words what the ward's figure is, and how many wards have it in full."""
    row = wards.iloc[0]
    shared = row.fit == "apportioned"
    if row.basis == Basis.MODELLED:
        words = "a model's figure, census areas shared out" if shared else "a model's figure"
    elif about.kind == "mean":
        words = "mean of neighbourhoods' published rates, by people; no range"
    elif about.kind == "published":
        words = "published for the ward, rounded"
    else:
        words = "census areas shared out" if shared else "whole census areas added up"
        words += ", each with its published share of its people" if is_mean else ""
    marks = wards.status[wards.status.ne("")].value_counts().sort_index()
    return words + "".join(f"; {count} wards [{mark}]" for mark, count in marks.items())


def _line(cells) -> str:
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Write the page and print it."""
    project = find_project()
    first = load(None, project)
    text = page([load(edition.id, project) for edition in first.settings.editions])
    (project.root / "docs" / "reference" / "indicators.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
