"""Real counts that were published are not replaced by made-up ones in silence."""

import csv
import json

import pytest

from darlington_analysis.core.errors import SourceError
from darlington_analysis.publishing import pack

ROW = {
    "indicator": "first-time-entrants",
    "period": "2006/07 to 2010/11",
    "breakdown": "all",
    "vintage": "2011",
}
TITLE = "Children who enter the youth justice system for the first time"


def published(edition_folder, ward, *, is_dummy: bool) -> None:
    """Write what a published pack says of first-time entrants."""
    folder = edition_folder / ward.folder
    folder.mkdir()
    row = ROW | {"area_code": ward.code, "is_dummy": str(is_dummy)}
    with (folder / pack.FIGURES).open("w", encoding="utf-8-sig", newline="") as table:
        writer = csv.DictWriter(table, list(row))
        writer.writeheader()
        writer.writerow(row)
    made_up = [TITLE] if is_dummy else []
    (folder / pack.MANIFEST).write_text(json.dumps({"made_up_indicators": made_up}), "utf-8")


@pytest.mark.parametrize("is_dummy", [True, False])
def test_a_run_that_would_fall_back_to_made_up_counts_stops(edition_table, tmp_path, is_dummy):
    """It names the figure, the edition and the ward; an edition that was made up goes on."""
    ward = edition_table.wards.find("Mowden").ward
    published(tmp_path, ward, is_dummy=is_dummy)
    if is_dummy:
        pack.refuse_made_up_again(edition_table, tmp_path)
        return
    with pytest.raises(SourceError, match=f"{TITLE}: reports/2011 has real figures of Mowden"):
        pack.refuse_made_up_again(edition_table, tmp_path)


def test_an_edition_that_is_not_there_yet_is_made(edition_table, tmp_path):
    """Nothing was published, so nothing is lost."""
    pack.refuse_made_up_again(edition_table, tmp_path)
