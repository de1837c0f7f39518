"""The documents' own statements with their verdicts."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.review_statements import Documents
from darlington_analysis.pages.components import tables
from darlington_analysis.pages.words import review_statements as words


def documents(shown: Documents) -> str:
    """Return the table of statements: quotation, paragraph, verdict, why."""
    if not shown.claims:
        return Markup("<p>{}</p>").format(_nothing(shown))
    rows = pd.DataFrame(
        {
            "said": f"“{each.facts['quotation']}”",
            "paragraph": each.facts["paragraph"],
            "verdict": words.verdict(each.facts),
            "why": words.why(each.facts),
        }
        for each in shown.claims
    )
    columns = [tables.Column(key, header) for key, header in zip(rows, words.HEADERS, strict=True)]
    return Markup(tables.table(rows, columns, words.CAPTION)) + Markup("<p>{}</p>").format(
        words.NOTE
    )


def documents_text(shown: Documents) -> str:
    """Return the statements and verdicts, one a line."""
    return "\n".join(words.say(each.facts) for each in shown.claims) or _nothing(shown)


def in_pack(shown: Documents) -> Markup:
    """Return the statements that name a pack's ward, under their own question."""
    return Markup("<h3>{}</h3>").format(words.QUESTION) + Markup(documents(shown))


def _nothing(shown: Documents) -> str:
    return words.NOT_NAMED if shown.ward else words.OTHER_WARDS
