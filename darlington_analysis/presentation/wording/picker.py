"""The indicator picker in words: does it fit, is it there for wards, could it show a change?"""

from datetime import date

from darlington_analysis.catalogue import coming
from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.evidence import indicator as evidence
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.presentation.wording import labels, sentences
from darlington_analysis.presentation.wording.numbers import day, period


def picked(loaded: EditionTable, ward: Ward, slug: str, today: date) -> str:
    """Return four lines on an indicator: what it is, how real, what could be told, and when."""
    about = indicator(slug)
    answer = evidence.answer(loaded, ward, slug)
    real = labels.kind_of_figure(answer.row)
    takes = [sentences.say(each) for each in answer.outlook.take.claims]
    told = takes[-1] if takes else "No target is worked out."
    first = f"{about.title}, {period(answer.row.period)}: {real}. {about.why}"
    return "\n  ".join([slug, first, told, next_figure(coming.first_after(slug, today))])


def next_figure(found: coming.Coming | None) -> str:
    """Return when the next figure is to be had: before that nobody sees whether a target is met."""
    if found is None or found.out is None:
        return "No further figure is foreseen: it can’t show whether a target is met."
    return (
        f"The next figure ({found.series}) is of {found.describes.year}, out by {day(found.out)}."
    )
