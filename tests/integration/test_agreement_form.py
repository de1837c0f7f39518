"""A form is filled in offline and saved; its answers are shown before anything of them is kept."""

import json
import shutil

import pytest

from darlington_analysis.agreements import form, reading
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.cli.main import main
from tests.support.records import FOLDER, WHOLE

FILES = sorted(FOLDER.glob("*.toml"))


@pytest.fixture
def desk(edition_table, tmp_path, monkeypatch):
    """Return an empty folder to work in, beside a project whose Eastbourne has no record."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    (edition_table.project.agreements / "eastbourne.toml").unlink(missing_ok=True)


def in_browser(page, act) -> dict:
    """Open a page without a network, do something to it, press save, and return what it saved."""
    sync = pytest.importorskip("playwright.sync_api")
    if not shutil.which("chromium"):
        pytest.skip("chromium is not on this machine")
    with sync.sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_context(offline=True, accept_downloads=True).new_page()
        faults = []
        tab.on("pageerror", lambda fault: faults.append(str(fault)))
        tab.goto(page.as_uri())
        act(tab)
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Save the answers").click()
        saved = json.loads(download.value.path().read_text("utf-8"))
        assert "in your downloads" in tab.locator("#saved").inner_text()
        browser.close()
    assert [] == faults
    return saved


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_record_is_the_same_after_it_was_written_and_after_it_was_a_form(path):
    """As a file that a program wrote, and as answers by their paths: nothing is lost."""
    record = reading.read(path).record
    assert record == reading.parse(form.to_toml(record))
    answers = {
        name: "\n".join(value) if isinstance(value, tuple) else str(value)
        for name, value in form.flat(record).items()
    }
    switches = {name: value.lower() for name, value in answers.items() if value == "True"}
    assert record == Agreement(**form.nested(answers | switches))


def test_a_form_is_filled_in_offline_and_read_into_the_record(desk, capsys, edition_table):
    """Parts are added with the keyboard's buttons; what changes is said before it is kept."""

    def fill(tab):
        tab.get_by_role("button", name="Add another: what is wanted for everybody").click()
        tab.locator("[name='outcomes.0.id']").fill("well")
        tab.locator("[name='outcomes.0.words']").fill('Adults here are "well" & happy.')
        tab.locator("[name='outcomes.0.signs']").fill("People talk.\nPeople sing.")
        tab.locator("[name='outcomes.0.indicator']").select_option("bad-health")
        tab.get_by_role("button", name="Add another: who else takes part").click()
        tab.get_by_role("button", name="Take this out").last.click()

    assert 0 == main(["agreement", "form", "eastbourne"])
    saved = in_browser(desk / "eastbourne-form.html", fill)
    (desk / "answers.json").write_text(json.dumps(saved), "utf-8")
    record = edition_table.project.agreements / "eastbourne.toml"
    capsys.readouterr()
    assert 0 == main(["agreement", "read", "eastbourne", "answers.json"])
    assert (
        'lives here, 1, In your own words: (nothing) -> Adults here are "well" & happy.'
        in capsys.readouterr().out
    )
    assert not record.exists()
    assert 0 == main(["agreement", "read", "eastbourne", "answers.json", "--keep"])
    outcome = reading.read(record).record.outcomes[0]
    assert ("People talk.", "People sing.") == outcome.signs
    assert 15 == main(["agreement", "read", "eastbourne", "answers.json", "--keep"])
    assert "has changed since this form was made" in capsys.readouterr().err


def test_a_form_that_is_there_is_never_written_over(desk, capsys):
    """Somebody may have begun to fill it in."""
    assert 0 == main(["agreement", "form", "eastbourne"])
    assert 15 == main(["agreement", "form", "eastbourne"])
    assert "--to eastbourne-form-2.html" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answers", "code", "says"),
    [
        (
            {"outcomes.0.id": "a", "outcomes.0.words": "Ask Mrs Brown"},
            14,
            "lives here, 1, In your own words",
        ),
        ({"consultation.since": "yesterday"}, 15, "since is not a day"),
        (
            {"customers.0.who": "Learners", "customers.0.how_many": "many"},
            15,
            "Whom the partnership serves, 1",
        ),
        ({"consultation.state": ""}, 15, "state is missing"),
        ({"ward": "Mowden"}, 15, "another's file"),
    ],
)
def test_answers_that_can_t_be_are_refused_and_nothing_is_kept(
    desk, capsys, edition_table, answers, code, says
):
    """A person's name, no day, no number, nothing where something must be, another ward."""
    base = {
        "partnership": "Eastbourne Community Partnership",
        "ward": "Eastbourne",
        "edition": "2011",
        "consultation.state": "invited",
        "consultation.since": "2026-11-01",
    }
    file = desk / "answers.json"
    file.write_text(json.dumps({"made_from": "x", "answers": base | answers}), "utf-8")
    assert code == main(["agreement", "read", "eastbourne", "answers.json", "--keep"])
    fault = capsys.readouterr().err
    assert says in fault
    assert "Brown" not in fault
    assert not (edition_table.project.agreements / "eastbourne.toml").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"answers": 1}', b"\xff", b"[" * 90000])
def test_a_file_that_is_no_form_is_refused(desk, capsys, content):
    """Empty, another file, one that is made to break a reader."""
    (desk / "answers.json").write_bytes(content)
    assert 15 == main(["agreement", "read", "eastbourne", "answers.json"])
    assert "no file of answers" in capsys.readouterr().err


def test_notes_that_a_form_would_lose_are_counted_first(desk, capsys, edition_table):
    """What stands after a # is no answer, and is not kept."""
    record = edition_table.project.agreements / "eastbourne.toml"
    record.write_text(WHOLE.replace("Central", "Eastbourne"), "utf-8")
    assert 0 == main(["agreement", "form", "eastbourne"])
    saved = in_browser(desk / "eastbourne-form.html", lambda tab: None)
    (desk / "answers.json").write_text(json.dumps(saved), "utf-8")
    capsys.readouterr()
    assert 0 == main(["agreement", "read", "eastbourne", "answers.json"])
    said = capsys.readouterr().out
    assert "the answers are what the record says already" in said
    assert "Notes after # in the record are not kept, as a form has none: 2" in said
