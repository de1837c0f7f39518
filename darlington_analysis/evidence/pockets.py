"""Need inside wards that do not stand out as a whole."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.catalogue import areas
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable

WORST = {"worst_10": 10, "worst_20": 20}


@dataclass(frozen=True)
class Pockets:
    """Wards outside the most deprived part that hold neighbourhoods in England's worst fifth.

    One row a ward: period, value (its position), neighbourhoods, worst_10, worst_20, people_20.
    """

    wards: pd.DataFrame
    claims: tuple[Claim, ...]


def of_borough(table: EditionTable) -> Pockets:
    """Return neighbourhoods in need in wards that do not stand out on the latest Index."""
    line, period = table.settings.support.most_deprived_percent, max(table.edition.index_vintages)
    placed = table.of("imd-national-position", area_type="ward", period=period)
    quiet = placed[placed.value > line]
    lsoas = table.of("imd-national-rank", area_type="lsoa", period=period)
    ward_of = lsoas.area_code.map(areas.ward_of_lsoa(table.project, "lsoa2001-to-ward"))
    counts = pd.DataFrame({name: lsoas.value <= at for name, at in WORST.items()})
    counts = counts.assign(neighbourhoods=1).groupby(ward_of).sum()
    people = table.of("imd-worst-fifth", breakdown="people", period=period)
    found = with_names(table, quiet[["area_code", "period", "value"]]).join(counts, on="area_code")
    found["people_20"] = found.area_code.map(people.set_index("area_code").numerator)
    found = found[found.worst_20 > 0].sort_values(["people_20", "area_name"], ascending=False)
    facts = {"period": period, "line": line, "quiet": len(quiet), "wards": list(found.area_name),
             "people": float(found.people_20.sum())}  # fmt: skip
    rows = pd.concat([quiet, lsoas[ward_of.isin(quiet.area_code)], people])
    return Pockets(found, (claim("pockets-in-quiet-wards", facts, rows),))
