"""Tables that people download hold in a spreadsheet what is written in them."""

import pandas as pd
import pytest

from darlington_analysis.core import atomic
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.publishing import disclosure_audit, pack, printed
from tests.support import spreadsheets

# What Excel makes another day, number or formula of; the first is a day where the month is one.
MISREAD = ["10-14", "5-9", "Oct-14", "05-Sep", "1/2", "12:30", "833e57058503", "007", "(5)"]
MISREAD += ["12345678901234567", "March 2020", "=1+1", "2010/11", "2023-10", "1 1/2", "14-Oct-2020"]
KEPT = ["Red Hall & Lingfield", "mid-2020", "2006/07 to 2010/11", "2025-02-04", "E05010414"]
KEPT += ["0-4 and 5-9", "2024 Q1", "age_10_14", "2025", "12.5", "0", "-5.25%", "1,234", "0.27.0"]


@pytest.fixture(scope="module")
def published(edition_table, real_table, tmp_path_factory):
    """Return the tables of both editions as they are published: figures, claims, the audit."""
    tables = []
    for table, name in ((edition_table, "Cockerton East"), (real_table, "Cockerton East")):
        folder = tmp_path_factory.mktemp("edition")
        ward = in_table(table, name)
        atomic.write_csv(ward.figures, folder / pack.FIGURES)
        pack.write(table, folder)
        atomic.write_csv(disclosure_audit.audit(table).table, folder / printed.AUDIT)
        tables += sorted(folder.glob("*.csv"))
    return tables


def test_every_published_table_opens_as_it_is_written(published, tmp_path):
    """A financial year does not become a month, nor a hash a number, in Excel or LibreOffice."""
    assert 6 == len(published)
    for at, path in enumerate(published):
        (tmp_path / str(at)).mkdir()
        spreadsheets.refuse_changed(path, tmp_path / str(at))


def test_periods_come_back_as_they_stand_in_the_indicator_table(published):
    """What reads a published table again finds the periods of the one table."""
    read = atomic.read_csv(published[2], dtype=str)
    assert "2009/10" in set(read.period)
    assert not read.period.str.contains("financial|month").any()
    assert pd.read_csv(published[2]).period.str.contains("financial year 2009/10").any()


def test_what_is_read_for_disclosure_is_the_same_whenever_it_was_published(edition_table, tmp_path):
    """Tables that were written before periods were spelled out, and those of today."""
    figures = in_table(edition_table, "Cockerton East").figures
    for name in ("old/2010", "new/2010"):
        (tmp_path / name / "ward").mkdir(parents=True)
    figures.to_csv(tmp_path / "old/2010/ward" / pack.FIGURES, index=False)
    atomic.write_csv(figures, tmp_path / "new/2010/ward" / pack.FIGURES)
    old, new = (printed.figures_in(tmp_path / name) for name in ("old", "new"))
    assert "2009/10" in set(old.period.astype(str))
    pd.testing.assert_frame_equal(old, new)


@pytest.mark.parametrize("cell", MISREAD)
def test_a_text_that_a_spreadsheet_would_change_is_kept_from_it(cell):
    """The model takes it for something else as it is, and for text as it is written."""
    assert spreadsheets.kind_in_excel(cell) in spreadsheets.CHANGED
    assert "text" == spreadsheets.kind_in_excel(atomic.defused(cell))


@pytest.mark.parametrize("cell", KEPT)
def test_other_cells_are_written_as_they_are(cell):
    """Words, days and numbers need no sign before them."""
    assert cell == atomic.defused(cell)
    assert spreadsheets.kind_in_excel(cell) not in spreadsheets.CHANGED


def test_a_table_that_was_not_made_safe_is_seen(tmp_path):
    """The check can fail, by the model and by LibreOffice."""
    path = tmp_path / "a.csv"
    path.write_text("period,hash\n2006/07,833e57058503\n", "utf-8")
    with pytest.raises(AssertionError, match="Excel changes .*another number"):
        spreadsheets.refuse_changed(path, tmp_path)
    assert "833e57058503" not in spreadsheets.in_libreoffice(path, tmp_path)[1]
