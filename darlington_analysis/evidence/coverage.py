"""All agreements of the borough at once: what they cover, what is open, what is too hard."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.errors import AgreementError
from darlington_analysis.evidence import agreement
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.table import EditionTable


@dataclass(frozen=True)
class Coverage:
    """Every ward's agreement; ``broken`` are wards whose record can't be read."""

    table: EditionTable
    answers: tuple[AgreementAnswer, ...]
    broken: tuple[Ward, ...]

    @cached_property
    def written(self) -> tuple[AgreementAnswer, ...]:
        """The agreements that have a record."""
        return tuple(each for each in self.answers if each.record)

    def strands(self, strand: str) -> tuple[Ward, ...]:
        """Return the wards with an outcome on a strand of One Darlington."""
        return tuple(
            each.ward
            for each in self.written
            if any(one.strand == strand for one in each.record.filled("outcomes"))
        )

    @property
    def themes(self) -> Counter:
        """How many outcomes there are on each theme."""
        named = [one.theme for each in self.written for one in each.record.filled("outcomes")]
        return Counter(theme for theme in named if theme)

    @property
    def mentors(self) -> dict[str, tuple[Ward, ...]]:
        """The wards of each mentor; the key "" holds those without one."""
        found: dict[str, tuple[Ward, ...]] = {}
        for each in self.written:
            mentor = each.record.offer.mentor
            found[mentor] = (*found.get(mentor, ()), each.ward)
        return found


def of_borough(table: EditionTable) -> Coverage:
    """Return every ward's agreement of an edition."""
    answers, broken = [], []
    for ward in table.wards.wards:
        try:
            answers.append(agreement.of_ward(table, ward))
        except AgreementError:  # `agreement check` says what is wrong; the others are shown
            broken.append(ward)
    return Coverage(table, tuple(answers), tuple(broken))
