"""Evidence is lazy: what is asked for is worked out, for all wards at once, and nothing else."""

import sys
from pathlib import Path

import pytest

import darlington_analysis
from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import what_matters
from darlington_analysis.publishing import papers

LIBRARY = Path(darlington_analysis.__file__).parent
TESTS = {"forecasts", "power", "trends"}


def files_executed(act) -> set[str]:
    """Return the library's files of which a function was called while ``act`` ran."""
    seen = set()

    def note(frame, event, _):
        if event == "call" and frame.f_code.co_name != "<module>":
            seen.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    inside = (Path(name) for name in seen if name.startswith(f"{LIBRARY}/"))
    return {path.relative_to(LIBRARY).with_suffix("").as_posix() for path in inside}


@pytest.fixture
def fresh(edition_table):
    """Return a function that loads the edition's table anew: nothing is kept with it yet."""
    return lambda: table.load("2011", edition_table.project)


def test_the_findings_execute_few_files(fresh):
    """From the processed table to the sentences of page 1: no forecast and no test of a trend. The
    strengths and the support of a ward are read from its agreement record.
    """
    executed = files_executed(
        lambda: what_matters.sentences(in_table(fresh(), "Red Hall").what_matters)
    )
    of_its_record = {name for name in executed if name.startswith("agreements/")}
    of_its_record |= {"evidence/agreement", "pages/support"}
    assert not {f"statistics/{name}" for name in TESTS} & executed
    assert "evidence/outlook" not in executed
    assert len(of_its_record) <= 7, sorted(of_its_record)
    assert len(executed - of_its_record) < 30, sorted(executed)


def test_a_charter_executes_few_files(fresh):
    """It prints a record, and the newest figure beside each target: no statistic is worked out."""
    evidence = in_table(fresh(), "Central")
    _ = evidence.version_id  # it is printed, and the pack beside it has worked it out
    executed = files_executed(lambda: papers.charter(evidence))
    assert not [name for name in executed if name.startswith("statistics/")]
    assert len(executed) < 22, sorted(executed)


def test_a_second_ward_needs_no_statistics(fresh):
    """They were worked out for every ward when the first one asked for them."""
    loaded = fresh()
    first, *others = loaded.wards.wards
    _ = in_table(loaded, first.code).claims
    for ward in others[:3]:
        executed = files_executed(lambda ward=ward: in_table(loaded, ward.code).claims)
        assert not [name for name in executed if name.startswith("statistics/")]


@pytest.mark.parametrize("section", ["header", "place", "fairness", "agreement"])
def test_a_section_runs_no_forecast(fresh, section):
    """Each asks only for what it shows."""
    evidence = in_table(fresh(), "Red Hall")
    executed = files_executed(lambda: getattr(evidence, section))
    assert not {"statistics/forecasts", "statistics/power", "statistics/trends"} & executed
