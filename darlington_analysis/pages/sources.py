"""Where the figures come from, how they were made, and what the words mean."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.settings import Edition
from darlington_analysis.evidence.sections import Sources
from darlington_analysis.pages import ward_fit_note
from darlington_analysis.pages.components import labels, tables
from darlington_analysis.pages.components.numbers import word
from darlington_analysis.sources.areas import Ward

SOURCES_CAPTION = "Where each figure comes from"
WITHHELD_QUESTION = "Is anything withheld?"
SET_ASIDE_QUESTION = "Which rows were set aside, and why?"
METHODS_QUESTION = "How were the figures worked out?"
GLOSSARY_QUESTION = "What do the words mean?"
SHORTHAND_QUESTION = "What do the letters in square brackets mean?"
AGAIN_QUESTION = "How is this pack made again?"
AGAIN = (
    "With the project’s files and the same settings, this command makes it again. "
    "The file figures.csv beside this page holds this ward’s figures, and those of Darlington "
    "and England; the files of the other wards hold theirs."
)
ACCESS_QUESTION = "Can everyone read this?"
ACCESS = (
    "Each chart is followed by a table with the same figures. The page needs no scripts, and "
    "works on a phone and on paper. Not yet done: an Easy Read edition needs a person to write "
    "it, and nobody has tried the page with every screen reader."
)


def withheld_words(count: int) -> str:
    """Return how many of the pack's figures are withheld."""
    if not count:
        return "No figure of this ward is withheld."
    are = "is" if count == 1 else "are"
    figures = "figure" if count == 1 else "figures"
    first = f"{word(count).capitalize()} {figures} of this ward {are} withheld [c]."
    return f"{first} Withheld is not zero."


def reason(text: str) -> str:
    """Return why rows were set aside as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def command(ward: Ward, edition: Edition) -> str:
    """Return the command that makes the pack."""
    return f"python -m darlington_analysis packs --edition {edition.id} --ward {ward.code}"


def version(version_id: str) -> str:
    """Return what the version stands for."""
    return (
        f"Version {version_id}: these letters change when any figure or setting that this pack "
        "rests on does."
    )


def sources(shown: Sources) -> str:
    """Return sources with their ages, withheld figures, methods, words, and how to make it."""
    own = shown.figures[shown.figures.area_code.eq(shown.ward.code)]
    withheld = int(own.status.eq("c").sum())
    return Markup("").join(
        [
            Markup(_table(shown)),
            _reasons(shown),
            Markup("<h3>{}</h3><p>{}</p><p>{}</p>").format(
                WITHHELD_QUESTION,
                withheld_words(withheld),
                labels.small_number_rule(shown.small_numbers),
            ),
            _list(METHODS_QUESTION, ward_fit_note.methods(shown.figures)),
            _list(GLOSSARY_QUESTION, labels.GLOSSARY),
            Markup("<h3>{}</h3><p>{}</p>").format(SHORTHAND_QUESTION, labels.SHORTHAND),
            Markup("<h3>{}</h3><p>{}</p><pre>{}</pre><p>{}</p>").format(
                AGAIN_QUESTION,
                AGAIN,
                command(shown.ward, shown.edition),
                version(shown.version_id),
            ),
            Markup("<h3>{}</h3><p>{}</p>").format(ACCESS_QUESTION, ACCESS),
        ]
    )


def sources_text(shown: Sources) -> str:
    """Return the sources' paths, one a line."""
    return "\n".join(sorted(set(shown.figures.source)))


def _table(shown: Sources) -> str:
    told = shown.provenance["sources"]
    used = sorted(set(shown.figures.source) & set(told))
    rows = pd.DataFrame(
        {
            "title": told[path]["title"],
            "publisher": told[path]["publisher"],
            "vintage": told[path]["vintage"],
            "licence": told[path]["licence"],
            "real": labels.kind_of_source(told[path]),
            "set_aside": _set_aside(shown, path),
        }
        for path in used
    )
    columns = [
        tables.Column("title", "Source"),
        tables.Column("publisher", "Publisher"),
        tables.Column("vintage", "Edition"),
        tables.Column("licence", "Licence"),
        tables.Column("real", "Real or made up"),
        tables.Column("set_aside", "Rows set aside", "number"),
    ]
    return tables.table(rows, columns, SOURCES_CAPTION)


def _set_aside(shown: Sources, path: str) -> int:
    return shown.provenance["set_aside"].get(path, 0)


def _reasons(shown: Sources) -> Markup:
    told, why = shown.provenance["sources"], shown.provenance["reasons"]
    used = {told[path]["dataset"] for path in set(shown.figures.source) & set(told)}
    paths = [path for path in sorted(why) if told[path]["dataset"] in used]
    pairs = [(told[path]["title"], reason(each)) for path in paths for each in why[path]]
    return _list(SET_ASIDE_QUESTION, pairs) if pairs else Markup("")


def _list(question: str, pairs) -> Markup:
    items = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pairs)
    return Markup('<h3>{}</h3><dl class="words">{}</dl>').format(question, items)
