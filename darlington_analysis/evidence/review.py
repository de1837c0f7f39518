"""Performance review: how much, how well, is anyone better off, from a partnership's own counts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.checks.check import QUESTION, Finding
from darlington_analysis.agreements.parts import Action, Blocker, Measure, MeasureReturn, Outcome
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.core.project import find_project
from darlington_analysis.evidence import agreement, table
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.sections import ChangesSinceSigning, FairnessAndExit
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.areas import Ward
from darlington_analysis.statistics import differences

KINDS = ("how much", "how well", "better off")
SUFFIX = " Community Partnership"


@dataclass(frozen=True)
class Compared(Answer):
    """A measure with its last two returns compared: higher, lower, cannot be told apart, or "".

    It is "" where a count is withheld, or is not out of so many.
    """

    measure: Measure
    comparison: str


@dataclass(frozen=True)
class Measures(Answer):
    """The measures of one kind, or the most important ones; none is a figure of the whole ward."""

    agreement: AgreementAnswer
    kind: str
    measures: tuple[Compared, ...]


@dataclass(frozen=True)
class Due(Answer):
    """Something with a day: what it is ("review", "action" …), its words, whether it is past."""

    on: date
    what: str
    words: str
    is_past: bool


@dataclass(frozen=True)
class Progress(Answer):
    """How far the actions are, what is in the way, what is due, and what was learned before."""

    agreement: AgreementAnswer
    due: tuple[Due, ...]


@dataclass(frozen=True)
class Review(Answer):
    """What a partnership and the Council look at together, once or twice a year."""

    agreement: AgreementAnswer

    def measures(self, kind: str) -> Measures:
        """Return the measures of a kind: "how much", "how well" or "better off"."""
        return self._measures(kind, lambda measure: measure.kind == kind)

    @property
    def most_important(self) -> Measures:
        """The measures that are marked as the most important, each with its baseline and target."""
        return self._measures("", lambda measure: measure.most_important)

    @property
    def progress(self) -> Progress:
        """How far the actions are, what is in the way, and what is due."""
        return Progress(self.agreement, self.due)

    @property
    def due(self) -> tuple[Due, ...]:
        """What has a day and is not done, the first day first."""
        record = self.agreement.record
        return due_in(record, self.agreement.table.edition.dated) if record else ()

    @property
    def fairness(self) -> FairnessAndExit:
        """Whether it is fair and how support ends, asked again at every review."""
        return FairnessAndExit(self.agreement, agreement.of_groups(self.agreement))

    @property
    def since_signed(self) -> ChangesSinceSigning:
        """What has changed in the figures since signing."""
        return ChangesSinceSigning(self.agreement, self.agreement.table.earlier_editions)

    def _measures(self, kind: str, is_wanted: Callable[[Measure], bool]) -> Measures:
        record = self.agreement.record
        wanted = [one for one in record.filled("measures") if is_wanted(one)] if record else []
        compared = tuple(Compared(measure, compare(measure)) for measure in wanted)
        return Measures(self.agreement, kind, compared)


def due_in(record: Agreement, as_at: date) -> tuple[Due, ...]:
    """Return what a record has a day for and is not done: reviews, actions, what was parked, ends.

    ``as_at`` is the day that stands for today.
    """
    way, held = record.independence, [one.on for one in record.filled("reviews") if one.on]
    named = [
        (action.ends, "action", action.what)
        for action in record.filled("actions")
        if action.progress != "done" and not action.is_parked
    ]
    named += [
        (part.look_again, "parked", part.what if isinstance(part, Action) else part.words)
        for _, part in record.negotiated
        if part.is_parked
    ]
    named += [
        (measure.target.by, "measure", measure.words)
        for measure in record.filled("measures")
        if measure.target
    ]
    if way.review and not any(day >= way.review for day in held):
        named.append((way.review, "review", ""))
    named.append((way.ends, "end", ""))
    dated = [Due(on, what, words, on < as_at) for on, what, words in named if on]
    return tuple(sorted(dated, key=lambda due: due.on))


def compare(measure: Measure) -> str:
    """Return how a measure's last return stands to the one before, chance allowed for."""
    known = [counted for counted in measure.returns if _is_share(counted)]
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


def _is_share(counted: MeasureReturn) -> bool:
    is_known = isinstance(counted.value, int) and isinstance(counted.out_of, int)
    return is_known and counted.out_of > 0


def for_review(partnership: str, edition: str | None = None) -> Review:
    """Return the review of a partnership, named by itself or by its ward.

    Raises UnknownAreaError, and AgreementError where its record can't be used.
    """
    return Review(agreement_of(partnership, edition))


def agreement_of(partnership: str, edition: str | None = None) -> AgreementAnswer:
    """Return the agreement of a partnership, named by itself, its ward or its file, in the edition
    that its record names unless one is asked for. Raises what ``for_review`` does.
    """
    name = str(partnership).removesuffix(SUFFIX)
    path = find_project().agreements / f"{Ward('', '', name).slug}.toml"
    if not edition and path.is_file():
        read, _ = reading.try_to_read(path)
        edition = read.record.edition if read else None
    loaded = table.load(edition)
    return agreement.of_ward(loaded, loaded.wards.find(name).ward)


@dataclass(frozen=True)
class AgreementsOverview(Answer):
    """Every ward's agreement; ``broken`` are wards whose record can't be read.

    A partnership of several wards is counted once, with its first ward.
    """

    table: EditionTable
    answers: tuple[AgreementAnswer, ...]
    broken: tuple[Ward, ...]

    @cached_property
    def written(self) -> tuple[AgreementAnswer, ...]:
        """The agreements that have a record."""
        return tuple(
            answer for answer in self.answers if answer.record and answer.wards[0] == answer.ward
        )

    @cached_property
    def counted(self) -> tuple[AgreementAnswer, ...]:
        """The agreements that may be counted: no invented example, and none that declined."""
        return tuple(
            answer
            for answer in self.written
            if not answer.is_example and not reading.is_declined(answer.record)
        )

    @property
    def outcomes(self) -> tuple[tuple[Ward, Outcome], ...]:
        """Every outcome of the agreements that count, with its ward."""
        return tuple(
            (answer.ward, outcome)
            for answer in self.counted
            for outcome in answer.record.filled("outcomes")
        )

    @property
    def parked(self) -> tuple[tuple[Ward, Outcome], ...]:
        """Every outcome that was put off, with its ward."""
        return tuple((ward, outcome) for ward, outcome in self.outcomes if outcome.is_parked)

    @property
    def worked_on(self) -> tuple[tuple[Ward, Outcome], ...]:
        """Every outcome that was not put off, with its ward."""
        return tuple((ward, outcome) for ward, outcome in self.outcomes if not outcome.is_parked)

    def strands(self, strand: str) -> tuple[Ward, ...]:
        """Return the wards that work on an outcome of a strand of the strategy."""
        return tuple(
            dict.fromkeys(ward for ward, outcome in self.worked_on if outcome.strand == strand)
        )

    @property
    def themes(self) -> Counter:
        """How many outcomes are worked on of each theme; the key "" counts those of none."""
        return Counter(outcome.theme for _, outcome in self.worked_on)

    @property
    def due(self) -> tuple[tuple[Ward, Due], ...]:
        """What is due in every agreement that counts, the first day first."""
        every = [(answer.ward, due) for answer in self.counted for due in Review(answer).due]
        return tuple(sorted(every, key=lambda pair: pair[1].on))

    @property
    def stuck(self) -> tuple[tuple[Ward, Action | Blocker], ...]:
        """Every action that is stuck and everything in the way that is not cleared."""
        return tuple(
            (answer.ward, part)
            for answer in self.counted
            for part in (*answer.record.filled("actions"), *answer.record.filled("blockers"))
            if _is_stuck(part)
        )

    @property
    def open_questions(self) -> tuple[tuple[Finding, tuple[Ward, ...]], ...]:
        """The wards in which each kind of question is unanswered, most wards first."""
        kinds: dict[tuple, tuple[Finding, list[Ward]]] = {}
        for answer in self.counted:
            for finding in answer.findings:
                if finding.severity == QUESTION:
                    detail = finding.facts.get("principle") or finding.facts.get("people")
                    _, wards = kinds.setdefault((finding.check, detail), (finding, []))
                    wards.append(answer.ward)
        most_first = sorted(kinds.values(), key=lambda pair: -len(set(pair[1])))
        return tuple((finding, tuple(dict.fromkeys(wards))) for finding, wards in most_first)

    @property
    def wanted(self) -> dict[str, tuple[Ward, ...]]:
        """Data that people asked for and that do not exist, with the wards that asked."""
        wards: dict[str, tuple[Ward, ...]] = {}
        for answer in self.counted:
            for request in answer.record.filled("data_wanted"):
                wards[request.words] = (*wards.get(request.words, ()), answer.ward)
        return wards

    @property
    def mentors(self) -> dict[str, tuple[Ward, ...]]:
        """The wards of each mentor; the key "" holds those without one."""
        wards: dict[str, tuple[Ward, ...]] = {}
        for answer in self.counted:
            mentor = answer.record.offer.mentor
            wards[mentor] = (*wards.get(mentor, ()), answer.ward)
        return wards

    def has_ended(self, answer: AgreementAnswer) -> bool:
        """True where the Council's support ended before the day of the edition."""
        ends = answer.record.independence.ends
        return bool(ends and ends < self.table.edition.dated)

    def total(self, key: str) -> tuple[float | None, tuple[Ward, ...]]:
        """Return what one amount of all offers adds up to, and the wards where it is not known.

        None where no offer has that amount. What has ended is not counted.
        """
        amounts = {
            answer.ward: getattr(answer.record.offer, key)
            for answer in self.counted
            if not self.has_ended(answer)
        }
        known = [number for number in amounts.values() if isinstance(number, float)]
        unknown = tuple(ward for ward, number in amounts.items() if not isinstance(number, float))
        return (round(sum(known), 2) if known else None), unknown

    def also_in(self, ward: Ward) -> tuple[AgreementAnswer, ...]:
        """Return the agreements that name a ward, besides the one that is shown for it."""
        shown = {answer.ward: answer.record for answer in self.answers}
        return tuple(
            answer
            for answer in self.written
            if ward in answer.wards and answer.record != shown.get(ward)
        )


def _is_stuck(part: Action | Blocker) -> bool:
    return part.progress == "stuck" if isinstance(part, Action) else not part.cleared_on


def of_borough(table: EditionTable) -> AgreementsOverview:
    """Return every ward's agreement of an edition."""
    answers, broken = [], []
    for ward in table.wards.wards:
        try:
            answers.append(agreement.of_ward(table, ward))
        except AgreementError:  # `agreement check` says what is wrong; the others are shown
            broken.append(ward)
    return AgreementsOverview(table, tuple(answers), tuple(broken))
