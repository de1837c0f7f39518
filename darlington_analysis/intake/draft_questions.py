"""What a draft says of a table, and what it must ask a person."""

import re
from pathlib import Path

from darlington_analysis.core import periods
from darlington_analysis.intake import draft_columns
from darlington_analysis.intake.draft_table import Column
from darlington_analysis.readers.layout import shape_of
from darlington_analysis.sources.areas import NAMES

_OFFERED = {
    "z": "z",
    "[z]": "z",
    "c": "c",
    "[c]": "c",
    "x": "x",
    "[x]": "x",
    "": "x",
    "..": "x",
    "low": "low",
    "[low]": "low",
    "n/a": "x",
    "na": "x",
    "*": "c",
    "..c": "c",
}
_SMALL = 100  # counts of this size in wards may give somebody away


def question(field: tuple[str, ...], asks: str, offered: str = "") -> dict:
    """Return a question, its answer still to be written."""
    return {"field": list(field), "asks": asks, "offered": offered, "answer": ""}


def stood_in(questions: list[dict]) -> list[dict]:
    """Return questions with stand-ins for answers, so that a draft can be tried.

    A period for the whole file is tried as a calendar year, whatever it will be called.
    """
    likely = {
        "kind": "calendar",
        "label": "2011",
        "code": "E06000005",
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


def area_questions(found, headers: list[str], rows: list[int]) -> list[dict]:
    """Return what must be asked about the areas: which they are, or of which time."""
    asked = []
    if not found.columns:
        known = ", ".join(f"{code} {name}" for code, name in NAMES.items())
        asks = f"No column names areas. Which one is the file about? {known}"
        asked.append(question(("reading", "areas", "code"), asks, _one_area(headers)))
    if found.maybe:
        offered = ", ".join(found.systems)
        asked.append(
            question(
                ("reading", "areas", "systems"),
                f"Of which time are the areas? They may also be {' or '.join(found.maybe)}.",
                offered,
            )
        )
    if found.by_name:
        types = ", ".join(dict.fromkeys(found.rows[at].area_type for at in found.by_name))
        numbers = ", ".join(str(rows[at]) for at in found.by_name[:30])
        more = f" and {len(found.by_name) - 30} more" if len(found.by_name) > 30 else ""
        asked.append(
            question(
                ("reading", "areas", "by_name"),
                f"Rows {numbers}{more} are ours by a name alone ({types}): no code and no council "
                f"stands beside it, and other councils have areas of these names. Is every one of them "
                f"such an area of Darlington?",
                types,
            )
        )
    return asked


def _one_area(headers: list[str]) -> str:
    """Return the code of an area that a header names, "" where none does."""
    codes = {name.lower(): code for code, name in NAMES.items()}
    return next((codes[each.lower()] for each in headers if each.lower() in codes), "")


def time_questions(
    times: draft_columns.Times, path: Path, columns: list[Column], title: str
) -> list[dict]:
    """Return what must be asked about the periods: which, and of which kind."""
    asked, kinds = [], times.kinds
    if times.labels and not kinds:
        return [_shape_question(shape, times.labels) for shape in _shapes(times)]
    if not times.labels:
        years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", f"{path.stem} {title}"))
        asked.append(
            question(
                ("reading", "times", "label"),
                "No column or header gives a period. Which one is it for the file?",
                years.pop() if len(years) == 1 else "",
            )
        )
        kinds = ("calendar", "financial", "census", "index", "midyear", "month")
    if len(kinds) != 1:
        shown = ", ".join(dict.fromkeys(times.labels[:3]))
        asked.append(
            question(
                ("reading", "times", "kind"),
                f"Of which kind are the periods{f' ({shown})' if shown else ''}? {', '.join(kinds)}.",
                _kind(kinds, f"{path.name} {' '.join(c.name for c in columns[:6])}"),
            )
        )
    return asked


def _shapes(times: draft_columns.Times) -> list[str]:
    return list(dict.fromkeys(shape_of(label) for label in times.labels))


def _shape_question(shape: str, labels: tuple[str, ...]) -> dict:
    own = [label for label in labels if shape_of(label) == shape]
    shared = [set(periods.readings(label)) for label in own]
    able = [k for k in periods.readings(own[0]) if all(k in kinds for kinds in shared)]
    return question(
        ("reading", "times", "shapes", shape),
        f"Kinds of period are mixed. Of which kind are those like {own[0]}? {', '.join(able)}.",
        _kind(tuple(able), ""),
    )


def _kind(kinds: tuple[str, ...], said: str) -> str:
    hints = (
        ("census", r"census|nomis|geography code"),
        ("index", r"im?d\s?_?20|iod|depriv"),
        ("midyear", r"mid|population"),
        ("academic", r"academic|pupil|phase|school"),
        ("month", r"month|date"),
    )
    for kind, pattern in hints:
        if kind in kinds and re.search(pattern, said, re.IGNORECASE):
            return kind
    return kinds[0] if kinds else ""


def split_questions(splits: draft_columns.Splits) -> list[dict]:
    """Return whether the columns that part figures are all of them."""
    if not splits.others:
        return []
    return (
        [
            question(
                ("reading", "split_by"),
                "These columns part one row's figures from another's (sex, age, kind). Are they all?",
                ", ".join(splits.others),
            )
        ]
        if not any("," in each for each in splits.others)
        else []
    )


def mark_question(mark: str) -> dict:
    """Return the question what a mark in place of a number means."""
    shown = f"“{mark}”" if mark else "an empty cell"
    return question(
        ("reading", "markers", mark),
        f"What does {shown} mean in place of a number? c withheld, x not available, z not "
        f"applicable, low, or 0 for none.",
        _OFFERED.get(mark.lower(), ""),
    )


def headings_question(heading: str) -> dict:
    """Return the question over which columns an upper heading stands."""
    return question(
        ("reading", "headings_spread"),
        f"Blank headings follow “{heading[:60]}”. Does every upper heading stand for the blank ones "
        f"to its right, up to the next heading, and the last one to the end? Answer true if so. If "
        f"not, write the heading over each of its columns in a copy of the file, and add that.",
    )


def percent_question(columns: list[str]) -> dict:
    """Return the question whether cells that show a per cent sign are per cent."""
    return question(
        ("reading", "per_cent"),
        f"Numbers of {', '.join(columns)[:300]} are shown with a per cent sign: 24.3% is read as "
        f"24.3. Is the figure in per cent?",
        "true",
    )


def decimal_question() -> dict:
    """Return the question whether a comma stands before decimals: 1,234 is then 1.234."""
    return question(
        ("reading", "decimal"),
        "Some numbers have one, two or many digits behind a comma (2,5). Is the comma of every "
        "number a decimal sign, so that 1,234 is a little over one? Answer “,” if so; if not, "
        "correct the file.",
    )


def next_table_question(row: int, last_row: int) -> dict:
    """Return whether a table ends where another one of the same sheet starts."""
    return question(
        ("reading", "last_row"),
        f"Another table starts in row {row}. Is this one's last row {last_row}? For the other: "
        f"copy the file under another name, and add COPY --row {row}.",
        str(last_row),
    )


def suffix_question(mark: str) -> dict:
    """Return the question whether a mark behind numbers is dropped, or kept as a status."""
    letter = mark.strip("[]()").lower()
    return question(
        ("reading", "suffixes", mark),
        f"Some numbers have “{mark}” behind them; the number is kept. What does it mean? r "
        f"revised, u unreliable, b break in the series, or “drop” for a footnote.",
        letter if letter in ("r", "u", "b") else "drop",
    )


def filled_questions(columns: tuple[str, ...]) -> list[dict]:
    """Return whether an empty cell of a column means the cell above."""
    return (
        [
            question(
                ("reading", "filled_down"),
                "Cells under a filled cell of these columns are empty. Do they mean the same as the cell "
                "above? If not, answer “none”.",
                ", ".join(columns),
            )
        ]
        if columns
        else []
    )


def left_out_questions(columns: list[Column]) -> list[dict]:
    """Return whether columns that hold numbers are left out for good reason."""
    names = [each.name for each in columns if each.is_figures]
    if not names or any("," in each.name for each in columns):
        return []
    return [
        question(
            ("reading", "left_out"),
            f"Some columns hold numbers and are left out: {', '.join(names)[:300]}. Is that right? "
            f"If not, write [[reading.figures]] for them and take them from this list.",
            ", ".join(each.name for each in columns),
        )
    ]


def story_questions(path: Path, title: str, taken) -> list[dict]:
    """Return the questions about where a file is from; a file does not say so itself."""
    wards = taken.figures[taken.figures.area_type.isin(["ward", "lsoa"])].number.dropna()
    is_small = bool(len(wards)) and bool((wards % 1 == 0).all()) and wards.median() < _SMALL
    is_modelled = re.search(
        r"model|estimat|fuel.poverty|synthetic", f"{path.stem} {title}", re.IGNORECASE
    )
    return [
        question(("publisher",), "Who published it?"),
        question(("address",), "At which address? (“none: not published” where there is none)"),
        question(("retrieved",), "On which day was it fetched? (2026-11-22)"),
        question(("licence",), "Under which licence?"),
        question(("vintage",), "Which release is it? (its date, or the year it is for)"),
        question(
            ("control",),
            "open: published, people are protected already. controlled: counts "
            "of people that must pass our own gate.",
            "" if is_small else "open",
        ),
        question(
            ("basis",),
            "observed (counted, measured) or modelled (estimated from other figures)?",
            "modelled" if is_modelled else "observed",
        ),
    ]
