"""A workbook read for leaks: no number stands where a count is withheld."""

from collections.abc import Collection, Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from darlington_analysis.presentation.wording.files import FIGURES_SHEET, NAMES
from darlington_analysis.publishing.leak_words import Withheld

_MADE = [NAMES[each] for each in ("numerator", "value", "lower_limit", "upper_limit")]
_AREA, _PERIOD, _SAYS = NAMES["area_code"], NAMES["period"], NAMES["indicator"]
_STATUS = NAMES["status"]


def faults(path: Path, withheld: Collection[Withheld]) -> Iterator[str]:
    """Yield the rows of a workbook's figures that hold a number of a withheld count."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(FIGURES_SHEET).to_python()
    heads = next((row for row in rows if set(_MADE) <= set(map(str, row))), None)
    if heads is None:
        yield "a sheet of figures without its headers"
        return
    for row in rows[rows.index(heads) + 1 :]:
        told = dict(zip(heads, row, strict=True))
        is_hidden = told[_STATUS] == "[c]" or any(_is_of(told, each) for each in withheld)
        if is_hidden and any(isinstance(told[name], int | float) for name in _MADE):
            yield f"a figure of {told[_SAYS]} in {told[_AREA]}, {told[_PERIOD]}"


def _is_of(told: dict, each: Withheld) -> bool:
    is_same = (told[_AREA], told[_SAYS]) == (each.area_code, each.indicator.title)
    return is_same and each.is_of_its_time(str(told[_PERIOD]))
