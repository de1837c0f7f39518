"""Wards of another time: known well enough to say what they are and what came of them."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.sources import lineage, register

MOST = 3  # successors offered
LEAST_SHARE = 0.1


@dataclass(frozen=True)
class OtherSetWard:
    """A ward of another set: the codes and the name it goes by, what it is, and what to ask for."""

    known_as: tuple[str, ...]
    is_what: str
    hint: str


def other_set_wards(project: Project, ward_set: str) -> tuple[OtherSetWard, ...]:
    """Return the wards of every other set that a person may ask for by mistake.

    Earlier and later wards come with those that share most of their people.
    """
    others = [each for each in register.find_all(project, "wards") if each.vintage != ward_set]
    later = [known for each in others for known in _of_set(project, each)]
    return (*later, *_former(project))


def _of_set(project: Project, source: register.Source) -> list[OtherSetWard]:
    lines, names = _lines(project, source.vintage)
    wards = register.open_raw(project, source).frame
    return [
        OtherSetWard(
            (ward.ward_code, ward.ward_code_old, ward.ward_name),
            f"{ward.ward_name} ({ward.ward_code}) is a ward of {source.vintage}",
            _hint(lines[lines.own == ward.ward_code], names),
        )
        for ward in wards.itertuples()
    ]


def _lines(project: Project, ward_set: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return own, other and share (of own's people) a pair of wards, and the others' names."""
    sets = load_place(project).ward_sets
    later = next((wards.id for wards in sets if wards.predecessor == ward_set), "")
    earlier = next((wards.predecessor for wards in sets if wards.id == ward_set), "")
    columns, other_set = ("ward_code", "ward_code_before", "share_of_ward"), earlier
    if later:
        columns, other_set = ("ward_code_before", "ward_code", "share_of_before"), later
    try:
        pairs = lineage.lineage(project, later or ward_set)
    except register.AbsentError:  # a town without a change of wards
        pairs = pd.DataFrame(columns=list(columns))
    lines = pairs.reindex(columns=list(columns)).set_axis(["own", "other", "share"], axis=1)
    return lines, lineage.names_of(project, other_set) if len(lines) else {}


def _hint(lines: pd.DataFrame, names: dict[str, str]) -> str:
    kept = lines[lines.share >= LEAST_SHARE].nlargest(MOST, "share")
    if kept.empty:
        return "No ward asked for shares its people."
    parts = [
        f"{names[row.other]} ({row.other}) {100 * row.share:.0f}%" for row in kept.itertuples()
    ]
    return f"Its people live in: {', '.join(parts)}."


def _former(project: Project) -> list[OtherSetWard]:
    found = register.find_all(project, "former-wards")
    return [
        OtherSetWard(
            (row.ward_code_old,),
            f"{row.ward_name} ({row.ward_code_old}) is a ward {source.vintage.replace('-', ' ')}",
            "No figures of those wards are held, and names that live on had other borders.",
        )
        for source in found
        for row in register.open_raw(project, source).frame.itertuples()
    ]
