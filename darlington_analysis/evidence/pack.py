"""What the pack shows of a ward: which figures matter, where inside it need lies, what is sure."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from darlington_analysis.core import periods
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.vocabulary import Basis, Polarity, Status
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.table import span
from darlington_analysis.sources import lineage, outlines
from darlington_analysis.sources.indicators import Indicator, indicator, shown_on
from darlington_analysis.statistics.comparisons import compare

FEWEST = 20  # people or homes behind a figure called strong
MOST_HEADLINES = 4  # figures on cards
MOST_STANDING_OUT = 4  # charts of all wards in a pack; the others are in the annex
UNLIKE = 3  # of 100 places: a mean over people that far from the mean over areas is worth saying
UNEVEN = 30  # of 100 places in England: neighbourhoods as far apart as that are a finding
WORST_FIFTH = 20  # per cent of England's neighbourhoods
TARGET = "target-in-people"
REST = "the rest of {}"


@dataclass(frozen=True, eq=False)
class Section(Answer):
    """A section of the pack of one ward; ``evidence`` is the ``WardEvidence`` it is cut from."""

    evidence: Any

    @cached_property
    def real(self) -> tuple[IndicatorAnswer, ...]:
        """The indicators whose figures for this ward are not made up."""
        return tuple(answer for answer in self.evidence.answers if not answer.is_dummy)

    @property
    def made_up(self) -> tuple[IndicatorAnswer, ...]:
        """The indicators that have made-up figures: the pack shows no figure of theirs."""
        return tuple(answer for answer in self.evidence.answers if answer.is_dummy)


class WhatMatters(Section):
    """The findings: how deprived, what is worse, what is better, where inside, and support."""

    @cached_property
    def headlines(self) -> tuple[IndicatorAnswer, ...]:
        """The figures on cards: the register's headline indicators that are observed and shown."""
        fit = [answer for answer in self.real if answer.indicator.headline and is_sure(answer)]
        return tuple(fit[:MOST_HEADLINES])

    @cached_property
    def worse(self) -> list[IndicatorAnswer]:
        """Figures that are clearly worse than England's: the register's first leads, then those
        furthest from England.
        """
        return self._furthest(is_worse)

    @cached_property
    def better(self) -> list[IndicatorAnswer]:
        """Figures of enough people that are clearly better than England's and no worse than
        the borough's, the furthest from it first.
        """
        return self._furthest(is_strong)

    @cached_property
    def better_than_england(self) -> list[IndicatorAnswer]:
        """Every figure that is clearly better than England's, strong or not."""
        return [answer for answer in self.real if is_better(answer)]

    def _furthest(self, is_wanted) -> list[IndicatorAnswer]:
        fit = [answer for answer in self.real if is_sure(answer) and is_wanted(answer)]
        lead = shown_on("indicators")[0]
        return sorted(
            fit,
            key=lambda answer: (answer.indicator.slug == lead, distance(answer)),
            reverse=True,
        )

    @property
    def has_target(self) -> bool:
        """True where the pack says of a figure what a target would take."""
        charted = self.worse[:MOST_STANDING_OUT]
        return any(claim.rule == TARGET for one in charted for claim in one.outlook.take.claims)

    @property
    def position_before(self) -> pd.Series | None:
        """The ward's row of the Index before the latest, if there is one."""
        rows = self.evidence.deprivation.by_edition
        return rows.iloc[-2] if len(rows) > 1 else None

    @cached_property
    def moved(self) -> IndicatorAnswer | None:
        """The figure whose gap to England moved most since the census before: beyond chance, and
        further than most wards' gaps; none where no gap did.
        """
        fit = [answer for answer in self.real if answer.change.is_worth_saying]
        return max(fit, key=lambda answer: answer.change.size, default=None)

    @cached_property
    def compared_with_before(self) -> dict[str, list[IndicatorAnswer]]:
        """The good or bad figures that two censuses compare, by how the gap to England moved:
        "better" or "worse" beyond chance, or "unsure".
        """
        found = {"better": [], "worse": [], "unsure": []}
        for answer in self.real:
            change, polarity = answer.change, answer.indicator.polarity
            if polarity is Polarity.NEITHER or change.steps.empty:
                continue
            facts = change.claims[0].facts
            if pd.isna(facts["gap_change"]):
                continue
            side = {"up": "higher", "down": "lower"}.get(facts["gap_moved"], "")
            is_better, is_worse = polarity.is_better(side), polarity.is_worse(side)
            found["better" if is_better else "worse" if is_worse else "unsure"].append(answer)
        return found

    @cached_property
    def is_uneven(self) -> bool:
        """True where the ward's neighbourhoods stand far apart in England."""
        values = self.evidence.deprivation.pockets.value
        return bool(values.max() - values.min() >= UNEVEN)


class AllFigures(Section):
    """Every real figure of the ward in one table."""

    @cached_property
    def region(self) -> dict[str, float]:
        """The region's figures by indicator; none unless half of the ward's figures or more have one
        of the same period.
        """
        found = {}
        for answer in self.real:
            about = {"period": answer.row.period, "area_type": "region"}
            values = self.evidence.table.of(answer.indicator.slug, **about).value.dropna()
            if len(values):
                found[answer.indicator.slug] = float(values.iloc[0])
        return found if 2 * len(found) >= len(self.real) else {}

    @property
    def not_held(self) -> list[Indicator]:
        """The indicators of the register that the edition has no figure of, in the pack's order."""
        found = [*self.evidence.answers, *self.evidence.indicators.wider]
        held = {answer.indicator.slug for answer in found}
        return [indicator(slug) for slug in shown_on("indicators") if slug not in held]


class StandOutFigures(WhatMatters):
    """The figures that differ most from England's, with a chart of all wards each."""

    @cached_property
    def shown(self) -> list[IndicatorAnswer]:
        """Worse, then better, then figures that are neither good nor bad; each the furthest first."""
        neither = self._furthest(is_apart)
        ordered = dict.fromkeys([*self.worse, *self._furthest(is_better), *neither])
        return list(ordered)[:MOST_STANDING_OUT]

    @property
    def without_range(self) -> list[IndicatorAnswer]:
        """Observed figures that were published without a range, so that none can be called higher
        or lower than England's.
        """
        return [answer for answer in self.real if is_sure(answer) and _has_no_range(answer)]


class InsideWard(WhatMatters):
    """The neighbourhoods of the ward on the national scale."""

    @cached_property
    def neighbourhoods(self) -> pd.DataFrame:
        """The most deprived first: area_code, value, and what people know each by: its published
        name, the commonest starts of its postcodes, and the ward it was in before; "" where the
        project does not hold it. ``column`` and ``row`` place its tile.
        """
        table, lsoas = self.evidence.table, self._lsoas
        known = lineage.neighbourhoods(table.project, lsoas).set_index("lsoa_code")
        pockets = self.evidence.deprivation.pockets.sort_values(["value", "area_code"])
        codes, before = pockets.area_code, self._wards_before(lsoas)
        return pockets.assign(
            area_name=[known.lsoa_name.get(code, code) for code in codes],
            postcodes=[known.postcodes.get(code) or "" for code in codes],
            ward_before=[before.get(code, "") for code in codes],
            **{name: codes.map(known[name]) for name in ("column", "row")},
        )

    @property
    def outlines(self) -> outlines.Outlines | None:
        """The outlines of all neighbourhoods, None where no file of them is held."""
        table = self.evidence.table
        return table.shared(
            "outlines of neighbourhoods",
            lambda: outlines.neighbourhoods(table.project, self._lsoas),
        )

    @property
    def _lsoas(self) -> str:
        return lineage.index_edition(self.evidence.deprivation.latest.period).lsoas

    @property
    def first_year(self) -> int:
        """The year in which the wards of this set began."""
        table = self.evidence.table
        return table.settings.place.wards(table.wards.name).first_year

    def _wards_before(self, lsoas: str) -> dict[str, str]:
        """Return the name of the ward before this set's in which each LSOA lay whole."""
        table = self.evidence.table
        before = table.settings.place.wards(table.wards.name).predecessor
        try:
            fit = lineage.fit(table.project, lsoas, before) if before else None
        except SourceError:
            fit = None
        if fit is None or fit.kind != "exact":
            return {}
        names = lineage.names_of(table.project, before)
        return {code: names[ward] for code, ward in fit.ward_of.items()}


class SupportOfWard(Section):
    """Whether the partnership of the ward is supported, what that is, and what the review says."""


class AgreementBasis(WhatMatters):
    """What is agreed; without a record, what an agreement could rest on here."""

    @cached_property
    def could_rest_on(self) -> list[tuple[IndicatorAnswer, dict]]:
        """Figures on which one more census could tell a target from chance, with the facts."""
        pairs = [
            (answer, claim.facts)
            for answer in self.worse
            for claim in answer.outlook.take.claims
            if claim.rule == TARGET
        ]
        return [(answer, facts) for answer, facts in pairs if facts["can_be_told"]]


class Trust(Section):
    """How far to trust the pack: what is counted, estimated or modelled, how old, whom to ask."""

    @cached_property
    def by_time(self) -> list[IndicatorAnswer]:
        """The figures in the order of the times they describe, those of an Index left out."""
        dated = [answer for answer in self.real if answer.indicator.period_kind != "index"]
        return sorted(dated, key=_last_day)


class AnnexTop(Section):
    """The heading of the annex."""


def _last_day(answer: IndicatorAnswer) -> date:
    return span(answer.indicator.slug, answer.row.period).last_day


def is_sure(answer: IndicatorAnswer) -> bool:
    """True for a figure that is observed, shown and reliable."""
    return answer.row.basis == Basis.OBSERVED and answer.row.status == Status.NONE


def is_worse(answer: IndicatorAnswer) -> bool:
    """True where the figure is on the bad side of the benchmark, its limits included."""
    return answer.indicator.polarity.is_worse(answer.comparison)


def is_better(answer: IndicatorAnswer) -> bool:
    """True where the figure is on the good side of the benchmark, its limits included."""
    return answer.indicator.polarity.is_better(answer.comparison)


def is_strong(answer: IndicatorAnswer) -> bool:
    """True where a figure of enough people is better than England's for certain, and no other
    wider area's is better still: a ward is not strong in what the borough does better.
    """
    sign = answer.indicator.polarity.sign_of_good
    beside = answer.benchmarks.value.dropna()
    is_best = bool((sign * answer.row.value >= sign * beside).all())
    return is_better(answer) and is_best and answer.row.numerator >= FEWEST


def distance(answer: IndicatorAnswer) -> float:
    """Return how many times the benchmark a value is, or the other way about: 1 or more."""
    ratio = answer.row.value / answer.benchmarks.value.iloc[0]
    return max(ratio, 1 / ratio) if ratio > 0 else float("inf")


def _has_no_range(answer: IndicatorAnswer) -> bool:
    return pd.isna(answer.row.lower_limit) and answer.benchmarks.value.notna().any()


def is_apart(answer: IndicatorAnswer) -> bool:
    """True for a figure that is neither good nor bad and differs from the benchmark's."""
    is_neither = answer.indicator.polarity is Polarity.NEITHER
    return is_neither and answer.comparison in ("higher", "lower")


def is_unlike(position: float, facts: dict) -> bool:
    """True where another position is far from a ward's own, or on the other side of the line."""
    line, own = facts["line"], facts["position"]
    return abs(position - own) >= UNLIKE or (position <= line) != (own <= line)


def areas_beyond(answer: IndicatorAnswer) -> list[str]:
    """Return the wider areas that a figure differs from on the benchmark's side, where it matters.

    The borough stands without the ward itself where its counts are published.
    """
    rest = answer.claims[0].facts.get("rest_comparison")
    found = []
    wider = answer.benchmarks
    for name, kind, value in zip(wider.area_name, wider.area_type, wider.value, strict=True):
        if kind == "borough" and rest is not None:
            area, told = REST.format(name), rest
        else:
            compared = compare(answer.own, value, answer.indicator.matters)
            area, told = name, compared.comparison.iloc[0]
        if told == answer.comparison:
            found.append(area)
    return found


def oldest_and_newest(evidence: Any) -> tuple[str, str]:
    """Return the first and the last year that real figures of the ward are of.

    An Index is named by the year it came out, some years after what it is made of: only where
    there is no other figure is its year taken.
    """
    spans = [
        span(answer.indicator.slug, answer.row.period)
        for answer in evidence.answers
        if not answer.is_dummy and answer.indicator.period_kind != "index"
    ] or [periods.parse(evidence.deprivation.latest.period, "index")]
    first = min(each.first_day for each in spans)
    return str(first.year), str(max(each.last_day for each in spans).year)


def later_census(evidence: Any) -> str:
    """Return the newest census of the ward's figures, where it is later than the newest figure that
    the pack shows; else "".
    """
    rows = evidence.table.rows
    own = rows[rows.area_code.eq(evidence.ward.code) & rows.source.str.startswith("census/")]
    shown = own[own.indicator.isin(shown_on("indicators"))].period
    _, newest = oldest_and_newest(evidence)
    latest = max(shown, default="")
    return latest if latest[:4] > newest[-4:] else ""
