"""How sure we are of each kind of figure on a page, said once."""

from collections.abc import Sequence

from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.presentation.wording import surety as words


def once(answers: Sequence[IndicatorAnswer]) -> Markup:
    """Return how sure one can be of every kind of figure among these, each kind once."""
    kinds = dict.fromkeys(words.kind(answer) for answer in answers)
    pairs = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(*words.KINDS[each]) for each in kinds
    )
    return Markup('<div class="sure"><h4>{}</h4><dl>{}</dl></div>').format(words.QUESTION, pairs)
