"""The ledger of an edition: every sentence its packs and the borough's notebook may say."""

import json
from pathlib import Path

import pandas as pd

from darlington_analysis.core import safe_csv
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.publishing import pack

LEDGER = "claims.csv"
COLUMNS = ["id", "ward", "rule", "sentence", "rows_hash", "is_dummy", "verdict"]


def write(loaded: EditionTable, edition_folder: Path) -> None:
    """Write ``claims.csv``: the borough's claims (no ward), then each published pack's own.

    A pack's claims are those its manifest vouches for, so the ledger never says what a pack does
    not; the order is that of the wards and of the pages, so the same edition gives the same bytes.
    """
    rows = [{**pack.ledger_entry(each), "ward": ""} for each in BoroughEvidence(loaded).claims]
    for ward in loaded.wards.wards:
        manifest = edition_folder / pack.folder_name(ward.code, ward.slug) / pack.MANIFEST
        if manifest.is_file():
            told = json.loads(manifest.read_text("utf-8"))["claims"]
            rows += [{**each, "ward": ward.code} for each in told]
    table = pd.DataFrame(rows, columns=COLUMNS)
    safe_csv.write(table, edition_folder / LEDGER)
