"""The indicator picker in words: does it fit, is it there for wards, could it show a change?"""

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.evidence import indicator as evidence
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.presentation.wording import labels, sentences
from darlington_analysis.presentation.wording.numbers import period


def picked(loaded: EditionTable, ward: Ward, slug: str) -> str:
    """Return three lines on an indicator: what it is, how real, and what could be told of it."""
    about = indicator(slug)
    answer = evidence.answer(loaded, ward, slug)
    real = labels.kind_of_figure(answer.row)
    takes = [sentences.say(each) for each in answer.outlook.take.claims]
    told = takes[-1] if takes else "No target is worked out."
    return f"{slug}\n  {about.title}, {period(answer.row.period)}: {real}. {about.why}\n  {told}"
