"""A list with a row a young person: counted, and nothing that tells who anybody is comes out."""

import csv
import re
import stat

import pandas as pd
import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core import permissions
from darlington_analysis.core.errors import DisclosureError, SchemaError
from darlington_analysis.intake import incoming, young_people
from darlington_analysis.publishing import cluster
from darlington_analysis.readers import personal_data
from tests.support.invented_people import HEADER, people
from tests.support.projects import ROOT, tracked
from tests.support.real_counts import SIDECAR, YEARS
from tests.support.workbooks import write_xlsx

RESTRICTED = "data/raw/restricted/fte_ward_counts.csv"


@pytest.fixture
def listed(town, tmp_path):
    """Return invented people, and the file outside the project in which they are listed."""
    rows = people(town)
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return rows, path


def answered(town) -> None:
    """Answer the questions of the drafted sidecar."""
    sidecar = town.root / f"{RESTRICTED}.source.toml"
    answers = iter(("yes, all", "yes", "A council in a test", "2011-06-30", "2011-06"))
    text = re.sub('answer = ""', lambda _: f'answer = "{next(answers)}"', sidecar.read_text())
    sidecar.write_text(text, "utf-8")


def secrets(rows) -> set[bytes]:
    """Return every name, date of birth and postcode, as they stand and without spaces."""
    told = {cell for row in rows for cell in row[:4]}
    return {each.encode() for each in told | {each.replace(" ", "") for each in told}}


def leaks(town, rows, said="") -> list[str]:
    """Return the files, and what was said, in which something of somebody stands."""
    found = [path for path in town.root.rglob("*") if path.is_file()]
    contents = {str(path): path.read_bytes() for path in found} | {"said": said.encode()}
    return [
        name
        for name, content in contents.items()
        if any(secret in content for secret in secrets(rows))
    ]


def test_a_list_of_five_hundred_goes_in_and_nobody_comes_out(town, listed, capsys):
    """Through “add” and “data”: counts are right, and no byte anywhere holds anybody."""
    rows, path = listed
    assert 0 == main(["add", str(path)])
    answered(town)
    assert 0 == main(["data"])
    said = "".join(capsys.readouterr())
    assert [] == leaks(town, rows, said)
    made = pd.read_parquet(town.processed / "indicators.parquet")
    table = made[
        made.indicator.eq("first-time-entrants") & made.source.str.startswith("restricted/")
    ]
    wards = table[table.area_type == "ward"].set_index("area_code")
    counts = young_people.counted(town, young_people.people_in([HEADER, *rows]), "2003-2015")
    true = counts[counts.period.isin(YEARS)].groupby("ward_code")["count"].sum()
    assert 500 == counts["count"].sum()
    small = true[true.between(1, 7)]
    assert len(small) > 0
    assert wards.loc[small.index, ["numerator", "value"]].isna().all(axis=None)
    large = wards[wards.numerator.notna() & true.reindex(wards.index).gt(7)]
    assert (large.numerator - true[large.index]).abs().max() <= 2


def test_only_the_owner_can_read_what_was_counted(town, listed):
    """Files 0600, the folder 0700; what was left open is shut by the next run."""
    assert 0 == main(["add", str(listed[1])])
    path = town.root / RESTRICTED
    assert (0o600, 0o700) == tuple(
        stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)
    )
    path.chmod(0o644)
    permissions.restrict_private_folders(town)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_list_in_the_restricted_folder_is_counted_where_it_lies(town, listed, capsys):
    """With a sidecar of ours, “data” counts it; nothing of it is copied or said."""
    import hashlib

    rows, path = listed
    content = path.read_bytes()
    place = town.root / RESTRICTED
    place.write_bytes(content)
    columns = "\n".join(f'"{name}" = "of a person"' for name in HEADER)
    text = SIDECAR.format(checksum=hashlib.sha256(content).hexdigest()).split("[columns]")[0]
    place.with_name(place.name + ".source.toml").write_text(f"{text}[columns]\n{columns}\n")
    assert 0 == main(["data"])
    said = "".join(capsys.readouterr())
    assert [str(place)] == leaks(town, rows, said)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: [[*row[:4], "Nowhere", *row[5:]] for row in rows],
        lambda rows: [[*row[:5], "some day", *row[6:]] for row in rows],
        lambda rows: [row[:4] for row in rows],
        lambda rows: [[*row, row[5]] for row in rows],
    ],
)
def test_a_list_that_cannot_be_counted_is_refused_in_silence(town, tmp_path, capsys, spoil):
    """No ward, no day, two days: three lines, and nobody in them."""
    rows = spoil(people(town, 60))
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*HEADER, "Later outcome"][: len(rows[0])], *rows])
    assert 11 == main(["add", str(path)])
    said = "".join(capsys.readouterr())
    assert [] == leaks(town, rows, said)


def test_a_list_in_a_workbook_or_without_a_header_is_recognised(town, tmp_path, capsys):
    """The sheet is looked at, and so are cells: a list needs no header to be one."""
    rows = people(town, 40)
    book = write_xlsx(tmp_path / "list.xlsx", {"Notes": [["About"]], "People": [HEADER, *rows]})
    assert 0 == main(["add", str(book)])
    assert personal_data.columns_of([HEADER, *rows])
    assert personal_data.columns_of(rows)
    assert personal_data.columns_of([[row[0], row[2], row[5]] for row in rows])
    assert [] == leaks(town, rows, "".join(capsys.readouterr()))


def test_people_on_a_sheet_a_year_are_all_counted(town, tmp_path):
    """Those of every sheet, and somebody on two of them once, at the earlier day."""
    rows = [[*row, ""] for row in people(town, 90)]
    sheets = {
        "2008": [HEADER, *rows[:30]],
        "2009": [HEADER, *rows[30:60]],
        "All": [["Everybody"], [], HEADER, *rows],
    }
    assert 0 == main(["add", str(write_xlsx(tmp_path / "years.xlsx", sheets))])
    lines = (town.root / RESTRICTED).read_text("utf-8").splitlines()[1:]
    assert 90 == sum(int(line.rpartition(",")[2]) for line in lines)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: [[*HEADER[:5], "Day", "Gender"], *rows],
        lambda rows: [HEADER[3:], *(row[3:] for row in rows)],
    ],
)
def test_people_on_sheets_that_make_no_one_list_are_refused(town, tmp_path, capsys, spoil):
    """Other columns, or nobody told from anybody: three lines, and nothing is counted."""
    rows = people(town, 60)
    one = [HEADER, *rows[:30]] if spoil(rows)[0][0] == HEADER[0] else spoil(rows[:30])
    book = write_xlsx(tmp_path / "years.xlsx", {"a": one, "b": spoil(rows[30:])})
    assert 11 == main(["add", str(book)])
    assert [] == leaks(town, rows, "".join(capsys.readouterr()))
    assert not (town.root / RESTRICTED).exists()


def test_a_list_elsewhere_in_data_raw_stops_everything(town, listed, capsys):
    """A sidecar that says it is open does not help; the error quotes nobody."""
    import hashlib

    rows, path = listed
    place = town.raw / "census" / "2011" / "profile_counts.csv"
    place.write_bytes(path.read_bytes())
    side = place.with_name(place.name + ".source.toml")
    head = side.read_text("utf-8").split("[columns]")[0]
    digest = hashlib.sha256(place.read_bytes()).hexdigest()
    head = re.sub(r'(?m)^sha256 = ".*"', f'sha256 = "{digest}"', head)
    side.write_text(head + "[columns]\n" + "\n".join(f'"{name}" = "x"' for name in HEADER) + "\n")
    assert DisclosureError.exit_code == main(["data"])
    said = "".join(capsys.readouterr())
    assert [str(place)] == leaks(town, rows, said)


def test_somebody_listed_twice_entered_once_and_first(town):
    """The earlier day counts."""
    row = [*people(town, 20)[0][:5], "01/05/2008", "girl"]
    later = [*row[:5], "01/05/2010", "girl"]
    counts = young_people.counted(
        town, young_people.people_in([HEADER, later, row, row]), "2003-2015"
    )
    assert (1, "2008/09") == (counts["count"].sum(), counts[counts["count"] > 0].period.item())


def test_postcodes_are_put_in_wards_by_a_source_that_says_where(town):
    """Without a column of wards, and without such a source, nothing is guessed."""
    rows = [[*row[:4], row[5]] for row in people(town, 30)]
    listed = young_people.people_in([[*HEADER[:4], HEADER[5]], *rows])
    with pytest.raises(SchemaError):
        young_people.ward_set_of(town, listed)
    _put_postcodes(town, {row[3]: "E05001561" for row in rows})
    assert "2003-2015" == young_people.ward_set_of(town, listed)
    counts = young_people.counted(town, listed, "2003-2015")
    assert 30 == counts[counts.ward_code == "E05001561"]["count"].sum()


def _put_postcodes(town, wards: dict[str, str]) -> None:
    import hashlib

    text = "postcode,ward_code\n" + "".join(f"{each},{ward}\n" for each, ward in wards.items())
    path = town.raw / "geography" / "2003-2015" / "postcodes.csv"
    path.write_text(text, "utf-8")
    side = SIDECAR.format(checksum=hashlib.sha256(text.encode()).hexdigest())
    side = side.replace("fte-ward-counts", "postcodes").replace('2011-06"', '2003-2015"')
    side = side.replace('"controlled"', '"open"').split("[columns]")[0]
    path.with_name("postcodes.csv.source.toml").write_text(
        f'{side}[columns]\npostcode = "postcode"\nward_code = "ward"\n', "utf-8"
    )


def test_no_worker_elsewhere_is_sent_restricted_files_or_files_under_review(town):
    """Whatever a file there is called."""
    import io
    import tarfile

    for name in ("raw/restricted/notes.md", "raw/incoming/some.csv", "agreements/private/a.md"):
        path = town.root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("secret")
    (town.root / "data/processed").mkdir(exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(cluster.packed(town))) as sent:
        names = sent.getnames()
    assert not {"notes.md", "some.csv", "a.md"} & {name.split("/")[-1] for name in names}


def test_no_table_of_ours_is_taken_for_a_list_of_people(reference_data):
    """Every raw file and every real sample is a table of areas."""
    files = [
        *(ROOT / name for name in tracked("data/raw") if name.endswith(".csv")),
        *(reference_data / "indicators").rglob("*.csv"),
    ]
    for path in files:
        text = path.read_bytes().decode("utf-8", "replace")
        assert {} == personal_data.columns_of(list(csv.reader(text.splitlines()))[:300]), path.name


def test_a_file_is_never_added_over_another(town, listed):
    """The counts of a list do not take the place of counts that are there."""
    (town.root / RESTRICTED).write_text("ward_code,period,first_time_entrants\n")
    assert 10 == main(["add", str(listed[1])])
    assert incoming.__doc__
