"""Performance review: how much, how well, is anyone better off, from a partnership's own counts."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.checks.check import QUESTION, Finding
from darlington_analysis.agreements.parts import Measure, MeasureReturn, Outcome
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.evidence import agreement, table
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.sections import Changed, FairAndFinite
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import for_ward
from darlington_analysis.sources.areas import Ward
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
        return FairAndFinite(self.agreement, agreement.of_groups(self.agreement))

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


def _is_share(told: MeasureReturn) -> bool:
    return isinstance(told.value, int) and isinstance(told.out_of, int) and told.out_of > 0


def for_review(partnership: str, edition: str | None = None) -> Review:
    """Return the review of a partnership, named by itself or by its ward.

    Raises UnknownAreaError, and AgreementError where its record can't be used.
    """
    pack = for_ward(partnership.removesuffix(SUFFIX), edition)
    return Review(agreement.of_ward(table.load(edition), pack.ward))


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

    @cached_property
    def counted(self) -> tuple[AgreementAnswer, ...]:
        """The agreements that may be counted: no invented example, and nobody who declined."""
        return tuple(
            each
            for each in self.written
            if not each.is_example and not reading.is_declined(each.record)
        )

    @property
    def outcomes(self) -> tuple[tuple[Ward, Outcome], ...]:
        """Every outcome of the agreements that count, with its ward."""
        return tuple(
            (each.ward, one) for each in self.counted for one in each.record.filled("outcomes")
        )

    def strands(self, strand: str) -> tuple[Ward, ...]:
        """Return the wards with an outcome on a strand of the strategy."""
        return tuple(dict.fromkeys(ward for ward, one in self.outcomes if one.strand == strand))

    @property
    def themes(self) -> Counter:
        """How many outcomes there are on each theme; the key "" counts those on none."""
        return Counter(one.theme for _, one in self.outcomes)

    @property
    def open_questions(self) -> tuple[tuple[Finding, tuple[Ward, ...]], ...]:
        """The wards in which each kind of question is unanswered, most wards first."""
        found: dict[tuple, tuple[Finding, list[Ward]]] = {}
        for each in self.counted:
            for one in each.findings:
                if one.severity == QUESTION:
                    about = one.facts.get("principle") or one.facts.get("people")
                    named = found.setdefault((one.check, about), (one, []))
                    named[1].append(each.ward)
        most_first = sorted(found.values(), key=lambda pair: -len(set(pair[1])))
        return tuple((one, tuple(dict.fromkeys(wards))) for one, wards in most_first)

    @property
    def wanted(self) -> dict[str, tuple[Ward, ...]]:
        """Data somebody asked for and nobody has, with the wards that asked."""
        found: dict[str, tuple[Ward, ...]] = {}
        for each in self.counted:
            for one in each.record.filled("data_wanted"):
                found[one.words] = (*found.get(one.words, ()), each.ward)
        return found

    @property
    def mentors(self) -> dict[str, tuple[Ward, ...]]:
        """The wards of each mentor; the key "" holds those without one."""
        found: dict[str, tuple[Ward, ...]] = {}
        for each in self.counted:
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
