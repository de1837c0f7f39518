"""The form of a record: which key stands below which heading, and what it expects."""

import typing
from functools import cache

from pydantic import BaseModel

from darlington_analysis.agreements.parts import COUNT
from darlington_analysis.agreements.record import Agreement

SAMPLES = {
    "target": "{ level = 20.0, by = 2033-03-31 }",
    "returns": '[{ period = "2026", value = 40, out_of = 60 }]',
    "who_was_asked": '[{ group = "aged under 18", how_many = 25 }]',
    "plan": "[{ on = 2027-04-01, council_days_a_month = 4 }]",
    "so_far": "[{ on = 2026-10-01, council_days_a_month = 7 }]",
}


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
    told = str(field.annotation) if field else ""
    if is_count(where):
        return "40"
    if "date" in told:
        return "2026-11-22, with the right day"
    if "Literal" in told:
        return f'"{next(each for each in typing.get_args(field.annotation) if each)}"'
    return "4.5" if "float" in told else '"…"'


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
