"""What lies in the user's and the working folder for other programs changes and stops no run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from darlington_analysis.cli.main import main


def test_a_planted_list_of_fonts_moves_no_word(tmp_path):
    """The list that matplotlib keeps in the user's folder may name another file for a font."""
    measure = (
        "from darlington_analysis.pages.components import drawing; "
        "print(drawing.text_width('Wards'), drawing.text_width('Wards', bold=True))"
    )

    def measured() -> str:
        environment = {**os.environ, "MPLCONFIGDIR": str(tmp_path)}
        command = [sys.executable, "-P", "-c", measure]
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return told.stdout

    before = measured()
    (listed,) = tmp_path.glob("fontlist-*.json")
    fonts = json.loads(listed.read_text("utf-8"))
    for font in fonts["ttflist"]:
        font["name"] = {"DejaVu Sans": "x", "DejaVu Sans Mono": "DejaVu Sans"}.get(
            font["name"], "y"
        )
    listed.write_text(json.dumps(fonts), "utf-8")
    assert before == measured()


def _not_text(path: Path) -> None:
    path.write_bytes(b"font.size: \xff\xfe")


def _too_long(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


@pytest.mark.parametrize("spoil", [_not_text, _too_long, os.mkfifo])
@pytest.mark.parametrize("place", ["work", "MATPLOTLIBRC", "MPLCONFIGDIR", "home"])
def test_a_matplotlibrc_that_cannot_be_read_is_named(tmp_path, monkeypatch, capsys, place, spoil):
    """matplotlib would end each process with a traceback, or wait for ever."""
    folder = tmp_path / (".config/matplotlib" if place == "home" else "matplotlib")
    folder.mkdir(parents=True)
    spoil(folder / "matplotlibrc")
    for name in ("MATPLOTLIBRC", "MPLCONFIGDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder if place == "work" else tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    if place in ("MATPLOTLIBRC", "MPLCONFIGDIR"):
        monkeypatch.setenv(place, str(folder))
    assert 2 == main(["wards"])
    said = capsys.readouterr().err
    assert "matplotlibrc can't be read" in said
    assert "Try: " in said


def test_settings_of_matplotlib_that_can_be_read_stop_nothing(tmp_path, monkeypatch):
    """A person's own look for plots is theirs."""
    (tmp_path / "matplotlibrc").write_text("font.size: 31\n", "utf-8")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(Path(__file__).parents[2]))
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["wards"])


def test_a_fault_that_nobody_can_be_told_of_keeps_its_exit_code(monkeypatch):
    """Standard error is a full disk, or a log that may not grow."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(Path(__file__).parents[2]))
    with open("/dev/full", "w", buffering=1, encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert 12 == main(["wards", "--edition", "1066"])
        with pytest.raises(OSError):
            full.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
