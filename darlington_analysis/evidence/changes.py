"""What has changed between figures that were signed and figures now, each with its causes."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from darlington_analysis.agreements.signing import Signing
from darlington_analysis.core import __version__, fingerprints
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import FIGURE, Basis, Control, Polarity
from darlington_analysis.evidence.approval import APPROVED, Approval
from darlington_analysis.evidence.claims import Claim, claim, hash_of
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import indicator
from darlington_analysis.statistics import differences

NEW, GONE, REVISION = "new data", "gone", "revision"
LIBRARY = "library"
BOUNDARY, METHOD, RULE, UNEXPLAINED = "boundary", "method", "disclosure rule", "unexplained"
KEPT = [
    *FIGURE,
    "area_type",
    "numerator",
    "denominator",
    "value",
    "lower_limit",
    "upper_limit",
    "method",
    "fit",
    "status",
    "basis",
    "is_dummy",
    "source",
    "vintage",
]
NUMBERS = ("numerator", "denominator", "value", "lower_limit", "upper_limit")


@dataclass(frozen=True)
class Changes(Answer):
    """Every figure that is not as it was signed.

    ``rows``: FIGURE, area_name, value_then, value_now (null where withheld, new or gone; an earlier
    value is never given where the disclosure rule has changed since), status_now, ``causes``.
    """

    signing: Signing
    rows: pd.DataFrame
    claims: tuple[Claim, ...]


def to_keep(rows: pd.DataFrame) -> list[dict]:
    """Return gated rows as plain records that a signing keeps; a null number is None."""
    plain = rows[KEPT].astype(object).where(rows[KEPT].notna(), None)
    return [{key: _plain(value) for key, value in row.items()} for row in plain.to_dict("records")]


def facts_of(table: EditionTable, rows: pd.DataFrame) -> dict:
    """Return what figures rested on when they were signed: rule, wards, methods, versions."""
    return {
        "edition": table.edition.id,
        "ward_set": table.wards.name,
        "figures_hash": hash_of(rows),
        "rule": _rule(table),
        "methods": sorted(set(rows.method)),
        "controlled": sorted(_controlled(table) & set(rows.source)),
    }


def since(table: EditionTable, ward: Ward, signed: Signing) -> Changes:
    """Return what has changed in a ward and beside it since a signing."""
    then = pd.DataFrame(list(signed.figures), columns=KEPT)
    slugs, codes = set(then.indicator), set(then.area_code)
    now = table.rows[table.rows.indicator.isin(slugs) & table.rows.area_code.isin(codes)]
    rows = compare(then, now[KEPT], signed.facts, facts_of(table, now))
    named = with_names(table, rows) if len(rows) else rows.assign(area_name="")
    claims = tuple(_claim(slug, named, then, now, ward) for slug in sorted(slugs))
    return Changes(signed, named, claims)


@dataclass(frozen=True)
class ChangesSinceApproval:
    """Every figure of an edition that is not as it was approved; ``rows`` as in ``Changes``."""

    approval: Approval
    rows: pd.DataFrame


def to_approve(table: EditionTable, state: str, role: str, day: date) -> Approval:
    """Return the record that says how far the Council is with an edition as it is now."""
    return Approval(
        state,
        role,
        day,
        hash_of(table.rows),
        facts_of(table, table.rows),
        _library(),
        tuple(to_keep(table.rows)),
    )


def since_approval(table: EditionTable) -> ChangesSinceApproval | None:
    """Return what has changed since an edition was approved; None where it was not."""
    record = table.approval
    if record is None or record.state != APPROVED:
        return None
    then = pd.DataFrame(list(record.figures), columns=KEPT)
    rows = compare(then, table.rows[KEPT], record.facts, facts_of(table, table.rows))
    if record.library != _library():
        rows = rows.assign(causes=[_of_library(causes) for causes in rows.causes])
    return ChangesSinceApproval(record, with_names(table, rows))


def _library() -> str:
    return f"{__version__} {fingerprints.library()}"


def _of_library(causes: tuple[str, ...]) -> tuple[str, ...]:
    return (LIBRARY,) if causes == (UNEXPLAINED,) else causes


def compare(then: pd.DataFrame, now: pd.DataFrame, was: dict, is_now: dict) -> pd.DataFrame:
    """Return a row for each figure that differs, with its causes in order.

    A figure of the same period from another release is a revision: it is never progress. ``was``
    and ``is_now`` are what ``facts_of`` gives. ``is_hidden``: the earlier value is not given, to
    protect people.
    """
    both = then.merge(now, on=FIGURE, how="outer", suffixes=("_then", "_now"), indicator="side")
    causes = [_causes(row, was, is_now) for row in both.to_dict("records")]
    both = both.assign(causes=causes)
    changed = both[both.causes.map(bool)].reset_index(drop=True)
    # What an earlier release printed of counts under control can narrow one that is withheld now, and
    # the edition that printed it may be gone from reports, where the audit would read it.
    is_hidden = changed.causes.map(lambda causes: RULE in causes).astype(bool)
    is_hidden |= changed.source_then.isin({*was["controlled"], *is_now["controlled"]})
    value_then = changed.value_then.astype(float).mask(is_hidden)
    return changed[FIGURE].assign(
        value_then=value_then,
        is_hidden=is_hidden,
        value_now=changed.value_now.astype(float),
        status_now=changed.status_now.fillna(""),
        causes=changed.causes,
    )


def _causes(row: dict, was: dict, is_now: dict) -> tuple[str, ...]:
    if row["side"] == "right_only":
        return (NEW,)
    if row["side"] == "left_only":
        return (GONE,)
    if _same(row):
        return ()
    causes = []
    controlled = {row["source_then"], row["source_now"]} & {
        *was["controlled"],
        *is_now["controlled"],
    }
    if "c" in (row["status_then"], row["status_now"]) or (
        controlled and was["rule"] != is_now["rule"]
    ):
        causes.append(RULE)
    if was["ward_set"] != is_now["ward_set"] or row["fit_then"] != row["fit_now"]:
        causes.append(BOUNDARY)
    if row["method_then"] != row["method_now"] or row["basis_then"] != row["basis_now"]:
        causes.append(METHOD)
    if (row["vintage_then"], row["source_then"]) != (row["vintage_now"], row["source_now"]):
        causes.append(REVISION)
    return tuple(causes) or (UNEXPLAINED,)


def _same(row: dict) -> bool:
    numbers = all(_equal(row[f"{key}_then"], row[f"{key}_now"]) for key in NUMBERS)
    return numbers and row["status_then"] == row["status_now"]


def _equal(one, other) -> bool:
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    return bool(np.isclose(float(one), float(other), rtol=1e-9))


def _claim(slug: str, changed: pd.DataFrame, then: pd.DataFrame, now: pd.DataFrame, ward) -> Claim:
    changes = changed[(changed.indicator == slug)]
    counts = changes.causes.explode().value_counts().to_dict() if len(changes) else {}
    rows = now[(now.indicator == slug) & (now.area_code == ward.code)]
    facts = {
        "indicator": slug,
        "ward": ward.name,
        "counts": {
            cause: int(counts.get(cause, 0))
            for cause in (NEW, REVISION, BOUNDARY, METHOD, RULE, GONE, UNEXPLAINED)
        },
        "progress": progress(slug, then[then.area_code == ward.code], rows),
    }
    return claim("since-signed", facts, rows.assign(vintage=rows.vintage), slug)


def progress(slug: str, then: pd.DataFrame, now: pd.DataFrame) -> str:
    """Return "better", "worse", "cannot be told apart", "no newer figure" or "not judged".

    The newest figure is set beside the figure of the signed period **as it is now**, in the same
    release: two releases are never subtracted from each other.
    """
    measured = indicator(slug)
    signed_rows = then[then.indicator == slug]
    if signed_rows.empty or now.empty or measured.polarity is Polarity.NEITHER:
        return "not judged"
    signed = max(signed_rows.period, key=lambda period: last_day(slug, period))
    newest = max(now.period, key=lambda period: last_day(slug, period))
    if last_day(slug, newest) <= last_day(slug, signed):
        return "no newer figure"
    before, after = now[now.period == signed], now[now.period == newest]
    if before.empty or not _may_be_set_beside(before.iloc[0], after.iloc[0], measured):
        return "not judged"
    return _direction(before.iloc[0], after.iloc[0], measured)


def _may_be_set_beside(before: pd.Series, after: pd.Series, measured) -> bool:
    real = not before.is_dummy and not after.is_dummy and after.basis == Basis.OBSERVED
    known = pd.notna(before.numerator) and pd.notna(after.numerator)
    same = before.vintage == after.vintage or measured.period_kind in ("census", "month")
    return bool(real and known and same and before.method == after.method)


def _direction(before: pd.Series, after: pd.Series, measured) -> str:
    pair = pd.DataFrame(
        {
            "numerator": [after.numerator],
            "denominator": [after.denominator],
            "other_numerator": [before.numerator],
            "other_denominator": [before.denominator],
        }
    )
    judge = {"rate": differences.rate_ratios, "proportion": differences.proportion_differences}
    if measured.kind not in judge:
        return "not judged"
    compared = judge[measured.kind](pair).comparison.iloc[0]
    if compared not in ("higher", "lower"):
        return "cannot be told apart"
    return "better" if measured.polarity.is_better(compared) else "worse"


def _rule(table: EditionTable) -> dict:
    rule = table.settings.small_numbers
    names = ("withhold_from", "withhold_to", "round_to", "unreliable_under", "protected_width")
    return {name: getattr(rule, name) for name in names}


def _controlled(table: EditionTable) -> set[str]:
    stories = table.provenance["sources"]
    return {path for path, story in stories.items() if story["control"] == Control.CONTROLLED}


def _plain(value):
    """Return a number of numpy's as Python's own, which JSON can keep."""
    return value.item() if hasattr(value, "item") else value
