"""An empty record to fill in, a form to fill in offline, and the schema for editors."""

import hashlib
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import ValidationError

from darlington_analysis.agreements import form as forms
from darlington_analysis.agreements import reading
from darlington_analysis.agreements.reading import practices
from darlington_analysis.agreements.record import FORM, Agreement
from darlington_analysis.cli.agreement_answers import NOTHING, answers_in, differences, place_of
from darlington_analysis.cli.progress import say
from darlington_analysis.core import atomic, bounded_toml, permissions, toml_faults
from darlington_analysis.core.errors import (
    AgreementError,
    DarlingtonError,
    DisclosureError,
    UnknownAreaError,
)
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import Settings, load_settings
from darlington_analysis.evidence import agreement, table
from darlington_analysis.pages import questions
from darlington_analysis.pages.agreement_form import Choices, agreement_form, place_words, titles_of
from darlington_analysis.pages.components import agreements
from darlington_analysis.readers import personal_data
from darlington_analysis.sources import areas
from darlington_analysis.sources.areas import Ward

SCHEMA = "agreement.schema.json"
_MOST_TOLD = 10  # keys that are named
_MOST_READ = 20_000  # letters of an answer that no record may hold, read for names of people


def new(asked: Namespace) -> int:
    """Write an empty record for a ward's partnership; refuse to write over one."""
    project, edition, ward = place(asked)
    settings = load_settings(project)
    refuse_missing(project, ward)
    path = record_path(project, edition, ward)
    if path.exists():
        raise AgreementError(
            f"{reading.shown(path)} is there already",
            "A record is never written over.",
            f"open it, or darlington agreement check {path.stem}",
        )
    partnership = f"{ward.name} Community Partnership"
    names = {"ward": ward.name, "partnership": partnership}
    text = _template().render(
        **names,
        slug=ward.slug,
        edition=edition,
        least=settings.small_numbers.withhold_from,
        most=settings.small_numbers.withhold_to,
        today=date.today().isoformat(),
        aims=", ".join(aim.id for aim in settings.agreements.aims),
        themes=", ".join(settings.agreements.themes),
        practices=", ".join(practice.id for practice in practices()),
        **{
            kind: {letter: questions.question(kind, letter, ward.name) for letter in "abcdefg"}
            for kind in questions.KINDS
        },
    )
    _write_schema(project.agreements)
    atomic.write_file(path, text.encode(), 0o666)
    say(f"{reading.shown(path)}: open it and write between the quotes")
    return 0


def schema(asked: Namespace) -> int:
    """Write the JSON Schema that editors check a record with."""
    say(reading.shown(_write_schema(find_project().agreements)))
    return 0


def place(asked: Namespace) -> tuple[Project, str, Ward]:
    """Return the project, the edition and the ward that was asked for.

    A ward is named by its code, its name, or the name of its file. The edition is that of the
    ward's record, where there is one; otherwise the default, or the first that has such a ward.
    Raises UnknownAreaError.
    """
    project = find_project()
    settings = load_settings(project)
    if asked.edition:
        edition = settings.edition(asked.edition)
        return project, edition.id, _ward(project, edition.ward_set, asked.ward)
    first = settings.edition(None)
    others = [edition for edition in settings.editions if edition != first]
    fits: list[tuple[str, Ward]] = []
    for edition in (first, *others):
        try:
            fits.append((edition.id, _ward(project, edition.ward_set, asked.ward)))
        except UnknownAreaError:
            continue
    for edition_id, ward in fits:
        read, _ = reading.try_to_read(project.agreements / f"{ward.slug}.toml")
        if read and read.record.edition == edition_id:
            return project, edition_id, ward
    if not fits:
        _ward(project, first.ward_set, asked.ward)  # raises: it is a ward of no edition
    return project, *fits[0]


def _ward(project: Project, ward_set: str, named: str) -> Ward:
    """Return the ward of a set that somebody names, also by the name of its file."""
    known = areas.ward_set(project, ward_set)
    by_slug = {ward.slug: ward for ward in known.wards}
    return by_slug.get(named.strip().lower()) or known.find(named).ward


def missing_records(project: Project, stem: str = "") -> list[AgreementError]:
    """Return an error for each record that was signed and is not in its place any more."""
    ledgers = sorted((project.agreements / "signed").glob(f"{stem or '*'}.jsonl"))
    return [
        AgreementError(
            f"{reading.shown(ledger)}: signed, but data/agreements/{ledger.stem}.toml is missing",
            "A record that was signed stays beside its signings.",
            f"git checkout -- data/agreements/{ledger.stem}.toml; or take the record from the last "
            f"line of {ledger.name}",
        )
        for ledger in ledgers
        if not (project.agreements / f"{ledger.stem}.toml").is_file()
    ]


def refuse_missing(project: Project, ward: Ward) -> None:
    """Raise AgreementError where a ward's record was signed and is not in its place any more."""
    for fault in missing_records(project, ward.slug):
        raise fault


def record_path(project: Project, edition: str, ward: Ward) -> Path:
    """Return where a ward's record lies: in its own file, or in that of a partnership's first ward."""
    own = project.agreements / f"{ward.slug}.toml"
    if own.is_file():
        return own
    wards = areas.ward_set(project, load_settings(project).edition(edition).ward_set)
    elsewhere = reading.read_elsewhere(project, wards, ward)
    return elsewhere.path if elsewhere else own


def _write_schema(folder: Path) -> Path:
    permissions.refuse_link(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SCHEMA
    text = json.dumps(Agreement.model_json_schema(), indent=1, ensure_ascii=False)
    atomic.write_file(path, f"{text}\n".encode(), 0o666)
    return path


def _template():
    loader = PackageLoader("darlington_analysis.cli", "templates")
    environment = Environment(loader=loader, undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701
    return environment.get_template("agreement.toml.j2")


def form(asked: Namespace) -> int:
    """Write a page that is filled in offline, with what a ward's record says so far."""
    project, edition, ward = place(asked)
    refuse_missing(project, ward)
    loaded, path = table.load(edition, project), record_path(project, edition, ward)
    text = reading.text_of(path) if path.is_file() else _empty(loaded.settings, edition, ward)
    read, faults = reading.try_to_read(path) if path.is_file() else (None, [])
    if faults:
        raise faults[0]
    record = read.record if read else reading.parse(text)
    page = Path(asked.to or f"{ward.slug}-form.html")
    if page.exists():
        raise AgreementError(
            f"{page} is there already",
            "A form is never written over: somebody may have begun to fill it in.",
            f"--to {ward.slug}-form-2.html",
        )
    page.write_text(agreement_form(record, _made_from(path), ward.slug, _choices(loaded)), "utf-8")
    say(f"{page}: open it in a browser, fill it in, and press “Save the answers” at its end")
    say(f"then: darlington agreement read {ward.slug} {ward.slug}-answers.json")
    return 0


def read(asked: Namespace) -> int:
    """Say what the answers of a form would change in a ward's record; keep them if asked to."""
    project, edition, ward = place(asked)
    refuse_missing(project, ward)
    path = record_path(project, edition, ward)
    (made_from, begun_from), answers = answers_in(Path(asked.answers))
    record = _record_of(answers)
    before = reading.read(path) if path.is_file() else None
    loaded = table.load(edition, project)
    _refuse_other(loaded, ward, path, record)
    changes = differences(before.record if before else None, record, _choices(loaded))
    is_late = bool(changes) and made_from != _made_from(path)
    if is_late:
        say(f"{TOO_LATE} {_another_form(ward)}")
    elif before and begun_from != _made_from(path):
        _tell_what_goes_back(changes)
    for line in changes or ["the answers are what the record says already"]:
        say(line)
    if before and (lost := _notes(before.text)):
        say(f"Notes after # in the record are not kept, as a form has none: {len(lost)}")
    if without := _without_place(answers, record):
        say(f"Answers that a record has no place for, which are not kept: {', '.join(without)}")
    if not asked.keep:
        say(f"nothing is kept. {TOO_LATE}" if is_late else NOT_YET_KEPT)
        return 0
    if is_late:
        raise AgreementError(
            f"{reading.shown(path)} has changed since this form was made",
            "Answers are kept where nothing is lost that was written in between. A browser names a "
            f"second file of answers {ward.slug}-answers (1).json.",
            f"the newest file of answers, or: {_another_form(ward)}",
        )
    _write_schema(path.parent)
    atomic.write_file(path, f"#:schema {SCHEMA}\n{forms.to_toml(record)}".encode())
    say(f"{reading.shown(path)}: written; darlington agreement check {ward.slug}")
    return 0


TOO_LATE = "These answers can’t be kept: the record has changed since their form was made."
BEGUN_BEFORE = (
    "The record has changed since these answers were begun. Answers that they change or take out:"
)
NOT_YET_KEPT = "nothing is kept yet; add --keep to write this into the record"
LOOK = "Look at each below: it may be what somebody else wrote since."


def _another_form(ward: Ward) -> str:
    return (
        f"darlington agreement form {ward.slug} --to {ward.slug}-form-2.html; open it, choose "
        "this file under “Go on with answers that were saved before”, look it through and save again"
    )


def _tell_what_goes_back(changes: list[str]) -> None:
    """Say how many changes are of something that the record says now, if any is."""
    back = sum(f": {NOTHING} -> " not in line for line in changes)
    if back:
        say(f"{BEGUN_BEFORE} {back}. {LOOK}")


def _without_place(answers: dict[str, str], record: Agreement) -> list[str]:
    """Return the keys of answers that are not in the record made of them; parts lose their numbers."""
    kept = {_unnumbered(path) for path in forms.flat(record)}
    given = (path for path, text in answers.items() if text.strip() not in ("", "false"))
    return sorted({path for path in map(_unnumbered, given) if path not in kept})[:_MOST_TOLD]


def _unnumbered(path: str) -> str:
    return ".".join(part for part in path.split(".") if not part.isdecimal())


def _notes(text: str) -> list[tuple[int, str]]:
    """Return what people wrote after a # in a record; its schema line is written by a command."""
    return [
        note for note in bounded_toml.comments(text) if not note[1].strip().startswith(":schema")
    ]


def _empty(settings: Settings, edition: str, ward: Ward) -> str:
    """Return the text of an empty record, to begin a form with."""
    partnership = json.dumps(f"{ward.name} Community Partnership", ensure_ascii=False)
    name = json.dumps(ward.name, ensure_ascii=False)
    return (
        f'partnership = {partnership}\nward = {name}\nedition = "{edition}"\n'
        f'[consultation]\nstate = "invited"\nsince = {date.today().isoformat()}\n'
    )


def _made_from(path: Path) -> str:
    content = path.read_bytes() if path.is_file() else b""
    return hashlib.sha256(content).hexdigest()[:16]


def _choices(loaded: table.EditionTable) -> Choices:
    lists, rule = loaded.settings.agreements, loaded.settings.small_numbers
    by_key = {
        "indicator": titles_of(agreement.pickable(loaded)),
        "strand": agreements.STRANDS,
        "aim": {aim.id: aim.words for aim in lists.aims},
        "mode": lists.modes,
        "theme": {theme: theme for theme in lists.themes},
        "practice": {practice.id: practice.title for practice in practices()},
    }
    return Choices(by_key, rule.withhold_from, rule.withhold_to)


def _record_of(answers: dict[str, str]) -> Agreement:
    """Return the record that answers make. Raises an error of the last wrong one, the others told."""
    try:
        return Agreement(**forms.nested(answers))
    except ValidationError as fault:
        advices = zip(toml_faults.places(fault), toml_faults.faults(FORM, "", fault), strict=True)
        faults: list[DarlingtonError] = [
            AgreementError(
                f"{place_words(where)}: {advice.what}",
                advice.expected,
                advice.write.replace(f"{where[-1]} = ", "").replace('"', ""),
            )
            for where, advice in advices
        ]
        persons = [
            _person(place_of(path))
            for path, text in answers.items()
            if any(sign.is_sure for sign in personal_data.signs(text[:_MOST_READ]))
        ]
        _raise_all([*faults, *persons], fault)


def _raise_all(faults: Sequence[DarlingtonError], cause: Exception | None = None) -> NoReturn:
    """Print every fault but the last, and raise that one; a person's name goes last."""
    for fault in faults[:-1]:
        print(fault, file=sys.stderr)
    raise faults[-1] from cause


def _person(words: str) -> DisclosureError:
    return DisclosureError(
        f"The answer to “{words}” names or points to a person",
        "Roles only: a record may be read by everybody, for good.",
        "write the role in its place, and save the answers again; or, if it is no person, those words "
        f"under “{place_words(('not_people',))}”",
    )


def _refuse_other(loaded: table.EditionTable, ward: Ward, path: Path, record: Agreement) -> None:
    """Raise AgreementError where answers name a person, or are of another ward."""
    made = reading.Read(record, path, forms.to_toml(record))
    if not agreement.is_of(loaded, ward, made):
        raise AgreementError(
            "These answers are of another edition",
            "A form is read into the record that it was made for.",
            f"darlington agreement form {ward.slug}",
        )
    lists = loaded.settings.agreements
    answer = agreement.AgreementAnswer(ward, loaded, made, (), lists)
    places = [finding.where for finding in answer.findings if finding.check in agreement.PERSONAL]
    if places:
        _raise_all([_person(place_words(where)) for where in dict.fromkeys(places)])
