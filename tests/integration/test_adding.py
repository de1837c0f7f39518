"""Layouts that published files come in: added, reviewed and read, or refused with the reason."""

import zipfile

import geopandas
import pandas as pd
import pytest
from shapely.geometry import box

from darlington_analysis.cleaning import first_time_entrants
from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import (
    DarlingtonError,
    DisclosureError,
    SchemaError,
    SourceError,
)
from darlington_analysis.sources import areas, register
from tests.support import reviewing
from tests.support.projects import BOROUGH, COUNTRY, REGION, copy_project
from tests.support.workbooks import write_ods, write_xlsx


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a project of its own into which files are added one after the other."""
    return copy_project(tmp_path_factory.mktemp("desk") / "town")


def number_of(taken, area, period, **equal):
    """Return the one number of an area and period."""
    rows = taken.figures[taken.figures.area_code.eq(area) & taken.figures.period.eq(period)]
    for column, wanted in equal.items():
        rows = rows[rows[column].eq(wanted)]
    assert 1 == len(rows)
    return rows.status.iloc[0] or rows.number.iloc[0]


def save(folder, name, content):
    """Write a file of text or bytes and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_ministry_s_workbook_of_first_time_entrants(desk, tmp_path):
    """One table a sheet, authorities in the last, years across, numbers as text, .xls on it."""
    table = [
        ["Table 2.8: First time entrants(1)(2) by local authority, years ending December", "", ""],
        ["England and Wales", "", ""],
        ["", "", ""],
        ["Local Authority", "2015", "2016(3)", "2017"],
        ["England and Wales", "20,014", "17,982", "15,800"],
        ["North East", "1,130", "977", "870.5"],
        ["Darlington", "34", "31", ".."],
        ["Hartlepool", "40", "38", "33"],
        ["", "", ""],
        ["(1) Police National Computer", "", ""],
    ]
    other = [["Table 2.1: Ages"], [""], ["Age", "2015"], ["10", "45"]]
    file = write_xlsx(tmp_path / "Ch 2 - First time entrants.xls", {"2.1": other, "2.8": table})
    taken = reviewing.taken(desk, file, **{"..": "x"})
    assert (2, 7) == (taken.rows_kept, len(taken.set_aside))
    assert (34, 31, "x") == tuple(number_of(taken, BOROUGH, y) for y in ("2015", "2016", "2017"))
    assert 870.5 == number_of(taken, REGION, "2017")


def test_a_council_s_list_by_ward_and_year_waits_for_what_it_is(desk, tmp_path):
    """Whether small counts are protected is asked with nothing offered."""
    wards = areas.ward_set(desk, "2003-2015").wards
    lines = ["Youth offending team,,", "Ward,2006/07,2007/08"]
    lines += [f"{ward.name},{at},{at % 7}" for at, ward in enumerate(wards)]
    file = save(tmp_path, "council_list.csv", "\r\n".join([*lines, "Total,276,66"]))
    sidecar = reviewing.add(desk, file)
    control = sidecar.read_text("utf-8").split('field = ["control"]')[1].split("answer")[0]
    assert 'offered = ""' in control
    assert 'total_rows = ["Total"]' in sidecar.read_text("utf-8")
    reviewing.answer(sidecar, control="controlled", kind="financial")
    with pytest.raises(DisclosureError, match="is none that the small-number rule") as fault:
        register.register(desk)
    assert "dataset fte-ward-counts" in fault.value.expected
    sidecar.unlink()
    (sidecar.parent / file.name).unlink()


def test_a_wide_file_of_first_time_entrants_goes_where_such_counts_belong(town, tmp_path, capsys):
    """Ward names, a column a year and a total: nothing but answers is needed until they are read."""
    wards, years = areas.ward_set(town, "2003-2015").wards, ("2006/07", "2007/08", "2008/09")
    years = (*years, "2009/10", "2010/11")
    counts = [[at + year for year in range(5)] for at in range(len(wards))]
    lines = [
        "First-time entrants by ward,,,,,",
        ",".join(["Ward", *years]),
        *(
            f"{ward.name},{','.join(map(str, own))}"
            for ward, own in zip(wards, counts, strict=True)
        ),
        f"Total,{','.join(str(sum(column)) for column in zip(*counts, strict=True))}",
    ]
    file = save(tmp_path, "yot.csv", "\n".join(lines) + "\n")
    assert 0 == main(["add", str(file)])
    told = capsys.readouterr()
    sidecar = town.restricted / "yot.csv.source.toml"
    assert "drafted: data/raw/restricted/yot.csv.source.toml" in told.out + told.err
    assert "dataset fte-ward-counts" in told.out + told.err
    assert not (town.incoming / "yot.csv").exists()
    for path in (sidecar, town.restricted / "yot.csv"):
        assert 0 == path.stat().st_mode & 0o007
    assert 10 == main(["check"])
    said = capsys.readouterr().err
    assert "takes" not in said
    reviewing.answer(
        sidecar, publisher="a council", retrieved="2011-06-30", vintage="2011", by_name="ward"
    )
    text = sidecar.read_text("utf-8").replace('answer = ""', 'answer = "yes"')
    sidecar.write_text(text, "utf-8")
    read = first_time_entrants.read_true_counts(town, "fte-ward-counts").counts
    assert (120, sum(map(sum, counts))) == (len(read), read["count"].sum())
    assert 0 == main(["check"])
    told = capsys.readouterr()
    assert "made-up figures come from 1 of them" in told.out + told.err


def test_the_fingertips_export_of_first_time_entrants(desk, tmp_path):
    """26 columns; value, limits, count and denominator of indicator 10401 become one row."""
    head = (
        "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
        "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI "
        "99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to "
        "England value or percentiles,Compared to Region value or percentiles,Time period Sortable,"
        "New data,Compared to goal"
    )
    name = "First time entrants to the youth justice system"
    row = (
        "10401,{n},,,{code},{area},X,Persons,10-17 yrs,,,{year},{value},{low},{high},,,{count},"
        "{base},,,,,{year}0000,,"
    )
    lines = [
        row.format(
            n=name,
            code=COUNTRY,
            area="England",
            year=2016,
            value=327.1,
            low=322.3,
            high=332,
            count=16500,
            base=5044000,
        ),
        row.format(
            n=name,
            code=BOROUGH,
            area="Darlington",
            year=2016,
            value=313.4,
            low=213,
            high=444.9,
            count=31,
            base=9892,
        ),
        row.format(
            n=name,
            code=BOROUGH,
            area="Darlington",
            year=2017,
            value="",
            low="",
            high="",
            count="",
            base=9900,
        ),
    ]
    file = save(tmp_path, "fingertips_10401.csv", "\n".join([head, *lines]))
    reviewing.answer(reviewing.add(desk, file))
    cleaned = reviewing.imported_rows(desk, file.name)
    own = cleaned.rows[cleaned.rows.area_code.eq(BOROUGH)].set_index("period")
    assert [31, 9892, 313.4, 213, 444.9] == list(
        own.loc["2016", ["numerator", "denominator", "value", "lower_limit", "upper_limit"]]
    )
    assert 0.95 == own.confidence["2016"]
    assert ("x", True) == (own.status["2017"], pd.isna(own.value["2017"]))


def test_several_columns_a_period_under_two_header_rows(desk, tmp_path):
    """The upper row names years, the lower one what is counted; codes stand before names."""
    lines = [
        "First time entrants,,,,",
        ",,,,",
        ",2018/19,,2019/20,",
        "Ward,Number,Rate,Number,Rate",
        "E05010412 Bank Top & Lascelles,4,3.2,5,4.1",
        "E05010414: Cockerton,3,2.2,2,1.1",
        "Stephenson Ward,7,5.2,1,0.9",
    ]
    file = save(tmp_path, "two_headers.csv", "\n".join(lines))
    taken = reviewing.taken(desk, file, kind="financial")
    slugs = {"indicator": "two-headers-rate"}
    assert (3.2, 4.1) == tuple(
        number_of(taken, "E05010412", year, **slugs) for year in ("2018/19", "2019/20")
    )
    assert 1 == number_of(taken, "E05010430", "2019/20", indicator="two-headers-number")


@pytest.mark.parametrize("has_limits", [True, False])
def test_modelled_levels_of_literacy_with_the_publisher_s_limits_or_none(
    desk, tmp_path, has_limits
):
    """Percentages by ward with their limits beside them; nothing of ours is added."""
    wards = areas.ward_set(desk, "2003-2015").wards
    lines = [
        "Ward code,Ward name,Below Level 1 literacy %" + ",Lower limit,Upper limit" * has_limits
    ]
    lines += [
        f"{w.code_old},{w.name},{20 + at}.5%" + f",{15 + at},{26 + at}" * has_limits
        for at, w in enumerate(wards)
    ]
    file = save(tmp_path, f"skills_modelled_2003_{has_limits}.csv", "\n".join(lines))
    reviewing.answer(reviewing.add(desk, file), kind="calendar", label="2003")
    rows = reviewing.imported_rows(desk, file.name).rows.set_index("area_code")
    assert (24, 20.5, "modelled") == (len(rows), rows.value["E05001553"], rows.basis["E05001553"])
    assert ([15, 26] if has_limits else []) == list(
        rows.loc["E05001553", ["lower_limit", "upper_limit"]].dropna()
    )


COUNTS = 'Ward,Period,Claimants\nMowden,January 2011,12\nCollege,January 2011,"1,034"\n'
ONLY_2003 = COUNTS + "Lascelles,January 2011,7\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cr_only.csv", ONLY_2003.replace("\n", "\r").encode()),
        ("crlf.csv", ONLY_2003.replace("\n", "\r\n").encode()),
        ("with_mark.csv", ONLY_2003.encode("utf-8-sig")),
        ("windows.csv", ONLY_2003.replace("Claimants", "Claimants £").encode("cp1252")),
        ("utf16.csv", ONLY_2003.encode("utf-16")),
        ("semicolons.csv", ONLY_2003.replace(",", ";").replace("1;034", "1,034").encode()),
        ("tabs.csv", ONLY_2003.replace(",", "\t").replace("1\t034", "1,034").encode()),
    ],
)
def test_text_files_of_every_make(desk, tmp_path, name, content):
    """Line ends, encodings and separators are found, written down and followed."""
    taken = reviewing.taken(desk, save(tmp_path, name, content), systems="ward-2003-2015")
    assert (12, 1034) == tuple(number_of(taken, c, "2011-01") for c in ("E05001570", "E05001557"))


def test_sheets_parquet_and_layers(desk, tmp_path):
    """ODS, Parquet, GeoJSON, GeoPackage and shapefile are read by what is in them."""
    rows = [["area_code", "year", "children"], [BOROUGH, 2011, 10275], [COUNTRY, 2011, 5045879]]
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    layer = geopandas.GeoDataFrame(frame, geometry=[box(0, 0, 1, 1), box(1, 1, 2, 2)], crs=27700)
    write_ods(tmp_path / "sheet.ods", rows)
    frame.to_parquet(tmp_path / "columns.parquet")
    layer.to_file(tmp_path / "outlines.geojson")
    layer.to_file(tmp_path / "layer.gpkg")
    for name in ("sheet.ods", "columns.parquet", "outlines.geojson", "layer.gpkg"):
        taken = reviewing.taken(desk, tmp_path / name, kind="census")
        assert 10275 == number_of(taken, BOROUGH, "2011", column="children")
    source = reviewing.source_of(desk, "layer.gpkg")
    assert 2 == len(register.open_layer(desk, source))
    layer.to_file(tmp_path / "shape.shp")
    assert "zip the files" in str(refusal(desk, tmp_path / "shape.shp"))
    with zipfile.ZipFile(tmp_path / "shape.zip", "w") as packed:
        for part in tmp_path.glob("shape.[!z]*"):
            packed.write(part, part.name)
    taken = reviewing.taken(desk, tmp_path / "shape.zip", kind="census")
    assert 10275 == number_of(taken, BOROUGH, "2011", column="children")


def refusal(desk, file) -> DarlingtonError:
    """Return why a file is not drafted."""
    with pytest.raises((SourceError, SchemaError)) as fault:
        reviewing.add(desk, file)
    return fault.value


def test_workbooks_that_lie_about_their_size_are_refused(desk, tmp_path):
    """One cell far out, cells repeated a million times, a part that unpacks to gigabytes."""
    rows = [["Ward", "2011"], ["Mowden", 3]]
    far = write_xlsx(tmp_path / "far.xlsx", {"a": rows}, far="XFD1048576")
    assert "1,048,576 rows by 16,384 columns" in str(refusal(desk, far))
    repeated = write_ods(tmp_path / "wide.ods", rows, repeated=9_000_000)
    assert "repeated over and over" in str(refusal(desk, repeated))
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 50_000_000)
    assert "a part that grows" in str(refusal(desk, bomb))
    honest = write_xlsx(tmp_path / "says_more.xlsx", {"a": rows}, dimension="A1:XFD1048576")
    assert 3 == number_of(
        reviewing.taken(desk, honest, systems="ward-2003-2015"), "E05001570", "2011"
    )


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("empty.csv", b"", 10, "is empty"),
        ("page.csv", b"<!DOCTYPE html><html>Please log in</html>", 10, "a web page"),
        ("paper.csv", b"%PDF-1.7 ...", 10, "a PDF"),
        ("noise.csv", bytes(range(256)), 10, "bytes that are no text"),
        ("quote.csv", b'Ward,2011\nMowden,"3\n', 10, "quotation mark"),
        ("words.csv", b"Dear all,\nplease find the figures attached.\n", 11, "no table"),
        ("elsewhere.csv", b"Ward,2011\nGosforth,3\nJesmond,4\n", 11, "no table"),
        ("half.xlsx", b"PK\x03\x04 and no more", 10, "can't be unpacked"),
        ("old.xls", b"\xd0\xcf\x11\xe0 and no more", 10, "can't be read"),
        ("slip.csv", b"Ward,2011\nMowden,3\nLascelles,3\nColege,4\n", 11, "Did you mean college"),
        (
            "slip.csv",
            b"Ward,2011\nMowden,3\nLascelles,3\nE0500155,4\n",
            11,
            "Did you mean e0500155",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(desk, tmp_path, name, content, code, said):
    """10 where a file can't be read, 11 where it holds no table that could be imported."""
    fault = refusal(desk, save(tmp_path, name, content))
    assert (code, True) == (fault.exit_code, said in str(fault)), str(fault)


def test_add_on_the_command_line_drafts_and_the_next_run_waits(town, tmp_path, capsys):
    """Exit 0 with a draft; nothing is imported while a question is open; never added twice."""
    file = save(tmp_path, "claims.csv", ONLY_2003)
    assert 0 == main(["add", str(file)])
    told = capsys.readouterr()
    assert "drafted: data/raw/incoming/claims.csv.source.toml" in told.out + told.err
    assert 0 == main(["add", str(save(tmp_path, "more_claims.csv", ONLY_2003))])
    assert 0 == main(["wards"])
    capsys.readouterr()
    assert 10 == main(["check"])
    assert "waits for a person" in capsys.readouterr().err
    assert 10 == main(["add", str(file)])
    assert 10 == main(["add", str(tmp_path / "not_there.csv")])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Mowden", "E05010422", "is E05010422 of ward-2015-on"),
        ("Mowden", "00EHMS", "of ward-before-2003"),
        ("Lascelles", "Lascels", "Did you mean lascelles"),
        (",12", ",1.2.3", "row 2, column Claimants"),
        (",12", ",-", "neither a number nor a marker"),
        ("January 2011,12", "2010/11,12", "row 2, column Period"),
        ("Claimants", "Claims", 'no column "Claimants"'),
        ("Mowden,January 2011,12\n", "", "ends at row 3"),
        (
            "Lascelles,January 2011,7",
            "Gosforth,January 2011,7",
            "2 rows with figures and 1 without",
        ),
        (
            "Lascelles,January 2011,7",
            "Mowden,January 2011,7",
            "rows 2 and 4: the same figure twice",
        ),
        ("Lascelles,January 2011,7", "Lascelles,January 2011", "row 4: 2 cells"),
    ],
)
def test_a_file_that_is_not_as_declared_is_stopped_at_row_and_column(
    desk, tmp_path, old, new, said
):
    """Its checksum made to fit, so that it is the reader who must see it."""
    sidecar = reviewing.answer(
        reviewing.add(desk, save(tmp_path, "declared.csv", ONLY_2003)), systems="ward-2003-2015"
    )
    try:
        source = reviewing.source_of(desk, "declared.csv")
        assert 3 == reviewing.retaken(desk, source, ONLY_2003).rows_kept
        with pytest.raises(SchemaError) as fault:
            reviewing.retaken(desk, source, ONLY_2003.replace(old, new))
        assert said in str(fault.value)
    finally:
        sidecar.unlink()
        (sidecar.parent / "declared.csv").unlink()


CODES = ("E05001554", "E05001570", "E05001575")


@pytest.mark.parametrize(
    ("column", "cells", "said"),
    [
        ("Week", ["2020-W10", "2020-W11", "2020-W12"], "column Week: “2020-W10” can't be read"),
        ("Period", ["H1 2019", "H2 2019", "H1 2020"], "column Period: “H1 2019” can't be read"),
        ("Financial Year", ["FY20", "FY21", "FY22"], "column Financial Year: “FY20” can't be read"),
        ("Reporting year", ["2019/20 YTD"] * 3, "column Reporting year: “2019/20 YTD” can't be"),
    ],
)
def test_a_column_of_periods_that_is_not_understood_is_named(desk, tmp_path, column, cells, said):
    """With its first cell; nobody is asked of which period the whole file is."""
    rows = [f"{code},{cell},{at}" for at, (code, cell) in enumerate(zip(CODES, cells, strict=True))]
    file = save(tmp_path, "periods.csv", "\n".join([f"Ward code,{column},Count", *rows]))
    with pytest.raises(SchemaError, match=said):
        reviewing.add(desk, file)


@pytest.mark.parametrize(
    ("bands", "first"),
    [
        (["44690", "44848", "15-19"], "44690"),  # 9 May and 14 October 2022, as Excel keeps them
        (["2019-05-09", "2019-10-14", "15-19"], "2019-05-09"),
        (["01-Feb", "03-Apr", "5+"], "01-Feb"),
    ],
)
def test_bands_that_a_spreadsheet_made_days_of_are_suspected(desk, tmp_path, bands, first):
    """As words, as days, and as the numbers that spreadsheets keep days by."""
    rows = [f"{CODES[0]},2019,{band},{at}" for at, band in enumerate(bands)]
    file = save(tmp_path, "bands.csv", "\n".join(["Ward code,Year,Rooms or age,Count", *rows]))
    with pytest.raises(SchemaError, match=f"“{first}” stands where ages or bands stand"):
        reviewing.add(desk, file)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Darlington BUA", "a built-up area"), ("Darlington CCG", "an NHS area")],
)
def test_a_name_that_says_its_kind_of_area_is_set_aside(desk, tmp_path, name, kind):
    """It is no slip of the pen for the borough."""
    rows = ["Area,Year,Count", "England,2019,5", "Darlington UA,2019,6", f"{name},2019,7"]
    file = save(tmp_path, f"{name}.csv", "\n".join(rows))
    taken = reviewing.taken(desk, file, by_name="borough, country")
    assert 2 == taken.rows_kept
    assert [f"“{name}” is {kind}"] == list(taken.set_aside.reason)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"type": "Feature", "geometry": null}', "JSON that is no FeatureCollection"),
        ("<table><tr><td>Ward</td></tr></table>", "a web page"),
    ],
)
def test_other_texts_are_refused_for_what_they_are(desk, tmp_path, content, said):
    """Neither is taken for CSV."""
    with pytest.raises(SourceError, match=said):
        reviewing.add(desk, save(tmp_path, "text.csv", content))
