"""One agreement record: everything a partnership and the Council have said so far."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from darlington_analysis.agreements.parts import (
    COUNT,
    Action,
    Count,
    Customers,
    Decision,
    Idea,
    Knowledge,
    Measure,
    Outcome,
    Part,
    Partner,
    Position,
    Strength,
    Wanted,
    Words,
)

State = Literal["invited", "with members", "wishes to continue", "declined", "agreed",
                "under review"]  # fmt: skip


class Consultation(Part):
    """How far the two sides are; the partnership takes as long as it needs."""

    main = "state"
    state: State
    since: date = Field(description="a day, as 2026-11-22")
    wishes_to_continue: Literal["", "yes", "no"] = ""
    wished_on: date | None = None
    approver: Words = ""
    approach_introduced: Words = ""
    approach_introduced_on: date | None = None
    pack_version: str = ""


class Offer(Part):
    """What the Council offers. The community worker is not written: the state decides it."""

    main = "mentor"
    grant: Words = ""
    grant_from: date | None = None
    mentor: Words = ""
    mentor_from: date | None = None


class Asked(Part):
    """A group that was asked, and how many of it; so few that it tells who is "withheld"."""

    main = "group"
    group: Words = ""
    how_many: Count = Field("not known", description=COUNT)


class Fairness(Part):
    """The questions of fairness: asked before signing, and at every review."""

    main = "checked_on"
    who_was_asked: tuple[Asked, ...] = ()
    who_gains: Words = ""
    who_bears_the_need: Words = ""
    who_may_lose: Words = ""
    protects_the_vulnerable: Words = ""
    checked_on: date | None = None


class Point(Part):
    """One point of the way to independence: days a month of Council support."""

    main = "on"
    on: date = Field(description="a day, as 2027-04-01")
    council_days_a_month: float = Field(ge=0)


class Independence(Part):
    """When support starts, is looked at again and ends, and how anybody would know it may."""

    main = "ends"
    starts: date | None = None
    review: date | None = None
    ends: date | None = None
    criteria: tuple[Words, ...] = ()
    stage: Literal["", "watching", "acting", "service agreement", "lease"] = ""
    plan: tuple[Point, ...] = ()
    so_far: tuple[Point, ...] = ()


class Promises(Part):
    """What each side will do."""

    main = "we_will"
    we_will: tuple[Words, ...] = ()
    you_can_expect: tuple[Words, ...] = ()
    you_will: tuple[Words, ...] = ()


class Principles(Part):
    """How the agreement meets the five principles of Darlington Together, one answer each."""

    main = "active_citizenship"
    active_citizenship: Words = ""
    empowerment: Words = ""
    made_together: Words = ""
    hidden_resources: Words = ""
    fairness: Words = ""


def _filled(parts):
    """Leave out the parts nobody has written into yet: a new record has one of each, empty."""
    return tuple(part for part in parts if not part.is_blank)


class Agreement(Part):
    """A whole record. Sequences hold what was filled in, in the order it was written."""

    main = "partnership"
    partnership: str = Field(min_length=1, max_length=120)
    ward: str = Field(min_length=1, max_length=80)
    edition: Annotated[str, BeforeValidator(str)]
    example: bool = False
    no_low_cost_idea_because: Words = ""
    consultation: Consultation
    offer: Offer = Offer()
    outcomes: tuple[Outcome, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
    positions: tuple[Position, ...] = ()
    customers: tuple[Customers, ...] = ()
    partners: tuple[Partner, ...] = ()
    ideas: tuple[Idea, ...] = ()
    actions: tuple[Action, ...] = ()
    measures: tuple[Measure, ...] = ()
    strengths: tuple[Strength, ...] = ()
    decisions: tuple[Decision, ...] = ()
    data_wanted: tuple[Wanted, ...] = ()
    promises: Promises = Promises()
    principles: Principles = Principles()
    fairness: Fairness = Fairness()
    independence: Independence = Independence()

    def filled(self, name: str) -> tuple:
        """Return the parts of a sequence that somebody has written into."""
        return _filled(getattr(self, name))

    def place(self, name: str, part: Part) -> tuple[str, int]:
        """Return where a part stands in the file: its table and its number, from nought."""
        return name, getattr(self, name).index(part)

    @property
    def worker_is_due(self) -> bool:
        """True where the Council's community worker goes on: the agreement stands or is coming.

        Support rests on the agreement, and on the partnership's wish to continue.
        """
        wishes = self.consultation.wishes_to_continue == "yes"
        return wishes and self.consultation.state in ("wishes to continue", "agreed",
                                                      "under review")  # fmt: skip
