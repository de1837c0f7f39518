"""An ``add`` that is killed heals, what it leaves blocks no other, and nobody else reads it."""

import os
import stat

import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.publishing import run_lock
from darlington_analysis.sources import register
from tests.support.invented_people import HEADER, people

FIGURES = "Ward,Period,Claimants\nMowden,January 2011,12\nLascelles,January 2011,7\n"


class Killed(BaseException):
    """The moment at which a run is killed."""


@pytest.fixture
def killed(monkeypatch):
    """Return what kills a run at its n-th renaming of a file, nothing cleared away."""

    def at(moment, *words):
        renamed, replace = [], os.replace

        def stop(one, other):
            renamed.append(other)
            if len(renamed) == moment:
                raise Killed
            replace(one, other)

        with monkeypatch.context() as changed:
            changed.setattr("os.replace", stop)
            changed.setattr("pathlib.Path.unlink", lambda *_, **__: None)
            with pytest.raises(Killed):
                main(list(words))

    return at


def added(folder):
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("moment", [1, 2])
@pytest.mark.parametrize("same", [True, False])
def test_an_add_that_is_killed_is_healed_by_the_next(town, tmp_path, killed, moment, same):
    """Of the same file or another: every file has its sidecar, and nothing else is left."""
    for name in ("claims.csv", "other.csv"):
        (tmp_path / name).write_text(FIGURES, "utf-8")
    killed(moment, "add", str(tmp_path / "claims.csv"))
    next_one = "claims.csv" if same else "other.csv"
    is_whole = moment == 2  # the file had its name, its sidecar was whole: it has been added
    assert (10 if is_whole and same else 0) == main(["add", str(tmp_path / next_one)])
    names = {next_one} | ({"claims.csv"} if is_whole else set())
    assert sorted([*names, *(f"{name}.source.toml" for name in names)]) == added(town.incoming)
    register.register(town)


def test_a_file_that_lies_there_without_a_sidecar_is_described_by_add(town, tmp_path):
    """Named where it lies, or given once more from where it came; others are added meanwhile."""
    town.incoming.mkdir()
    for name in ("one.csv", "two.csv", "three.csv"):
        (tmp_path / name).write_text(FIGURES, "utf-8")
    for name in ("one.csv", "two.csv"):
        (town.incoming / name).write_text(FIGURES, "utf-8")
    assert 0 == main(["add", str(tmp_path / "three.csv")])
    assert 0 == main(["add", str(town.incoming / "one.csv")])
    (tmp_path / "two.csv").write_text(FIGURES.replace("12", "13"), "utf-8")
    assert 10 == main(["add", str(tmp_path / "two.csv")])
    (tmp_path / "two.csv").write_text(FIGURES, "utf-8")
    assert 0 == main(["add", str(tmp_path / "two.csv")])
    assert 6 == len(added(town.incoming))


@pytest.mark.parametrize("moment", [1, 2])
def test_counts_whose_add_is_killed_are_there_after_the_next(town, tmp_path, killed, moment):
    """Counts of people with their sidecar, and nothing else."""
    path = tmp_path / "list.csv"
    path.write_text("\n".join(map(",".join, [HEADER, *people(town, 60)])), "utf-8")
    killed(moment, "add", str(path))
    assert (0 if moment == 1 else 10) == main(["add", str(path)])
    assert ["fte_ward_counts.csv", "fte_ward_counts.csv.source.toml"] == added(town.restricted)


def test_nobody_else_reads_what_waits_to_be_looked_through(town, tmp_path):
    """Files 0600 in a folder 0700; what is put there by hand is shut by the next run."""
    path = tmp_path / "claims.csv"
    path.write_text(FIGURES, "utf-8")
    assert 0 == main(["add", str(path)])
    modes = {stat.S_IMODE(each.stat().st_mode) for each in town.incoming.iterdir()}
    assert ({0o600}, 0o700) == (modes, stat.S_IMODE(town.incoming.stat().st_mode))
    by_hand = town.incoming / "by_hand.csv"
    by_hand.write_text(FIGURES, "utf-8")
    by_hand.chmod(0o644)
    with run_lock.locked(town):
        assert 0o600 == stat.S_IMODE(by_hand.stat().st_mode)


def test_one_run_at_a_time_adds(town, tmp_path):
    """Another that holds the lock is waited for by nobody: exit code 17."""
    path = tmp_path / "claims.csv"
    path.write_text(FIGURES, "utf-8")
    with run_lock.locked(town):
        assert 17 == main(["add", str(path)])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (b"caf\xe9.csv", FIGURES, 2),
        (b"long.csv", FIGURES.replace("Claimants", "c" * 300_000), 10),
    ],
)
def test_what_no_sidecar_can_describe_is_refused_before_it_is_copied(
    town, tmp_path, capsys, name, content, code
):
    """A name that is no text, a header too long to be read: three lines, nothing written."""
    path = tmp_path / os.fsdecode(name)
    path.write_text(content, "utf-8")
    assert code == main(["add", str(path)])
    said = capsys.readouterr().err
    assert (3, True) == (len(said.splitlines()), len(said) < 1000)
    assert not town.incoming.exists()
    path.rename(tmp_path / "plain.csv").write_text(FIGURES, "utf-8")
    assert 0 == main(["add", str(tmp_path / "plain.csv")])
