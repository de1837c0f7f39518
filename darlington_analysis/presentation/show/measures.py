"""Population question (c): what can be measured for wards."""

import pandas as pd

from darlington_analysis.evidence.sections import Measures
from darlington_analysis.presentation import tables
from darlington_analysis.presentation.wording import labels
from darlington_analysis.presentation.wording.numbers import period


def measures(shown: Measures) -> str:
    """Return what can be measured for wards, and whether the figure is real."""
    rows = pd.DataFrame(
        {
            "title": answer.indicator.title,
            "counts": f"{answer.indicator.numerator}, out of {answer.indicator.denominator}",
            "when": period(answer.row.period),
            "real": labels.kind_of_figure(answer.row),
        }
        for answer in shown.answers
    )
    columns = [
        tables.Column("title", "Indicator"),
        tables.Column("counts", "What is counted"),
        tables.Column("when", "When"),
        tables.Column("real", "Real or made up"),
    ]
    return tables.table(rows, columns, "Indicators there are for wards")


def measures_text(shown: Measures) -> str:
    """Return the titles of what can be measured, one a line."""
    return "\n".join(answer.indicator.title for answer in shown.answers)
