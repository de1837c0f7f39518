"""The documents' own statements, each with a verdict reached from the gated table."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.catalogue.statements import WARD_SET, Statement, statements
from darlington_analysis.evidence import robustness, verdicts
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.verdicts import Judgement, Verdict


@dataclass(frozen=True)
class Documents:
    """The claims on the documents' statements; ``ward`` is None where all are shown.

    Each claim's facts hold paragraph, quotation, verdict, why, and what the reason is told with.
    """

    ward: Ward | None
    claims: tuple[Claim, ...]


def of_borough(table: EditionTable) -> Documents:
    """Return every statement, in the documents' order; none where the wards are others."""
    said = statements() if _is_testable(table) else ()
    return Documents(None, tuple(judge(each, table) for each in said))


def of_ward(table: EditionTable, ward: Ward) -> Documents:
    """Return the statements that name the ward."""
    said = [each for each in statements() if ward.code in each.wards and _is_testable(table)]
    return Documents(ward, tuple(judge(each, table) for each in said))


def judge(said: Statement, table: EditionTable) -> Claim:
    """Return the claim on one statement: its words, the verdict and the reason."""
    return table.shared(("statement", said.id), lambda: _judge(said, table))


def _judge(said: Statement, table: EditionTable) -> Claim:
    found = _rules()[said.rule](said, table)
    facts = {
        "paragraph": said.paragraph,
        "quotation": said.quotation,
        "wards": [table.wards.ward(code).name for code in said.wards],
        "verdict": found.verdict,
        "why": f"{said.rule}: {found.why}",
        **found.facts,
    }
    return claim("statement", facts, found.rows[table.rows.columns], said.id)


def places(said: Statement, table: EditionTable) -> Judgement:
    """Do the named wards stand at the named places, by every way of adding up?"""
    all_places = robustness.all_places(table)
    own = all_places[all_places.period == said.period]
    agree = {way: _agrees(rows, said) for way, rows in own.groupby("way", sort=False)}
    facts = {
        "period": said.period,
        "places": list(said.places),
        "agree": [way for way, holds in agree.items() if holds],
        "differ": [way for way, holds in agree.items() if holds is False],
    }
    is_measure = table.rows.indicator.isin(robustness.MEASURES) & table.rows.area_type.eq("ward")
    rows = table.rows[is_measure & table.rows.period.eq(said.period)]
    if not agree["mean score"]:
        return Judgement(Verdict.DOES_NOT, "another order", facts, rows)
    if facts["differ"]:
        return Judgement(Verdict.ONLY_AS, "some ways", facts, rows)
    return Judgement(Verdict.HOLDS, "every way", facts, rows)


def place_changed(said: Statement, table: EditionTable) -> Judgement:
    """Did the ward's place move between Indices? A place that moved may be others' doing."""
    rows = table.of("imd-score", area_type="ward")
    rows = rows[rows.period <= said.period]
    place = rows.groupby("period").value.rank(method="min", ascending=False).astype(int)
    own = rows.assign(place=place)[rows.area_code.eq(said.wards[0])].sort_values("period")
    by_period = {row.period: int(row.place) for row in own.itertuples()}
    facts = {"period": said.period, "places": by_period}
    now, *before = reversed(by_period.values())
    if not before:
        return Judgement(Verdict.NOT_TESTED, "no earlier Index", facts, rows)
    if now == before[0]:
        return Judgement(Verdict.NOT_TOLD, "same place", facts, rows)
    if now > before[0]:
        return Judgement(Verdict.ONLY_AS, "moved", facts, rows)
    return Judgement(Verdict.DOES_NOT, "fell", facts, rows)


def _agrees(rows: pd.DataFrame, said: Statement) -> bool | None:
    """True where every ward may stand at its place, False where one can't, None if not told.

    Wards with nothing to be ordered by share the places behind those that have something.
    """
    behind = rows.place_low.notna().sum() + 1
    spans = rows.set_index("area_code")[["place_low", "place_high"]]
    spans = spans.fillna({"place_low": behind, "place_high": len(rows)}).loc[list(said.wards)]
    fits = [low <= place <= high for place, (low, high) in zip(
        said.places, spans.to_numpy(), strict=True)]  # fmt: skip
    if not all(fits):
        return False
    return True if (spans.place_low == spans.place_high).all() else None


def _is_testable(table: EditionTable) -> bool:
    return table.edition.ward_set == WARD_SET and "2007" in table.edition.index_vintages


def _rules() -> dict[str, Callable[[Statement, EditionTable], Judgement]]:
    return {
        "highest": verdicts.highest,
        "improved": verdicts.improved,
        "count within": verdicts.count_within,
        "count changed": verdicts.count_changed,
        "places": places,
        "place changed": place_changed,
        "within percent": verdicts.within_percent,
        "no longer within": verdicts.no_longer_within,
        "need remains": verdicts.need_remains,
    }
