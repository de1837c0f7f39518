"""A form is filled in offline and saved; its answers are shown before anything of them is kept."""

import json
import shutil
import time

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.agreements import form, reading
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.cli.main import main
from darlington_analysis.pages.agreement_form import place_words
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


BASE = {
    "partnership": "Eastbourne Community Partnership",
    "ward": "Eastbourne",
    "edition": "2011",
    "consultation.state": "invited",
    "consultation.since": "2026-11-01",
}


def answers_in(desk, **answers):
    """Write a file of answers, each named by its path with two lines for a point."""
    named = {key.replace("__", "."): value for key, value in answers.items()}
    text = json.dumps({"made_from": "e3b0c44298fc1c14", "answers": BASE | named})
    (desk / "answers.json").write_text(text, "utf-8")


READ = ["agreement", "read", "eastbourne", "answers.json"]


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
    record.write_text(record.read_text("utf-8").replace("well", "fit"), "utf-8")
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
    answers_in(desk, **answers)
    assert code == main([*READ, "--keep"])
    fault = capsys.readouterr().err
    assert says in fault
    assert "Brown" not in fault
    assert not (edition_table.project.agreements / "eastbourne.toml").exists()


def test_every_fault_of_a_form_is_said_at_once(desk, capsys):
    """Two answers that can't be read and a name: three sentences, and the name in none of them."""
    answers_in(
        desk,
        consultation__since="yesterday",
        customers__0__who="Learners",
        customers__0__how_many="many",
        partners__0__who="Jean Hartley from the tenants group",
    )
    assert 14 == main([*READ, "--keep"])
    said = capsys.readouterr().err
    assert "Since which day?: since is not a day" in said
    assert "Whom the partnership serves, 1, How many?" in said
    assert "“Who else takes part, 1, Who?” names or points to a person" in said
    assert "Hartley" not in said


def test_every_name_of_a_person_is_said_at_once_and_nothing_kept(desk, capsys, edition_table):
    """A forename and a surname in two answers of a form that could be read otherwise."""
    answers_in(
        desk,
        partners__0__who="Jean Hartley from the tenants group",
        knowledge__0__words="Dave Hartley says that the lads have a ticket",
        knowledge__0__grade="anecdote",
    )
    assert 14 == main([*READ, "--keep"])
    said = capsys.readouterr().err
    assert 2 == said.count("names or points to a person")
    assert "Words that look like somebody’s name and are none" in said
    assert not (edition_table.project.agreements / "eastbourne.toml").exists()


def test_answers_are_named_as_the_form_names_them_and_choices_in_its_words(desk, capsys):
    """Two questions share their key with a heading; a choice is told in words, not by its code."""
    answers_in(
        desk,
        principles__fairness="Every street was asked, the flats too.",
        measures__0__id="certificates",
        measures__0__words="Learners with a certificate",
        measures__0__customers="learners",
        outcomes__0__id="a",
        outcomes__0__words="Adults have a certificate.",
        outcomes__0__indicator="no-qualifications",
        outcomes__0__strand="deprivation",
    )
    assert 0 == main(READ)
    said = capsys.readouterr().out
    assert "The five principles, How is it fair, and includes everybody?:" in said
    assert "helps, 1, Whose customers does it count? (their short name): (nothing)" in said
    assert "-> Adults with no qualifications" in said
    assert "-> Tackling deprivation wherever it exists" in said


def test_a_form_marks_what_cannot_be_read_and_saves_all_the_same(desk):
    """A count in words, a short name with a blank, and one that no part has; then all is right."""

    def fill(tab):
        tab.get_by_role("button", name="Add another: whom the partnership serves").click()
        tab.locator("[name='customers.0.id']").fill("Our learners")
        tab.locator("[name='customers.0.who']").fill("Adults who come to the table")
        tab.locator("[name='customers.0.how_many']").fill("about sixty")
        tab.get_by_role("button", name="Add another: how the partnership will know").click()
        tab.locator("[name='measures.0.id']").fill("came")
        tab.locator("[name='measures.0.customers']").fill("learners")
        with tab.expect_download():
            tab.get_by_role("button", name="Save the answers").click()
        marked = tab.locator("[aria-invalid]").evaluate_all("all => all.map(each => each.name)")
        assert ["customers.0.id", "customers.0.how_many", "measures.0.customers"] == marked
        assert "each with a thick border: 3." in tab.locator("#saved").inner_text()
        tab.locator("[name='customers.0.id']").fill("learners")
        tab.locator("[name='customers.0.how_many']").fill("60")

    assert 0 == main(["agreement", "form", "eastbourne"])
    saved = in_browser(desk / "eastbourne-form.html", fill)
    assert "60" == saved["answers"]["customers.0.how_many"]


def test_saved_answers_are_loaded_back_into_a_new_form(desk):
    """Parts are added for what was saved; a gap in the numbers and a list within a part stay."""
    answers_in(
        desk,
        outcomes__0__id="a",
        outcomes__2__id="c",
        outcomes__2__signs="People talk.\nPeople sing.",
        measures__0__id="came",
        measures__0__words="Learners who came",
        measures__0__most_important="true",
        measures__0__returns__0__period="2026",
        measures__0__returns__0__value="12",
        actions__0__id="table",
        actions__0__mode="with",
    )
    given = json.loads((desk / "answers.json").read_text("utf-8"))
    spoilt = [{"ward": "Mowden"}, {"edition": "2003"}, {"partnership": {"a": 1}}]
    for number, wrong in enumerate(spoilt):
        other = {"answers": given["answers"] | wrong}
        (desk / f"other-{number}.json").write_text(json.dumps(other), "utf-8")

    def load(tab):
        field = tab.get_by_label("Go on with answers that were saved before")
        typed = tab.locator("[name=partnership]")
        typed.fill("What was typed")
        for number in range(len(spoilt)):
            tab.evaluate("document.getElementById('loaded').textContent = ''")
            field.set_input_files(desk / f"other-{number}.json")
            tab.get_by_text("no file of answers of this partnership").wait_for()
            assert "What was typed" == typed.input_value()
        field.set_input_files(desk / "answers.json")
        tab.get_by_text("The saved answers stand in this page now").wait_for()
        assert "no room" not in tab.locator("#loaded").inner_text()

    assert 0 == main(["agreement", "form", "eastbourne"])
    saved = in_browser(desk / "eastbourne-form.html", load)
    assert given["answers"] == saved["answers"]
    assert given["made_from"] == saved["begun_from"]


def test_parts_of_a_form_are_numbered_as_the_checks_number_them(desk):
    """Also after one was added and one taken out; what support asks is not what an action asks."""

    def fill(tab):
        legends = tab.locator("#actions > fieldset > legend")
        there = legends.count()
        tab.get_by_role("button", name="Add another: who does what").click()
        assert f"Who does what, {there + 1}" == legends.last.inner_text()
        tab.locator("#actions > fieldset").first.get_by_role("button", name="Take this out").click()
        numbered = [f"Who does what, {number + 1}" for number in range(there)]
        assert numbered == legends.all_inner_texts()

    assert 0 == main(["agreement", "form", "central"])
    page = BeautifulSoup((desk / "central-form.html").read_text("utf-8"), "html.parser")
    first = page.select_one("#actions > fieldset > legend")
    assert "Who does what, 1" == first.get_text()
    asked = {
        field["name"]: field.find_parent("label").get_text()
        for field in page.select("form input[name]")
    }
    assert "When does support end?" in asked["independence.ends"]
    assert "When does it end?" in asked["actions.0.ends"]
    assert "When support ends, and what comes after, When does support end?" == place_words(
        ("independence", "ends")
    )
    in_browser(desk / "central-form.html", fill)


def test_saved_answers_are_mended_in_a_new_form_after_they_were_kept_once(
    desk, capsys, edition_table
):
    """Read says first that they are too late; a new form takes them, and its answers are kept."""

    def load(tab):
        tab.get_by_label("Go on with answers").set_input_files(desk / "answers.json")
        tab.get_by_text("The saved answers stand in this page now").wait_for()
        tab.locator("[name='offer.mentor']").fill("A senior manager of the network")

    assert 0 == main(["agreement", "form", "eastbourne"])
    begun = in_browser(desk / "eastbourne-form.html", lambda tab: None)
    begun["answers"] |= {"offer.grant": "A grant for the hall", "offer.grant_pounds_a_year": "6000"}
    (desk / "answers.json").write_text(json.dumps(begun), "utf-8")
    assert 0 == main([*READ, "--keep"])
    assert "Grant, in pounds a year: (nothing) -> 6000\n" in capsys.readouterr().out
    record = edition_table.project.agreements / "eastbourne.toml"
    record.write_text(record.read_text("utf-8").replace("the hall", "the café"), "utf-8")
    assert 0 == main(READ)
    said = capsys.readouterr().out
    assert said.startswith("These answers can’t be kept: the record has changed")
    assert "choose this file under “Go on with answers that were saved before”" in said
    assert "add --keep" not in said
    assert 15 == main([*READ, "--keep"])
    assert 0 == main(["agreement", "form", "eastbourne", "--to", "second.html"])
    saved = in_browser(desk / "second.html", load)
    (desk / "answers.json").write_text(json.dumps(saved), "utf-8")
    capsys.readouterr()
    assert 0 == main([*READ, "--keep"])
    said = capsys.readouterr().out
    assert said.startswith("The record has changed since these answers were begun.")
    assert "change or take out: 1." in said
    assert "A grant for the café -> A grant for the hall" in said
    assert "A senior manager of the network" in record.read_text("utf-8")


def test_a_refusal_stands_before_what_the_answers_would_change(desk, capsys):
    """A name of a person is not sought at the end of hundreds of lines, and no line repeats it."""
    answers_in(desk, partners__0__who="Jean Hartley from the tenants group")
    assert 14 == main(READ)
    said = capsys.readouterr()
    assert "" == said.out
    assert "names or points to a person" in said.err


def test_yes_and_whole_amounts_are_said_as_a_person_writes_them(desk, capsys):
    """No “True” and no “6000.0”."""
    answers_in(
        desk,
        offer__grant_pounds_a_year="6000",
        measures__0__id="came",
        measures__0__words="Learners who came",
        measures__0__most_important="true",
        example="true",
    )
    assert 0 == main(READ)
    said = capsys.readouterr().out
    assert "-> 6000\n" in said
    assert "-> yes\n" in said
    assert "True" not in said


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


def test_every_field_of_a_form_has_a_sentence_of_help(desk):
    """What a resident is asked ends as a question or a statement, and one short sentence explains it."""
    assert 0 == main(["agreement", "form", "central"])
    page = (desk / "central-form.html").read_text("utf-8")
    labels = BeautifulSoup(page, "html.parser").select("form label")
    assert len(labels) > 150
    for label in labels:
        asked, said = label.get_text(), label.select_one(".hint").get_text()
        assert said.endswith("."), asked
        assert len(said.split()) <= 20, said


SAID = {
    "partnership": "Eastbourne Community Partnership",
    "ward": "Eastbourne",
    "edition": "2011",
    "consultation.state": "invited",
    "consultation.since": "2026-11-01",
}
TWICE = json.dumps({"made_from": "x", "answers": SAID}).replace(
    '"ward"', '"ward": "Mowden", "ward"'
)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"made_from": "x", "answers": SAID | {"outcomes.0.words": "a" * 4_000_000}}),
        json.dumps({"made_from": "x", "answers": SAID | {f"outcomes.{'9' * 5000}.id": "a"}}),
        TWICE,
    ],
    ids=["an answer without end", "a number without end", "an answer given twice"],
)
def test_a_file_of_answers_that_no_form_makes_is_refused_at_once(desk, capsys, content):
    """Nobody waits for it, and no answer hides behind another of its name."""
    (desk / "answers.json").write_text(content, "utf-8")
    assert 15 == main(["agreement", "read", "eastbourne", "answers.json"])
    assert "is no file of answers" in capsys.readouterr().err


def test_an_answer_that_is_too_long_is_said_without_a_wait(desk, capsys):
    """What no record may hold is not read whole for names of people."""
    answers = SAID | {"outcomes.0.id": "a", "outcomes.0.words": "a" * 400_000}
    (desk / "answers.json").write_text(json.dumps({"made_from": "x", "answers": answers}), "utf-8")
    began = time.process_time()
    assert 15 == main(["agreement", "read", "eastbourne", "answers.json"])
    assert time.process_time() - began < 5
    assert "In your own words" in capsys.readouterr().err


def test_answers_without_a_place_in_a_record_are_named(desk, capsys):
    """A file that another program made: what would be lost is said."""
    answers = SAID | {"nothing.0.like": "x", "__proto__": "y"}
    (desk / "answers.json").write_text(json.dumps({"made_from": "x", "answers": answers}), "utf-8")
    assert 0 == main(["agreement", "read", "eastbourne", "answers.json"])
    assert "no place for, which are not kept: __proto__, nothing.like" in capsys.readouterr().out
