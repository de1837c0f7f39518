"""Pages 3, 4, 6, 7 and 8, and the papers: the same sections for every ward, nothing made up."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.agreements import signing
from darlington_analysis.cli.main import main
from darlington_analysis.core.project import Project
from darlington_analysis.evidence import agreement, changes, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import questions
from darlington_analysis.pages.components import agreements
from darlington_analysis.pages.register import shown
from darlington_analysis.publishing import leaks, packs, papers
from tests.support.projects import ROOT
from tests.support.reading import words_of
from tests.support.records import SIGN, record_of

HALF = """
partnership = "Eastbourne Community Partnership"
ward = "Eastbourne"
edition = "2011"
[consultation]
state = "with members"
since = 2026-11-01
[[outcomes]]
id = "well"
people = "adults"
words = "Adults here are well <b>& happy</b>."
indicator = "bad-health"
[[outcomes]]
id = "blank"
"""
MANY = "".join(
    f"""
[[outcomes]]
id = "more-{number}"
words = "Outcome {number}: people of every age here know each other, and help each other out."
state = "{state}"
[[actions]]
id = "act-{number}"
what = "Street meals {number} times a year, cooked by whoever lives there, for all who come"
who = "the residents’ groups of these streets"
"""
    for number, state in enumerate(["agreed", "open", "disputed", "open", "parked"], 2)
)


@pytest.fixture(scope="module")
def loaded(edition_table):
    """Return the table, with a half-filled record of Eastbourne beside Central's."""
    path = edition_table.project.agreements / "eastbourne.toml"
    path.write_text(HALF, "utf-8")
    many = edition_table.project.agreements / "north-road.toml"
    many.write_text(HALF.replace("Eastbourne", "North Road") + MANY, "utf-8")
    yield edition_table
    path.unlink()
    many.unlink()


@pytest.fixture(scope="module")
def packs_of(loaded):
    """Return the evidence of a ward with a full record, a half-filled one, none, and much in it."""
    names = ("Central", "Eastbourne", "Mowden", "North Road")
    return {name: in_table(loaded, name) for name in names}


def page(pack) -> BeautifulSoup:
    """Return what the agreement's sections of a pack show."""
    how = shown()
    parts = [pack.questions(kind, "abcefg") for kind in questions.KINDS]
    parts += [pack.negotiation, pack.fairness, pack.changes]
    html = "".join(str(how[type(part)].html(part)) for part in parts)
    return BeautifulSoup(html, "html.parser")


def headings(read: BeautifulSoup, ward: str) -> list[str]:
    """Return the questions, the ward's name taken out."""
    return [each.get_text().replace(ward, "WARD") for each in read.find_all("h3")]


@pytest.mark.requirement(56, 112)
def test_every_pack_has_the_same_sections(packs_of):
    """Full, half-filled or no record: the same questions in the same order."""
    full, half, none, many = (headings(page(pack), name) for name, pack in packs_of.items())
    assert full == half == none == many
    assert 12 + 12 + 4 + 2 == len(full)


def test_what_is_not_answered_is_a_box_to_write_in(packs_of):
    """Without a record every question has an empty box; a full one has none that is its own."""
    empty = {
        name: len(page(pack).select(".answer-box:not(.answered)"))
        for name, pack in packs_of.items()
    }
    assert empty["Mowden"] > empty["Eastbourne"] > empty["Central"] == 0
    assert not page(packs_of["Mowden"]).select(".answered")


def test_every_word_of_an_answer_stands_in_the_record(packs_of):
    """The software never writes an answer: outcomes, signs and positions are the file's own."""
    text = (ROOT / "data/agreements/central.toml").read_text("utf-8")
    box = page(packs_of["Central"]).select(".answered")[0]
    for item in box.find_all("li"):
        assert item.get_text() in text


def test_an_example_says_so_in_every_box(packs_of):
    """Nobody may take Central's invented answers for somebody's."""
    boxes = page(packs_of["Central"]).select(".answered")
    assert boxes
    assert {agreements.EXAMPLE} == {box.find("p").get_text() for box in boxes}


def test_what_people_typed_is_text_and_never_mark_up(packs_of):
    """A `<b>` in an answer is shown, not obeyed."""
    read = page(packs_of["Eastbourne"])
    assert "well <b>& happy</b>." in read.get_text()
    assert not read.find("b")


@pytest.mark.requirement(49)
def test_both_positions_and_the_agreed_text_are_shown(packs_of):
    """None overwrites another."""
    text = page(packs_of["Central"]).get_text()
    for said in ("Two bus rides", "We can pay a tutor", "Evening classes in the community centre:"):
        assert said in text


def test_errors_warnings_and_questions_stand_apart_in_the_pack(packs_of):
    """The half-filled record shows all three kinds; Central's shows what is disputed."""
    heads = [each.get_text() for each in page(packs_of["Eastbourne"]).find_all("h4")]
    starts = ("To mend before it can be signed", "Worth a second look", "Still open")
    assert all(any(head.startswith(start) for head in heads) for start in starts)
    text = page(packs_of["Central"]).get_text()
    assert "To mend before it can be signed (2)" in text
    assert "every check is passed" not in text


@pytest.mark.requirement(143)
def test_fairness_sets_who_was_asked_beside_who_lives_here(packs_of):
    """Three age groups of Central, from the census: 758, 2,696 and 650 of 4,104."""
    text = page(packs_of["Central"]).get_text(" ")
    assert all(count in text for count in ("758", "2,696", "650"))
    assert 4104 == 758 + 2696 + 650


@pytest.mark.requirement(82)
def test_signed_shows_hash_and_changes_and_diff_says_why(loaded, monkeypatch, capsys):
    """Sign Central, change a figure under its feet, and the pack says what and why."""
    ward = loaded.wards.find("Central").ward
    ledger = signing.ledger_path(loaded.project, "central")
    answer = agreement.of_ward(loaded, ward)
    rows = agreement.figures_of(loaded, ward, answer.record)
    spoilt = rows.assign(
        value=rows.value.where(rows.area_code != ward.code, rows.value + 1), vintage="an older one"
    )
    facts = changes.facts_of(loaded, rows)
    text = answer.read.text
    day, signers, subject = (
        date(2026, 11, 1),
        ("the secretary",),
        signing.Subject(ward.code, "2011", ""),
    )
    signing.add(ledger, day, signers, text, changes.to_keep(spoilt), facts, subject=subject)
    try:
        read = page(in_table(loaded, "Central")).get_text(" ")
        assert "revised by the publisher" in read
        assert "letter for letter" in read
        monkeypatch.setenv("DARLINGTON_PROJECT", str(loaded.project.root))
        assert 0 == main(["agreement", "diff", "Central"])
        assert "no newer figure" in capsys.readouterr().out
    finally:
        ledger.unlink()


def clear_printed(project, slug):
    """Delete the drafts of a record that papers were printed of, and the papers."""
    for path in (project.agreements / "printed").glob(f"{slug}-*"):
        path.unlink()
    for folder in (project.reports / "papers").glob(f"*-{slug}"):
        shutil.rmtree(folder)


def signed_by_both(path, capsys):
    """Return the words that sign, once one side alone and a record not agreed were refused."""
    both = [
        "agreement",
        "sign",
        "lascelles",
        "--partnership",
        "the secretary",
        "--council",
        "the clerk",
    ]
    assert 15 == main(both)
    assert "the state is “wishes to continue”" in capsys.readouterr().err
    text = path.read_text("utf-8").replace('"wishes to continue"', '"agreed"')
    path.write_text(text, "utf-8")
    assert 15 == main([*both[:-2], "--council", "The Secretary"])
    assert "Only one side signs" in capsys.readouterr().err
    return both


def begin_record(path):
    """Start an empty record, see that it is no agreement yet, and write the answers."""
    assert 0 == main(["agreement", "new", "lascelles"])
    assert 15 == main(["agreement", "new", "Lascelles"])
    assert 15 == main(["agreement", "check", "lascelles"])
    assert "What are the quality of life conditions" in path.read_text("utf-8")
    path.write_text(record_of("Lascelles"), "utf-8")


def print_papers(both, capsys):
    """See that nothing is signed before papers are printed, and print them."""
    assert 15 == main(both)
    assert "no papers were printed of draft 1" in capsys.readouterr().err
    assert 0 == main(["agreement", "papers", "lascelles"])


@pytest.mark.requirement(3)
def test_from_new_to_signed_to_charter_on_the_command_line(loaded, monkeypatch, capsys):
    """new, check (15), write the answers, check (0), sign, diff, and a charter with the hash."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(loaded.project.root))
    path = loaded.project.agreements / "lascelles.toml"
    try:
        begin_record(path)
        assert 0 == main(["agreement", "check", "lascelles"])
        both = signed_by_both(path, capsys)
        print_papers(both, capsys)
        assert 0 == main(both)
        digest = re.search(r"hash: (\w{64})", capsys.readouterr().out)[1]
        assert 15 == main(["agreement", "sign", "lascelles", "--partnership", "the secretary"])
        assert 0 == main(["agreement", "papers", "lascelles"])
        made = loaded.project.reports / "papers/E05001567-lascelles/charter.docx"
        assert digest in words_of(made)
        said = "by the secretary (for the partnership) and the clerk (for the Council)."
        assert said in words_of(made)
        path.write_text(path.read_text("utf-8") + "# one more letter\n", "utf-8")
        assert 0 == main(["agreement", "check", "lascelles"])
        assert "only how things go since, or a note, is new" in capsys.readouterr().out
        path.write_text(path.read_text("utf-8").replace("Two bus", "Three bus"), "utf-8")
        assert 15 == main(["agreement", "check", "lascelles"])  # it can't be taken back
        assert "has been changed since it was signed" in capsys.readouterr().out
        assert 0 == main(["agreement", "diff", "lascelles"])
        assert "+ # one more letter" in capsys.readouterr().out
    finally:
        path.unlink()
        signing.ledger_path(loaded.project, "lascelles").unlink()
        clear_printed(loaded.project, "lascelles")


@pytest.mark.parametrize(
    ("was", "becomes", "line", "write"),
    [
        ('ward = "Eastbourne"', 'ward = "Eastborne"', 3, "Eastbourne (E05001558)"),
        ('ward = "Eastbourne"', 'ward = "Mowden"', 3, 'ward = "Eastbourne"'),
        ('edition = "2011"', 'edition = "2012"', 4, 'edition = "2011"'),
        ('indicator = "bad-health"', 'indicator = "bad-helth"', 12, 'indicator = "bad-health"'),
    ],
)
def test_a_wrong_name_in_a_record_is_met_with_its_line(
    loaded, monkeypatch, capsys, was, becomes, line, write
):
    """Unknown ward, another's ward, unknown edition, misspelt indicator: line and what to write."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(loaded.project.root))
    path = loaded.project.agreements / "eastbourne.toml"
    path.write_text(HALF.replace(was, becomes), "utf-8")
    try:
        assert 15 == main(["agreement", "check", "Eastbourne"])
    finally:
        path.write_text(HALF, "utf-8")
    told = "".join(capsys.readouterr())
    assert f"eastbourne.toml, line {line}: " in told
    assert write in told


@pytest.mark.requirement(74)
def test_the_charter_is_the_same_bytes_each_time_and_opens(packs_of, tmp_path):
    """No clock, no name of a person; headings a screen reader can walk along."""
    first, second = (papers.charter(packs_of["Central"]) for _ in range(2))
    assert first == second
    path = tmp_path / "charter.docx"
    path.write_bytes(first)
    assert {(1980, 1, 1, 0, 0, 0)} == {each.date_time for each in zipfile.ZipFile(path).infolist()}
    assert "Adults here have the skills" in words_of(path)
    assert agreements.EXAMPLE in words_of(path)
    said = words_of(path)
    assert "(the figures there so far are made up). Baseline: no figure yet." in said
    now = "Baseline: 25.1% of residents aged 16 and over in 2021, 7 points above England."
    assert f"{now} Target: 3 points or less above England by 31 March 2033." in said
    assert 2 == said.count(agreements.EXAMPLE)  # below the title, and at the top of every page
    assert "It starts on 6 January 2025, is looked at again on" in said
    assert "we tell people what help there is" in said  # parked, and both sides accept how
    assert "run by volunteers; the Council insures the hut" not in said  # disputed since


def test_a_charter_is_read_for_leaks(loaded, tmp_path, packs_of):
    """A Word file that tells a withheld count is found, though its bytes are packed."""
    from docx import Document

    secrets = leaks._secrets(loaded)
    assert secrets.withheld, "the rule withholds some made-up counts"
    hidden = secrets.withheld[0]
    folder = tmp_path / f"{hidden.area_code}-somewhere"
    folder.mkdir()
    path = folder / "charter.docx"
    document = Document()
    document.add_paragraph(f"{hidden.area_name} has 4 {hidden.indicator.title.lower()}.")
    document.save(path)
    assert list(leaks._document(path, secrets))
    path.write_bytes(papers.charter(packs_of["Central"]))
    assert [] == list(leaks._document(path, secrets))


def test_papers_that_tell_a_withheld_count_are_not_written(loaded, monkeypatch):
    """Somebody types a withheld figure into an answer: refused, and nothing is left behind."""
    hidden = leaks._secrets(loaded).withheld[0]
    name, slug = hidden.area_name, loaded.wards.find(hidden.area_name).ward.slug
    path = loaded.project.agreements / f"{slug}.toml"
    said = f"{name} has 4 {hidden.indicator.title.lower()}"
    path.write_text(HALF.replace("Eastbourne", name).replace("Adults here are", said), "utf-8")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(loaded.project.root))
    try:
        assert 14 == main(["agreement", "papers", name])
        assert not list(loaded.project.reports.glob(f"papers/{hidden.area_code}*"))
    finally:
        path.unlink()


@pytest.mark.requirement(109)
def test_the_meeting_sheet_is_one_side_of_a4(packs_of, tmp_path):
    """Printed by a browser, full or empty: one page."""
    if subprocess.run(["which", "chromium", "pdfinfo"], capture_output=True).returncode:
        pytest.skip("chromium and pdfinfo are not on this machine")
    for name in packs_of:
        papers.write(tmp_path, packs_of[name])
        sheet = BeautifulSoup((tmp_path / "meeting-sheet.html").read_text("utf-8"), "html.parser")
        record = packs_of[name].agreement.record
        for outcome in record.filled("outcomes") if record else ():
            assert outcome.words in sheet.get_text()
        files = [f"--print-to-pdf={tmp_path}/sheet.pdf", f"{tmp_path}/meeting-sheet.html"]
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *files]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        told = subprocess.run(["pdfinfo", f"{tmp_path}/sheet.pdf"], capture_output=True, text=True)
        assert re.search(r"^Pages:\s+1$", told.stdout, re.M), name


@pytest.mark.requirement(146, 165)
def test_all_readers_get_the_same_evidence(packs_of):
    """The sentences of page 1 stand in the sheet and in the councillor's brief."""
    from darlington_analysis.pages import papers as bodies
    from darlington_analysis.pages import what_matters

    pack = packs_of["Central"]
    first = what_matters.sentences(pack.what_matters)[0]
    for body in (bodies.meeting_sheet, bodies.councillors_brief):
        assert first in BeautifulSoup(body(pack), "html.parser").get_text()


@pytest.mark.requirement(104)
def test_a_pack_that_members_look_at_stays_as_it_is(loaded, tmp_path, monkeypatch):
    """While the record says `with members`, its pack is not made anew; --force makes it."""
    ward = loaded.wards.find("Eastbourne").ward
    assert agreement.is_frozen(loaded, ward)
    assert not agreement.is_frozen(loaded, loaded.wards.find("Central").ward)
    monkeypatch.setattr(packs.pack, "version_of", lambda folder: "before")
    notebook = ROOT / "notebooks" / packs.pack.NOTEBOOK
    told = []
    for force in (False, True):
        outcome = packs.Outcome()
        asked = packs.Asked((ward,), force, lambda code, state, made: told.append(state))
        orders = packs._orders(loaded, asked, tmp_path, notebook, outcome)
        assert force == bool(orders)
    assert ["frozen"] == told


def test_a_changed_record_makes_its_pack_anew(loaded):
    """What people write is part of what a pack rests on."""
    ward = loaded.wards.find("Eastbourne").ward
    before = agreement.fingerprint(loaded, ward)
    path = loaded.project.agreements / "eastbourne.toml"
    path.write_text(HALF + "# more\n", "utf-8")
    assert before != agreement.fingerprint(loaded, ward)
    path.write_text(HALF, "utf-8")


def test_a_record_of_2003_is_not_shown_for_a_ward_of_2015(edition_table):
    """Northgate exists in both; the record belongs to one."""
    loaded = table.load("2025", project=edition_table.project)
    path = edition_table.project.agreements / "northgate.toml"
    path.write_text(HALF.replace("Eastbourne", "Northgate"), "utf-8")
    try:
        assert agreement.of_ward(loaded, loaded.wards.find("Northgate").ward).record is None
    finally:
        path.unlink()


@pytest.mark.requirement(101)
def test_the_negotiator_s_brief_holds_facts_ranges_options_and_who_came(packs_of):
    """Ranges beside facts, ideas with their cost, what must not be said, and room for names of
    roles; a made-up figure has no place in it."""
    from darlington_analysis.pages import papers as bodies

    text = BeautifulSoup(bodies.negotiators_brief(packs_of["Central"]), "html.parser").get_text()
    for part in ("likely to be between", "costs nothing", "a place is relative", "Who is here"):
        assert part in text
    assert "Made-up figure" not in text


@pytest.mark.requirement(153)
def test_decisions_show_what_was_refused_and_why(packs_of):
    """Options, evidence, who decided, why, and what was refused: each under its label."""
    text = page(packs_of["Central"]).get_text(" ")
    for part in ("Could have been", "Rests on", "Decided by", "Refused", "too few volunteers"):
        assert part in text


def test_the_way_to_independence_is_drawn_and_told(packs_of):
    """The plan and what came about, as a drawing with a table behind it; the same bytes twice."""
    from darlington_analysis.pages.components import charts

    read = page(packs_of["Central"])
    assert read.find(id="independence").find("svg")
    assert "1 April 2027" in read.find(id="independence").find("table").get_text()
    points = [(date(2027, 4, 1), 6.0), (date(2029, 4, 1), 0.0)]
    drawn = [charts.days_over_time(points, [], planned="p", done="d") for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_an_outcome_of_which_one_side_is_silent_is_not_lost(packs_of):
    """Half-filled: neither in a wrong box nor left out."""
    text = page(packs_of["Eastbourne"]).get_text(" ")
    assert "One side has not said how much it matters" in text
    assert "not said yet to not said yet" not in text


def test_the_top_of_a_pack_says_if_its_agreement_is_invented_or_not_as_signed(packs_of):
    """Page 1 warns before anybody reads what was never said, or never signed."""
    of_header = shown()[type(packs_of["Mowden"].header)].html
    assert "invented example" in of_header(packs_of["Central"].header)
    plain = packs_of["Mowden"].header
    assert "agreement in this pack" not in of_header(plain)
    assert "not the one that was signed" in of_header(replace(plain, agreement="changed"))


@pytest.mark.requirement(103)
@pytest.mark.parametrize(
    ("state", "code", "write"),
    [
        ("invited", 15, "once both sides have agreed"),
        ("with members", 15, "members were asked"),
        ("wishes to continue", 15, "once both sides have agreed"),
        ("declined", 15, "signs nothing"),
        ("agreed", 0, ""),
        ("under review", 0, ""),
    ],
)
def test_only_what_is_agreed_is_signed_and_may_be_signed_again(
    loaded, monkeypatch, capsys, state, code, write
):
    """Signed once while agreed; then the state moves, and a second signing may follow."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(loaded.project.root))
    path, ledger = (
        loaded.project.agreements / "lingfield.toml",
        signing.ledger_path(loaded.project, "lingfield"),
    )
    whole = record_of("Lingfield", ("example = true", "example = false"))
    try:
        path.write_text(whole.replace('"wishes to continue"', '"agreed"', 1), "utf-8")
        assert 0 == main(["agreement", "papers", "lingfield"])
        assert 0 == main(SIGN)
        if state == "agreed":  # the page is the same whatever comes next
            read = page(in_table(loaded, "Lingfield")).get_text(" ")
            assert (
                "by the secretary (for the partnership) and the clerk (for the Council). Both"
                in read
            )
        moved = whole.replace('"wishes to continue"', f'"{state}"', 1) + "# later\n"
        if state in ("declined", "invited", "with members"):
            moved = moved.replace('wishes_to_continue = "yes"', 'wishes_to_continue = "no"')
        path.write_text(moved, "utf-8")
        assert "moved" == in_table(loaded, "Lingfield").agreement.state
        assert "" == in_table(loaded, "Lingfield").agreement.warning
        assert code == main(SIGN)
        assert write in capsys.readouterr().err
        assert (2 if code == 0 else 1) == len(signing.signings(ledger))
    finally:
        path.unlink()
        ledger.unlink()
        clear_printed(loaded.project, "lingfield")


@pytest.mark.parametrize("by", ["Mrs Brown", "J. Brown", "a.brown@example.org", "Sarah Brown"])
def test_a_person_never_signs_a_role_does(loaded, monkeypatch, capsys, by):
    """What is signed is kept for good."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(loaded.project.root))
    path = loaded.project.agreements / "lingfield.toml"
    path.write_text(record_of("Lingfield"), "utf-8")
    try:
        assert 15 == main(
            ["agreement", "sign", "lingfield", "--partnership", by, "--council", "the clerk"]
        )
        assert "Brown" not in capsys.readouterr().err
    finally:
        path.unlink()


def test_agreement_without_a_step_lists_the_steps(capsys):
    """Whoever types one word learns the next."""
    assert 2 == main(["agreement"])
    told = capsys.readouterr().err
    for step in ("new", "pick", "check", "show", "sign", "papers", "diff"):
        assert f"{step} " in told


def test_a_signed_record_that_git_does_not_keep_yet_says_what_to_type(
    loaded, tmp_path, monkeypatch, capsys
):
    """A hash can't show that last lines were cut off; git can, once it has them."""
    from darlington_analysis.cli import agreement_commands

    ward = loaded.wards.find("Lingfield").ward
    here = Project(tmp_path)
    agreement_commands.tell_if_untracked(here, ward)
    assert "" == capsys.readouterr().out
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    path = signing.ledger_path(here, "lingfield")
    path.parent.mkdir(parents=True)
    path.write_text("x", "utf-8")
    agreement_commands.tell_if_untracked(here, ward)
    assert "git add data/agreements/signed/lingfield.jsonl" in capsys.readouterr().out
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "Signed"], check=True)
    agreement_commands.tell_if_untracked(here, ward)
    assert "" == capsys.readouterr().out


@pytest.mark.requirement(49, 56, 59)
def test_each_outcome_has_a_side_with_both_positions_work_and_measures(packs_of):
    """The curve, what both say, what is disputed, who does it, and the returns, for each outcome."""
    basis = packs_of["Central"].agreement_basis
    read = BeautifulSoup(str(shown()[type(basis)].html(basis)), "html.parser")
    sides = read.select(".outcome-side")
    assert 3 == len(sides)
    agreed, disputed, parked = sides
    assert "The gap to England has hardly moved in 10 years" in agreed.get_text()
    now = r"2[45]\.\d in every 100; England: 1[78]\.\d\."
    assert re.search(now, agreed.select_one("svg")["aria-label"])
    assert "2024: 30 of 52; 2025: 41 of 60; 2026: 46 of 57" in str(agreed)
    for side, said in (
        (agreed, "We can pay a tutor"),
        (disputed, "The insurer asks for a new roof"),
    ):
        assert said in side.get_text()
    assert "Disputed The outcome itself." in disputed.get_text()
    assert "is published for wards, so there is no curve" in disputed.get_text()
    assert "Looked at again: 3 April 2028" in parked.get_text()
    assert not disputed.select("svg[aria-label*='Darlington']")


def test_a_side_of_an_outcome_says_what_its_marks_are(packs_of):
    """The cross has its year, the line its meaning; the newest return has the one before beside it;
    an example is as loud as its state; what was chosen and is disputed says so.
    """
    basis = packs_of["Central"].agreement_basis
    read = BeautifulSoup(str(shown()[type(basis)].html(basis)), "html.parser")
    first, second, _ = read.select(".outcome-side")
    words = first.get_text()
    assert "×: the target, in the figure of 2031." in words
    assert "if the gap stays" in words
    assert "if nothing changes" not in words
    assert "keeps England’s pace (the same change in per cent), the gap is 5.7 by then" in words
    assert "Invented example. Agreed." == first.select_one(".which strong").get_text()
    evenings = first.select("svg")[-1]
    assert ["31", "58", "49"] == [text.get_text() for text in evenings.select("text")]
    assert "chosen, now disputed" in second.get_text()
    assert "“What this edition does not have”" in second.get_text()
    assert "“How far to trust this" not in second.get_text()


def test_a_side_of_an_outcome_shows_what_people_typed_as_text(packs_of):
    """A `<b>` in the words of an outcome is shown, not obeyed, and an empty part says so."""
    basis = packs_of["Eastbourne"].agreement_basis
    read = BeautifulSoup(str(shown()[type(basis)].html(basis)), "html.parser")
    assert "well <b>& happy</b>." in read.get_text()
    assert not read.find("b")
    assert "No action is written down for it." in read.get_text()
