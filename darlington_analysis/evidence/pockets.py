"""Need inside wards that do not stand out as a whole."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.deprivation import POSITION, pockets_of
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable

WORST = {"worst_10": 10, "worst_20": 20}


@dataclass(frozen=True)
class Pockets:
    """Wards outside the most deprived part that hold neighbourhoods in England's worst fifth.

    One row a ward: period, value (its position), neighbourhoods, worst_10, worst_20, people_20
    (residents of the latter; null where they are not known).
    """

    wards: pd.DataFrame
    claims: tuple[Claim, ...]


def of_borough(table: EditionTable) -> Pockets:
    """Return neighbourhoods in need in wards that do not stand out on the latest Index."""
    line, period = table.settings.support.most_deprived_percent, max(table.edition.index_vintages)
    placed = with_names(table, table.of(POSITION, area_type="ward", period=period))
    quiet = placed[placed.value > line]
    lsoas = {code: pockets_of(table, table.wards.ward(code)) for code in quiet.area_code}
    people = table.of("imd-worst-fifth", breakdown="people", period=period)
    found = quiet.assign(
        neighbourhoods=[len(lsoas[code]) for code in quiet.area_code],
        people_20=quiet.area_code.map(people.set_index("area_code").numerator),
        **{
            name: [int((lsoas[code].value <= at).sum()) for code in quiet.area_code]
            for name, at in WORST.items()
        },
    )
    found = found[found.worst_20 > 0].sort_values(["people_20", "area_name"], ascending=False)
    facts = {"period": period, "line": line, "quiet": len(quiet), "wards": list(found.area_name)}
    rows = pd.concat([quiet, *lsoas.values(), people])[table.rows.columns]
    return Pockets(found, (claim("pockets-in-quiet-wards", facts, rows),))
