"""One agreement record: everything a partnership and the Council have said so far."""

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from darlington_analysis.agreements.parts import (
    COUNT,
    Action,
    Blocker,
    Customers,
    DataRequest,
    Decision,
    Fairness,
    Idea,
    Independence,
    Knowledge,
    Measure,
    Negotiated,
    Offer,
    Outcome,
    Part,
    Partner,
    Position,
    Principles,
    Promises,
    ReviewRecord,
    Strength,
    Training,
    Words,
)
from darlington_analysis.core.toml_faults import Form

ConsultationState = Literal[
    "invited", "with members", "wishes to continue", "declined", "agreed", "under review"
]


class Consultation(Part):
    """How far the two sides are; the partnership takes as long as it needs."""

    main = "state"
    state: ConsultationState
    since: date = Field(description="a day, as 2026-11-22")
    wishes_to_continue: Literal["", "yes", "no"] = ""
    wished_on: date | None = None
    approver: Words = ""
    approach_introduced: Words = ""
    approach_introduced_on: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _older(cls, given):
        """Read a record that names its pack's version: a signing keeps that now."""
        if isinstance(given, dict):
            return {key: value for key, value in given.items() if key != "pack_version"}
        return given


# What goes on while an agreement stands, and so is not what was agreed.
_LOGS = (
    "not_people",
    "consultation",
    "reviews",
    "blockers",
    "training",
    "knowledge",
    "data_wanted",
)
_PROGRESS = {
    "actions": ("progress", "progress_on", "in_the_way"),
    "measures": ("returns",),
    "independence": ("so_far",),
}


class Agreement(Part):
    """A whole record. Sequences hold what was filled in, in the order it was written.

    ``also_wards`` names further wards of the same set that the partnership works in. ``not_people``
    are words of the answers that look like somebody's name and are none.
    """

    main = "partnership"
    partnership: str = Field(min_length=1, max_length=120)
    ward: str = Field(min_length=1, max_length=80)
    also_wards: tuple[str, ...] = ()
    edition: Annotated[str, BeforeValidator(str)]
    example: bool = False
    no_low_cost_idea_because: Words = ""
    not_people: tuple[Annotated[str, Field(min_length=3, max_length=80)], ...] = ()
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
    data_wanted: tuple[DataRequest, ...] = ()
    reviews: tuple[ReviewRecord, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    training: tuple[Training, ...] = ()
    promises: Promises = Promises()
    principles: Principles = Principles()
    fairness: Fairness = Fairness()
    independence: Independence = Independence()

    def filled(self, name: str) -> tuple:
        """Return the parts of a sequence whose main answer is not empty."""
        return tuple(part for part in getattr(self, name) if not part.is_blank)

    def place(self, name: str, part: Part) -> tuple[str, int]:
        """Return where a part stands in the file: its table and its number, from 0."""
        return name, next(n for n, other in enumerate(getattr(self, name)) if other is part)

    def positions_on(self, named: str) -> tuple[Position, ...]:
        """Return what was said about an outcome or action, in the order it was written."""
        return tuple(part for part in self.filled("positions") if part.about == named)

    def agreed_text(self, named: str) -> Position | None:
        """Return the last text that both sides accept on an outcome or action."""
        both = [part for part in self.positions_on(named) if part.by == "both"]
        return both[-1] if both else None

    @property
    def negotiated(self) -> tuple[tuple[str, Negotiated], ...]:
        """Every outcome and action, each with the name of its table."""
        return tuple(
            (table, part) for table in ("outcomes", "actions") for part in self.filled(table)
        )

    @property
    def worker_is_due(self) -> bool:
        """True where the Council's community worker goes on: the agreement stands or is coming.

        Support depends on the agreement, and on the partnership's wish to continue.
        """
        wishes = self.consultation.wishes_to_continue == "yes"
        return wishes and self.consultation.state in (
            "wishes to continue",
            "agreed",
            "under review",
        )

    @cached_property
    def offered(self) -> dict:
        """What the two sides agree on, as plain data: all but progress, returns and logs."""
        plain = self.model_dump(mode="json", exclude=set(_LOGS))
        for table, keys in _PROGRESS.items():
            parts = plain[table] if isinstance(plain[table], list) else [plain[table]]
            for part in parts:
                for key in keys:
                    del part[key]
        for idea in plain["ideas"]:  # drafts of before it could be said keep their hash
            if not idea["pounds_for"]:
                del idea["pounds_for"]
        return plain

    @cached_property
    def offer_hash(self) -> str:
        """Eight letters that change when anything that is agreed on does."""
        text = json.dumps(self.offered, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:8]


FORM = Form(
    Agreement,
    "record",
    {
        "target": "{ gap = 3.5, by = 2033-03-31 }",
        "returns": '[{ period = "2026", value = 40, out_of = 60 }]',
        "who_was_asked": '[{ group = "aged under 18", how_many = 25 }]',
        "plan": "[{ on = 2027-04-01, council_days_a_month = 4 }]",
        "so_far": "[{ on = 2026-10-01, council_days_a_month = 7 }]",
    },
    COUNT,
)
"""What a record may hold, for the texts that explain a mistake in one."""
