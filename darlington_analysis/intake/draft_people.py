"""``add`` for a list of people: their counts by ward go to ``data/raw/restricted``, the list does
not.
"""

import hashlib
from pathlib import Path

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.intake import draft_questions, drafting, incoming, young_people
from darlington_analysis.readers import formats
from darlington_analysis.sources.lineage import NESTED

COLUMNS = {
    "ward_code": "electoral ward, GSS code",
    "period": "financial year",
    "first_time_entrants": "first-time entrants aged 10 to 17, count",
}


def add(project: Project, path: Path) -> drafting.Draft | None:
    """Count a list of people, on whatever sheets, into ``data/raw/restricted`` and return the draft
    of its sidecar; None where the file has no row a person. Raises SchemaError, SourceError.
    """
    grids = formats.grids_of(path, formats.how_of(path), "", hidden=True)
    sheets = [found for grid in grids if (found := young_people.people_in(grid.rows))]
    if not sheets:
        return None
    if any(grid.hidden_rows for grid in grids):
        raise SchemaError(
            f"{path.name} lists people, and rows of it are hidden (by a filter, perhaps)",
            "A list in which every row can be seen.",
            "show every row of a copy, or delete those that don't count, and add that",
        )
    found = young_people.together(sheets)
    ward_set = young_people.ward_set_of(project, found)
    counts = young_people.counted(project, found, ward_set).rename(
        columns={"count": "first_time_entrants"}
    )
    content = counts.to_csv(index=False, lineterminator="\n").encode()
    draft = _draft(ward_set, tuple(sorted(set(counts.period))), hashlib.sha256(content).hexdigest())
    incoming.add_restricted(project, _name(ward_set), content, draft.text)
    return draft


def _name(ward_set: str) -> str:
    return "fte_ward_counts.csv" if ward_set == NESTED else "fte_ward_counts_2015_on.csv"


def _draft(ward_set: str, years: tuple[str, ...], digest: str) -> drafting.Draft:
    own = "" if ward_set == NESTED else f"-{ward_set}"
    story = {
        "dataset": f"fte-ward-counts{own}",
        "title": "First-time entrants by ward",
        "address": "none: not published",
        "licence": "not for publication",
        "control": "controlled",
        "basis": "observed",
        "is_dummy": False,
        "sha256": digest,
    }
    questions = [
        draft_questions.question(
            ("notes",),
            "Is each person of the list a first-time entrant aged 10 to 17,"
            " and is nobody left out who was one in these years?",
        ),
        draft_questions.question(("publisher",), "Who holds the list?"),
        draft_questions.question(("retrieved",), "On which day was it taken? (2026-11-22)"),
        draft_questions.question(("vintage",), "Which release is it? (its date)"),
    ]
    seen = (
        "This file has a row a person. It was not copied, and nothing of it is kept but counts.",
        f"Counted by ward ({ward_set}) and year: {years[0]} to {years[-1]}. Who lives in none of "
        "these wards, or has no day, is not counted.",
        f"data/raw/restricted/{_name(ward_set)}: only you can read it. Keep the list where it is "
        "kept safely, or delete this copy of it.",
    )
    text = drafting.text_of({**story, "columns": COLUMNS}, questions, list(seen[:1]))
    return drafting.Draft(text, seen, tuple(each["asks"] for each in questions))
