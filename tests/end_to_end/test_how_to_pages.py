"""How-to pages are followed to the letter: every block of a page is run, in a project of its own."""

import contextlib
import functools
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import pandas as pd
import pytest

from darlington_analysis.agreements import form, reading
from tests.support.projects import ROOT, tracked
from tests.support.real_counts import counts_of
from tests.support.records import record_of
from tests.support.shared import copied

BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
# The environment is set up already: it is the one that runs the tests.
COMMANDS = 'make() { command make --assume-old=.venv/.installed "$@"; }\n{}'


class Desk:
    """Where a person follows a page. ``by_hand`` is what that person does besides typing commands:
    a function of the desk and the text of a block, for each block that says it is neither commands
    nor Python, in the order of the page; ``before`` does something before a line with its start.
    """

    def __init__(self, root: Path, by_hand=(), before=None):
        self.root, self.by_hand, self.before = root, list(by_hand), before or {}
        self.variables: dict = {}
        self.printed: dict[str, str] = {}
        venv = Path(sys.prefix)
        for name in tracked("Makefile", "pyproject.toml", "requirements.lock", "scripts"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes((ROOT / name).read_bytes())
        (root / ".venv").symlink_to(venv)
        self.environment = {**os.environ, "PATH": f"{venv}/bin{os.pathsep}{os.environ['PATH']}"}
        self.environment.pop("DARLINGTON_PROJECT", None)

    def follow(self, name: str) -> None:
        """Run every block of a page; fails where one can't be, or where nobody knows its kind."""
        text = (ROOT / "docs" / "how_to" / f"{name}.md").read_text("utf-8")
        blocks = [(kind, textwrap.dedent(block)) for _, kind, block in BLOCK.findall(text)]
        assert text.count("```") == 2 * len(blocks)
        for kind, block in blocks:
            if kind == "python":
                exec(compile(block, name, "exec"), self.variables)  # the page is what is tested
            elif not kind:
                self.type(block)
            else:
                self.by_hand.pop(0)(self, block)
        assert not self.by_hand

    def type(self, block: str) -> None:
        """Run the lines of a block, one after the other, as a shell does."""
        for line in block.splitlines():
            for start, act in self.before.items():
                if line.startswith(start):
                    act(self, line)
            self.printed[line.partition("#")[0].strip()] = self.run(line)

    def run(self, script: str) -> str:
        """Return what a script printed, which must end well, or the page that it serves."""
        if _SERVES.search(script):
            return self.served(script)
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", COMMANDS.replace("{}", script)],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert 0 == ran.returncode, f"{script}\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def served(self, script: str) -> str:
        """Run a server until a page of it answers; return that page."""
        command = ["bash", "-c", COMMANDS.replace("{}", script)]
        log = self.root / "served.log"
        with log.open("w") as out:
            server = subprocess.Popen(
                command,
                cwd=self.root,
                env=self.environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            return _answered(server, log)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(60)

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")


_SERVES = re.compile(r"http\.server|make lab")


def _answered(server, log: Path) -> str:
    for _ in range(600):
        address = re.search(r"http://(127\.0\.0\.1|localhost):\d+/?", log.read_text("utf-8"))
        with contextlib.suppress(OSError):
            where = address[0] if address else "http://127.0.0.1:8000/"
            with urllib.request.urlopen(where, timeout=30) as page:
                return page.read().decode()
        assert server.poll() is None, log.read_text("utf-8")
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture
def desk(shared, tmp_path, monkeypatch):
    """Return a function that makes a desk in a processed project with the settings as shipped."""
    import matplotlib

    matplotlib.use("agg")
    root = copied(shared.as_shipped(), tmp_path / "town").root
    monkeypatch.delenv("DARLINGTON_PROJECT", raising=False)
    monkeypatch.chdir(root)
    return functools.partial(Desk, root)


def test_get_a_table(desk):
    """A row for each of the 20 wards and the three wider areas, and four saved plots."""
    at = desk()
    at.follow("get_a_table")
    assert 23 == len(at.variables["table"])
    assert {"Park East", "Darlington", "North East", "England"} == set(
        at.variables["park_east"].area
    )
    assert {"Park East", "England"} == set(at.variables["beside"].columns)
    assert len(at.variables["periods"]) > 23
    saved = ("no-qualifications.png", "park-east.png", "park-east-over-time.png", "together.png")
    for name in saved:
        assert (at.root / name).stat().st_size > 10_000


def test_compare(desk):
    """Three pairs, two censuses, and both editions' wards of one place."""
    at = desk()
    at.follow("compare")
    rows = {name: len(at.variables[name]) for name in ("pairs", "times", "places")}
    assert {"pairs": 3, "times": 2, "places": 4} == rows
    assert len(at.variables["scan"]) > 100
    beside = at.variables["beside"]
    assert {"ward", "borough", "country"} <= set(beside.area_type)
    assert 20 == beside.area_type.eq("ward").sum()
    assert "Park East less Mowden" in (at.root / "pair.html").read_text("utf-8")


def test_find_why_a_row_was_set_aside(desk, capsys):
    """The reasons that its table explains are those that the file gives."""
    at = desk()
    at.follow("find_why_a_row_was_set_aside")
    said = capsys.readouterr().out
    assert 55 == len(at.variables["set_aside"])
    reason, row = said.rsplit("is empty or holds no number of 0 or more\n", 1)
    assert "children_low_income " in reason.splitlines()[-1]
    assert re.search(r"children_low_income +NaN\n", row)
    for reason in ("the borough's own row says 50,028", "years ending in March", "about 9 times"):
        assert reason in said


def _counts(desk: Desk, shown: str) -> None:
    header, *rows = shown.split()
    from darlington_analysis.core.project import Project

    counts = {",".join(key): count for key, count in counts_of(Project(desk.root)).items()}
    own = dict(row.rsplit(",", 1) for row in rows)
    assert own.keys() <= counts.keys()
    lines = [f"{key},{count}" for key, count in (counts | own).items()]
    desk.write("data/raw/restricted/fte_ward_counts.csv", "\n".join([header, *lines]) + "\n")


def _story_of_the_counts(desk: Desk, toml: str) -> None:
    content = (desk.root / "data/raw/restricted/fte_ward_counts.csv").read_bytes()
    text = re.sub('sha256 = ".*"', f'sha256 = "{hashlib.sha256(content).hexdigest()}"', toml)
    desk.write("data/raw/restricted/fte_ward_counts.csv.source.toml", text)


def _wide(desk: Desk, command: str) -> None:
    from darlington_analysis.core.project import Project
    from darlington_analysis.sources import areas

    names = [ward.name for ward in areas.ward_set(Project(desk.root), "2003-2015").wards]
    rows = [f"{name},{at},{at + 1}" for at, name in enumerate(names)]
    lines = ["First-time entrants,,", "Ward,2009/10,2010/11", *rows, "Total,276,300"]
    desk.write("fte_by_ward.csv", "\n".join(lines) + "\n")
    desk.run(command)


def _drafted(desk: Desk, shown: str) -> None:
    path = desk.root / "data/raw/restricted/fte_by_ward.csv.source.toml"
    assert set(shown.splitlines()) <= set(path.read_text("utf-8").splitlines())
    path.unlink()
    path.with_name("fte_by_ward.csv").unlink()


def test_add_real_counts(desk):
    """They take the place of the made-up ones, and pass the rule."""
    at = desk([_wide, _drafted, _counts, _story_of_the_counts])
    at.follow("add_real_counts")
    digest = at.printed["sha256sum data/raw/restricted/fte_ward_counts.csv"].split()[0]
    assert digest in (at.root / "data/raw/restricted/fte_ward_counts.csv.source.toml").read_text()
    rows = _wards_of(at, "first-time-entrants", "2011")
    assert (24, False) == (len(rows), rows.is_dummy.any())
    assert rows.status.eq("c").any()
    annex = (at.root / "reports/2011/E05001570-mowden/figures.html").read_text("utf-8")
    assert digest not in annex


def _gardens(desk: Desk, shown: str) -> None:
    import darlington_analysis as da

    header, *rows = shown.splitlines()
    own = {row[:9]: row for row in rows}
    listed = [
        own.get(ward.code, f"{ward.code},{ward.name},2024,{900 + 20 * number},2000")
        for number, ward in enumerate(da.wards().itertuples())
    ]
    assert set(rows) <= set(listed)
    desk.write("gardens.csv", "\n".join([header, *listed]) + "\n")


def _answer_and_declare(desk: Desk, toml: str) -> None:
    path = desk.root / "data/raw/incoming/gardens.csv.source.toml"
    text = path.read_text("utf-8")
    for answer in ("a council", "none: not published", "2026-11-22", "OGL v3.0", "2024"):
        text = text.replace('answer = ""', f'answer = "{answer}"', 1)
    text = re.sub(
        r"figures = \[\n.*?\n\]\n",
        toml,
        text.replace('answer = ""', 'answer = "yes"'),
        flags=re.DOTALL,
    )
    path.write_text(text.replace("groups = 2", "groups = 1"), "utf-8")


def test_add_an_indicator(desk):
    """The pack has its part, sentence, chart, table and reason."""
    described = lambda desk, toml: desk.write("data/indicators.toml", toml)  # noqa: E731
    at = desk([_gardens, _answer_and_declare, described])
    at.follow("add_an_indicator")
    row = _wards_of(at, "garden", "2025").set_index("area_code").loc["E05010422"]
    folder = at.root / "reports/2025/E05010422-mowden"
    annex = (folder / "figures.html").read_text("utf-8")
    part = annex[annex.index("Homes with a garden") :]
    assert f"About {round(row.value)} in every 100 homes have a garden" in part
    assert "A garden gives children room to play." in part
    assert "<svg" in part
    assert "<table" in part


def _new_rule(desk: Desk, toml: str) -> None:
    path = desk.root / "darlington.toml"
    before, _, rest = path.read_text("utf-8").partition("[small_numbers]")
    path.write_text(f"{before}{toml}\n{rest[rest.index('[benchmarks]') :]}", "utf-8")


def test_change_the_small_number_rule(desk):
    """The pack says the new rule, and who decided it."""
    at = desk([_new_rule])
    at.follow("change_the_small_number_rule")
    annex = (at.root / "reports/2011/E05001570-mowden/figures.html").read_text("utf-8")
    assert re.search(r"1 to 12\b", annex)
    assert not re.search(r"counts? of 1 to 7\b", annex)


def test_run_a_notebook(desk, tmp_path):
    """JupyterLab answers; papermill lists the parameters and runs a ward under both engines."""
    quiet = tmp_path / "jupyter"
    quiet.mkdir()
    settings = "c.ServerApp.open_browser = False\nc.ServerApp.allow_root = True\n"
    (quiet / "jupyter_lab_config.py").write_text(
        f"{settings}c.ServerApp.token = ''\nc.ServerApp.port = 0\n", "utf-8"
    )
    at = desk()
    at.environment |= {"JUPYTER_CONFIG_DIR": str(quiet), "JUPYTER_DATA_DIR": str(quiet / "data")}
    at.follow("run_a_notebook")
    assert "JupyterLab" in at.printed["make lab"]
    helped = next(said for line, said in at.printed.items() if "--help-notebook" in line)
    assert "write a ward between the quotes" in helped
    assert "Mowden" in (at.root / "out.ipynb").read_text("utf-8")
    assert "Signing notebook: out.ipynb" in at.printed["jupyter trust out.ipynb"]


# The whole record is of 2011: what a ward of today can be measured by, and a target in reach.
TODAY = (
    ('edition = "2011"', 'edition = "2025"'),
    ('"first-time-entrants"', '"children-low-income"'),
    ('"bad-health"', '"disabled"'),
    ("gap = 0.0", "gap = 5.0"),
)


def _fill_in(desk: Desk, line: str) -> None:
    """Save answers to the form that lies there, as its page does; see test_agreement_form."""
    if not line.endswith("--keep"):
        page = (desk.root / "eastbourne-form.html").read_text("utf-8")
        _save(desk, page, record_of("Eastbourne", *TODAY))


def _save(desk: Desk, page: str, record: str) -> None:
    answers = {
        name: "\n".join(value) if isinstance(value, tuple) else str(value)
        for name, value in form.flat(reading.parse(record)).items()
    }
    switches = {name: value.lower() for name, value in answers.items() if value == "True"}
    made_from = re.search(r'data-made-from="(\w+)"', page)[1]
    saved = {"made_from": made_from, "answers": answers | switches}
    desk.write("eastbourne-answers.json", json.dumps(saved))


RECORD = "data/agreements/eastbourne.toml"


def _start_in_an_editor(desk: Desk, line: str) -> None:
    """The page shows two ways: the other one begins without a record."""
    (desk.root / RECORD).rename(desk.root / "aside.toml")


def _go_on_with_the_form(desk: Desk, line: str) -> None:
    assert "[consultation]" in (desk.root / RECORD).read_text("utf-8")
    (desk.root / "aside.toml").replace(desk.root / RECORD)


def _agree(desk: Desk, line: str) -> None:
    """Do what stands in the sentences of part 6 before its command."""
    desk.run("darlington agreement form eastbourne --to eastbourne-form-2.html")
    page = (desk.root / "eastbourne-form-2.html").read_text("utf-8")
    _save(desk, page, record_of("Eastbourne", *TODAY, ('"wishes to continue"', '"agreed"')))
    desk.run("darlington agreement read eastbourne eastbourne-answers.json --keep")
    desk.run("darlington agreement papers eastbourne")


def test_write_an_agreement(desk):
    """From an empty form to a signing, and what has changed since."""
    before = {
        "darlington agreement read": _fill_in,
        "darlington agreement new": _start_in_an_editor,
        "darlington agreement pick": _go_on_with_the_form,
        "darlington agreement sign": _agree,
    }
    at = desk(before=before)
    at.follow("write_an_agreement")
    assert list((at.root / "data/agreements/signed").glob("eastbourne*"))
    assert list((at.root / "reports/papers").rglob("*.docx"))
    assert "signed" in at.printed["darlington agreement show eastbourne"].casefold()


def _as_root(desk: Desk, script: str) -> None:
    """Run a script of root's with an /etc that is gone afterwards, and the user it makes with it."""
    etc = desk.root.with_name("etc")
    own = f"mount --bind {etc} /etc\ncd {desk.root}\n{_SYSTEMD}{COMMANDS.replace('{}', script)}"
    owners = "\nstat --format='%U %n' data data/processed reports"
    desk.environment |= {"SCRIPT": own + owners}
    run = f'rm -rf {etc}; cp -a /etc {etc}; unshare --mount bash -euo pipefail -c "$SCRIPT"'
    desk.printed["unit"] = desk.printed.get("unit", "") + desk.run(run)


# There is none to speak to in a test: what it would be asked is printed with the files it would read.
_SYSTEMD = """mkdir -p /etc/systemd/system
systemctl() { echo "systemctl $*"; head -n 1 /etc/systemd/system/darlington-packs.*; }
"""


def test_run_on_a_schedule(desk):
    """Entries are printed; a user of its own is made, who owns what the unit writes."""
    probe = ["unshare", "--mount", "bash", "-c", "mount --bind /etc /etc && command -v useradd"]
    if os.geteuid() or subprocess.run(probe, capture_output=True).returncode:
        pytest.skip("only root in a mount namespace can make a user that is gone afterwards")
    at = desk([_as_root, _as_root])
    at.follow("run_on_a_schedule")
    for kind in ("service", "timer"):
        name = f"/etc/systemd/system/darlington-packs.{kind}"
        assert f"==> {name} <==\n# {name}" in at.printed["unit"]
    assert "systemctl enable --now darlington-packs.timer" in at.printed["unit"]
    assert "30 5 * * 1-5" in at.printed["darlington schedule cron"]
    assert "darlington_analysis packs" in at.printed["darlington schedule ci"]
    assert "darlington-packs.service" in at.printed["darlington schedule systemd"]
    assert "# /etc/systemd/system/darlington-packs.service" in at.printed["unit"]
    for name in ("data", "data/processed", "reports"):
        assert f"\ndarlington {name}\n" in at.printed["unit"]


def test_publish_to_a_web_server(desk, shared):
    """The pages are checked, and a server gives the page that leads to every edition."""
    pytest.importorskip("playwright", reason="the extra “browser” is not installed")
    at = desk()
    at.run("darlington packs --ward Mowden")
    at.follow("publish_to_a_web_server")
    (served,) = (said for line, said in at.printed.items() if "http.server" in line)
    assert 'href="2025/' in served
    assert (at.root / "reports/2025/accessibility.json").is_file()


def test_a_block_of_an_unknown_kind_stops_a_page(desk, tmp_path, monkeypatch):
    """No block is passed over: neither a kind that nobody does by hand nor a command that fails."""
    at = desk()
    folder = tmp_path / "pages/docs/how_to"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path / "pages")
    for text, fault in (
        ("```toml\nx = 1\n```\n", IndexError),
        ("```\nfalse\n```\n", AssertionError),
    ):
        (folder / "a.md").write_text(text, "utf-8")
        with pytest.raises(fault):
            at.follow("a")


def _wards_of(desk: Desk, slug: str, edition: str) -> pd.DataFrame:
    import darlington_analysis as da

    table = da.figures(slug, edition=edition)
    return table[table.area_type.eq("ward")]
