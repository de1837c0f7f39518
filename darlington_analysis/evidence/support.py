"""Who is supported and why, and what would follow if things were otherwise."""

from dataclasses import dataclass
from functools import cached_property

from darlington_analysis.agreements import support as rules
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.settings import Support
from darlington_analysis.evidence import deprivation, table
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.sections import KeyFigures
from darlington_analysis.sources.areas import Ward


@dataclass(frozen=True)
class Decided(Answer):
    """Every ward's state under one scenario, with the steps that led there and the evidence.

    ``places`` gives each ward's place in the borough and position in England on the latest Index:
    shown beside, and no part of the rule. ``withdrawn`` names the wards supposed to withdraw.
    """

    wards: tuple[Ward, ...]
    outcomes: tuple[rules.Outcome, ...]
    scenario: rules.Scenario
    withdrawn: tuple[str, ...]
    places: dict[str, tuple[int, float]]
    free_places: int
    claim: Claim


@dataclass(frozen=True)
class Costs(Answer):
    """The one cost the review gives, and what it would be each under a named assumption."""

    decided: Support
    wards: tuple[Ward, ...]

    @property
    def pounds_each_if_equal(self) -> float:
        """Pounds a ward, if the total were shared equally; the review does not say so."""
        return rules.pounds_each(self.decided)


@dataclass(frozen=True)
class SupportEvidence(Answer):
    """The support decisions of one edition, as they stand and as they might."""

    table: table.EditionTable
    decided_by: Support

    @property
    def supported(self) -> tuple[str, ...]:
        """Names of the wards whose partnerships are supported, in the order of the settings."""
        return tuple(self.table.wards.ward(code).name for code in self.decided_by.supported)

    @cached_property
    def decided(self) -> Decided:
        """How things stand: the council's lists, and what partnerships have said."""
        return self._under(deprivation.supposed(self.table), "as it stands")

    def what_if(self, *withdraws: str, capacity: int | None = None) -> Decided:
        """Return what would follow if these wards' partnerships wanted no support, or there were
        room for ``capacity`` more wards. Wards go by name or code. Raises UnknownAreaError."""
        now = deprivation.supposed(self.table)
        wards = [self.table.wards.find(name).ward for name in withdraws]
        spare = now.spare_capacity if capacity is None else capacity
        names = " and ".join(ward.name for ward in wards)
        scenario_name = f"without {names}" if wards else f"room for {spare}"
        codes = frozenset(ward.code for ward in wards)
        return self._under(rules.Scenario(spare, now.declined | codes), scenario_name)

    @property
    def costs(self) -> Costs:
        """What the same support for the wards that come next would cost."""
        wards = tuple(self.table.wards.ward(code) for code in self.decided_by.watch_list)
        return Costs(self.decided_by, wards)

    @property
    def key_figures(self) -> KeyFigures:
        """How many wards are in each state, as things stand and in two suppositions."""
        fewer = self.what_if(*self.supported[:1])
        room = self.what_if(capacity=len(self.decided_by.watch_list))
        return KeyFigures((self.decided.claim, fewer.claim, room.claim))

    def _under(self, scenario: rules.Scenario, scenario_name: str) -> Decided:
        wards = self.table.wards.wards
        outcomes = tuple(rules.decide(self.decided_by, ward.code, scenario) for ward in wards)
        placed = deprivation.ward_places(self.table)
        latest = placed[placed.period == max(placed.period)]
        names = tuple(ward.name for ward in wards if ward.code in scenario.declined)
        states = [outcome.state for outcome in outcomes]
        facts = {
            "states": {state: states.count(state) for state in dict.fromkeys(states)},
            "withdrawn": list(names),
            "spare": scenario.spare_capacity,
        }
        return Decided(
            wards,
            outcomes,
            scenario,
            names,
            {row.area_code: (int(row.place), float(row.value)) for row in latest.itertuples()},
            rules.free_places(self.decided_by, scenario),
            claim("support-states", facts, latest.head(0), scenario_name),
        )


def for_support(edition: str | None = None) -> SupportEvidence:
    """Return the support decisions of an edition: the newest of the wards that they are about,
    unless one is asked for. Raises UsageError where support was decided for other wards.
    """
    loaded = table.load(edition)
    if not edition and loaded.support is None:
        about = loaded.settings.support.ward_set
        dated = {
            one.data_as_at: one.id for one in loaded.settings.editions if one.ward_set == about
        }
        loaded = table.load(dated[max(dated)]) if dated else loaded
    if loaded.support is None:
        raise UsageError(
            f"Nothing is decided on support for wards of {loaded.wards.name}",
            f"darlington.toml, [support]: ward_set = {loaded.settings.support.ward_set!r}.",
            "an edition of those wards",
        )
    return SupportEvidence(loaded, loaded.support)
