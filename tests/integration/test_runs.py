"""Runs with nothing to do, what is remembered of runs, and entries for runs without anybody."""

import contextlib
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
import yaml

from darlington_analysis.cli import commands
from darlington_analysis.cli.main import main
from darlington_analysis.cli.progress import Progress
from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import LockedError, PackFailedError, UsageError, VerifyError
from darlington_analysis.core.project import Project
from darlington_analysis.evidence import table
from darlington_analysis.publishing import kernels, packs, run_state, verifying
from darlington_analysis.publishing.run_lock import locked
from tests.support.projects import ROOT, copy_project

ASKED = {"ward": [], "supported": False, "force": False, "scheduler": None, "edition": None}


@pytest.fixture
def town(tmp_path, monkeypatch):
    """Return a project whose last whole run left a file in reports, beside another edition."""
    project = copy_project(tmp_path / "town")
    for path in ("reports/2011/index.html", "reports/2025/w/figures.csv", "data/processed/x.csv"):
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        (project.root / path).write_text("1", "utf-8")
    now = run_state.edition_now(project, "2011", fingerprints.inputs(project))
    run_state.save_state(project, "2011", now | {"packs": 24})
    monkeypatch.setenv("DARLINGTON_PROJECT", str(project.root))
    return project


def answered(**other):
    """Return whether a run with nothing to do is answered at once."""
    return run_state.nothing_to_do(SimpleNamespace(**ASKED | other))


def test_nothing_changed_is_answered_without_reading_a_table(town):
    """The command says so, ends with 0, and imports neither pandas nor matplotlib."""
    script = (
        "import sys; from darlington_analysis.cli.main import main; code = main(['packs']);"
        "print(code, sorted({'pandas', 'numpy', 'matplotlib', 'papermill'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    first, where, end = said.stdout.splitlines()
    assert "2011 edition: nothing has changed. All 24 packs are as they were." == first
    assert ("reports/2011/index.html", "0 []") == (where, end)
    line = json.loads((town.runs / run_state.RECORD).read_text("utf-8"))
    assert (24, 0, "2011") == (line["unchanged"], line["exit_code"], line["edition"])


@pytest.mark.parametrize(
    "path",
    [
        "darlington.toml",
        "data/raw/census/2011/age_bands.csv",
        "data/raw/restricted/counts.csv",
        "notebooks/02-ward-evidence-pack.ipynb",
        "reports/2011/index.html",
        "reports/2011/more.csv",
        "reports/2025/w/figures.csv",
        "data/processed/x.csv",
        "data/agreements/one.toml",
    ],
)
def test_whatever_changes_is_seen(town, path):
    """A raw file, a setting, a notebook, a published file, an edition beside: then all is read."""
    assert answered()
    target = town.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as changed:
        changed.write("\n# more\n")
    assert not answered()


@pytest.mark.parametrize("other", [{"ward": ["Mowden"]}, {"force": True}, {"supported": True}])
def test_what_is_asked_by_name_is_never_answered_unread(town, other):
    """Named wards are looked up, and a forced run makes everything."""
    assert not answered(**other)


def test_after_a_run_that_was_not_whole_everything_is_looked_at(town):
    """A failed ward, or a run for some wards only, leaves nothing to lean on."""
    run_state.save_state(town, "2011", run_state.load_state(town, "2011") | {"packs": 0})
    assert not answered()
    (town.runs / "2011.json").write_text("{", "utf-8")
    assert not answered()


def test_one_run_at_a_time_also_where_nothing_has_changed(town):
    """The lock of another run is respected."""
    with locked(town), pytest.raises(LockedError):
        answered()


def test_however_a_run_ends_the_record_s_last_line_says_so(tmp_path):
    """Done, failed with its exit code, stopped by a person, or by a fault of ours."""
    project = Project(tmp_path)
    fault = PackFailedError("One pack could not be made", "All can.", "again")
    for ending, code in ((None, 0), (fault, 13), (KeyboardInterrupt(), 130), (ValueError(), 1)):
        with (
            contextlib.suppress(PackFailedError, KeyboardInterrupt, ValueError),
            run_state.recorded(project, "2011") as record,
        ):
            record.pack("E05001570", "made", seconds=1.0, fault="", tries=1)
            if ending:
                raise ending
        lines = [
            json.loads(each) for each in (project.runs / run_state.RECORD).open(encoding="utf-8")
        ]
        assert ("made", code, 1) == (lines[-2]["state"], lines[-1]["exit_code"], lines[-1]["made"])
        assert lines[-2]["run"] == lines[-1]["run"]


def test_the_record_says_why_a_pack_was_left_and_what_has_changed(tmp_path):
    """Unchanged, frozen or failed: each with its reason; the last line has the causes."""
    project = Project(tmp_path)
    with run_state.recorded(project, "2011") as record:
        record.because = ["changed notebooks/02-ward-evidence-pack.ipynb"]
        record.pack("E05001570", "unchanged")
        record.pack("E05001571", "frozen")
        record.pack("E05001572", "failed", fault="a cell stopped")
    lines = [json.loads(each) for each in (project.runs / run_state.RECORD).open(encoding="utf-8")]
    assert "nothing that it rests on has changed" == lines[0]["why"]
    assert lines[1]["why"].startswith("it stands still")
    assert ("a cell stopped", None) == (lines[2]["fault"], lines[2].get("why"))
    assert record.because == lines[-1]["because"]


def test_causes_name_what_is_new_changed_and_gone():
    """Nothing is named that is as it was."""
    found = run_state.changed_inputs({"a": "1", "b": "1", "c": "1"}, {"b": "2", "c": "1", "d": "1"})
    assert [("gone", "a"), ("changed", "b"), ("new", "d")] == found
    said = run_state.because([("changed", f"data/raw/{n}") for n in range(10)], is_first=False)
    assert (10, "  and 2 more") == (len(said), said[-1])


def test_changes_of_a_pack_are_counted_in_figures_and_sentences(tmp_path):
    """A figure with another value, a new one, a sentence reworded; a new pack is all new."""
    head = "indicator,area_code,period,breakdown,vintage,value\n"
    for name, rows, sentence in (
        ("old", "a,b,1,all,v,5\n", "Five."),
        ("new", "a,b,1,all,v,6\na,b,2,all,v,1\n", "Six."),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "figures.csv").write_text(head + rows, "utf-8")
        claims = {"claims": [{"id": "one", "sentence": sentence}]}
        (tmp_path / name / "manifest.json").write_text(json.dumps(claims), "utf-8")
    assert (2, 1, False, False) == packs.between(tmp_path / "old", tmp_path / "new")
    assert (0, 0, False, False) == packs.between(tmp_path / "new", tmp_path / "new")
    assert (2, 1, False, False) == packs.between(tmp_path / "none", tmp_path / "new")
    spoilt = json.loads((tmp_path / "new" / "manifest.json").read_text("utf-8"))
    (tmp_path / "new" / "manifest.json").write_text(json.dumps(spoilt | {"agreement": "x"}))
    assert (2, 1, True, False) == packs.between(tmp_path / "old", tmp_path / "new")
    wrote = run_state.of_packs([("Mowden", 0, 0, True, False)])
    assert "  Mowden: 0 figures, 0 sentences, and what people wrote in its agreement" in wrote
    assert "  Mowden: 2 figures, 1 sentence" in run_state.of_packs([("Mowden", 2, 1, False, False)])


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (
            lambda folder: (folder / "a/x.csv").write_text("1\n3\n"),
            "2011/a/x.csv .* row 2, column “1” differs",
        ),
        (lambda folder: (folder / "a/x.csv").unlink(), "it is missing"),
        (lambda folder: (folder / "b.csv").write_text("1"), "b.csv .* it would not be there"),
        (lambda folder: (folder / "a/x.csv").write_text("1\n2\n\n"), "row 3 is one too many"),
    ],
)
def test_the_first_difference_of_an_edition_is_named(tmp_path, spoil, what):
    """Another line, a missing file, one too many, one that goes on: exit code 16."""
    for name in ("there", "again"):
        (tmp_path / name / "a").mkdir(parents=True)
        (tmp_path / name / "a/x.csv").write_text("1\n2\n", "utf-8")
    assert 1 == verifying._compared(tmp_path / "there", tmp_path / "again", "2011")
    spoil(tmp_path / "there")
    with pytest.raises(VerifyError, match=what) as refused:
        verifying._compared(tmp_path / "there", tmp_path / "again", "2011")
    assert 16 == refused.value.exit_code


def test_verify_says_where_nothing_can_be_forked(town, monkeypatch, capsys):
    """It makes packs as `packs` does, and says as much of the way."""
    monkeypatch.setattr(commands, "_process", lambda *_: None)
    no_wards = SimpleNamespace(wards=())
    monkeypatch.setattr(table, "load", lambda *_: SimpleNamespace(wards=no_wards))
    monkeypatch.setattr(verifying, "published_wards", lambda _: ())
    monkeypatch.setattr(verifying, "rebuild_and_compare", lambda *_: 5)
    for can, words_ in ((True, False), (False, True)):
        monkeypatch.setattr(kernels, "warm_up", lambda *_, can=can: can)
        assert 0 == main(["verify", "2011"])
        assert words_ == ("Nothing can be forked here" in capsys.readouterr().out)


def test_a_run_beside_another_ends_with_17_and_writes_nothing(town, capsys):
    """Cleaning, packs and verify: each is refused in three lines while another has the lock."""
    before = fingerprints.of_folder(town.root)
    with locked(town):
        for asked in (["data"], ["packs"], ["packs", "--ward", "Mowden"], ["verify", "2011"]):
            assert 17 == main(asked)
            assert 3 == len(capsys.readouterr().err.strip().splitlines())
    assert before.items() <= (fingerprints.of_folder(town.root)).items()
    assert not (town.runs / run_state.RECORD).exists()


def test_the_cron_entry_runs_this_project_with_this_python():
    """Five fields of time, then the command; nothing is left to fill in but who gets the mail."""
    entry = commands.entry("cron", Project(ROOT), None)
    command = entry.splitlines()[-1].split(maxsplit=5)
    assert ["30", "5", "*", "*", "1-5"] == command[:5]
    wanted = f"cd {ROOT} && {sys.executable} -P -m darlington_analysis packs --edition 2025"
    assert wanted == command[5]


@pytest.mark.parametrize("kind", ["cron", "systemd"])
@pytest.mark.parametrize(
    "name", ["a b", "a;b", "%h", "a$HOME", "a'b", 'a"b', "a\\b", "a\nb", "a&b"]
)
def test_a_path_that_an_entry_would_take_apart_is_refused(tmp_path, monkeypatch, kind, name):
    """No shell, cron or systemd reads these as part of a path: the project's, or its Python's."""
    project = copy_project(tmp_path / name)
    with pytest.raises(UsageError, match="can't stand in an entry"):
        commands.entry(kind, project, None)
    monkeypatch.setattr(sys, "executable", f"/opt/{name}/bin/python")
    with pytest.raises(UsageError, match="can't stand in an entry"):
        commands.entry(kind, Project(ROOT), None)
    assert commands.entry("ci", project, None)  # which names neither


def test_the_command_says_in_three_lines_that_a_path_is_refused(tmp_path, monkeypatch, capsys):
    """2, and nothing is printed that somebody might paste."""
    project = copy_project(tmp_path / "a b; touch HACK %h")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(project.root))
    assert 2 == main(["schedule", "cron"])
    said = capsys.readouterr()
    assert ("", 3) == (said.out, len(said.err.splitlines()))


@pytest.mark.parametrize(
    ("kind", "daily", "weekly"),
    [
        ("cron", "30 5 * * 1-5 cd", "30 5 * * 1 cd"),
        ("systemd", "OnCalendar=Mon..Fri 05:30", "OnCalendar=Mon 05:30"),
        ("ci", '- cron: "30 5 * * 1-5"', '- cron: "30 5 * * 1"'),
    ],
)
def test_an_entry_runs_on_working_days_or_once_a_week(kind, daily, weekly, monkeypatch, capsys):
    """--weekly is Monday alone."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(ROOT))
    for words, there, gone in (([], daily, weekly), (["--weekly"], weekly, daily)):
        assert 0 == main(["schedule", kind, *words])
        said = capsys.readouterr().out
        assert there in said
        assert gone not in said


def test_long_work_says_how_much_time_is_left(monkeypatch, capsys):
    """Two of ten packs in four minutes leave about 16; under a minute nothing is said."""
    clock = iter([0.0, 120.0, 240.0])
    monkeypatch.setattr("darlington_analysis.cli.progress.time.monotonic", lambda: next(clock))
    with Progress(10, "Packs") as progress:
        progress.tell("E1", "made")
        progress.tell("E2", "made")
    lines = capsys.readouterr().out.splitlines()
    assert ["1/10 E1 made, about 18 min left", "2/10 E2 made, about 16 min left"] == lines


def test_the_ci_entry_is_a_workflow_that_runs_by_itself():
    """It is YAML, has a schedule and one run at a time, and keeps what was made."""
    workflow = yaml.safe_load(commands.entry("ci", Project(ROOT), "2025"))
    assert [{"cron": "30 5 * * 1-5"}] == workflow[True]["schedule"]  # YAML reads “on” as true
    steps = workflow["jobs"]["packs"]["steps"]
    assert any("packs --edition 2025" in step.get("run", "") for step in steps)
    assert {"contents": "read"} == workflow["permissions"]


def test_the_units_of_two_editions_are_two_files():
    """An edition that is named is in the names of its files: the second overwrites no first."""
    named = commands.entry("systemd", Project(ROOT), "2011")
    for kind in ("service", "timer"):
        assert f"# /etc/systemd/system/darlington-packs-2011.{kind}" in named
        assert f"darlington-packs.{kind}" not in named


def test_the_systemd_entry_reads_raw_files_and_knows_no_network(tmp_path):
    """A user of its own, raw files read-only, no network; systemd finds nothing to object to."""
    text = commands.entry("systemd", Project(ROOT), None)
    service, timer = text.split("# /etc/systemd/system/darlington-packs.timer")
    for line in (
        "User=darlington",
        "PrivateNetwork=yes",
        f"ReadOnlyPaths={ROOT}/data/raw {ROOT}/data/agreements",
        "ProtectSystem=strict",
        f"ReadWritePaths={ROOT}/data {ROOT}/reports",
    ):
        assert line in service.splitlines()
    assert "OnCalendar=Mon..Fri 05:30" in timer.splitlines()
    for name, unit in (("service", service), ("timer", timer)):
        (tmp_path / f"darlington-packs.{name}").write_text(unit, "utf-8")
    try:
        read = subprocess.run(
            [
                "systemd-analyze",
                "verify",
                "--man=no",
                "darlington-packs.service",
                "darlington-packs.timer",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        )
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not on this machine")
    assert [] == [line for line in read.stderr.splitlines() if "darlington-packs" in line]


def test_what_is_added_to_an_edition_is_no_change_if_it_was_whole_before(tmp_path):
    """A run with nothing to do stays one; an edition that somebody spoilt is not forgiven."""
    project = Project(tmp_path)
    folder = project.reports / "2011"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("a", "utf-8")
    for spoilt, kept in (("a", True), ("b", False)):
        run_state.save_state(project, "2011", {"packs": 1, "files": fingerprints.of_folder(folder)})
        (folder / "index.html").write_text(spoilt, "utf-8")
        with run_state.keeping_fingerprint(project, "2011"):
            (folder / "added.pdf").write_text(spoilt, "utf-8")
        known = run_state.load_state(project, "2011")
        assert kept == (known["files"] == fingerprints.of_folder(folder))
        assert 1 == known["packs"]


def test_a_pack_made_from_a_cell_of_a_notebook_holds_no_style_of_it(monkeypatch, capsys):
    """`!darlington packs` inherits the notebook's name; what it starts must not."""
    monkeypatch.setenv("JPY_SESSION_NAME", "a.ipynb")
    assert 2 == main(["no-such-command"])
    assert "JPY_SESSION_NAME" not in os.environ
    assert "can't be followed" in capsys.readouterr().err


def test_a_change_beside_the_ward_is_not_called_none(tmp_path):
    """Where a pack's own figures stay and another ward's do not, the summary says so."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        manifest = {"claims": [], "agreement": "", "beside": name}
        (tmp_path / name / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    changed = packs.between(tmp_path / "old", tmp_path / "new")
    assert (0, 0, False, True) == changed
    said = run_state.of_packs([("Mowden", *changed)])
    assert "  Mowden: 0 figures, 0 sentences, and figures of other areas beside it" in said
    same = run_state.of_packs([("Mowden", 0, 0, False, False)])
    assert 1 == len(same)
    assert same[0].endswith("of the ward or of the areas that it is shown beside.")
