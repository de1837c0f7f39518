"""What pydantic complains of, said to a person: what is wrong, what was expected, what to write."""

import re

from rapidfuzz import process

from darlington_analysis.agreements import form
from darlington_analysis.core.days import as_day

Said = tuple[str, str, str]


def complaint(where: tuple[str | int, ...], problem: dict) -> Said:
    """Return the three lines on one problem of pydantic's, whose place is ``where``."""
    key = next((str(part) for part in reversed(where) if isinstance(part, str)), "")
    kind = problem["type"]
    if kind == "extra_forbidden":
        return _stranger(where, key, problem["input"])
    if kind == "missing":
        return _missing(where, key)
    if kind == "literal_error" and not form.is_count(where):
        return _not_on_list(key, problem)
    if "date" in kind:
        return _no_day(key, problem["input"])
    if kind in ("string_type", "tuple_type", "model_type", "model_attributes_type"):
        return _wrong_kind(where, key, kind, problem["input"])
    return _will_not_do(where, key, problem)


def _no_day(key: str, value) -> Said:
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


def _will_not_do(where: tuple, key: str, problem: dict) -> Said:
    kind, value = problem["type"], problem["input"]
    what = f"{key}: {_short(value)} will not do"
    if form.is_count(where):
        return what, form.meaning(where), f'{key} = 40, or {key} = "not known"'
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
        slug = re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-") or f"my-{key}"
        return what, form.meaning(where), f'{key} = "{slug[:40]}"'
    if kind == "string_too_short":
        return f"{key} is empty", "Every record says this.", f'{key} = "…"'
    like = form.sample(where, key)
    return what, form.meaning(where) or f"Something like {like}, 0 or more.", f"{key} = {like}"


def place(where: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return a location of pydantic's without the names of kinds it tried in turn."""
    for length in range(len(where), 0, -1):
        if all(isinstance(part, int) or _is_key(part) for part in where[:length]):
            return where[:length]
    return where


def _is_key(part: str) -> bool:
    return not any(letter in part for letter in "-[('") and part != "str"


def _stranger(where: tuple, key: str, value) -> Said:
    table = ".".join(str(part) for part in where[:-1] if isinstance(part, str))
    other = [name for name in form.homes().get(key, []) if name != table]
    if other:
        return (
            f"{key} stands in the wrong place, {form.heading(table)}",
            f"{key} belongs {' or '.join(map(form.heading, other))}.",
            f"the line, moved below {form.title(other[0])}",
        )
    known = list(form.tables()[table].model_fields)
    near = process.extractOne(key, known, processor=str.lower, score_cutoff=60)
    guess = near[0] if near else known[0]
    if not table and (isinstance(value, dict | list) or guess in form.tables()):
        parts = [form.title(name) for name in known if name in form.tables()]
        guess = guess if guess in form.tables() else parts[0].strip("[]")
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


def _missing(where: tuple, key: str) -> Said:
    table = ".".join(str(part) for part in where[:-1] if isinstance(part, str))
    whole = [str(part) for part in where[:-1] if isinstance(part, str)]
    if whole and whole[-1] in form.SAMPLES:
        return (
            f"{key} is missing in {whole[-1]}",
            form.meaning(where) or f"Each has its {key}.",
            f"{whole[-1]} = {form.SAMPLES[whole[-1]]}",
        )
    if key in form.tables():
        return (
            f"the part {form.title(key)} is missing",
            "Every record has one.",
            f"{form.title(key)} on a line of its own, its lines below",
        )
    return (
        f"{key} is missing {form.heading(table)}",
        form.meaning(where) or "Every record says this.",
        f"{key} = {form.sample(where, key)}, on a line there",
    )


def _not_on_list(key: str, problem: dict) -> Said:
    allowed = [
        each.strip("'\" ") for each in problem["ctx"]["expected"].replace(" or ", ", ").split(", ")
    ]
    allowed = [each for each in allowed if each]
    near = process.extractOne(str(problem["input"]), allowed, processor=str.lower, score_cutoff=50)
    return (
        f"{key} can't be {_short(problem['input'])}",
        f"One of these words: {', '.join(allowed)}.",
        f'{key} = "{near[0] if near else allowed[0]}"',
    )


def _wrong_kind(where: tuple, key: str, kind: str, value) -> Said:
    if kind == "string_type":
        if isinstance(value, list):
            return (
                f"{key} is a list, and stands for one thing",
                "Words between straight quotes.",
                f'{key} = "{_short(", ".join(map(str, value)))}"',
            )
        return (
            f"{key} is not words between quotes",
            "Words stand between straight quotes.",
            f'{key} = "{_short(value).strip(chr(34))}"',
        )
    if key in form.SAMPLES:
        return (
            f"{key} is not written as it must be: {_short(value)}",
            "Its parts stand between { and }.",
            f"{key} = {form.SAMPLES[key]}",
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
