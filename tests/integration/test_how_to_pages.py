"""What the tutorial and the how-to pages show is what happens."""

import re

import pandas as pd
import pytest

from tests.support.projects import ROOT

EXPECTED = {"wards": 24, "pairs": 3, "times": 2, "places": 4, "set_aside": 55}  # rows


@pytest.mark.parametrize("name", ["get_a_table", "compare", "find_why_a_row_was_set_aside"])
def test_python_of_the_how_to_pages_runs(name, edition_table, monkeypatch):
    """What a page asks an analyst to type works, in a project with processed data."""
    import matplotlib

    matplotlib.use("agg")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
    monkeypatch.chdir(edition_table.project.root)
    text = (ROOT / "docs" / "how_to" / f"{name}.md").read_text("utf-8")
    variables: dict = {}
    for code in re.findall(r"```python\n(.*?)```", text, re.S):
        exec(compile(code, name, "exec"), variables)  # the page itself is what is tested
    tables = {name: len(table) for name, table in variables.items() if name in EXPECTED}
    assert tables == {name: EXPECTED[name] for name in tables}
    assert tables


def test_the_tutorial_shows_how_many_rows_there_really_are(edition_table):
    """The rows it prints are those of the committed raw files."""
    processed = edition_table.project.processed
    rows = len(pd.read_parquet(processed / "indicators.parquet"))
    set_aside = len(pd.read_csv(processed / "set_aside.csv"))
    tutorial = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    assert f"{rows} rows, {set_aside} raw rows set aside" in tutorial
