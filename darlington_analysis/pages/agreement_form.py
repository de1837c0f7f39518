"""The form of an agreement record: one page that is filled in offline and saves its answers.

It needs a browser and no server. Its script adds and removes parts, and saves a file of answers,
which ``agreement read`` sets beside the record.
"""

import re
import tomllib
import typing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup
from pydantic import BaseModel

from darlington_analysis.agreements import form
from darlington_analysis.agreements.checks.outcomes import WHOLE
from darlington_analysis.agreements.checks.phrases import QUESTIONS
from darlington_analysis.agreements.parts import Measure, Negotiated
from darlington_analysis.agreements.record import FORM, Agreement
from darlington_analysis.pages import questions
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.agreements import PROMISES
from darlington_analysis.sources.indicators import register

TITLE = "Answers for the agreement of {partnership}"
LEAD = (
    "Write what you know. Everything may stay empty for now. Write roles and never names of people. "
    "A count of {least} to {most} people is written as “withheld”.",
    "This page works without the internet. At the end, “Save the answers” puts a file into your "
    "downloads. Send that file to the Council. This page itself keeps nothing: save before you "
    "close it.",
)
LOAD = "Go on with answers that were saved before"
LOADED = "The saved answers stand in this page now. What was in it before is gone."
NOT_LOADED = (
    "That is no file of answers of this partnership for this edition. Nothing has changed here."
)
LOST = "Answers for which this page has no room:"
SAVE, SAVED = "Save the answers", "Saved as {file}, in your downloads."
MARKED = "Answers that can’t be read yet, each with a thick border:"
UNKNOWN = "No part of this page has this short name."
TOO_LONG = "Too long to print."
ADD, REMOVE = "Add another: {part}", "Take this out"
NOT_SAID = "not said yet"
EACH_LINE = "One a line."
COUNT_HINT = "A number, “not known” or “withheld”."
PLAIN_NUMBERS = ("level", "gap", "council_days_a_month")
PLAIN_HINT = "A number."
AMOUNT_HINT = "A number without a £ sign, or “not yet known”."
PARTS = {
    "": "The partnership",
    "consultation": "How far the two sides are",
    "offer": "What the Council offers",
    "outcomes": "What is wanted for everybody who lives here",
    "knowledge": "What people here know about a figure",
    "positions": "What each side says",
    "customers": "Whom the partnership serves",
    "partners": "Who else takes part",
    "ideas": "What could be done, and what it costs",
    "actions": "Who does what",
    "measures": "How the partnership will know that it helps",
    "strengths": "What is strong here already",
    "decisions": "What was decided, and why",
    "data_wanted": "Figures that are asked for and do not exist",
    "reviews": "Reviews by both sides",
    "blockers": "What is in the way",
    "training": "Training and mentoring",
    "promises": "What each side promises",
    "principles": "The five principles",
    "fairness": "Is it fair?",
    "independence": "When support ends, and what comes after",
    "target": "Target",
    "returns": "What was counted, the baseline first",
    "who_was_asked": "Who was asked",
    "plan": "Days a month of Council support, as planned",
    "so_far": "Days a month of Council support, so far",
}
MOST_LETTERS = 1500
PATTERNS = {
    "id": "[a-z0-9][a-z0-9\\-]{0,39}",
    "count": r"\d+|not known|withheld",
    "amount": r"\d+(\.\d+)?|not yet known",
    "number": r"-?\d+(\.\d+)?",
}
"""What can be read, in the language of browsers, where not every text can."""
NEEDED = ("partnership", "ward", "edition", "consultation.state", "consultation.since")
NAMES_OF = {
    "about": "outcomes actions",
    "outcome": "outcomes",
    "measure": "measures",
    "customers": "customers",
}
"""Answers that are a short name given elsewhere in the form, and the parts that give them."""


@dataclass(frozen=True)
class Choices:
    """What a key of a record may point at, by the key: its values with their words."""

    by_key: dict[str, dict[str, str]]
    least: int
    most: int


def agreement_form(record: Agreement, made_from: str, slug: str, choices: Choices) -> str:
    """Return the whole page of a record's form. ``made_from``: which record it was made from."""
    title = TITLE.format(partnership=record.partnership)
    file = f"{slug}-answers.json"
    lead = [line.format(least=choices.least, most=choices.most) for line in LEAD]
    body = Markup("").join(_section(key, record, choices) for key in _order())
    lists = Markup("").join(
        Markup('<datalist id="names-{}" data-of="{}" data-also="{}"></datalist>').format(
            key, of, WHOLE if key == "about" else ""
        )
        for key, of in NAMES_OF.items()
    )
    return Markup(
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{0}</title><style>{1}</style></head>\n<body><main><h1>{0}</h1>{2}"
        '<label>{10}<input type="file" id="load" accept=".json,application/json"></label>'
        '<p role="status" id="loaded" data-words="{11}" data-refused="{12}" data-lost="{13}"></p>'
        '<form data-made-from="{3}" autocomplete="off">{4}'
        '<h2>{5}</h2><button type="button" class="save" data-save="{6}">{5}</button>'
        '<p role="status" id="saved" data-words="{7}" data-marked="{14}" data-unknown="{15}" '
        'data-long="{16}"></p></form>{9}</main><script>{8}</script></body></html>\n'
    ).format(
        *(
            title,
            _static("form.css"),
            Markup("").join(map(blocks.paragraph, lead)),
            made_from,
            body,
        ),
        *(SAVE, file, SAVED.format(file=file), _static("form.js"), lists),
        *(LOAD, LOADED, NOT_LOADED, LOST, MARKED, UNKNOWN, TOO_LONG),
    )


@cache
def _words() -> dict[str, dict[str, str]]:
    """Return what each field asks, and its help, from ``agreement_form.toml``."""
    words = tomllib.loads(files(__package__).joinpath("agreement_form.toml").read_text("utf-8"))
    promises = zip(("we_will", "you_can_expect", "you_will"), PROMISES, strict=True)
    return words | {"label": {**QUESTIONS, **dict(promises), **words["label"]}}


def _static(name: str) -> Markup:
    return Markup(files("darlington_analysis.pages").joinpath("static", name).read_text("utf-8"))


def _order() -> list[str]:
    return ["", *(key for key in PARTS if key in Agreement.model_fields)]


def _section(key: str, record: Agreement, choices: Choices) -> Markup:
    """Return one heading of the form with its fields."""
    asked = _questions(key, record.ward)
    hints = Markup("").join(Markup('<p class="hint">{}</p>').format(line) for line in asked)
    head = Markup("<h2>{}</h2>{}").format(PARTS[key], hints)
    if not key:
        simple = [name for name in Agreement.model_fields if name not in PARTS]
        return head + _fields(Agreement, record, "", choices, simple)
    annotation = Agreement.model_fields[key].annotation
    return head + _field(key, annotation, getattr(record, key), "", choices)


def _questions(key: str, ward: str) -> list[str]:
    """Return the review's questions that a heading answers."""
    letters = {
        "outcomes": [("population", "a"), ("population", "b"), ("population", "c")],
        "partners": [("population", "e")],
        "ideas": [("population", "f")],
        "actions": [("population", "g")],
        "customers": [("performance", "a")],
        "measures": [("performance", "b"), ("performance", "c")],
    }
    return [questions.question(kind, letter, ward) for kind, letter in letters.get(key, [])]


def _fields(model, part, before: str, choices: Choices, keys=None) -> Markup:
    """Return the fields of a part: what it is comes first, then how far the two sides are on it."""
    last = Negotiated.model_fields if issubclass(model, Negotiated) else ()
    fields = sorted(model.model_fields.items(), key=lambda field: field[0] in last)
    return Markup("").join(
        _field(key, field.annotation, getattr(part, key, None), before, choices)
        for key, field in fields
        if (keys is None or key in keys) and not _is_trap(model, part, key)
    )


def _is_trap(model, part, key: str) -> bool:
    """True for the indicator of a measure, which is always refused, unless a record has one."""
    return model is Measure and key == "indicator" and not getattr(part, key, "")


def _field(key: str, annotation, value, before: str, choices: Choices) -> Markup:
    path, kind = f"{before}{key}", form.kind_of(annotation)
    if kind == "many parts":
        return _list(key, form.part_of(annotation), value or (), path, choices)
    if kind == "one part":
        fields = _fields(form.part_of(annotation), value, f"{path}.", choices)
        if not before:
            return fields
        return Markup("<fieldset><legend>{}</legend>{}</fieldset>").format(PARTS[key], fields)
    return _control(key, annotation, value, path, choices)


def _list(key: str, model: type[BaseModel], parts, path: str, choices: Choices) -> Markup:
    """Return the parts that are there, a template for another, and the button that adds it."""
    mark = f"__{path.count('.')}__"
    there = Markup("").join(
        _one(key, model, part, f"{path}.{number}.", choices, number + 1)
        for number, part in enumerate(parts)
    )
    another = _one(key, model, None, f"{path}.{mark}.", choices)
    return Markup(
        '<div id="{0}" data-next="{1}">{2}</div><template data-mark="{3}">{4}</template>'
        '<button type="button" data-add="{0}">{5}</button>'
    ).format(
        path,
        len(parts),
        there,
        mark,
        another,
        ADD.format(part=PARTS[key][0].lower() + PARTS[key][1:]),
    )


def _one(key: str, model, part, before: str, choices: Choices, number: int | None = None) -> Markup:
    """Return the fields of one part, numbered as ``check`` numbers it; the script numbers new ones."""
    numbered = f"{PARTS[key]}, {number}" if number else PARTS[key]
    return Markup(
        '<fieldset><legend data-part="{}">{}</legend>{}'
        '<button type="button" data-remove="1">{}</button></fieldset>'
    ).format(PARTS[key], numbered, _fields(model, part, before, choices), REMOVE)


def _control(key: str, annotation, value, path: str, choices: Choices) -> Markup:
    kind, label = form.kind_of(annotation), _label(key, annotation, _part_of(path))
    options = choices.by_key.get(key) or _words_of_list(annotation, kind)
    if kind == "switch":
        checked = Markup(" checked") if value else ""
        return Markup(
            '<label><input type="checkbox" name="{}" value="true"{}> {}{}</label>'
        ).format(path, checked, label, _help(path))
    hint = _hint(path, kind)
    if options and key in (*choices.by_key, key if kind == "choice" else ""):
        return _select(path, label, options, value)
    text = "\n".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    if kind in ("words", "lines") and key not in ("id", *NAMES_OF):
        most = Markup(' data-most="{}"').format(MOST_LETTERS) if kind == "words" else ""
        needed = _needed(path)
        control = Markup('<textarea name="{}" rows="2"{}{}>{}</textarea>').format(
            path, most, needed, text
        )
    else:
        shape = {"day": "date"}.get(kind, "text")
        control = Markup('<input type="{}" name="{}" value="{}"{}{}>').format(
            shape, path, text, _limits(path, key, kind, hint), _needed(path)
        )
    return Markup("<label>{}{}{}{}</label>").format(label, _help(path), hint, control)


def _needed(path: str) -> Markup:
    return Markup(" required") if path in NEEDED else Markup("")


def _limits(path: str, key: str, kind: str, hint: Markup) -> Markup:
    """Return what a browser takes for an answer that can be read."""
    if key in NAMES_OF:
        return Markup(' list="names-{}"').format(key)
    if kind == "number":
        kinds = {COUNT_HINT: "count", AMOUNT_HINT: "amount"}
        pattern = PATTERNS[next((kinds[words] for words in kinds if words in hint), "number")]
        return Markup(' pattern="{}" title="{}"').format(pattern, hint.striptags() or PLAIN_HINT)
    if key == "id":
        return Markup(' pattern="{}" title="{}"').format(PATTERNS["id"], _words()["label"]["id"])
    return Markup("")


def place_words(where: tuple) -> str:
    """Return the place of an answer as the form names it: its heading, its number, its question."""
    words, model, named = [], Agreement, ""
    for part in where:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        if isinstance(part, int):
            words.append(str(part + 1))
        elif field and form.kind_of(field.annotation) in ("one part", "many parts"):
            model = form.part_of(field.annotation)
            words.append(PARTS[part])
            named = part
        elif field:
            words.append(_label(part, field.annotation, named))
    return ", ".join(words)


def _label(key: str, annotation, part: str = "") -> str:
    """Return what a key asks, of its own part where there is a question for that."""
    asked = _words()["label"]
    if key == "by" and form.kind_of(annotation) == "day":
        return asked["by_day"]
    return asked.get(f"{part}.{key}") or asked[key]


def _help(path: str) -> Markup:
    """Return one sentence of help with a field, of its own part where there is one for that."""
    part, key = _part_of(path), path.rpartition(".")[2]
    words = _words()["help"]
    return Markup('<span class="hint">{}</span>').format(words.get(f"{part}.{key}") or words[key])


def _part_of(path: str) -> str:
    """Return the name of the part that an answer stands in: "actions" for ``actions.0.what``."""
    *_, part, _key = ("", *(name for name in path.split(".") if not re.search(r"\d", name)))
    return part


def _hint(path: str, kind: str) -> Markup:
    where = tuple(0 if re.search(r"\d", part) else part for part in path.split("."))
    words = EACH_LINE if kind == "lines" else ""
    if kind == "number" and where[-1] not in PLAIN_NUMBERS:
        words = COUNT_HINT if FORM.is_count(where) else AMOUNT_HINT
    return Markup('<span class="hint">{}</span>').format(words) if words else Markup("")


def _words_of_list(annotation, kind: str) -> dict[str, str]:
    words = typing.get_args(annotation) if kind == "choice" else ()
    return {word: word for word in words if word}


def _select(path: str, label: str, options: dict[str, str], value) -> Markup:
    known = {"": NOT_SAID} | options
    if value and value not in known:
        known[value] = value
    chosen = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            key, Markup(" selected") if key == (value or "") else "", words
        )
        for key, words in known.items()
    )
    return Markup('<label>{}{}<select name="{}"{}>{}</select></label>').format(
        label, _help(path), path, _needed(path), chosen
    )


def titles_of(slugs) -> dict[str, str]:
    """Return the titles of indicators, by their slugs."""
    return {slug: register()[slug].title for slug in slugs}
