"""Where the figures come from, how they were made, and what the words mean."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.sections import Sources
from darlington_analysis.presentation import tables
from darlington_analysis.presentation.wording import fits, labels
from darlington_analysis.presentation.wording import provenance as words


def sources(shown: Sources) -> str:
    """Return sources with their ages, withheld figures, methods, words, and how to make it."""
    own = shown.figures[shown.figures.area_code.eq(shown.ward.code)]
    withheld = int(own.status.eq("c").sum())
    return Markup("").join(
        [
            Markup(_table(shown)),
            _reasons(shown),
            Markup("<h3>{}</h3><p>{}</p><p>{}</p>").format(
                words.WITHHELD_QUESTION,
                words.withheld(withheld),
                labels.small_number_rule(shown.small_numbers),
            ),
            _list(words.METHODS_QUESTION, fits.methods(shown.figures)),
            _list(words.GLOSSARY_QUESTION, labels.GLOSSARY),
            Markup("<h3>{}</h3><p>{}</p>").format(words.SHORTHAND_QUESTION, labels.SHORTHAND),
            Markup("<h3>{}</h3><p>{}</p><pre>{}</pre><p>{}</p>").format(
                words.AGAIN_QUESTION,
                words.AGAIN,
                words.command(shown.ward, shown.edition),
                words.version(shown.version_id),
            ),
            Markup("<h3>{}</h3><p>{}</p>").format(words.ACCESS_QUESTION, words.ACCESS),
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
    return tables.table(rows, columns, words.SOURCES_CAPTION)


def _set_aside(shown: Sources, path: str) -> int:
    return shown.provenance["set_aside"].get(path, 0)


def _reasons(shown: Sources) -> Markup:
    told, why = shown.provenance["sources"], shown.provenance["reasons"]
    used = {told[path]["dataset"] for path in set(shown.figures.source) & set(told)}
    paths = [path for path in sorted(why) if told[path]["dataset"] in used]
    pairs = [(told[path]["title"], words.reason(each)) for path in paths for each in why[path]]
    return _list(words.SET_ASIDE_QUESTION, pairs) if pairs else Markup("")


def _list(question: str, pairs) -> Markup:
    items = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pairs)
    return Markup('<h3>{}</h3><dl class="words">{}</dl>').format(question, items)
