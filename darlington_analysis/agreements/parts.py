"""The parts of an agreement record: what each may say, and what counts as not filled in."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from darlington_analysis.core.errors import visible

Words = Annotated[str, Field(max_length=1500), AfterValidator(visible)]
Id = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
        description="a short name for this one alone: small letters, figures, hyphens",
    ),
]
Strand = Literal["", "deprivation", "one-community", "diversity", "volunteering", "well-being"]
Cost = Literal["", "none", "low", "needs money"]
Mode = Literal["", "not", "to", "for", "with", "beyond"]
Grade = Literal["", "measured", "modelled", "local knowledge", "anecdote"]
Count = Annotated[int, Field(ge=0)] | Literal["not known", "withheld"]
Amount = Annotated[float, Field(ge=0)] | Literal["not yet known"]
State = Literal["", "agreed", "open", "disputed", "parked"]
AGREED, OPEN, DISPUTED, PARKED = "agreed", "open", "disputed", "parked"

COUNT = 'a whole number without quotes, "not known" or "withheld"'
AMOUNT = 'a number without quotes and without a £ sign, or "not yet known"'


class Part(BaseModel):
    """A part of a record. It counts as not filled in while the field ``main`` is empty."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    main: ClassVar[str] = "words"

    @property
    def is_blank(self) -> bool:
        """True where its main answer is empty."""
        return not getattr(self, self.main)


class Negotiated(Part):
    """A part on which the two sides are agreed, open, disputed, or that they parked for now.

    ``state`` is empty in a record of before there were states, which counts as open.
    """

    state: State = ""
    parked_because: Words = ""
    look_again: date | None = None

    @property
    def is_parked(self) -> bool:
        """True where both sides put it off."""
        return self.state == PARKED

    @property
    def is_settled(self) -> bool:
        """True where it does not stand in the way of signing."""
        return self.state in (AGREED, PARKED)


class Target(Part):
    """Where a measure should be, and by when: out of 100 where its returns are out of so many,
    and otherwise a count.
    """

    main: ClassVar[str] = "level"
    level: float = Field(ge=0, description="a number in the figure's unit, without a % sign")
    by: date = Field(description="a day, as 2029-03-31")


class OutcomeTarget(Part):
    """Where the figure of an outcome should be, and by when.

    ``level`` is in the indicator's own unit. ``gap`` is how far above the country's figure (below
    0: under it) the ward's own should be.
    """

    main: ClassVar[str] = "by"
    level: float | None = Field(
        None, ge=0, description="a number in the figure's unit, without a % sign; or give gap"
    )
    gap: float | None = Field(
        None, description="how far from the country's figure, in the figure's unit; or give level"
    )
    by: date = Field(description="a day, as 2029-03-31")

    @model_validator(mode="after")
    def _one_of_two(self):
        if (self.level is None) == (self.gap is None):
            raise ValueError("a target has a level or a gap, and not both")
        return self


class Outcome(Negotiated):
    """A condition of life wanted for everybody of a group who lives in the ward.

    ``rest_from``: who brings about what the partnership's own actions do not reach.
    """

    id: Id
    people: Literal["", "children", "adults", "families"] = ""
    words: Words = ""
    signs: tuple[Words, ...] = ()
    indicator: str = Field("", description="the slug of an indicator, as `agreement pick` lists")
    strand: Strand = ""
    aim: str = Field("", description="the id of an aim in darlington.toml")
    theme: str = ""
    local_priority: Literal["", "high", "low"] = ""
    council_priority: Literal["", "high", "low"] = ""
    target: OutcomeTarget | None = None
    rest_from: Words = ""
    missing_from_data: Words = ""

    @model_validator(mode="before")
    @classmethod
    def _older(cls, given):
        """Read a record of before there were states: what was too hard for now is parked."""
        if isinstance(given, dict) and "too_hard_for_now" in given:
            given = dict(given)
            if given.pop("too_hard_for_now") is True and not given.get("state"):
                given["state"] = PARKED
        return given


class Knowledge(Part):
    """What people here know about a figure. A story needs the consent of the person it is about."""

    indicator: str = ""
    words: Words = ""
    grade: Grade = ""
    story: bool = False
    consent: Literal["", "given", "not given"] = ""
    told_by: Words = ""
    dated: date | None = None


class Position(Part):
    """What one side says about an outcome, an action or the whole; later ones are added.

    What both say is the text that both accept. ``agrees``: whether that side agrees.
    """

    about: str = ""
    by: Literal["partnership", "council", "both"] = "partnership"
    dated: date | None = None
    agrees: Literal["", "yes", "no"] = ""
    words: Words = ""


class Customers(Part):
    """People a partnership serves, and how many; so few that it tells who is "withheld"."""

    main: ClassVar[str] = "who"
    id: Id | Literal[""] = ""
    who: Words = ""
    how_many: Count = Field("not known", description=COUNT)


class Action(Negotiated):
    """What is to be done, for which outcome, by whom, and for how long.

    ``reaches``: how many different people, until it ends. ``progress`` has a day, and what is in
    the way where it is stuck.
    """

    main: ClassVar[str] = "what"
    id: Id
    outcome: str = Field("", description="the id of one of the outcomes of this record")
    measure: str = Field("", description="the id of one of the measures of this record")
    what: Words = ""
    who: Words = ""
    how: Words = ""
    where: Words = ""
    with_whom: tuple[Words, ...] = ()
    delivers: Words = ""
    starts: date | None = None
    ends: date | None = None
    cost: Cost = ""
    origin: Literal["", "resident", "partner", "council"] = ""
    mode: Mode = ""
    joint_owner: Words = ""
    shared_risk: Words = ""
    new_to_this_ward: bool = False
    reaches: Count | None = Field(None, description=COUNT)
    progress: Literal["", "not begun", "under way", "done", "stuck"] = ""
    progress_on: date | None = None
    in_the_way: Words = ""


class Idea(Part):
    """An option: what may work, what it costs whom, and whether it was chosen or refused.

    ``practice`` is an id of the idea bank where it comes from there; ``capacity`` is whose time.
    ``pounds_for``: whether the pounds are for one year or for all of it.
    """

    kind: Literal["population", "performance"] = "population"
    outcome: str = Field("", description="the id of one of the outcomes of this record")
    words: Words = ""
    cost: Cost = ""
    pounds: Amount | None = Field(None, description=AMOUNT)
    pounds_for: Literal["", "a year", "in all"] = ""
    who_pays: Words = ""
    capacity: Words = ""
    grade: Grade = ""
    practice: str = ""
    decision: Literal["", "chosen", "open", "refused"] = ""
    because: Words = ""


class Partner(Part):
    """A body or group with a role to play; a body that has gone has a dated successor."""

    main: ClassVar[str] = "who"
    kind: Literal["population", "performance", "both"] = "both"
    who: Words = ""
    sector: Literal["", "council", "public", "voluntary", "business", "residents"] = ""
    part: Words = ""
    route: Words = ""
    successor: Words = ""
    succeeded_on: date | None = None


class MeasureReturn(Part):
    """What a partnership counted in one period: ``value``, out of ``out_of`` where there is one.

    ``on`` is the day on which it was counted.
    """

    main: ClassVar[str] = "period"
    period: str = Field(min_length=1, max_length=40)
    on: date | None = None
    value: Count = Field(description=COUNT)
    out_of: Count | None = Field(None, description=COUNT)


class Measure(Part):
    """A performance measure of one of the three kinds, for a partnership's own customers.

    ``customers`` is the id of the customers whom it counts. Its first return is its baseline.
    ``counts``: people, or things such as evenings, of which few may be written.
    """

    id: Id
    kind: Literal["", "how much", "how well", "better off"] = ""
    words: Words = ""
    counts: Literal["", "people", "things"] = ""
    customers: str = Field("", description="the id of customers of this record")
    most_important: bool = False
    indicator: str = ""
    target: Target | None = None
    returns: tuple[MeasureReturn, ...] = ()


class Strength(Part):
    """Something good that is here already."""

    kind: Literal["", "group", "skill", "place", "volunteers", "quick win"] = ""
    words: Words = ""


class Decision(Part):
    """A decision: what could have been done, on which evidence, who decided, what was refused."""

    options: tuple[Words, ...] = ()
    words: Words = ""
    evidence: Words = ""
    decided_by: Words = ""
    dated: date | None = None
    why: Words = ""
    refused: tuple[Words, ...] = ()


class DataRequest(Part):
    """Data that somebody asked for and that do not exist yet."""

    words: Words = ""
    asked_by: Words = ""
    dated: date | None = None


class ReviewRecord(Part):
    """What both sides learned when they looked at the agreement together, and what changes."""

    main: ClassVar[str] = "learned"
    on: date | None = None
    who: tuple[Words, ...] = ()
    learned: Words = ""
    changes: Words = ""


class Blocker(Part):
    """Something in the way: since when, who clears it, and the day on which it was cleared."""

    words: Words = ""
    about: str = ""
    owner: Words = ""
    since: date | None = None
    cleared_on: date | None = None


class Training(Part):
    """Training or mentoring that somebody had or needs; ``given_on`` is empty while it is due."""

    words: Words = ""
    whom: Literal[
        "", "partnership", "volunteers", "community workers", "councillors", "officers"
    ] = ""
    how_many: Count = Field("not known", description=COUNT)
    given_on: date | None = None


class Offer(Part):
    """What the Council offers, each with its amount.

    Whether the community worker goes on is not written: the state decides it.
    """

    main = "mentor"
    grant: Words = ""
    grant_from: date | None = None
    grant_pounds_a_year: Amount | None = Field(None, description=AMOUNT)
    worker_days_a_month: Amount | None = Field(None, description=AMOUNT)
    mentor: Words = ""
    mentor_from: date | None = None
    mentor_days_a_year: Amount | None = Field(None, description=AMOUNT)


class GroupAsked(Part):
    """A group that was asked, and how many of it; so few that it tells who is "withheld"."""

    main = "group"
    group: Words = ""
    how_many: Count = Field("not known", description=COUNT)


class Fairness(Part):
    """The questions of fairness: asked before signing, and at every review.

    ``why_uneven``: why some were asked less often than others, and what is done about it.
    """

    main = "checked_on"
    who_was_asked: tuple[GroupAsked, ...] = ()
    why_uneven: Words = ""
    who_gains: Words = ""
    who_bears_the_need: Words = ""
    who_may_lose: Words = ""
    protects_the_vulnerable: Words = ""
    checked_on: date | None = None


class SupportLevel(Part):
    """One point of the way to independence: days a month of Council support."""

    main = "on"
    on: date = Field(description="a day, as 2027-04-01")
    council_days_a_month: float = Field(ge=0)


class Independence(Part):
    """When support starts, is looked at again and ends, and how one would know that it may."""

    main = "ends"
    starts: date | None = None
    review: date | None = None
    ends: date | None = None
    criteria: tuple[Words, ...] = ()
    stage: Literal["", "watching", "acting", "service agreement", "lease"] = ""
    plan: tuple[SupportLevel, ...] = ()
    so_far: tuple[SupportLevel, ...] = ()


class Promises(Part):
    """What each side will do."""

    main = "we_will"
    we_will: tuple[Words, ...] = ()
    you_can_expect: tuple[Words, ...] = ()
    you_will: tuple[Words, ...] = ()


class Principles(Part):
    """How the agreement meets the five principles of the settings, one answer each."""

    main = "active_citizenship"
    active_citizenship: Words = ""
    empowerment: Words = ""
    made_together: Words = ""
    hidden_resources: Words = ""
    fairness: Words = ""
