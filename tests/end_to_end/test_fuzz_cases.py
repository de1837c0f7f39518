"""What fuzzing found once is met with three lines, or read; a short run finds no more."""

import importlib.util
import resource
import subprocess
import sys

import pytest

from scripts.hardening import (
    fuzz_seeds,
    fuzz_targets,
)
from tests.support.projects import ROOT

CASES = sorted((ROOT / "tests" / "end_to_end" / "cases").rglob("*.case"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_what_was_found_once_is_answered(case):
    """No error but our own; the folder names the target."""
    fuzz_targets.TARGETS[case.parent.name](case.read_bytes())


def test_found_cases_stay_few_and_small():
    """A case is the smallest input that met a fault."""
    assert 0 < len(CASES) <= 60
    assert all(case.stat().st_size <= 20_000 for case in CASES)


def test_a_workbook_that_wants_too_much_memory_ends_its_own_process(tmp_path, monkeypatch):
    """The reader is ended, and the answer has three lines; ours goes on."""
    from darlington_analysis.core.errors import SourceError
    from darlington_analysis.readers import grids, separate_process
    from tests.support.workbooks import write_xlsx

    path = write_xlsx(tmp_path / "a.xlsx", {"Table 1": [["x"] * 300] * 1500})
    assert ["Table 1"] == list(grids.sheet_names(path))
    monkeypatch.setattr(separate_process, "MOST_MEMORY", 36 << 20)
    with pytest.raises(SourceError, match="can't be read"):
        grids.sheet_grid(path, "Table 1")
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != 36 << 20


@pytest.mark.parametrize(
    "place",
    [
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r = "1048576"><c r="A1048576"/></row><row r="1"><c s="1" r="xfd1"/></row>',
    ],
)
def test_a_cell_far_out_is_seen_however_its_tag_is_written(tmp_path, place):
    """Single quotes, spaces, small letters, a row's own number."""
    import zipfile

    from darlington_analysis.core.errors import SourceError
    from darlington_analysis.readers import grids
    from tests.support.workbooks import write_xlsx

    whole = write_xlsx(tmp_path / "a.xlsx", {"Table 1": [["x", "y"]]})
    lying = tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(lying, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, part.replace("</sheetData>", f"{place}</sheetData>"))
    with pytest.raises(SourceError, match="too large"):
        grids.sheet_names(lying)


@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="the extra “fuzz” is not there")
def test_a_short_run_of_each_target_ends_by_itself(tmp_path):
    """A few seconds of `make fuzz` in the tests; the long run is in docs/fuzz.md."""
    words = [
        sys.executable,
        "-m",
        "scripts.hardening.fuzz",
        "--minutes",
        "0.1",
        "--target",
        "records",
        "--keep",
        str(tmp_path),
    ]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert 0 == ran.returncode, ran.stdout + ran.stderr
    assert "| records |" in ran.stdout


@pytest.mark.parametrize("target", fuzz_targets.TARGETS)
def test_every_target_has_seeds_to_begin_from(target, tmp_path):
    """Fuzzing starts from real inputs, and each is met with an answer itself."""
    assert fuzz_seeds.write(target, tmp_path) > 10
    for seed in sorted(tmp_path.iterdir())[:5]:
        fuzz_targets.TARGETS[target](seed.read_bytes())
