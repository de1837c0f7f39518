"""What pydantic complains of in a file that a person wrote: its line, what is wrong, what to write.

A form is what such a file may hold: a record, a sidecar, the settings, the register of indicators.
"""

import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from darlington_analysis.core.bounded_toml import MistakeError, Where, key_lines, line_of, loads
from darlington_analysis.core.toml_advice import Advice, advice
from darlington_analysis.core.toml_days import as_day

_Lines = tuple[str, str, str]


@dataclass(frozen=True)
class Form:
    """Which key stands below which heading of a kind of file, and what it expects.

    ``noun`` is what a file is called, ``samples`` are answers that need showing, ``count`` the
    description of fields that hold counts of people, which may also be words.
    """

    model: type[BaseModel]
    noun: str
    samples: Mapping[str, str] = field(default_factory=dict)
    count: str = "none"

    @cached_property
    def tables(self) -> dict[str, type[BaseModel]]:
        """The model of each table, by its name ("" is the top)."""
        tables: dict[str, type[BaseModel]] = {"": self.model}
        _collect(self.model, "", tables)
        return tables

    @cached_property
    def homes(self) -> dict[str, list[str]]:
        """For every key, the tables that it may stand in."""
        homes: dict[str, list[str]] = {}
        for table, model in self.tables.items():
            for key in model.model_fields:
                homes.setdefault(key, []).append(table)
        return homes

    @cached_property
    def switches(self) -> list[str]:
        """The keys that are true or false."""
        return [
            key
            for key, tables in self.homes.items()
            if any(self.tables[table].model_fields[key].annotation is bool for table in tables)
        ]

    def is_list(self, table: str) -> bool:
        """True for a table that may stand many times: ``[[outcomes]]``."""
        held = self.model.model_fields.get(table)
        return bool(held) and "tuple[" in str(held.annotation)

    def title(self, table: str) -> str:
        """Return how the heading of a table is written."""
        if not table:
            return "the first lines, above every [heading]"
        return f"[[{table}]]" if self.is_list(table) else f"[{table}]"

    def heading(self, table: str) -> str:
        """Return below which heading a table's keys stand."""
        return f"under {self.title(table)}" if table else "at the top of the file"

    def meaning(self, where: Where) -> str:
        """Return what a key expects, where its model says so."""
        held = self._field(where)
        return f"Expected: {held.description}." if held and held.description else ""

    def is_part(self, where: Where) -> bool:
        """True for keys of one's own choice with lines below a heading, such as [columns]."""
        held = self._field(where)
        return bool(held) and str(held.annotation).startswith("dict[")

    def is_count(self, where: Where) -> bool:
        """True for a count of people, which may be "withheld" or "not known"."""
        held = self._field(where)
        return bool(held and held.description == self.count)

    def sample(self, where: Where, key: str) -> str:
        """Return an answer of the right kind for a key."""
        if key in self.samples:
            return self.samples[key]
        held = self._field(where)
        kinds = str(held.annotation) if held else ""
        if self.is_count(where):
            return "40"
        if "date" in kinds:
            return "2026-11-22, with the right day"
        if words := _words_of(held.annotation if held else None):
            return f'"{next(filter(None, words))}"'
        samples = {"float": "4.5", "int": "4", "bool": "false"}
        return next((samples[kind] for kind in samples if kind in kinds), '"…"')

    def _field(self, where: Where):
        model = self.tables.get(_table_of(where))
        key = where[-1] if where and isinstance(where[-1], str) else ""
        return model.model_fields.get(key) if model else None


def _collect(model: type[BaseModel], under: str, tables: dict) -> None:
    for key, held in model.model_fields.items():
        for inner in _models(held.annotation):
            name = f"{under}.{key}".strip(".")
            tables[name] = inner
            _collect(inner, name, tables)


def _models(annotation) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models(part)]


def _words_of(annotation) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return list(annotation)
    return [word for word in typing.get_args(annotation) if isinstance(word, str)]


def _table_of(where: Where) -> str:
    return ".".join(part for part in where[:-1] if isinstance(part, str))


def faults(form: Form, text: str, fault: ValidationError) -> list[Advice]:
    """Return every mistake in a valid TOML text that its model complains of, in their order."""
    lines = _lines_of(text)
    problems: dict[Where, Any] = {}
    for problem in fault.errors(include_url=False):
        problems.setdefault(_place(problem["loc"]), problem)
    return [
        Advice(line_of(_meant(form, where, problem), lines), *_explained(form, where, problem))
        for where, problem in problems.items()
    ]


def places(fault: ValidationError) -> list[Where]:
    """Return the location of every mistake, in the order of ``faults``."""
    return list(dict.fromkeys(_place(each["loc"]) for each in fault.errors(include_url=False)))


def _meant(form: Form, where: Where, problem: Any) -> Where:
    """Return the location of a key that is missing: that of one that is nearly it, if there is."""
    near = _misspelt(form, where, problem) if problem["type"] == "missing" else ""
    return (*where[:-1], near) if near else where


def _misspelt(form: Form, where: Where, problem: Any) -> str:
    """Return the key of somebody's own that stands in place of a missing one, "" where none is near
    or keys of one's own are refused anyhow.
    """
    from rapidfuzz import process

    model = form.tables.get(_table_of(where))
    if model is None or model.model_config.get("extra") != "allow":
        return ""
    own = [name for name in problem["input"] if name not in model.model_fields]
    near = process.extractOne(str(where[-1]), own, processor=str.lower, score_cutoff=80)
    return near[0] if near else ""


def advice_on(form: Form, text: str, fault: ValueError) -> Advice:
    """Return the mistake to mend first in a text that could not be read, or is not of its form.

    A key that is none goes before one that is missing: it may be that one, misspelt.
    """
    if isinstance(fault, ValidationError):
        mistakes = faults(form, text, fault)
        return next(
            (mistake for mistake in mistakes if mistake.what.startswith("there is no ")),
            mistakes[0],
        )
    if isinstance(fault, MistakeError):
        return advice(text, fault.message, form.homes, form.switches)
    if isinstance(fault, UnicodeDecodeError):
        line = fault.object[: fault.start].count(b"\n") + 1
        return Advice(line, "it is not UTF-8 text", "Plain text in UTF-8.", "it again as UTF-8")
    return Advice(1, str(fault), f"What {form.noun} may say.", "it as another one is written")


def _lines_of(text: str) -> dict[Where, int]:
    """Return the line of each key; of one that a question of a draft asks for, that of its answer."""
    lines = key_lines(text.removeprefix("\ufeff"))
    try:
        questions = loads(text).get("questions", [])
    except ValueError:
        return lines
    for at, question in enumerate(questions if isinstance(questions, list) else []):
        if isinstance(question, dict) and isinstance(question.get("field"), list):
            lines[tuple(question["field"])] = lines.get(("questions", at, "answer"), 1)
    return lines


def _place(where: Where) -> Where:
    """Return a location of pydantic's without the names of kinds it tried in turn."""
    for length in range(len(where), 0, -1):
        if all(isinstance(part, int) or _is_key(part) for part in where[:length]):
            return where[:length]
    return where


def _is_key(part: str) -> bool:
    return not any(letter in part for letter in "-[('") and part != "str"


def _explained(form: Form, where: Where, problem: Any) -> _Lines:
    """Return what is wrong, what was expected and what to write."""
    key = next((part for part in reversed(where) if isinstance(part, str)), form.noun)
    kind = problem["type"]
    if kind == "extra_forbidden":
        return _stranger(form, where, key, problem["input"])
    if kind == "missing" and isinstance(where[-1], int):
        return (
            f"{key} has {where[-1]} parts, which are too few",
            form.meaning(where[:-1]) or f"Every part of {key}, with commas between them.",
            f"{key} = […], with each of its parts",
        )
    if kind == "missing":
        near = _misspelt(form, where, problem)
        return _is_misspelt(form, where, near, problem) if near else _missing(form, where, key)
    if kind in ("literal_error", "enum") and not form.is_count(where):
        return _not_on_list(key, problem)
    if "date" in kind:
        return _no_day(key, problem["input"])
    if kind in ("string_type", "tuple_type", "model_type", "model_attributes_type", "dict_type"):
        return _wrong_kind(form, where, key, problem)
    return _will_not_do(form, where, key, problem)


def _no_day(key: str, value) -> _Lines:
    if not str(value).strip():
        return (
            f"{key} is not a day: nothing stands there",
            "A day, or no line at all.",
            f"# {key} = , with a # in front until there is a day",
        )
    right = as_day(str(value)) or "2026-11-22, with the right day"
    return (
        f"{key} is not a day: {_short(value)}",
        "A day is written year-month-day, without quotes.",
        f"{key} = {right}",
    )


def _will_not_do(form: Form, where: Where, key: str, problem: Any) -> _Lines:
    kind, value = problem["type"], problem["input"]
    what = f"{key}: {_short(value)} will not do"
    if form.is_count(where):
        return what, form.meaning(where), f'{key} = 40, or {key} = "not known"'
    if kind == "value_error":
        why = str(problem["ctx"]["error"])
        right = f"{key} = {form.samples[key]}" if key in form.samples else f"{key} so that they do"
        return f"{key}: {why}", "Parts that fit each other.", right
    if kind.startswith("bool"):
        return what, "true or false, in small letters, without quotes.", f"{key} = false"
    if kind == "string_too_long":
        most = problem["ctx"]["max_length"]
        return (
            f"{key} is {len(value)} letters long",
            f"{most} letters at most, to print.",
            f"{key} in fewer words; the rest as a part of its own, or on paper",
        )
    if kind == "string_pattern_mismatch":
        slug = re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")[:40] or f"my-{key}"
        is_slug = re.fullmatch(problem["ctx"]["pattern"], slug)
        pattern = f"Letters and digits of the form {problem['ctx']['pattern'].strip('^$')}."
        right = f'{key} = "{slug}"' if is_slug else f"{key} in that form"
        return what, form.meaning(where) or pattern, right
    if kind == "string_too_short":
        return f"{key} is empty", f"Every {form.noun} says this.", f'{key} = "…"'
    like = form.sample(where, key)
    return what, form.meaning(where) or _limits(problem, like), f"{key} = {like}"


def _limits(problem: Any, like: str) -> str:
    context = problem.get("ctx", {})
    for limit, words in (("ge", "{} or more"), ("gt", "more than {}"), ("le", "{} or less")):
        if limit in context:
            return f"Something like {like}, {words.format(context[limit])}."
    return f"Something like {like}, 0 or more." if like[:1].isdigit() else f"Something like {like}."


def _stranger(form: Form, where: Where, key: str, value) -> _Lines:
    from rapidfuzz import process

    table = _table_of(where)
    other = [name for name in form.homes.get(key, []) if name != table]
    if other:
        return (
            f"{key} stands in the wrong place, {form.heading(table)}",
            f"{key} belongs {' or '.join(map(form.heading, other))}.",
            f"the line, moved below {form.title(other[0])}",
        )
    known = list(form.tables[table].model_fields)
    near = process.extractOne(key, known, processor=str.lower, score_cutoff=60)
    guess = near[0] if near else known[0]
    if not table and (isinstance(value, dict | list) or guess in form.tables):
        parts = [form.title(name) for name in known if name in form.tables]
        guess = guess if guess in form.tables else parts[0].strip("[]")
        return (
            f"there is no part called {key}",
            f"The parts are {', '.join(parts)}.",
            f"{form.title(guess)}, in its place",
        )
    return (
        f"there is no {key} {form.heading(table)}",
        f"What may stand there: {', '.join(known)}.",
        f"{guess} = {_written(value)}",
    )


def _is_misspelt(form: Form, where: Where, near: str, problem: Any) -> _Lines:
    key, value = str(where[-1]), problem["input"][near]
    is_part = isinstance(value, dict)
    return (
        f"there is no {'part called ' * is_part}{near} {form.heading(_table_of(where))}",
        f"Every {form.noun} has {key}, spelled so.",
        form.title(key) if is_part else f"{key} = {_written(value)}",
    )


def _missing(form: Form, where: Where, key: str) -> _Lines:
    whole = [part for part in where[:-1] if isinstance(part, str)]
    if whole and whole[-1] in form.samples:
        return (
            f"{key} is missing in {whole[-1]}",
            form.meaning(where) or f"Each has its {key}.",
            f"{whole[-1]} = {form.samples[whole[-1]]}",
        )
    if key in form.tables or form.is_part(where):
        return (
            f"the part {form.title(key)} is missing",
            f"Every {form.noun} has one.",
            f"{form.title(key)} on a line of its own, its lines below",
        )
    return (
        f"{key} is missing {form.heading(_table_of(where))}",
        form.meaning(where) or f"Every {form.noun} says this.",
        f"{key} = {form.sample(where, key)}, on a line there",
    )


def _not_on_list(key: str, problem: Any) -> _Lines:
    from rapidfuzz import process

    words = problem["ctx"]["expected"].replace(" or ", ", ").split(", ")
    allowed = [word.strip("'\" ") for word in words if word.strip("'\" ")]
    near = process.extractOne(str(problem["input"]), allowed, processor=str.lower, score_cutoff=50)
    return (
        f"{key} can't be {_short(problem['input'])}",
        f"One of these words: {', '.join(allowed)}.",
        f'{key} = "{near[0] if near else allowed[0]}"',
    )


def _wrong_kind(form: Form, where: Where, key: str, problem: Any) -> _Lines:
    kind, value = problem["type"], problem["input"]
    if kind == "string_type":
        is_list = isinstance(value, list)
        what = "is a list, and stands for one thing" if is_list else "is not words between quotes"
        words = _short(", ".join(map(str, value))) if is_list else _short(value).strip('"')
        return f"{key} {what}", "Words stand between straight quotes.", f'{key} = "{words}"'
    if key in form.samples:
        return (
            f"{key} is not written as it must be: {_short(value)}",
            "Its parts stand between { and }.",
            f"{key} = {form.samples[key]}",
        )
    if kind == "tuple_type" and not form.is_list(key):
        return (
            f"{key} is not a list",
            "A list stands between square brackets.",
            f"{key} = [{_written(value)}]",
        )
    many = "may stand several times" if form.is_list(key) else "stands once"
    return (
        f"{key} {many}, and is a part with lines below it",
        f"Its heading is {form.title(key)}.",
        f"{form.title(key)} on a line of its own, its lines below",
    )


def _written(value) -> str:
    return f'"{_short(value)}"' if isinstance(value, str) else _short(value)


def _short(value) -> str:
    text = " ".join(str(value).split())
    return f"{text[:57]}…" if len(text) > 58 else text
