"""What an attacker knows who has every printed total exactly, from elsewhere."""

from darlington_analysis.disclosure.constraints import Known, keys_of


def known_totals(table, totals, published):
    """Return each known total that is printed, as its true count in ``table``."""
    counts = dict(zip(keys_of(table), table["numerator"].tolist(), strict=True))
    printed = set(keys_of(published[published["numerator"].notna()]))
    known = {total.total for total in totals if total.is_known} & printed
    return [Known({key: 1.0}, counts[key], counts[key], str(key)) for key in sorted(known, key=str)]
