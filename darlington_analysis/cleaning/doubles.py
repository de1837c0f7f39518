"""Two files that give the same figure: refused, with both files and the figure named."""

import pandas as pd

from darlington_analysis.catalogue.vocabulary import KEY
from darlington_analysis.errors import SchemaError


def refuse(rows: pd.DataFrame) -> None:
    """Raise SchemaError where two rows of the one table describe the same thing."""
    doubled = rows[rows.duplicated(KEY, keep=False)]
    if doubled.empty:
        return
    first = doubled.iloc[0]
    same = doubled[(doubled[KEY] == first[KEY]).all(axis=1)]
    files = " and ".join(f"data/raw/{path}" for path in dict.fromkeys(same.source))
    times = len(doubled.drop_duplicates(KEY))
    raise SchemaError(
        f"The same figure twice, in {files}: {first.indicator}, {first.area_code}, "
        f"{first.period}, {first.breakdown}, release {first.vintage} ({times} such figures)",
        "One file for each figure of a release; another release of it has another vintage.",
        "take one of the files out, or correct vintage (or the indicator's slug) in its sidecar",
    )
