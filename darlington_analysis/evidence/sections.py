"""The sections of a pack: plain records that presentation knows how to show."""

from dataclasses import dataclass, field

import pandas as pd

from darlington_analysis.agreements.parts import Knowledge
from darlington_analysis.core.errors import UnknownAreaError
from darlington_analysis.core.settings import Edition, Roles, SmallNumbers, Support
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.approval import DRAFT, Approval
from darlington_analysis.evidence.borough_only import WiderAnswer
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.deprivation import Lines
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.other_editions import Elsewhere
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.outlines import Outlines


@dataclass(frozen=True)
class Header:
    """What stands at the top of a pack. ``made_up`` names the indicators whose figures are.

    ``newer`` are editions with newer figures, for these wards or for others. ``agreement``: the
    agreement's ``warning``. ``ages``: the periods of the oldest and the newest real figure.
    ``is_estimated``: census areas do not nest in the ward, so its figures are estimates. ``state``
    and ``approval``: how far the Council is with the edition, and by whose word.
    """

    ward: Ward
    edition: Edition
    roles: Roles
    version_id: str
    made_up: tuple[str, ...]
    newer: tuple[Edition, ...] = ()
    agreement: str = ""
    ages: tuple[str, str] = ("", "")
    is_estimated: bool = False
    state: str = DRAFT
    approval: Approval | None = None


@dataclass(frozen=True)
class StandsOut:
    """Page 1: claims in the order they are read, and at most five headline indicators."""

    ward: Ward
    claims: tuple[Claim, ...]
    headlines: tuple[IndicatorAnswer, ...]
    deprivation_claim: Claim


@dataclass(frozen=True)
class Place:
    """Where a ward is: its neighbours, the borough's tiles, and residents by age."""

    ward: Ward
    neighbours: tuple[Ward, ...]
    tiles: pd.DataFrame
    support: Support | None
    residents: pd.DataFrame
    when: str  # the wards are in force, in words
    lines: Lines
    outlines: Outlines | None = None
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True)
class Indicators:
    """Population question (d): the indicators of page 3, and the stories of their sources."""

    ward: Ward
    answers: tuple[IndicatorAnswer, ...]
    provenance: dict
    wider: tuple[WiderAnswer, ...] = ()
    knowledge: dict[str, tuple[Knowledge, ...]] = field(default_factory=dict)
    knowledge_is_example: bool = False

    def __getitem__(self, slug: str) -> IndicatorAnswer:
        """Return the answer on one indicator. Raises UnknownAreaError where there is none."""
        by_slug = {answer.indicator.slug: answer for answer in self.answers}
        if slug not in by_slug:
            raise UnknownAreaError(
                f'There is no answer on "{slug}" for {self.ward.name}',
                f"There are answers on: {', '.join(by_slug)}.",
                "one of those",
            )
        return by_slug[slug]

    @property
    def frame(self) -> pd.DataFrame:
        """The ward's own row of every indicator."""
        return pd.concat([answer.own for answer in self.answers], ignore_index=True)


@dataclass(frozen=True)
class Measures:
    """Population question (c): what can be measured for wards."""

    answers: tuple[IndicatorAnswer, ...]


@dataclass(frozen=True)
class Questions:
    """Some of the documents' fourteen questions, by kind and letter.

    ``has_partnership`` is true where the review names a Community Partnership for the ward.
    ``agreement`` holds the answers people gave, if any.
    """

    ward: Ward
    kind: str
    letters: tuple[str, ...]
    has_partnership: bool
    agreement: AgreementAnswer


@dataclass(frozen=True)
class Negotiation:
    """Page 6: what each side wants, and what the evidence says of it.

    ``answers`` by slug: the evidence on each indicator an outcome is tied to.
    """

    agreement: AgreementAnswer
    answers: dict[str, IndicatorAnswer]


@dataclass(frozen=True)
class FairnessAndExit:
    """Page 7: who gains and who bears the need, how things are done, and when support ends.

    ``residents``: of each age group that was asked, how many live in the ward; None where the
    census bands do not fit it.
    """

    agreement: AgreementAnswer
    residents: dict[str, int | None]


@dataclass(frozen=True)
class ChangesSinceSigning:
    """Page 8: what has changed since signing, and since the last edition of these wards."""

    agreement: AgreementAnswer
    earlier_editions: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """Where the figures come from: rows, the sources' stories and the version."""

    ward: Ward
    edition: Edition
    figures: pd.DataFrame
    provenance: dict
    small_numbers: SmallNumbers
    version_id: str


@dataclass(frozen=True)
class KeyFigures:
    """The claims of a notebook as plain data."""

    claims: tuple[Claim, ...]
