"""The page that sets wards beside each other: one table of all, which a script narrows to two."""

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.compare import compare
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import all_wards
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import more_deprived_than, period
from darlington_analysis.sources.areas import Ward
from darlington_analysis.statistics.comparisons import HIGHER, LOWER, NOT_TOLD_APART

TITLE = "Two wards beside each other, {edition}"
LINK = "Set two wards beside each other"
DESCRIPTION = "Every real figure of every ward in one table, to set two wards beside each other."
LEAD = (
    "Each figure with its range in brackets. Where the ranges leave it open which ward is higher, "
    "it is too close to call. Many differences between wards are chance, so look at several "
    "figures. The name of a ward leads to its pack."
)
HEADING, CAPTION = "The figures", "Every real figure of every ward"
FIRST, SECOND, NONE = "First ward", "Second ward", "Choose a ward"
FIGURE, BESIDE = "Figure", "First beside second"
WORDS = {
    "h": "First is higher",
    "l": "First is lower",
    "c": "Too close to call",
    "n": "Not compared",
}
_LETTERS = {HIGHER: "h", LOWER: "l", NOT_TOLD_APART: "c"}
DEPRIVATION = "More deprived than this many in every 100 wards in England, {period}"
TABLE = "figures"


def compare_wards(loaded: EditionTable, packs: Mapping[str, str]) -> Markup:
    """Return the page's body. ``packs``: the address of each ward's pack that there is, by code."""
    return blocks.join(
        Markup("<h1>{}</h1>").format(TITLE.format(edition=loaded.edition.title)),
        Markup('<p class="lead">{}</p>').format(LEAD),
        _fields(loaded),
        Markup("<h2>{}</h2>").format(HEADING),
        _table(loaded, packs),
    )


def _fields(loaded: EditionTable) -> Markup:
    options = Markup('<option value="">{}</option>').format(NONE) + Markup("").join(
        Markup('<option value="{}">{}</option>').format(ward.code, ward.name)
        for ward in loaded.wards.wards
    )
    fields = Markup("").join(
        Markup("<label>{} <select>{}</select></label>").format(label, options)
        for label in (FIRST, SECOND)
    )
    return Markup('<div class="narrow" data-table="{}" hidden>{}</div>').format(TABLE, fields)


def _table(loaded: EditionTable, packs: Mapping[str, str]) -> Markup:
    wards = loaded.wards.wards
    evidence = in_table(loaded, wards[0].code)
    answers = [answer for answer in evidence.answers if not answer.is_dummy]
    wider = list(dict.fromkeys(name for one in answers for name in one.benchmarks.area_name))
    heads = Markup("").join(
        [
            Markup('<th scope="col">{}</th>').format(FIGURE),
            *(Markup('<th scope="col">{}</th>').format(name) for name in wider),
            *(_ward_head(ward, packs.get(ward.code)) for ward in wards),
            Markup('<th scope="col" data-pair hidden>{}</th>').format(BESIDE),
        ]
    )
    rows = [_deprivation(evidence.deprivation, wider, wards)]
    rows = Markup("").join([*rows, *(_row(loaded, answer, wider) for answer in answers)])
    used = " ".join(words for sign, words in blocks.SIGNS.items() if f"[{sign}]" in rows)
    words = Markup(" ").join(Markup('data-{}="{}"').format(*pair) for pair in WORDS.items())
    return Markup(
        '<p class="shorthand">{}</p><div class="table-scroll" role="region" aria-label="{}" '
        'tabindex="0"><table class="data" id="{}" {}><caption>{}</caption><thead><tr>{}</tr>'
        "</thead><tbody>{}</tbody></table></div>"
    ).format(used, CAPTION, TABLE, words, CAPTION, heads, rows)


def _ward_head(ward: Ward, address: str | None) -> Markup:
    name = Markup('<a href="{}">{}</a>').format(address, ward.name) if address else ward.name
    return Markup('<th scope="col" id="{0}" data-ward="{0}">{1}</th>').format(ward.code, name)


def _deprivation(answer: DeprivationAnswer, wider: list[str], wards: Sequence[Ward]) -> Markup:
    """Return the row of places on the Index, which has no ranges: high is more deprived."""
    places = {row.area_code: more_deprived_than(row.value) for row in answer.borough.itertuples()}
    cells = [Markup("<td>[z]</td>")] * len(wider)
    cells += [
        Markup('<td data-ward="{}" data-place="{}" data-beside="">{}</td>').format(
            ward.code, place, places.get(ward.code, "[x]")
        )
        for place, ward in enumerate(wards)
    ]
    return _tr("deprivation", DEPRIVATION.format(period=answer.latest.period), cells)


def _tr(name: str, head: str, cells: Sequence[Markup]) -> Markup:
    return Markup('<tr id="{}"><th scope="row">{}</th>{}<td data-pair hidden>{}</td></tr>').format(
        name, head, Markup("").join(cells), WORDS["n"]
    )


def _row(loaded: EditionTable, answer: IndicatorAnswer, wider: list[str]) -> Markup:
    """Return the row of one figure; a cell of a ward says how it stands beside each other ward."""
    about, codes = answer.indicator, [ward.code for ward in loaded.wards.wards]
    areas = _cells(answer, answer.benchmarks, "area_name")
    own = _cells(answer, answer.wards, "area_code")
    verdicts = _verdicts(loaded, answer, codes)
    cells = [Markup("<td>{}</td>").format(areas.get(name, "[x]")) for name in wider]
    cells += [
        Markup('<td data-ward="{}" data-place="{}" data-beside="{}">{}</td>').format(
            code, place, "".join(verdicts.get((code, other), "n") for other in codes), own[code]
        )
        if code in own
        else Markup('<td data-ward="{}" data-place="{}" data-beside="">[x]</td>').format(
            code, place
        )
        for place, code in enumerate(codes)
    ]
    return _tr(about.slug, f"{about.title}, {period(answer.row.period)} ({about.unit})", cells)


def _cells(answer: IndicatorAnswer, rows: pd.DataFrame, key: str) -> dict[str, str]:
    return dict(zip(rows[key], all_wards.row_cells(rows, answer), strict=True))


def _verdicts(
    loaded: EditionTable, answer: IndicatorAnswer, codes: list[str]
) -> dict[tuple[str, str], str]:
    """Return how each ward stands beside each other; none on what a model made."""
    if answer.row.basis == Basis.MODELLED or len(codes) < 2:
        return {}
    pairs = compare(loaded, codes, answer.indicator.slug, period=answer.row.period).frame
    by_name = {ward.name: ward.code for ward in loaded.wards.wards}
    opposite = {"h": "l", "l": "h", "c": "c"}
    verdicts = {}
    for pair in pairs.itertuples():
        letter = _LETTERS.get(pair.comparison)
        if letter:
            one, other = by_name[pair.ward], by_name[pair.other]
            verdicts[one, other], verdicts[other, one] = letter, opposite[letter]
    return verdicts
