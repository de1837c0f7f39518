"""`pytest --requirements` writes the pages where every marked test passes, and else fails."""

import pytest

from tests.support import requirements

pytest_plugins = "pytester"

CONFTEST = """
pytest_plugins = ["tests.support.requirements"]
"""
TESTS = """
import pytest

@pytest.mark.requirement(1)
@pytest.mark.parametrize("case", ["a", "b"])
def test_whole(case):
    {body}

@pytest.mark.parametrize("case", ["a", pytest.param("b", marks=pytest.mark.requirement(2))])
def test_case(case):
    pass

@pytest.mark.accessibility({check})
def test_unmarked():
    assert False, "not a requirement: not run"
"""


@pytest.fixture
def suite(pytester):
    """Return a project of two requirements and 47 checks, without its tests."""
    for folder in ("tests", "docs", "darlington_analysis"):
        pytester.mkdir(folder)
    (pytester.path / "darlington_analysis/it.py").write_text("", "utf-8")
    row = '[[row]]\nid = {}\nasks = "x"\ncode = "darlington_analysis.it"\nreader = "page 1"\n'
    row += 'proof = "stops"\n'
    table = row.format(1) + row.format(2)
    (pytester.path / requirements.TABLES["requirement"]).write_text(table, "utf-8")
    check = '[[row]]\nid = {}\nasks = "x"\nedition = ""\nperson = "x"\n'
    checks = "".join(check.format(number) for number in range(1, 48))
    (pytester.path / requirements.TABLES["accessibility"]).write_text(checks, "utf-8")
    pytester.makeconftest(CONFTEST)
    return pytester


def written(suite) -> bool:
    """Return whether both pages were written."""
    return all((suite.path / page).is_file() for page in requirements.PAGES.values())


def test_the_pages_are_written_where_every_marked_test_passes(suite):
    """The unmarked test is not run; a case that shows a requirement alone is named as a case."""
    suite.makepyfile(test_it=TESTS.format(body="pass", check=5))
    ran = suite.runpytest_inprocess("--requirements")
    ran.assert_outcomes(passed=3, deselected=2)
    assert written(suite)
    page = (suite.path / "docs/requirements.md").read_text("utf-8")
    row = "| 1 | x | the wrong thing is stopped | `darlington_analysis.it` | page 1 |"
    assert f"{row} `test_it.py::test_whole` |" in page
    assert "| `test_it.py::test_case[b]` |" in page
    assert "`test_it.py::test_unmarked`" in (suite.path / "docs/accessibility.md").read_text(
        "utf-8"
    )


def test_names_alone_are_checked_without_running_a_test(suite):
    """With --collect-only the pages are written although a marked test would fail."""
    suite.makepyfile(test_it=TESTS.format(body="assert False", check=5))
    assert 0 == suite.runpytest_inprocess("--requirements", "--collect-only").ret
    assert written(suite)


@pytest.mark.parametrize(
    ("body", "check", "fault"),
    [
        ("assert False", 5, "failed: test_it.py::test_whole*"),
        ("pytest.skip('x')", 5, "skipped: test_it.py::test_whole*"),
        ("pass", 48, "*test_unmarked is marked 48, which is in no table"),
    ],
)
def test_no_page_is_written_where_a_marked_test_does_not_pass(suite, body, check, fault):
    """It fails, it is skipped, or a marker has no row."""
    suite.makepyfile(test_it=TESTS.format(body=body, check=check))
    ran = suite.runpytest_inprocess("--requirements")
    assert 0 != ran.ret
    assert not written(suite)
    ran.stdout.fnmatch_lines([fault]) if check == 5 else ran.stderr.fnmatch_lines([fault])
