"""Everything a pack says about one ward, frozen before anything is drawn."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.core import __version__
from darlington_analysis.core.answers import Answer
from darlington_analysis.evidence import (
    agreement,
    deprivation,
    indicator,
    pack,
    sections,
    table,
)
from darlington_analysis.evidence import deprivation as predecessor_wards
from darlington_analysis.evidence.claims import Claim, hash_of_lines, lines_of
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.indicator import IndicatorAnswer, with_names
from darlington_analysis.evidence.sections import (
    ChangesSinceSigning,
    FairnessAndExit,
    Header,
    Indicators,
    KeyFigures,
    Measures,
    Negotiation,
    Place,
    Questions,
    Sources,
    WiderAnswer,
)
from darlington_analysis.sources import areas, outlines
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import shown_on


def listed(loaded: table.EditionTable, ward: Ward, wider_only: Collection[str]) -> pd.DataFrame:
    """Return the gated rows of a ward, its neighbourhoods and its benchmarks, with their names.

    ``wider_only``: slugs of indicators that exist for wider areas alone; all their rows are listed.
    """
    rows, beside = loaded.shared("in order", lambda: _in_order(loaded))
    lsoas = deprivation.pockets_of(loaded, ward).area_code
    own = rows.area_code.isin([ward.code, *lsoas])
    return rows[own | beside | rows.indicator.isin(wider_only)].reset_index(drop=True)


def _in_order(loaded: table.EditionTable) -> tuple[pd.DataFrame, pd.Series]:
    """Return every row as packs list them, and whether it is of a wider area beside wards."""
    rows = loaded.rows.sort_values(["indicator", "area_type", "area_code", "period", "breakdown"])
    beside = rows.area_type.isin(["borough", "country"]) & table.is_beside_wards(rows)
    return with_names(loaded, rows), beside


def version_id(loaded: table.EditionTable, ward: Ward) -> str:
    """Return twelve letters that change when anything a ward's pack rests on does."""
    lines = loaded.shared("lines", lambda: pd.Series(lines_of(loaded.rows)))
    parts = [
        hash_of_lines(lines[is_rested_on(loaded, ward).to_numpy()]),
        loaded.settings.model_dump_json(),
        __version__,
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def is_rested_on(loaded: table.EditionTable, ward: Ward) -> pd.Series:
    """Return True for the edition's rows that a ward's pack shows, or makes something from.

    Every ward stands in every other's charts; but only a ward's own pack shows how old its
    residents are, and its neighbourhoods.
    """
    is_alone = loaded.shared("of one pack", lambda: _is_of_one_pack(loaded.rows))
    pockets = deprivation.pockets_of(loaded, ward).area_code
    return loaded.rows.area_code.isin([ward.code, *pockets]) | ~is_alone


def _is_of_one_pack(rows: pd.DataFrame) -> pd.Series:
    residents = rows.area_type.eq("ward") & rows.indicator.eq("residents")
    return rows.area_type.eq("lsoa") | residents


@dataclass(frozen=True)
class WardEvidence(Answer):
    """One ward in one edition. Each property is one section of the pack."""

    not_listed = Answer.not_listed | {
        "annex_top",
        "answers",
        "beside",
        "claims",
        "is_rested_on",
        "match",
    }

    ward: areas.Ward
    match: areas.Match
    table: table.EditionTable

    @cached_property
    def header(self) -> Header:
        """Who, which edition, how old, how sure, and whom to ask."""
        return Header(
            self.ward,
            self.table.edition,
            self.table.settings.roles,
            self.version_id,
            tuple(each.indicator.title for each in self.answers if each.is_dummy),
            self.table.newer_editions,
            self.agreement.warning,
            pack.oldest_and_newest(self),
            any(answer.row.fit == "apportioned" for answer in self.answers),
            self.table.state,
            self.table.approval,
            pack.later_census(self),
            self.deprivation.latest.period,
        )

    @property
    def annex_top(self) -> pack.AnnexTop:
        """The heading of the annex."""
        return pack.AnnexTop(self)

    @cached_property
    def what_matters(self) -> pack.WhatMatters:
        """Section 1: the findings."""
        return pack.WhatMatters(self)

    @property
    def all_figures(self) -> pack.AllFigures:
        """Section 2: every real figure in one table."""
        return pack.AllFigures(self)

    @property
    def stand_out_figures(self) -> pack.StandOutFigures:
        """Section 3: the figures that differ most from England's."""
        return pack.StandOutFigures(self)

    @property
    def inside(self) -> pack.InsideWard:
        """Section 4: the neighbourhoods."""
        return pack.InsideWard(self)

    @property
    def support(self) -> pack.SupportOfWard:
        """Section 5: whether the partnership is supported, and what that is."""
        return pack.SupportOfWard(self)

    @property
    def agreement_basis(self) -> pack.AgreementBasis:
        """Section 7: what is agreed, or what an agreement could rest on."""
        return pack.AgreementBasis(self)

    @property
    def trust(self) -> pack.Trust:
        """Section 8: how far to trust the pack."""
        return pack.Trust(self)

    @cached_property
    def place(self) -> Place:
        """Where the ward is, what it touches and who lives there."""
        return Place(
            self.ward,
            tuple(self.table.wards.ward(code) for code in self._neighbour_codes),
            self.table.of_the_wards(areas.hexagons),
            self.table.support,
            indicator.with_names(self.table, self._residents),
            self.table.settings.place.wards(self.table.wards.name).when,
            predecessor_wards.of_ward(self.table, self.ward),
            self.table.of_the_wards(outlines.outlines),
            table.elsewhere(self.table, self.ward),
            self._residents_at_other_times,
        )

    @cached_property
    def indicators(self) -> Indicators:
        """Population question (d): every indicator of page 3, with its evidence."""
        said, stories = self.agreement, self.table.provenance
        known = (said.of_indicator, said.is_example)
        return Indicators(self.ward, self.answers, stories, self._wider, *known)

    @cached_property
    def measures(self) -> Measures:
        """Population question (c): what can be measured for wards."""
        return Measures(self.answers)

    @cached_property
    def deprivation(self) -> DeprivationAnswer:
        """Where the ward stands on the Indices, its pockets, and its support."""
        return DeprivationAnswer(self.table, self.ward)

    @cached_property
    def sources(self) -> Sources:
        """Where every figure comes from, and how to make the pack again."""
        return Sources(
            self.ward,
            self.table.edition,
            self.figures,
            self.table.provenance,
            self.table.settings.small_numbers,
            self.version_id,
        )

    @cached_property
    def key_figures(self) -> KeyFigures:
        """The pack's claims as plain data, for people who check notebooks."""
        return KeyFigures(self.claims)

    def questions(self, kind: str, letters: str) -> Questions:
        """Return questions of the documents, of a kind ("population" or "performance")."""
        named = self.ward.code in self.table.settings.support.supported
        return Questions(self.ward, kind, tuple(letters), named, self.agreement)

    @cached_property
    def agreement(self) -> agreement.AgreementAnswer:
        """What the partnership and the Council have written. Raises AgreementError."""
        return agreement.of_ward(self.table, self.ward)

    @cached_property
    def negotiation(self) -> Negotiation:
        """Page 6: both sides' priorities and positions, beside the evidence."""
        return Negotiation(self.agreement, {each.indicator.slug: each for each in self.answers})

    @property
    def fairness(self) -> FairnessAndExit:
        """Page 7: is it fair, and does it end?"""
        return FairnessAndExit(self.agreement, agreement.of_groups(self.agreement))

    @property
    def changes(self) -> ChangesSinceSigning:
        """Page 8: what has changed since signing, and since the last edition of these wards."""
        return ChangesSinceSigning(self.agreement, self.table.earlier_editions)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim of the pack, each once."""
        index = self.deprivation
        said = [*index.claims, *index.robust.claims, *index.documents.claims]
        said += [claim for each in (*self.answers, *self._wider) for claim in each.claims]
        said += [*self.place.lines.claims, *self.agreement.claims]
        said += [claim for answer in self.answers for claim in answer.outlook.claims]
        return tuple({each.id: each for each in said}.values())

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The gated rows of this ward and of its benchmarks, as ``figures.csv`` gives them."""
        wider_only = [each.indicator.slug for each in self._wider]
        return listed(self.table, self.ward, wider_only)

    @cached_property
    def beside(self) -> str:
        """The hash of the rows of other areas that the pack uses; figures.csv does not list them."""
        rows, theirs = self.table.rows, self.is_rested_on
        keys = ["indicator", "area_code"]
        own = pd.MultiIndex.from_frame(self.figures[keys].drop_duplicates())
        theirs &= ~pd.MultiIndex.from_frame(rows[keys]).isin(own)
        lines = self.table.shared("lines", lambda: pd.Series(lines_of(rows)))
        return hash_of_lines(lines[theirs.to_numpy()])

    @cached_property
    def version_id(self) -> str:
        """Twelve letters that change when anything this pack rests on does, and not otherwise."""
        return version_id(self.table, self.ward)

    @property
    def is_rested_on(self) -> pd.Series:
        """True for the edition's rows that the pack shows, or that what it shows is made from."""
        return is_rested_on(self.table, self.ward)

    @cached_property
    def answers(self) -> tuple[IndicatorAnswer, ...]:
        """Every indicator that the register says packs show, real figures first."""
        known = set(self.table.rows[self.table.rows.area_type == "ward"].indicator)
        slugs = [slug for slug in shown_on("indicators") if slug in known]
        found = [indicator.answer(self.table, self.ward, slug) for slug in slugs]
        return tuple(sorted(found, key=lambda answer: answer.is_dummy))  # real figures first

    @cached_property
    def _wider(self) -> tuple[WiderAnswer, ...]:
        return sections.borough_only(self.table)

    @property
    def _residents(self) -> pd.DataFrame:
        latest = self.table.latest("residents").period.unique()  # none where no such table is held
        rows = self.table.of("residents")
        rows = rows[rows.period.isin(latest)]
        return rows[rows.area_code.eq(self.ward.code) | rows.area_type.isin(["borough", "country"])]

    @property
    def _residents_at_other_times(self) -> pd.DataFrame:
        """Other counts of everybody in the ward, within the same borders, the newest first."""
        rows = self.table.of("residents", area_code=self.ward.code, breakdown="all")
        before = ~rows.period.isin(self._residents.period)
        return rows[before].sort_values("period", ascending=False)

    @property
    def _neighbour_codes(self) -> tuple[str, ...]:
        return self.table.of_the_wards(areas.neighbours)[self.ward.code]


def for_ward(ward: str, edition: str | None = None) -> WardEvidence:
    """Return the evidence for a ward named by code, name or known alias.

    Where the edition's table is held, its wards' evidence is held with it, so that every process
    forked from this one has it. Raises UnknownAreaError for a ward or an edition that does not
    exist.
    """
    loaded = table.load(edition)
    evidence = in_table(loaded, ward)
    return loaded.shared(("evidence", evidence.match), lambda: evidence)


def in_table(loaded: table.EditionTable, ward: str) -> WardEvidence:
    """Return the evidence for a ward from a table that is already loaded."""
    match = loaded.wards.find(str(ward))
    return WardEvidence(match.ward, match, loaded)
