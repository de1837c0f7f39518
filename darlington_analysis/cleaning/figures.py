"""Values and limits, made from what the gate let out and from nothing else."""

import pandas as pd

from darlington_analysis.catalogue.indicators import register
from darlington_analysis.catalogue.vocabulary import COLUMNS, KEY
from darlington_analysis.cleaning.tidy import Cleaned
from darlington_analysis.methods import suppression
from darlington_analysis.methods.cells import Rule
from darlington_analysis.methods.proportions import proportions
from darlington_analysis.methods.rates import rates
from darlington_analysis.settings import SmallNumbers

_MADE = {"proportion": proportions, "rate": rates}


def small_number_rule(decided: SmallNumbers) -> Rule:
    """Return the council's decision as the rule the gate follows."""
    return Rule(
        decided.withhold_from,
        decided.withhold_to,
        decided.round_to,
        decided.unreliable_under,
        decided.protected_width,
    )


def through_the_gate(cleaned: Cleaned, rule: Rule) -> pd.DataFrame:
    """Return a family's rows: open ones as they are, controlled ones as the gate lets them out.

    The gate sees one indicator at a time. Raises DisclosureError where it can protect nobody.
    """
    is_controlled = cleaned.rows.is_controlled
    let_out = [cleaned.rows[~is_controlled]]
    for _, rows in cleaned.rows[is_controlled].groupby("indicator"):
        gated = suppression.gate(rows.assign(status=""), rule, cleaned.totals)
        # The gate's own c and u say more than the e that a row may have brought.
        let_out.append(gated.assign(status=gated.status.where(gated.status != "", rows.status)))
    return pd.concat(let_out, ignore_index=True)[COLUMNS]


def with_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with value, limits, confidence and method wherever they can be worked out.

    Rows whose publisher printed the value keep it, without limits of ours.
    """
    kinds = rows.indicator.map({slug: each.kind for slug, each in register().items()})
    to_make = rows.value.isna() & kinds.isin(_MADE)
    done = [rows[~to_make]]
    for slug, own in rows[to_make].groupby("indicator", sort=False):
        about = register()[slug]
        done.append(_MADE[about.kind](own, multiplier=about.multiplier))
    return pd.concat(done)[COLUMNS].sort_values(KEY, ignore_index=True)
