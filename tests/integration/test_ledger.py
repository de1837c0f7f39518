"""The ledger says what the borough and the published packs say, and the same each time."""

import json

import pandas as pd
import pytest

from darlington_analysis.evidence.ward import in_table
from darlington_analysis.publishing import pack


@pytest.fixture(scope="module")
def written(edition_table, tmp_path_factory):
    """Return an edition's folder with one pack's manifest, and its ledger."""
    folder = tmp_path_factory.mktemp("edition")
    ward = in_table(edition_table, "Cockerton East")
    place = folder / ward.ward.folder
    place.mkdir()
    claims = [{**pack.ledger_entry(each), "rows": each.rows} for each in ward.claims]
    (place / pack.MANIFEST).write_text(json.dumps({"claims": claims}), "utf-8")
    pack.write(edition_table, folder)
    return folder, pd.read_csv(folder / pack.LEDGER, keep_default_na=False), ward


def test_the_ledger_holds_the_borough_s_and_the_pack_s_claims(written):
    """Every claim once a ward, with id, rule, sentence and the hash of its rows."""
    _, table, ward = written
    assert pack.COLUMNS == list(table)
    assert {"", ward.ward.code} == set(table.ward)
    assert len(ward.claims) == (table.ward == ward.ward.code).sum()
    assert not table.duplicated(["id", "ward"]).any()
    assert table.sentence.str.len().gt(10).all()
    has_rows = ~table.rule.isin(["no-strength-in-figures", "cannot-say"])
    assert table.rows_hash[has_rows].str.fullmatch("h[0-9a-f]{12}").all()


def test_only_statements_of_the_documents_have_a_verdict(written):
    """All 13 statements of the borough, five of the ward; a sentence of ours has none."""
    _, table, ward = written
    told = table[table.verdict != ""]
    assert {"statement"} == set(told.rule)
    assert {"": 13, ward.ward.code: 5} == told.ward.value_counts().to_dict()


def test_a_made_up_figure_never_gets_a_verdict_that_holds(written):
    """Claims on made-up rows are marked, and confirm nothing."""
    _, table, _ = written
    made_up = table[table.is_dummy.astype(str).eq("True") & table.rule.eq("statement")]
    assert ["cannot be tested"] * 3 == list(made_up.verdict)


def test_the_ledger_is_the_same_to_the_byte(written, edition_table):
    """Written again from the same rows, nothing changes."""
    folder, _, _ = written
    before = (folder / pack.LEDGER).read_bytes()
    pack.write(edition_table, folder)
    assert before == (folder / pack.LEDGER).read_bytes()
