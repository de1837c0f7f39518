"""One agreement record: everything a partnership and the Council have said so far."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from darlington_analysis.core.errors import visible
from darlington_analysis.core.toml_faults import Form

Words = Annotated[str, Field(max_length=1500), AfterValidator(visible)]
Id = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
        description="a short name of its own: small letters, figures, hyphens",
    ),
]
Strand = Literal["", "deprivation", "one-community", "diversity", "volunteering", "well-being"]
Cost = Literal["", "none", "low", "needs money"]
Mode = Literal["", "not", "to", "for", "with", "beyond"]
Grade = Literal["", "measured", "modelled", "local knowledge", "anecdote"]
Count = Annotated[int, Field(ge=0)] | Literal["not known", "withheld"]


COUNT = 'a whole number without quotes, "not known" or "withheld"'


class Part(BaseModel):
    """A part of a record. It counts as not filled in while the field ``main`` is empty."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    main: ClassVar[str] = "words"

    @property
    def is_blank(self) -> bool:
        """True where nobody has written into it yet."""
        return not getattr(self, self.main)


class Target(Part):
    """Where an indicator should be, and by when; ``level`` is in the indicator's own unit."""

    main: ClassVar[str] = "level"
    level: float = Field(ge=0, description="a number in the indicator's unit, without a % sign")
    by: date = Field(description="a day, as 2029-03-31")


class Outcome(Part):
    """A condition of life wanted for everybody of a group who lives in the ward."""

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
    target: Target | None = None
    missing_from_data: Words = ""
    too_hard_for_now: bool = False
    look_again: date | None = None


class Knowledge(Part):
    """What people here know about a figure. A story needs the consent of whoever it is about."""

    indicator: str = ""
    words: Words = ""
    grade: Grade = ""
    story: bool = False
    consent: Literal["", "given", "not given"] = ""
    told_by: Words = ""
    dated: date | None = None


class Position(Part):
    """What one side says about an outcome, an action or the whole; later ones are added."""

    about: str = ""
    by: Literal["partnership", "council", "both"] = "partnership"
    dated: date | None = None
    words: Words = ""


class Customers(Part):
    """People a partnership serves, and how many; so few that it tells who is "withheld"."""

    main: ClassVar[str] = "who"
    who: Words = ""
    how_many: Count = Field("not known", description=COUNT)


class Action(Part):
    """What is to be done, for which outcome, by whom, and for how long."""

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


class Idea(Part):
    """Something that may work; ``practice`` is an id of the idea bank where it comes from there."""

    kind: Literal["population", "performance"] = "population"
    words: Words = ""
    cost: Cost = ""
    grade: Grade = ""
    practice: str = ""


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


class Return(Part):
    """What a partnership counted in one period: ``value``, out of ``out_of`` where there is one."""

    main: ClassVar[str] = "period"
    period: str = Field(min_length=1, max_length=40)
    value: Count = Field(description=COUNT)
    out_of: Count | None = Field(None, description=COUNT)


class Measure(Part):
    """A performance measure of one of the three kinds, for a partnership's own customers."""

    id: Id
    kind: Literal["", "how much", "how well", "better off"] = ""
    words: Words = ""
    indicator: str = ""
    returns: tuple[Return, ...] = ()


class Strength(Part):
    """Something good that is here already."""

    kind: Literal["", "group", "skill", "place", "volunteers", "quick win"] = ""
    words: Words = ""


class Decision(Part):
    """A decision: what could have been done, what it rests on, who decided, what was refused."""

    options: tuple[Words, ...] = ()
    words: Words = ""
    evidence: Words = ""
    decided_by: Words = ""
    dated: date | None = None
    why: Words = ""
    refused: tuple[Words, ...] = ()


class Wanted(Part):
    """Data somebody asked for and nobody has."""

    words: Words = ""
    asked_by: Words = ""
    dated: date | None = None


State = Literal[
    "invited", "with members", "wishes to continue", "declined", "agreed", "under review"
]


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
        return wishes and self.consultation.state in (
            "wishes to continue",
            "agreed",
            "under review",
        )


class Practice(Part):
    """One practice: what was done, where, at what cost, in which way, and who says so."""

    id: str
    title: str
    words: str
    where: str
    cost: Cost
    mode: Mode
    grade: Grade
    source: str


@cache
def practices() -> tuple[Practice, ...]:
    """Return every practice of the idea bank, in its order."""
    text = files("darlington_analysis.agreements").joinpath("practices.toml").read_text("utf-8")
    return tuple(Practice(**each) for each in tomllib.loads(text)["practice"])


FORM = Form(
    Agreement,
    "record",
    {
        "target": "{ level = 20.0, by = 2033-03-31 }",
        "returns": '[{ period = "2026", value = 40, out_of = 60 }]',
        "who_was_asked": '[{ group = "aged under 18", how_many = 25 }]',
        "plan": "[{ on = 2027-04-01, council_days_a_month = 4 }]",
        "so_far": "[{ on = 2026-10-01, council_days_a_month = 7 }]",
    },
    COUNT,
)
"""What a record may hold, for whoever explains a mistake in one."""
