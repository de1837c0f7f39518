"""What a draft says of a table, and what it must ask a person."""

import re
from collections.abc import Sequence
from pathlib import Path

from darlington_analysis.core import periods
from darlington_analysis.intake import draft_columns
from darlington_analysis.intake.draft_table import Column
from darlington_analysis.readers.layout import shape_of

_SMALL = 100  # counts of this size in wards may give somebody away
# What each question fills, and its words; a mark or a shape of period is put behind the field.
_ASKED = {
    "encoding": "The text is not UTF-8. Do pound signs, dashes and accents look right?",
    "sheet": "Is it this sheet? Tables of our areas are also on {others}. For another sheet: "
    "add FILE --sheet NAME.",
    "last_row": "Another table starts in row {next}. Is this one's last row {last}? For the other: "
    "copy the file under another name, and add COPY --row {next}.",
    "decimal": "Some numbers have one, two or many digits behind a comma (2,5). Is the comma of "
    "every number a decimal sign, so that 1,234 is a little over one? Answer “,” if so; if not, "
    "correct the file.",
    "headings_spread": "Blank headings follow “{heading}”. Does every upper heading stand for the "
    "blank ones to its right, up to the next heading, and the last one to the end? Answer true if "
    "so. If not, write the heading over each of its columns in a copy of the file, and add that.",
    "per_cent": "Numbers of {columns} are shown with a per cent sign: 24.3% is read as 24.3. Is "
    "the figure in per cent?",
    "filled_down": "Cells under a filled cell of these columns are empty. Do they mean the same as "
    "the cell above? If not, answer “none”.",
    "areas.code": "No column names areas. Which one is the file about? {known}",
    "areas.systems": "Of which time are the areas? They may also be {maybe}.",
    "areas.by_name": "Rows {rows} are ours by a name alone ({types}): no code and no council stands "
    "beside it, and other councils have areas of these names. Is every one of them such an area of "
    "Darlington?",
    "times.label": "No column or header gives a period. Which one is it for the file?",
    "times.kind": "Of which kind are the periods{shown}? {kinds}.",
    "times.shapes": "Kinds of period are mixed. Of which kind are those like {first}? {kinds}.",
    "split_by": "These columns part one row's figures from another's (sex, age, kind). Are they all?",
    "markers": "What does {shown} mean in place of a number? c withheld, x not available, z not "
    "applicable, low, or 0 for none.",
    "suffixes": "Some numbers have “{mark}” behind them; the number is kept. What does it mean? r "
    "revised, u unreliable, b break in the series, or “drop” for a footnote.",
    "left_out": "Some columns hold numbers and are left out: {columns}. Is that right? If not, "
    "write [[reading.figures]] for them and take them from this list.",
}
_STORY = {
    "publisher": "Who published it?",
    "address": "At which address? (“none: not published” where there is none)",
    "retrieved": "On which day was it fetched? (2026-11-22)",
    "licence": "Under which licence?",
    "vintage": "Which release is it? (its date, or the year it is for)",
    "control": "open: published, people are protected already. controlled: counts of people that "
    "must pass our own gate.",
    "basis": "observed (counted, measured) or modelled (estimated from other figures)?",
}


def question(field: tuple[str, ...], asks: str, offered: str = "") -> dict:
    """Return a question, its answer still to be written."""
    return {"field": list(field), "asks": asks, "offered": offered, "answer": ""}


def ask(name: str, offered: str = "", *behind: str, **words: object) -> dict:
    """Return a question about a field of [reading], ``words`` put into its text."""
    return question(("reading", *name.split("."), *behind), _ASKED[name].format(**words), offered)


def stood_in(questions: list[dict], code: str) -> list[dict]:
    """Return questions with stand-ins for answers, so that a draft can be tried.

    ``code`` is the borough's. A period for the whole file is tried as a calendar year, whatever it
    will be called.
    """
    likely = {
        "kind": "calendar",
        "label": "2011",
        "code": code,
        "decimal": ",",
        "headings_spread": "true",
    }
    has_label = any(each["field"][-1] == "label" for each in questions)
    told = []
    for each in questions:
        last = each["field"][-1]
        is_fixed = has_label and last in ("kind", "label")
        said = likely[last] if is_fixed else each["offered"] or likely.get(last, "x")
        told.append({**each, "answer": said})
    return told


def area_questions(found, headers: list[str], rows: list[int], names: dict[str, str]) -> list[dict]:
    """Return what must be asked about the areas: which they are, or of which time.

    ``names`` are those of the borough, region and country by their codes.
    """
    asked = []
    if not found.columns:
        known = ", ".join(f"{code} {name}" for code, name in names.items())
        asked.append(ask("areas.code", _one_area(headers, names), known=known))
    if found.maybe:
        offered = ", ".join(found.systems)
        asked.append(ask("areas.systems", offered, maybe=" or ".join(found.maybe)))
    if found.by_name:
        types = ", ".join(dict.fromkeys(found.rows[at].area_type for at in found.by_name))
        numbers = ", ".join(str(rows[at]) for at in found.by_name[:30])
        more = f" and {len(found.by_name) - 30} more" if len(found.by_name) > 30 else ""
        asked.append(ask("areas.by_name", types, rows=numbers + more, types=types))
    return asked


def _one_area(headers: list[str], names: dict[str, str]) -> str:
    """Return the code of an area that a header names, "" where none does."""
    codes = {name.lower(): code for code, name in names.items()}
    return next((codes[name.lower()] for name in headers if name.lower() in codes), "")


def time_questions(
    times: draft_columns.Times, path: Path, columns: list[Column], title: str
) -> list[dict]:
    """Return what must be asked about the periods: which, and of which kind."""
    asked, kinds = [], times.kinds
    if times.labels and not kinds:
        shapes = dict.fromkeys(shape_of(label) for label in times.labels)
        return [_shape_question(shape, times.labels) for shape in shapes]
    if not times.labels:
        years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", f"{path.stem} {title}"))
        asked.append(ask("times.label", years.pop() if len(years) == 1 else ""))
        kinds = ("calendar", "financial", "census", "index", "midyear", "month")
    if len(kinds) != 1:
        shown = ", ".join(dict.fromkeys(times.labels[:3]))
        likely = _kind(kinds, f"{path.name} {' '.join(column.name for column in columns[:6])}")
        shown = f" ({shown})" if shown else ""
        asked.append(ask("times.kind", likely, shown=shown, kinds=", ".join(kinds)))
    return asked


def _shape_question(shape: str, labels: tuple[str, ...]) -> dict:
    own = [label for label in labels if shape_of(label) == shape]
    shared = [set(periods.readings(label)) for label in own]
    able = [kind for kind in periods.readings(own[0]) if all(kind in kinds for kinds in shared)]
    likely = _kind(tuple(able), "")
    return ask("times.shapes", likely, shape, first=own[0], kinds=", ".join(able))


def _kind(kinds: tuple[str, ...], said: str) -> str:
    hints = {
        "census": r"census|nomis|geography code",
        "index": r"im?d\s?_?20|iod|depriv",
        "midyear": r"mid|population",
        "academic": r"academic|pupil|phase|school",
        "month": r"month|date",
    }
    for kind, pattern in hints.items():
        if kind in kinds and re.search(pattern, said, re.IGNORECASE):
            return kind
    return kinds[0] if kinds else ""


def listed(name: str, columns: Sequence[str], /, **words: object) -> list[dict]:
    """Return the question whether a list of columns is right, none where it can't be answered: an
    answer has commas between names.
    """
    if not columns or any("," in column for column in columns):
        return []
    return [ask(name, ", ".join(columns), **words)]


def mark_question(mark: str) -> dict:
    """Return the question what a mark in place of a number means."""
    letter = mark.strip("[].").lower() or "x"
    offered = {"*": "c", "n/a": "x", "na": "x"}.get(letter, letter)
    offered = offered if offered in ("c", "x", "z", "low") else ""
    shown = f"“{mark}”" if mark else "an empty cell"
    return ask("markers", offered, mark, shown=shown)


def suffix_question(mark: str) -> dict:
    """Return the question whether a mark behind numbers is dropped, or kept as a status."""
    letter = mark.strip("[]()").lower()
    return ask("suffixes", letter if letter in ("r", "u", "b") else "drop", mark, mark=mark)


def story_questions(path: Path, title: str, taken) -> list[dict]:
    """Return the questions about where a file is from; a file does not say so itself."""
    wards = taken.figures[taken.figures.area_type.isin(["ward", "lsoa"])].number.dropna()
    is_small = bool(len(wards)) and bool((wards % 1 == 0).all()) and wards.median() < _SMALL
    is_modelled = re.search(
        r"model|estimat|fuel.poverty|synthetic", f"{path.stem} {title}", re.IGNORECASE
    )
    offered = {
        "control": "" if is_small else "open",
        "basis": "modelled" if is_modelled else "observed",
    }
    return [question((field,), asks, offered.get(field, "")) for field, asks in _STORY.items()]
