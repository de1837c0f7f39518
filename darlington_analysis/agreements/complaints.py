"""What pydantic complains of, said to a person: what is wrong, what was expected, what to write."""

import typing
from functools import cache

from pydantic import BaseModel
from rapidfuzz import process

from darlington_analysis.agreements.record import Agreement

Said = tuple[str, str, str]


def complaint(where: tuple[str | int, ...], problem: dict) -> Said:
    """Return the three lines on one problem of pydantic's, whose place is ``where``."""
    key = next((str(part) for part in reversed(where) if isinstance(part, str)), "")
    kind = problem["type"]
    if kind == "extra_forbidden":
        return _stranger(where, key, problem["input"])
    if kind == "missing":
        return _missing(where, key)
    if kind == "literal_error":
        return _not_on_list(key, problem)
    if "date" in kind:
        return (
            f"{key} is not a day: {_short(problem['input'])}",
            "A day is written year-month-day.",
            f"{key} = 2026-11-22, with the right day",
        )
    if kind in ("string_type", "tuple_type", "model_type", "model_attributes_type"):
        return _wrong_kind(key, kind, problem["input"])
    return (f"{key}: {_short(problem['input'])} will not do", _meaning(where) or problem["msg"],
            f"{key} = …, {problem['msg'][0].lower()}{problem['msg'][1:]}")  # fmt: skip


def place(where: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return a location of pydantic's without the names of kinds it tried in turn."""
    for length in range(len(where), 0, -1):
        if all(isinstance(part, int) or _is_key(part) for part in where[:length]):
            return where[:length]
    return where


def _is_key(part: str) -> bool:
    return not any(letter in part for letter in "-[('") and part != "str"


@cache
def homes() -> dict[str, list[str]]:
    """Return, for every key of a record, the tables it may stand in ("" is the top)."""
    found: dict[str, list[str]] = {}
    for table, model in tables().items():
        for key in model.model_fields:
            found.setdefault(key, []).append(table)
    return found


@cache
def tables() -> dict[str, type[BaseModel]]:
    """Return the model of each table of a record, by its name ("" is the top)."""
    found: dict[str, type[BaseModel]] = {"": Agreement}
    _collect(Agreement, "", found)
    return found


def is_list(table: str) -> bool:
    """True for a table that may stand many times: ``[[outcomes]]``."""
    return "tuple[" in str(Agreement.model_fields[table].annotation)


def _collect(model: type[BaseModel], under: str, found: dict) -> None:
    for key, field in model.model_fields.items():
        for inner in _models(field.annotation):
            name = f"{under}.{key}".strip(".")
            found[name] = inner
            _collect(inner, name, found)


def _models(annotation) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [each for part in typing.get_args(annotation) for each in _models(part)]


def _stranger(where: tuple, key: str, value) -> Said:
    table = ".".join(str(part) for part in where[:-1] if isinstance(part, str))
    other = [name for name in homes().get(key, []) if name != table]
    if other:
        return (f"{key} stands in the wrong place, {_heading(table)}",
                f"{key} belongs {' or '.join(map(_heading, other))}.",
                f"move the line below the heading it belongs to: {_title(other[0])}")  # fmt: skip
    known = list(tables()[table].model_fields)
    near = process.extractOne(key, known, score_cutoff=60)
    guess = near[0] if near else known[0]
    is_part = not table and guess in tables()
    return (
        f"there is no {key} {_heading(table)}",
        f"What may stand there: {', '.join(known)}.",
        f"{_title(guess)}, in its place" if is_part else f"{guess} = {_written(value)}",
    )


def _missing(where: tuple, key: str) -> Said:
    table = ".".join(str(part) for part in where[:-1] if isinstance(part, str))
    return (f"{key} is missing {_heading(table)}", _meaning(where) or f"Every {table} has one.",
            f"add a line there: {key} = …")  # fmt: skip


def _not_on_list(key: str, problem: dict) -> Said:
    allowed = [each.strip("'\" ") for each in
               problem["ctx"]["expected"].replace(" or ", ", ").split(", ")]  # fmt: skip
    allowed = [each for each in allowed if each]
    near = process.extractOne(str(problem["input"]), allowed, score_cutoff=50)
    return (f"{key} can't be {_short(problem['input'])}",
            f"One of these words: {', '.join(allowed)}.",
            f'{key} = "{near[0] if near else allowed[0]}"')  # fmt: skip


def _wrong_kind(key: str, kind: str, value) -> Said:
    if kind == "string_type":
        return (f"{key} is not words between quotes", "Words stand between straight quotes.",
                f'{key} = "{_short(value).strip(chr(34))}"')  # fmt: skip
    if kind == "tuple_type":
        return (f"{key} is not a list", "A list stands between square brackets.",
                f"{key} = [{_written(value)}]")  # fmt: skip
    return (f"{key} is a part of its own, not a line", "It has a heading and lines below it.",
            f"[{key}] on a line of its own, its lines below" if key not in homes() or
            not is_list(key) else f"[[{key}]] on a line of its own, its lines below")  # fmt: skip


def _meaning(where: tuple) -> str:
    table = ".".join(str(part) for part in where[:-1] if isinstance(part, str))
    key = where[-1] if where and isinstance(where[-1], str) else ""
    model = tables().get(table)
    field = model.model_fields.get(key) if model else None
    return f"Expected: {field.description}." if field and field.description else ""


def _heading(table: str) -> str:
    return f"under {_title(table)}" if table else "at the top of the file"


def _title(table: str) -> str:
    if not table:
        return "the first lines, above every [heading]"
    return f"[[{table}]]" if table in Agreement.model_fields and is_list(table) else f"[{table}]"


def _written(value) -> str:
    return f'"{_short(value)}"' if isinstance(value, str) else _short(value)


def _short(value) -> str:
    text = " ".join(str(value).split())
    return f"{text[:57]}…" if len(text) > 58 else text
