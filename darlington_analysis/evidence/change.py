"""How a ward has changed from census to census, beside England, and how far wards usually move."""

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence.claims import Claim, RowsUsed, as_printed, claim
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator
from darlington_analysis.statistics.differences import gap_changes, usual_moves

_FIGURE = ["value", "lower_limit", "upper_limit", "numerator", "denominator", "fit"]
GROWN = 0.2  # more or fewer people than before by such a share are other people in part
_PAIR = ["first", "last"]
_NOT_USUAL = {"areas": 0, "left_out": 0, "half": math.nan, "nearly_all": math.nan}
NO_PACE = {
    "ratio": 1.0,
    "pace_from": math.nan,
    "pace_to": math.nan,
    "pace_first": "",
    "pace_last": "",
    "pace_years": 0,
    **_NOT_USUAL,
}
"""What is said of an area whose pace is not known from two censuses."""


@dataclass(frozen=True, eq=False)
class ChangesOfWards(Answer):
    """One census indicator in every ward, from each census to the next.

    ``benchmark`` is the code of the area that gaps are measured to.
    """

    table: EditionTable
    indicator: Indicator
    benchmark: str

    @cached_property
    def counted(self) -> pd.DataFrame:
        """A row a ward and census with its figure, and ``benchmark`` and ``gap`` in points.

        ``gap_printed`` is the difference of the two figures as they are printed.
        """
        rows = self.table.of(self.indicator.slug)
        if self.indicator.period_kind != "census" or self.indicator.kind != "proportion":
            return rows.head(0).assign(benchmark=0.0, gap=0.0)
        wider = rows[rows.area_code == self.benchmark].set_index("period").value
        # The Indices' shares of adults are of other ages from edition to edition: no two compare.
        wards = rows[rows.source.str.startswith("census/") & rows.numerator.notna()]
        wards = wards[wards.area_type == "ward"]
        level = wards.period.map(wider).astype(float)
        gaps = {"gap": wards.value - level, "gap_printed": self._printed_gap(wards.value, level)}
        found = wards.assign(benchmark=level, **gaps)
        return found.sort_values(["area_code", "period"], ignore_index=True)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """A row a ward and two censuses that follow each other: columns of ``gap_changes``, with
        ``first`` and ``last`` (the censuses), counts of both, and ``gap_printed``,
        ``other_gap_printed`` and ``gap_change_printed``, differences of figures as they are printed.
        """
        counted = self.counted
        earlier = counted.groupby("area_code")[["period", "benchmark", *_FIGURE]].shift()
        both = counted.assign(first=earlier.period, last=counted.period).assign(
            **{f"other_{name}": earlier[name] for name in ("benchmark", *_FIGURE)}
        )
        found = gap_changes(both[both["first"].notna()].reset_index(drop=True))
        now = self._printed_gap(found.value, found.benchmark)
        before = self._printed_gap(found.other_value, found.other_benchmark)
        moved = (now - before).round(1)
        return found.assign(gap_printed=now, other_gap_printed=before, gap_change_printed=moved)

    def _printed_gap(self, values: pd.Series, levels: pd.Series) -> pd.Series:
        pairs = zip(values, levels, strict=True)
        gaps = [
            round(as_printed(value, self.indicator) - as_printed(level, self.indicator), 1)
            for value, level in pairs
        ]
        return pd.Series(gaps, index=values.index, dtype=float)

    @cached_property
    def usual(self) -> dict[tuple[str, str], dict[str, float]]:
        """How far the gaps of all wards moved between two censuses, by the two."""
        moved = self.rows[self.rows.gap_change.notna()]
        return {pair: usual_moves(own.gap_change) for pair, own in moved.groupby(_PAIR)}

    def pace_of(self, code: str) -> dict:
        """Return how an area's share moved between its last two censuses, as ``NO_PACE`` has it.

        ``ratio``: the later share over the earlier one; ``pace_years`` between them; and how far
        the gaps of all wards to the first benchmark moved meanwhile, null for another area.
        """
        rows = self.table.of(self.indicator.slug, area_code=code)
        rows = rows[rows.period.isin(set(self.counted.period))].sort_values("period")
        if len(rows) < 2:
            return NO_PACE
        before, after = rows.iloc[-2], rows.iloc[-1]
        pair = (before.period, after.period)
        usual = self.usual.get(pair, {}) if code == self.benchmark else {}
        return NO_PACE | {
            "ratio": float(after.value / before.value),
            "pace_from": float(before.value),
            "pace_to": float(after.value),
            "pace_first": before.period,
            "pace_last": after.period,
            "pace_years": int(after.period) - int(before.period),
            **usual,
        }


@dataclass(frozen=True, eq=False)
class WardChange(Answer):
    """One ward's slice of the changes of all wards."""

    ward: Ward
    of_wards: ChangesOfWards

    @property
    def frame(self) -> pd.DataFrame:
        """One row from each census to the next, the newest last."""
        return self.steps

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The ward's figure, the benchmark's and the gap at each census, the oldest first."""
        counted = self.of_wards.counted
        return counted[counted.area_code == self.ward.code]

    @cached_property
    def steps(self) -> pd.DataFrame:
        """The ward's changes from census to census, the newest last."""
        rows = self.of_wards.rows
        return rows[rows.area_code == self.ward.code]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What may be said of the last change, and of where the gap is expected to be next."""
        if self.steps.empty:
            return ()
        facts, slug = self._facts, self.of_wards.indicator.slug
        used = RowsUsed(lambda: self._rows(facts["first"], facts["last"]))
        said = [claim("gap-change", facts, used, slug)]
        if not math.isnan(facts["nearly_all"]):
            said.append(claim("gap-ahead", facts, RowsUsed(self._of_all), slug))
        return tuple(said)

    @property
    def is_worth_saying(self) -> bool:
        """True where chance does not explain it, and most wards moved less."""
        if self.steps.empty or self.of_wards.indicator.polarity is Polarity.NEITHER:
            return False
        facts, moved = self._facts, abs(self.steps.iloc[-1].gap_change)
        return facts["gap_moved"] in ("up", "down") and moved > facts["half"]

    @cached_property
    def size(self) -> float:
        """How large the last change is beside those of nearly all wards."""
        return float(abs(self.steps.iloc[-1].gap_change) / self._facts["nearly_all"])

    @cached_property
    def _facts(self) -> dict:
        step, about = self.steps.iloc[-1], self.of_wards.indicator
        usual = self.of_wards.usual.get((step["first"], step["last"]), _NOT_USUAL)
        names = ("benchmark", *_FIGURE)
        return {
            "indicator": about.slug,
            "ward": self.ward.name,
            "benchmark_name": self.benchmark_name,
            "first": step["first"],
            "last": step["last"],
            **{name: step[name] for name in names},
            **{f"other_{name}": step[f"other_{name}"] for name in names},
            **{name: float(step[f"{name}_printed"]) for name in ("gap", "other_gap", "gap_change")},
            "gap_change_lower": float(step.gap_change_lower),
            "gap_change_upper": float(step.gap_change_upper),
            "gap_moved": step.gap_moved,
            "grown": self._grown(step),
            "is_newer": not self.of_wards.table.is_in_time(about.slug, step["last"]),
            **usual,
        }

    @staticmethod
    def _grown(step: pd.Series) -> float:
        """Return by what share people or homes have grown, 0 where they are about as many."""
        grown = step.denominator / step.other_denominator - 1
        return float(grown) if abs(grown) >= GROWN else 0.0

    @property
    def benchmark_name(self) -> str:
        """The name of the area that gaps are measured to."""
        names = self.of_wards.table.settings.place.names
        return names.get(self.of_wards.benchmark, self.of_wards.benchmark)

    def _rows(self, *periods: str) -> pd.DataFrame:
        rows = self.of_wards.table.of(self.of_wards.indicator.slug)
        own = rows.area_code.isin([self.ward.code, self.of_wards.benchmark])
        return rows[own & rows.period.isin(periods)]

    def _of_all(self) -> pd.DataFrame:
        rows = self.of_wards.table.of(self.of_wards.indicator.slug)
        facts = self._facts
        kept = rows.area_type.eq("ward") | rows.area_code.eq(self.of_wards.benchmark)
        return rows[kept & rows.period.isin([facts["first"], facts["last"]])]
