"""A record as answers by their paths, as a form holds them, and as the text of a file."""

import json
import typing
from datetime import date

from pydantic import BaseModel

from darlington_analysis.agreements.record import Agreement


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


def _models(annotation) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models(part)]
