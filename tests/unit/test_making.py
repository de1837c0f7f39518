"""Why a pack could not be made, in words that may be published."""

from pathlib import Path

import pytest

from darlington_analysis.core.errors import PackFailedError
from darlington_analysis.publishing import pack, packs


def reason(fault: Exception, root: Path, monkeypatch) -> str:
    """Return why a pack of a project in ``root`` could not be made."""

    def fails(_):
        raise fault

    monkeypatch.setattr(pack, "make", fails)
    order = pack.Order("E1", "2011", root / "notebooks/02.ipynb", root / "reports/2011/E1-a")
    return packs.make_in_staging(order, root / "reports").fault


@pytest.mark.parametrize("root", ["town", "a town & more"])
def test_a_reason_tells_no_place_of_this_machine(tmp_path, monkeypatch, root):
    """Neither the project's root, which the leak scan refuses, nor a folder of another path."""
    root = tmp_path / root
    path = f"{root}/data/processed/ward_indicators.parquet"
    missing = FileNotFoundError(2, "No such file or directory", path)
    known = PackFailedError(f"notebooks/02.ipynb stopped: ValueError: {path}, and {path}", "", "")
    told = reason(missing, root, monkeypatch)
    assert "[Errno 2] No such file or directory: 'data/processed/ward_indicators.parquet'" in told
    short = "data/processed/ward_indicators.parquet"
    said = f"notebooks/02.ipynb stopped: ValueError: {short}, and {short}"
    assert said == reason(known, root, monkeypatch)
    elsewhere = ValueError('File "/opt/some place/x.py", and /usr/lib/python3/y.py:12 or /etc/z')
    assert "ValueError: " in reason(elsewhere, root, monkeypatch)
    for folder in ("/opt", "/usr", "lib/", "/etc", str(tmp_path)):
        assert folder not in reason(elsewhere, root, monkeypatch)


@pytest.mark.parametrize(
    "words",
    [
        "notebooks/02-ward-evidence-pack.ipynb stopped: KeyError: 'a/b'",
        "2/3 of and/or, 5 / 6",
        "see https://example.org/a/b",
        "</b> is no tag",
        "KeyError: '/'",
    ],
)
def test_a_reason_without_a_place_is_as_it_was(tmp_path, monkeypatch, words):
    """Fractions, addresses of the web, and paths within the project stay."""
    assert words == reason(PackFailedError(words, "", ""), tmp_path, monkeypatch)
