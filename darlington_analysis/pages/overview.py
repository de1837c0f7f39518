"""What there is in the project, as short tables."""

import pandas as pd

from darlington_analysis.evidence.contents import Ages, Editions, Wards
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import day, period

EDITIONS = "Editions of this project"
WARDS = "Wards of the default edition"
INDICATORS = "Indicators there are for wards"


def editions(shown: Editions) -> str:
    """Return the table of editions."""
    rows = pd.DataFrame(
        {
            "name": edition.id,
            "wards": edition.ward_set,
            "dated": day(edition.dated),
            "as_at": day(edition.data_as_at),
        }
        for edition in shown.editions
    )
    columns = [
        tables.Column("name", "Edition"),
        tables.Column("wards", "Wards of"),
        tables.Column("dated", "Dated"),
        tables.Column("as_at", "Data as at"),
    ]
    return tables.table(rows, columns, EDITIONS)


def editions_text(shown: Editions) -> str:
    """Return the editions' names."""
    return f"{', '.join(edition.id for edition in shown.editions)}; default {shown.default}"


def wards(shown: Wards) -> str:
    """Return the table of wards."""
    rows = pd.DataFrame(
        {"name": ward.name, "code": ward.code, "state": state}
        for ward, state in zip(shown.wards, shown.states, strict=True)
    )
    columns = [
        tables.Column("name", "Ward"),
        tables.Column("code", "Code"),
        tables.Column("state", "Council support"),
    ]
    return tables.table(rows, columns, WARDS)


def wards_text(shown: Wards) -> str:
    """Return the wards, one a line."""
    return "\n".join(f"{ward.code}  {ward.name}" for ward in shown.wards)


def ages(shown: Ages) -> str:
    """Return the table of indicators."""
    rows = shown.rows.assign(
        when=shown.rows.period.map(period),
        real=shown.rows.is_dummy.map(blocks.REAL_OR_NOT),
    )
    columns = [
        tables.Column("title", "Indicator"),
        tables.Column("when", "Latest for wards"),
        tables.Column("real", "Real or made up"),
    ]
    return tables.table(rows, columns, INDICATORS)


def ages_text(shown: Ages) -> str:
    """Return the indicators, one a line."""
    return "\n".join(f"{row.title}: {row.period}" for row in shown.rows.itertuples())
