"""What people here know about a figure, each with how well it is known, or room to write."""

from markupsafe import Markup

from darlington_analysis.agreements.parts import Knowledge
from darlington_analysis.evidence.sections import Indicators
from darlington_analysis.presentation.show import boxes
from darlington_analysis.presentation.wording import agreed, labels
from darlington_analysis.presentation.wording import agreements as words


def beside(slug: str, shown: Indicators) -> Markup:
    """Return what is known here beside one indicator of a page."""
    return knowledge(shown.knowledge.get(slug, ()), is_example=shown.knowledge_is_example)


def knowledge(known: tuple[Knowledge, ...], *, is_example: bool) -> Markup:
    """Return what is known here beside an indicator, and room for more."""
    told = boxes.bullets(f"{each.words} ({agreed.known(each)})" for each in known)
    if told and is_example:
        told = boxes.paragraph(words.EXAMPLE) + told
    return told + boxes.empty(labels.LOCAL_KNOWLEDGE)
