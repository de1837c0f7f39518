"""A raw file is read only beside its sidecar and its true checksum."""

import hashlib
import re

import pytest

from darlington_analysis.cleaning import process, ward_geography
from darlington_analysis.core.errors import SchemaError, SourceError
from darlington_analysis.core.settings import load_settings
from darlington_analysis.sources import register, sidecars

WARDS = "geography/2003-2015/wards.csv"


def test_every_committed_source_is_whole(project):
    """Every file of data/raw has a sidecar, and is the file its sidecar describes."""
    found = register.register(project)
    for source in found:
        register.check_unchanged(project, source)
    assert len(found) >= 20


def test_a_changed_file_is_refused(town):
    """One more byte in a raw file stops whoever opens it."""
    source = register.find(town, "wards")
    path = town.raw / source.path
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(SourceError, match="has changed since its sidecar was written"):
        register.open_raw(town, source)


def test_a_file_without_a_sidecar_is_refused(town):
    """A file without its story is not read."""
    (town.raw / "geography/2003-2015/stray.csv").write_text("a\n1\n", "utf-8")
    with pytest.raises(SourceError, match="stray.csv has no sidecar"):
        register.register(town)


def test_a_sidecar_without_its_file_is_refused(town):
    """A story without its file says that something was lost."""
    (town.raw / WARDS).unlink()
    with pytest.raises(SourceError, match="describes a file that is not there"):
        register.register(town)


@pytest.mark.parametrize("key", ["publisher", "licence", "sha256", "control", "is_dummy"])
def test_an_incomplete_sidecar_is_refused(town, key):
    """Each thing a reader must be able to learn of a source is required."""
    sidecar = town.raw / (WARDS + ".source.toml")
    lines = sidecar.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{key} ")]
    assert len(kept) == len(lines) - 1
    sidecar.write_text("\n".join(kept), "utf-8")
    with pytest.raises(SourceError, match=key):
        register.register(town)


def test_columns_must_be_those_of_the_sidecar(town):
    """A renamed column is noticed even where the checksum was made to fit."""
    path, sidecar = town.raw / WARDS, town.raw / (WARDS + ".source.toml")
    old = path.read_bytes()
    new = old.replace(b"ward_name", b"name_of_ward", 1)
    path.write_bytes(new)
    sums = [hashlib.sha256(each).hexdigest() for each in (old, new)]
    sidecar.write_text(sidecar.read_text("utf-8").replace(*sums), "utf-8")
    with pytest.raises(SourceError, match="name_of_ward"):
        register.open_raw(town, register.find(town, "wards", "2003-2015"))


def test_a_real_source_goes_before_a_dummy(town):
    """Where both are there, the made-up one is not used."""
    from tests.support.real_counts import drop_real_counts

    assert register.find(town, "fte-ward-counts").is_dummy
    drop_real_counts(town)
    assert not register.find(town, "fte-ward-counts").is_dummy


def test_a_file_that_changes_while_it_is_read_is_not_used(town, monkeypatch):
    """What is vouched for is what is used, whenever somebody writes over the file."""
    source = register.find_all(town, "wards")[0]
    path = town.raw / source.path
    before = register.open_raw(town, source).frame
    hashed, reads = register.hashlib.sha256, []

    def spoil(content=b""):
        reads.append(len(content))
        path.write_bytes(b"x,y\n1,2\n")
        return hashed(content)

    monkeypatch.setattr(register.hashlib, "sha256", spoil)
    assert before.equals(register.open_raw(town, source).frame)
    assert reads
    with pytest.raises(SourceError, match="has changed"):
        register.open_raw(town, source)


def test_each_column_that_is_read_of_a_known_dataset_is_asked_for(project):
    """A geography, an Index or a list of rates with another name for a column is refused."""
    known = ("ward", "former-", "lsoa", "imd-", "fte-lait", "fte-england", "fte-region")
    unread = {"address", "area_type", "column", "row"}  # for people, or read where they are held
    tried = 0
    for source in register.register(project):
        sidecars.require_columns(source)
        columns = set(source.columns) - unread if source.dataset.startswith(known) else set()
        if source.dataset == "lsoa2011-to-lsoa2021":
            columns.discard("change")  # said for people, not read
        for column in columns:
            named = {
                "other" if name == column else name: words for name, words in source.columns.items()
            }
            with pytest.raises(SourceError, match=f"has no column {column}"):
                sidecars.require_columns(source.model_copy(update={"columns": named}))
            tried += 1
    assert tried > 60


@pytest.mark.parametrize("column", ["area_code", "households", "fuel_poor"])
def test_each_column_of_a_declared_table_is_asked_for(town, column):
    """Another publisher's name for it is named in three lines, not met in a traceback."""
    path = town.raw / "fuel-poverty/2021/wards.csv"
    side = path.with_name(f"{path.name}.source.toml")
    content = path.read_bytes().replace(column.encode(), b"other", 1)
    digests = [hashlib.sha256(held).hexdigest() for held in (path.read_bytes(), content)]
    path.write_bytes(content)
    text = side.read_text("utf-8").replace(*digests).replace(f"\n{column} =", "\nother =")
    side.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=f"no column {column}, which fuel-poverty-wards needs"):
        process.gather(town, load_settings(town))


def test_an_area_that_stands_twice_among_residents_is_named(town):
    """The shares of wards are worked out from them; the second row was a traceback."""
    path = town.raw / "population/mid-2020/all_ages_lsoas.csv"
    side = path.with_name(f"{path.name}.source.toml")
    content = path.read_bytes()
    twice = content + content.splitlines(keepends=True)[1]
    digests = [hashlib.sha256(held).hexdigest() for held in (content, twice)]
    path.write_bytes(twice)
    side.write_text(side.read_text("utf-8").replace(*digests), "utf-8")
    with pytest.raises(SchemaError, match="all_ages_lsoas.csv says E0101.* more than once"):
        ward_geography.residents(town, "2011")


@pytest.mark.parametrize(
    "name", ["census/2001/wards_2003_2015.csv", "dummy/adult-skills/ward_percentages_DUMMY.csv"]
)
def test_figures_of_another_council_s_ward_in_a_table_of_ours_are_refused(town, name):
    """Its row has the same columns and a fitting checksum, and no sum that it would upset."""
    path = town.raw / name
    side = path.with_name(f"{path.name}.source.toml")
    content = path.read_bytes()
    row = next(line for line in content.splitlines(keepends=True) if b"E05" in line)
    other = content + re.sub(rb"E05\d{6}", b"E05009999", row)
    digests = [hashlib.sha256(held).hexdigest() for held in (content, other)]
    path.write_bytes(other)
    side.write_text(side.read_text("utf-8").replace(*digests), "utf-8")
    with pytest.raises(SchemaError, match=f"{name} has figures of E05009999"):
        process.process(town, load_settings(town))
