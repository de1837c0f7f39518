"""Which earlier wards the people of a ward lived in, and whether those were supported."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.vocabulary import KEY
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.deprivation import support_state
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import areas, lineage

LEAST_SHARE = 0.01  # of the ward's people: less is the width of a line on a map


@dataclass(frozen=True)
class Lines:
    """One row an earlier ward: name, share of this ward's people, of its own people, its state.

    No rows for a ward of the set that support was decided for.
    """

    rows: pd.DataFrame
    claims: tuple[Claim, ...]


def of_ward(table: EditionTable, ward: areas.Ward) -> Lines:
    """Return where the people of a ward lived before its borders, most first.

    Shares are estimates on the residents of Census 2011. The state is what was decided for the
    earlier ward; nothing follows from it for this one.
    """
    if table.support is not None:
        return Lines(pd.DataFrame(), ())
    pairs = lineage.lineage(table.project)
    own = pairs[(pairs.ward_code == ward.code) & (pairs.share_of_ward >= LEAST_SHARE)]
    decided = table.settings.support
    names = lineage.names_of(table.project, decided.ward_set)
    rows = own.assign(
        area_name=own.ward_code_before.map(names),
        state=[support_state(decided, code) for code in own.ward_code_before],
    ).sort_values("share_of_ward", ascending=False, ignore_index=True)
    return Lines(rows, (_claim(ward, rows, decided.ward_set),))


def _claim(ward: areas.Ward, rows: pd.DataFrame, ward_set: str) -> Claim:
    by_state = rows.groupby("state").share_of_ward.sum()
    supported = rows[rows.state == "supported"]
    facts = {
        "ward": ward.name,
        "ward_set": ward_set,
        "supported_share": float(by_state.get("supported", 0.0)),
        "supported": list(supported.area_name),
        "watch_list": list(rows[rows.state == "watch list"].area_name),
    }
    nothing = pd.DataFrame(columns=[*KEY, "is_dummy"])  # it rests on no figure of the one table
    return claim("lines", facts, nothing)
