"""What is wrong with a sidecar, in words of this project in place of the checker's own."""

from datetime import date

from pydantic import ValidationError

_WANTED = {
    "date": "A day, written 2026-11-22 (year-month-day).",
    "slug": "Small letters, digits and hyphens, such as first-time-entrants.",
    "sum": "What sha256sum prints: 64 letters and digits.",
    "words": "A few words; it can't be empty.",
    "yes": "true or false.",
    "number": "A whole number.",
    "list": "A list: names with commas between, or [\"…\", \"…\"].",
}  # fmt: skip
_KINDS = (("date_", "date"), ("string_too_short", "words"), ("string_type", "words"),
          ("bool_", "yes"), ("int_", "number"), ("tuple_", "list"), ("list_", "list"),
          ("greater_than", "number"))  # fmt: skip
EXPECTED = "A sidecar says dataset, title, publisher, address, retrieved, licence, vintage, …"


def about(fault: ValidationError) -> tuple[str, str]:
    """Return what is wrong with the first thing that is, and what was expected there."""
    problem = fault.errors(include_url=False)[0]
    place = [str(part) for part in problem["loc"] if part not in ("tuple", "list")]
    where, kind = ".".join(place) or "the whole file", problem["type"]
    said = _said(problem.get("input"))
    if kind == "missing":
        return f"{where} is missing", EXPECTED
    if kind == "extra_forbidden":
        return f"nothing is called {where}", "Only words that the README and other sidecars use."
    if kind in ("literal_error", "enum"):
        return f"{where} = {said}", f"One of: {problem['ctx']['expected'].replace(chr(39), '')}."
    if kind == "string_pattern_mismatch":
        return f"{where} = {said}", _WANTED["sum" if where == "sha256" else "slug"]
    if kind == "value_error":
        return where, f"{problem['ctx']['error']}."
    wanted = next((name for start, name in _KINDS if kind.startswith(start)), "")
    return f"{where} = {said}", _WANTED.get(wanted, EXPECTED)


def _said(given) -> str:
    if isinstance(given, (str, int, float, bool, date)):
        return f"“{str(given)[:60]}”"
    return "something else"
