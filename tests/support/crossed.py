"""Two-way tables of counts with their totals, for the attack on what is withheld."""

import pandas as pd

from darlington_analysis.disclosure.constraints import Rule, sums

EXACT = Rule(round_to=1)


ENDS = ["attacker_min", "attacker_max"]


def relations_of(table):
    """Return the sums of a reference table: TOTAL either way, and periods written 2019-2021."""
    periods = sorted(set(table["period"]) - {"TOTAL"})
    single = [period for period in periods if "-" not in period]
    found = sums(table, "area_code", "TOTAL") + sums(table, "period", "TOTAL", parts=single)
    for pool in sorted(set(periods) - set(single)):
        first, last = pool.split("-")
        within = [year for year in single if first <= year <= last]
        found += sums(table, "period", pool, parts=within)
    return found


def crossed(counts):
    """Return a two-way table of wards by years with all its totals, and its sums."""
    frame = pd.DataFrame(counts, index=[f"W{at}" for at in range(len(counts))])
    frame.columns = [f"Y{at}" for at in frame.columns]
    frame["TOTAL"] = frame.sum(axis=1)
    frame.loc["TOTAL"] = frame.sum()
    long = frame.stack().rename_axis(["area_code", "period"]).rename("numerator").reset_index()
    return long, relations_of(long)
