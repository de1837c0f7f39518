"""Performance review: how much, how well, is anyone better off, from a partnership's own counts."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.agreements.record import Measure, Return
from darlington_analysis.evidence import ages, agreement, table, ward
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.sections import Changed, FairAndFinite
from darlington_analysis.statistics import differences

KINDS = ("how much", "how well", "better off")
SUFFIX = " Community Partnership"


@dataclass(frozen=True)
class Compared:
    """A measure with its last two returns compared: higher, lower, cannot be told apart, or "".

    It is "" where a count is withheld, or is not out of so many.
    """

    measure: Measure
    comparison: str


@dataclass(frozen=True)
class Measures:
    """The measures of one kind; a figure about the whole ward is never among them."""

    agreement: AgreementAnswer
    kind: str
    measures: tuple[Compared, ...]


@dataclass(frozen=True)
class Review:
    """What a partnership and the Council look at together, once or twice a year."""

    agreement: AgreementAnswer

    def measures(self, kind: str) -> Measures:
        """Return the measures of a kind: "how much", "how well" or "better off"."""
        record = self.agreement.record
        found = [each for each in record.filled("measures") if each.kind == kind] if record else []
        return Measures(
            self.agreement, kind, tuple(Compared(each, compare(each)) for each in found)
        )

    @property
    def fairness(self) -> FairAndFinite:
        """Whether it is fair and how support ends, asked again at every review."""
        return FairAndFinite(self.agreement, ages.of_groups(self.agreement))

    @property
    def since_signed(self) -> Changed:
        """What has changed in the figures since signing."""
        return Changed(self.agreement, self.agreement.table.earlier_editions)


def compare(measure: Measure) -> str:
    """Return how a measure's last return stands to the one before, chance allowed for."""
    known = [each for each in measure.returns if _is_share(each)]
    if len(known) < 2:
        return ""
    before, after = known[-2:]
    pair = pd.DataFrame(
        {
            "numerator": [after.value],
            "denominator": [after.out_of],
            "other_numerator": [before.value],
            "other_denominator": [before.out_of],
        }
    )
    return str(differences.proportion_differences(pair).comparison.iloc[0])


def _is_share(told: Return) -> bool:
    return isinstance(told.value, int) and isinstance(told.out_of, int) and told.out_of > 0


def for_review(partnership: str, edition: str | None = None) -> Review:
    """Return the review of a partnership, named by itself or by its ward.

    Raises UnknownAreaError, and AgreementError where its record can't be used.
    """
    pack = ward.for_ward(partnership.removesuffix(SUFFIX), edition)
    return Review(agreement.of_ward(table.load(edition), pack.ward))
