"""The form of a record: which key stands below which heading, and what it expects."""

import json
import typing
from datetime import date
from functools import cache

from pydantic import BaseModel

from darlington_analysis.agreements.parts import AMOUNT, COUNT
from darlington_analysis.agreements.record import Agreement

SAMPLES = {
    "target": "{ level = 22.0, by = 2033-03-31 }",
    "returns": '[{ period = "2026", value = 40, out_of = 60 }]',
    "who_was_asked": '[{ group = "aged under 18", how_many = 25 }]',
    "plan": "[{ on = 2027-04-01, council_days_a_month = 4 }]",
    "so_far": "[{ on = 2026-10-01, council_days_a_month = 7 }]",
}


@cache
def homes() -> dict[str, list[str]]:
    """Return, for every key of a record, the tables it may stand in ("" is the top)."""
    by_key: dict[str, list[str]] = {}
    for table, model in tables().items():
        for key in model.model_fields:
            by_key.setdefault(key, []).append(table)
    return by_key


@cache
def tables() -> dict[str, type[BaseModel]]:
    """Return the model of each table of a record, by its name ("" is the top)."""
    by_name: dict[str, type[BaseModel]] = {"": Agreement}
    _collect(Agreement, "", by_name)
    return by_name


def is_list(table: str) -> bool:
    """True for a table that may stand many times: ``[[outcomes]]``."""
    field = Agreement.model_fields.get(table)
    return bool(field) and "tuple[" in str(field.annotation)


def is_switch(key: str) -> bool:
    """True for a key that is true or false."""
    return any(
        tables()[table].model_fields[key].annotation is bool for table in homes().get(key, ())
    )


def title(table: str) -> str:
    """Return how the heading of a table is written."""
    if not table:
        return "the first lines, above every [heading]"
    return f"[[{table}]]" if table in Agreement.model_fields and is_list(table) else f"[{table}]"


def heading(table: str) -> str:
    """Return below which heading a table's keys stand."""
    return f"under {title(table)}" if table else "at the top of the file"


def meaning(where: tuple) -> str:
    """Return what a key expects, where its model says so."""
    field = _field(where)
    return f"Expected: {field.description}." if field and field.description else ""


def _field(where: tuple):
    table = ".".join(str(part) for part in where[:-1] if isinstance(part, str))
    key = where[-1] if where and isinstance(where[-1], str) else ""
    model = tables().get(table)
    return model.model_fields.get(key) if model else None


def is_count(where: tuple) -> bool:
    """True for a count of people, which may be "withheld" or "not known"."""
    field = _field(where)
    return bool(field and field.description == COUNT)


def sample(where: tuple, key: str) -> str:
    """Return an answer of the right kind for a key."""
    if key in SAMPLES:
        return SAMPLES[key]
    field = _field(where)
    expected = str(field.annotation) if field else ""
    if is_count(where) or (field and field.description == AMOUNT):
        return "40"
    if "date" in expected:
        return "2026-11-22, with the right day"
    if "Literal" in expected:
        return f'"{next(word for word in typing.get_args(field.annotation) if word)}"'
    return "4.5" if "float" in expected else '"…"'


def _collect(model: type[BaseModel], under: str, by_name: dict) -> None:
    for key, field in model.model_fields.items():
        for inner in _models(field.annotation):
            name = f"{under}.{key}".strip(".")
            by_name[name] = inner
            _collect(inner, name, by_name)


def _models(annotation) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models(part)]


def kind_of(annotation) -> str:
    """Return how a key is answered.

    One of "one part", "many parts", "lines", "choice", "switch", "day", "number" and "words".
    """
    text = str(annotation)
    kinds = (
        ("many parts", bool(_models(annotation)) and "tuple[" in text),
        ("one part", bool(_models(annotation))),
        ("lines", "tuple[" in text),
        ("switch", annotation is bool),
        ("day", "datetime.date" in text),
        ("number", "int" in text or "float" in text),
        ("choice", "Literal[" in text and "Annotated" not in text),
    )
    return next((kind for kind, holds in kinds if holds), "words")


def part_of(annotation) -> type[BaseModel]:
    """Return the model of the part that a key holds."""
    return _models(annotation)[0]


def flat(part, before: str = "") -> dict[str, object]:
    """Return every answer of a part that is not empty, by its path: ``outcomes.0.words``."""
    answers: dict[str, object] = {}
    for key in type(part).model_fields:
        value = getattr(part, key)
        if isinstance(value, BaseModel):
            answers |= flat(value, f"{before}{key}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for number, inner in enumerate(value):
                answers |= flat(inner, f"{before}{key}.{number}.")
        elif not _is_empty(value):
            answers[f"{before}{key}"] = value
    return answers


def _is_empty(value) -> bool:
    """Return True where nothing is answered; 0 is an answer."""
    return value is None or value is False or value in ("", (), [], {})


def nested(answers: dict[str, str], model: type[BaseModel] = Agreement, before: str = "") -> dict:
    """Return a record's data from answers by path, each text turned into what its key expects."""
    data: dict[str, object] = {}
    for key, field in model.model_fields.items():
        path, kind = f"{before}{key}", kind_of(field.annotation)
        if kind == "many parts":
            value = _parts(answers, part_of(field.annotation), path)
        elif kind == "one part":
            value = nested(answers, part_of(field.annotation), f"{path}.")
        else:
            value = _answer(answers.get(path, ""), kind)
        if not _is_empty(value):
            data[key] = value
    return data


def _parts(answers: dict[str, str], model: type[BaseModel], path: str) -> list[dict]:
    start = f"{path}."
    numbers = {name[len(start) :].split(".")[0] for name in answers if name.startswith(start)}
    in_order = sorted(int(number) for number in numbers if number.isdecimal())
    parts = [nested(answers, model, f"{start}{number}.") for number in in_order]
    return [part for part in parts if part.get(model.main) or "id" in part]


def _answer(text: str, kind: str):
    text = str(text).strip()
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "switch":
        return text == "true"
    if kind == "number":
        return _number(text)
    return text


def _number(text: str):
    for make in (int, float):
        try:
            return make(text)
        except ValueError:
            continue
    return text


def to_toml(record: Agreement) -> str:
    """Return a record as a file that is read as the same record. Notes after # are no part of it."""
    top, tables = [], []
    for key, field in Agreement.model_fields.items():
        value = getattr(record, key)
        kind = kind_of(field.annotation)
        if kind == "one part":
            tables.extend(_table(f"[{key}]", value))
        elif kind == "many parts":
            for part in value:
                tables.extend(_table(f"[[{key}]]", part))
        elif not _is_empty(value):
            top.append(f"{key} = {_toml(value)}")
    return "\n".join([*top, *tables, ""])


def _table(heading: str, part: BaseModel) -> list[str]:
    lines = [f"{key} = {_toml(value)}" for key, value in _said(part)]
    return ["", heading, *lines] if lines else []


def _said(part: BaseModel) -> list[tuple[str, object]]:
    """Return the keys of a part that are answered, with their values."""
    return [(key, value) for key, value in part if not _is_empty(value)]


def _toml(value) -> str:
    if isinstance(value, BaseModel):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in _said(value)) + " }"
    if isinstance(value, tuple):
        items = [_toml(item) for item in value]
        line = f"[{', '.join(items)}]"
        return line if len(line) < 90 else "[\n  " + ",\n  ".join(items) + ",\n]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{value:g}" if isinstance(value, float) and value == int(value) else str(value)
