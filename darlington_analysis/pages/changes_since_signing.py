"""Page 8: what has changed since signing, each difference with its causes."""

from markupsafe import Markup

from darlington_analysis.evidence.changes import Changes
from darlington_analysis.evidence.sections import Changed
from darlington_analysis.pages import boxes
from darlington_analysis.pages.components.numbers import period
from darlington_analysis.pages.components.numbers import shown as in_figures
from darlington_analysis.pages.words import agreements, sentences
from darlington_analysis.pages.words import negotiation as words
from darlington_analysis.sources.indicators import indicator

MOST_ROWS = 60


def changed(shown: Changed) -> str:
    """Return page 8: since signing, then since the last edition of these wards."""
    found = shown.agreement.changes
    first = Markup("<h3>{}</h3>").format(words.SINCE_SIGNED)
    inner = _since(shown, found) if found else boxes.paragraph(words.NOT_SIGNED)
    last = Markup("<h3>{}</h3><p>{}</p>").format(
        words.SINCE_EDITION, words.earlier(shown.earlier_editions)
    )
    return first + inner + last


def changed_text(shown: Changed) -> str:
    """Return what has changed, one line an indicator."""
    found = shown.agreement.changes
    lines = [sentences.say(each) for each in found.claims] if found else [words.NOT_SIGNED]
    return "\n".join([*lines, words.earlier(shown.earlier_editions)])


def rows_of(found: Changes) -> list[tuple[str, ...]]:
    """Return every changed figure as words: indicator, area, period, then, now, why."""
    return [_row(each) for each in found.rows.itertuples()]


def _since(shown: Changed, found: Changes) -> Markup:
    since = shown.agreement.since_signing
    signed = (
        f"{agreements.signed_by(found.signing)} {agreements.SINCE_SIGNING[since]} "
        f"{agreements.SIGN_AGAIN if since == 'changed' else ''} "
        f"Its hash begins with {found.signing.hash[:12]}."
    )
    said = boxes.bullets(sentences.say(each) for each in found.claims)
    rows = rows_of(found)[:MOST_ROWS]
    heads = ["Figure", "Area", "When", "As signed", "Now", "Why"]
    table = boxes.table(heads, rows, words.CHANGED_CAPTION) if rows else Markup("")
    return boxes.paragraph(signed) + said + table


def _row(each) -> tuple[str, ...]:
    about = indicator(each.indicator)
    hidden = "disclosure rule" in each.causes
    then = words.HIDDEN if hidden else _value(each.value_then, about, "–")
    now = _value(each.value_now, about, f"[{each.status_now}]" if each.status_now else "–")
    why = "; ".join(words.CAUSES[cause] for cause in each.causes)
    return about.title, each.area_name, period(each.period), then, now, why


def _value(value: float, about, missing: str) -> str:
    return in_figures(value, about) if value == value else missing
