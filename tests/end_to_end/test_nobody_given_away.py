"""500 invented young people go in, packs come out, and none of them: short; `make attacks` does all
formats.
"""

import zipfile

import pandas as pd
import pytest

from scripts.hardening import attack_people

MADE = ["numerator", "value", "lower_limit", "upper_limit"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Return a town through which they went: add, data, packs and two formats, and an error."""
    pytest.importorskip("gptables", reason="the extra “workbook” is not installed")
    return attack_people.Town(tmp_path_factory.mktemp("nobody") / "town", ("workbook", "text"))


def test_nobody_comes_out_of_any_byte(town):
    """Of data/processed, reports, run records, what was said: no name, day, postcode, count."""
    kinds = {path.suffix for path in town.made}
    assert {".parquet", ".xlsx", ".txt", ".html", ".ipynb", ".csv", ".jsonl"} <= kinds
    sought = town.secrets()
    assert 500 == len(town.people)
    assert all(len(words) for words in sought.values())
    assert dict.fromkeys(sought, []) == town.found()


def test_no_count_of_one_to_seven_comes_out_of_any_table(town):
    """Neither in a ward nor in the borough: each is null, and so is all that is made from it."""
    tables = [pd.read_parquet(next(town.root.rglob("indicators.parquet")))]
    tables += [pd.read_csv(path) for path in town.root.rglob("figures.csv")]
    for table in tables:
        ours = table[table.source.str.startswith("restricted/")]
        assert ours.status.eq("c").any()
        assert not ours.numerator.between(0.5, 7.5).any()
        assert ours.loc[ours.status.eq("c"), MADE].isna().all(axis=None)


def test_only_its_owner_reads_what_is_private_and_nobody_else_writes(town):
    """Counts, run records and their folders are shut; what is published others only read."""
    for name in ("data/raw/restricted", "data/.runs"):
        folder = town.root / name
        shut = [path for path in (folder, *folder.rglob("*")) if path.name != "README.md"]
        assert {0} == {path.stat().st_mode & 0o077 for path in shut}
    for name in ("reports", "data/processed"):
        assert not any(path.stat().st_mode & 0o022 for path in (town.root / name).rglob("*"))


@pytest.mark.parametrize("name", ["figures.xlsx", "evidence-pack.ipynb", "indicators.parquet"])
def test_the_search_can_fail(town, name):
    """Somebody put into a file, packed as that file packs, is found."""
    path = next(town.root.rglob(name))
    before, somebody = path.read_bytes(), town.people[3][0]
    if name.endswith("xlsx"):
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/comments1.xml", f"<t>{somebody}</t>")
    elif name.endswith("parquet"):
        pd.read_parquet(path).assign(vintage=somebody).to_parquet(path, compression="gzip")
    else:
        escaped = "".join(f"\\u{ord(letter):04x}" for letter in somebody)
        text = before.decode().replace('"nbformat"', f'"said": "{escaped}", "nbformat"', 1)
        path.write_text(text)
    sought = attack_people._any_of({somebody})
    is_there = sought.search(b"".join(attack_people.every_byte(path)))
    path.write_bytes(before)
    assert is_there
    assert not sought.search(path.read_bytes())
