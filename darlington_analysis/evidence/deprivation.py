"""Where a ward stands on the Indices, the pockets inside it, and why it is supported or not."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.agreements import reading
from darlington_analysis.agreements import support as rules
from darlington_analysis.core import settings
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import KEY, Status
from darlington_analysis.evidence import review_statements, robustness
from darlington_analysis.evidence.claims import Claim, RowsUsed, claim
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import areas, lineage
from darlington_analysis.sources.lineage import index_edition
from darlington_analysis.sources.register import AbsentError

POSITION, POCKET = "imd-national-position", "imd-national-rank"
WORST_PERCENTS = (10, 20)


@dataclass(frozen=True)
class Support(Answer):
    """Whether a ward is supported: the state, and the steps of the rule that led to it."""

    state: str
    steps: tuple[rules.Step, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class DeprivationAnswer(Answer):
    """One ward on every edition of the Index; each property is worked out when it is asked for."""

    table: EditionTable
    ward: areas.Ward

    @property
    def frame(self) -> pd.DataFrame:
        """The ward's row of every Index of the edition, the oldest first."""
        return self.by_edition

    @cached_property
    def by_edition(self) -> pd.DataFrame:
        """Period, value (0 to 100, low is most deprived), place among the wards of the borough."""
        placed = ward_places(self.table)
        return placed[placed.area_code == self.ward.code].sort_values("period")

    @property
    def latest(self) -> pd.Series:
        """The ward's row of the latest edition."""
        return self.by_edition.iloc[-1]

    @property
    def pockets(self) -> pd.DataFrame:
        """The ward's neighbourhoods (LSOAs) on the latest edition, most deprived first."""
        return pockets_of(self.table, self.ward)

    @cached_property
    def borough(self) -> pd.DataFrame:
        """Every ward on the latest edition, most deprived first."""
        placed = ward_places(self.table)
        return placed[placed.period == self.latest.period].sort_values("place")

    @cached_property
    def support(self) -> Support:
        """Whether the ward is supported, and why."""
        return support_of(self.table, self.ward)

    @property
    def line_percent(self) -> float:
        """The most deprived part of England's wards, in per cent, that the review draws a line at."""
        return self.table.settings.support.most_deprived_percent

    @cached_property
    def robust(self) -> robustness.WardRobustness:
        """Whether the place holds, however the Index is added up."""
        return robustness.of_ward(self.table, self.ward)

    @cached_property
    def documents(self) -> review_statements.Documents:
        """What the Council's review says of the ward, with verdicts."""
        return review_statements.of_ward(self.table, self.ward)

    @cached_property
    def position_claim(self) -> Claim:
        """The place on the latest Index, and whether other Indices and ways say the same."""
        row = self.latest
        quarter, span = (each.facts for each in self.robust.claims[:2])
        facts = {
            "ward": self.ward.name,
            "period": row.period,
            "position": row.value,
            "place": int(row.place),
            "wards": span["wards"],
            "line": self.line_percent,
            "is_within_line": bool(row.value <= self.line_percent),
            "lists_within": quarter["times"],
            "lists_told": quarter["told"],
            **self._other_places,
            "ways": self.robust.places.way.nunique(),
            "by_people": float(row.by_people),
            "own_areas": float(row.own_areas),
        }
        return claim("deprivation-position", facts, self.by_edition.tail(1))

    @property
    def _other_places(self) -> dict:
        """Return the span of places by other Indices and ways, as facts; this one's own place where
        there is no other.
        """
        places = self.robust.places
        is_own = places.period.eq(self.latest.period) & places.way.eq("mean score")
        others = places[~is_own & places.place_low.notna()]
        own = int(self.latest.place)
        if others.empty:
            return {"other_low": own, "other_high": own}
        return {
            "other_low": int(others.place_low.min()),
            "other_high": int(others.place_high.max()),
        }

    @cached_property
    def editions_claim(self) -> Claim:
        """The places on every edition of the Index."""
        own = self.by_edition
        facts = {
            "ward": self.ward.name,
            "periods": list(own.period),
            "first_place": int(own.place.min()),
            "last_place": int(own.place.max()),
            "wards": len(self.table.wards.wards),
            "line": self.line_percent,
            "times_within_line": int((own.value <= self.line_percent).sum()),
            "is_best_fit": bool((own.fit != "exact").any()),
            "breaks": list(own[own.status == Status.BREAK].period),
            **_areas_changed(self.table, self.ward),
        }
        return claim("deprivation-editions", facts, own)

    @cached_property
    def pockets_claim(self) -> Claim:
        """How many neighbourhoods are among England's worst, beside the ward's own place."""
        pockets, latest = self.pockets, self.by_edition.tail(1)
        facts = {
            "ward": self.ward.name,
            "period": pockets.period.iloc[0],
            "neighbourhoods": len(pockets),
            "lowest": float(pockets.value.min()),
            "highest": float(pockets.value.max()),
            "position": float(latest.value.iloc[0]),
            **{f"worst_{p}": int((pockets.value <= p).sum()) for p in WORST_PERCENTS},
        }
        used = RowsUsed(lambda: pd.concat([pockets, latest]))
        return claim("deprivation-pockets", facts, used)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Its place, its place on every edition, and its neighbourhoods."""
        return self.position_claim, self.editions_claim, self.pockets_claim


def ward_places(table: EditionTable) -> pd.DataFrame:
    """Return every ward's national position by edition, with its place in the borough (1 to n).

    ``by_people`` is the position by the mean over its people, ``own_areas`` that on the areas the
    publisher gives the ward in that edition. The Indices have no sampling error, so a
    place has no limits; its range is over editions.
    """
    return table.shared("ward places", lambda: _ward_places(table))


def _ward_places(table: EditionTable) -> pd.DataFrame:
    rows = with_names(table, table.of(POSITION, area_type="ward"))
    rows = rows[rows.period.isin(table.edition.index_vintages)]
    others = table.of("imd-position-by-method", area_type="ward")
    for name, breakdown in (("by_people", "mean by people"), ("own_areas", "areas of the edition")):
        mean = others[others.breakdown == breakdown].set_index(["area_code", "period"]).value
        keys = pd.MultiIndex.from_frame(rows[["area_code", "period"]])
        rows[name] = mean.reindex(keys).to_numpy()
    place = rows.groupby("period").value.rank(method="min").astype(int)
    return rows.assign(place=place)


def _areas_changed(table: EditionTable, ward: areas.Ward) -> dict:
    """Return which census areas of a ward are not what they were, as facts: ``split`` and
    ``merged`` since 2011, and ``left`` and ``joined`` by the publisher's best fit of 2021.
    """
    found = {"split": [], "merged": [], "left": [], "joined": []}
    pairs = _split_and_merged(table)
    latest = index_edition(max(table.edition.index_vintages)).lsoas
    if pairs is None or latest != "2021":
        return found
    before, after = (
        lineage.fit(table.project, year, table.wards.name).ward_of for year in ("2011", latest)
    )
    was = pairs.lsoa2011_code.map(before).eq(ward.code)
    now = pairs.lsoa2021_code.map(after).eq(ward.code)
    is_split = pairs.lsoa2011_code.duplicated(keep=False)
    is_merged = pairs.lsoa2021_code.duplicated(keep=False)
    chosen = {
        "split": pairs[was & is_split].lsoa2011_code,
        "merged": pairs[was & is_merged].lsoa2021_code,
        "left": pairs[was & ~now & ~is_split].lsoa2011_code,
        "joined": pairs[now & ~was & ~is_split].lsoa2021_code,
    }
    return {name: sorted(set(codes)) for name, codes in chosen.items()}


def pockets_of(table: EditionTable, ward: areas.Ward) -> pd.DataFrame:
    """Return the national positions of the ward's LSOAs, latest edition, most deprived first."""
    return table.shared("pockets", lambda: _pockets_by_ward(table))[ward.code]


def _pockets_by_ward(table: EditionTable) -> dict[str, pd.DataFrame]:
    latest = max(table.edition.index_vintages)
    ward_of = _ward_of(table, index_edition(latest).lsoas)
    rows = with_names(table, table.of(POCKET, area_type="lsoa", period=latest))
    own = rows.area_code.map(ward_of)
    codes = [ward.code for ward in table.wards.wards]
    return {code: rows[own == code].sort_values("value") for code in codes}


def _split_and_merged(table: EditionTable) -> pd.DataFrame | None:
    """Return what became of LSOAs of 2011, where those of 2021 do not nest in the wards."""
    is_nested = "2021" in table.settings.place.wards(table.wards.name).nested
    return None if is_nested else lineage.split_and_merged(table.project)


def _ward_of(table: EditionTable, lsoas: str) -> pd.Series:
    """Return the ward of each LSOA: later ones are in the ward of those that they come from."""
    wards = table.wards.name
    pairs = _split_and_merged(table)
    if lsoas != "2021" or pairs is None:
        return lineage.fit(table.project, lsoas, wards).ward_of
    before = lineage.fit(table.project, "2011", wards).ward_of
    return pairs.lsoa2011_code.map(before).set_axis(pairs.lsoa2021_code).groupby(level=0).first()


def support_of(table: EditionTable, ward: areas.Ward) -> Support:
    """Return whether the ward is supported. The rule looks at lists people decided, not at ranks.

    A ward is never dropped because its rank moved (review, paragraph 22).
    """
    decided = table.support
    if decided is None:  # for these wards; what was decided for earlier ones lives on in words
        return Support(support_state(None, ward.code), (), ())
    found = rules.decide(decided, ward.code, supposed(table))
    return Support(found.state, found.steps, _reasons(decided, ward.code))


def supposed(table: EditionTable) -> rules.Scenario:
    """Return how things stand: places to spare, and the partnerships that declined support."""
    slugs = reading.declined(table.project)
    codes = frozenset(ward.code for ward in table.wards.wards if ward.slug in slugs)
    return rules.Scenario(table.settings.support.spare_capacity, codes)


def _reasons(decided: settings.Support, code: str) -> tuple[str, ...]:
    """Return the council's reasons: for the ward's list, and for the ward itself."""
    on_list = {"supported": "supported", "watch list": "watch_list"}
    keys = (on_list.get(support_state(decided, code), ""), code)
    return tuple(decided.reasons[key] for key in keys if key in decided.reasons)


def support_state(decided: settings.Support | None, code: str) -> str:
    """Return a ward's state by the council's lists alone, "not decided" for other wards."""
    if decided is None:
        return rules.UNDECIDED
    return rules.decide(decided, code, rules.as_decided(decided)).state


WORST = {"worst_10": 10, "worst_20": 20}


@dataclass(frozen=True)
class Pockets(Answer):
    """Wards outside the most deprived part that hold neighbourhoods in England's worst fifth.

    One row a ward: period, value (its position), neighbourhoods, worst_10, worst_20, people_20
    (residents of the latter; null where they are not known).
    """

    wards: pd.DataFrame
    claims: tuple[Claim, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """One row a ward."""
        return self.wards


def of_borough(table: EditionTable) -> Pockets:
    """Return neighbourhoods in need in wards that do not stand out on the latest Index."""
    line, period = table.settings.support.most_deprived_percent, max(table.edition.index_vintages)
    placed = with_names(table, table.of(POSITION, area_type="ward", period=period))
    quiet = placed[placed.value > line]
    lsoas = {code: pockets_of(table, table.wards.ward(code)) for code in quiet.area_code}
    people = table.of("imd-worst-fifth", breakdown="people", period=period)
    found = quiet.assign(
        neighbourhoods=[len(lsoas[code]) for code in quiet.area_code],
        people_20=quiet.area_code.map(people.set_index("area_code").numerator),
        **{
            name: [int((lsoas[code].value <= at).sum()) for code in quiet.area_code]
            for name, at in WORST.items()
        },
    )
    found = found[found.worst_20 > 0].sort_values(["people_20", "area_name"], ascending=False)
    facts = {"period": period, "line": line, "quiet": len(quiet), "wards": list(found.area_name)}
    rows = pd.concat([quiet, *lsoas.values(), people])[table.rows.columns]
    return Pockets(found, (claim("pockets-in-quiet-wards", facts, rows),))


LEAST_SHARE = 0.01  # of the ward's people: less is the width of a line on a map


@dataclass(frozen=True)
class Lines(Answer):
    """One row an earlier ward: name, share of this ward's people, of its own people, its state.

    No rows unless support was decided for the wards before.
    """

    rows: pd.DataFrame
    claims: tuple[Claim, ...]


def of_ward(table: EditionTable, ward: areas.Ward) -> Lines:
    """Return where the people of a ward lived before its borders, most first.

    Shares are estimates on the residents of Census 2011. The state is what was decided for the
    earlier ward; nothing follows from it for this one.
    """
    decided = table.settings.support
    before = table.settings.place.wards(table.wards.name).predecessor
    if not before or decided.ward_set != before:
        return Lines(pd.DataFrame(), ())
    try:
        pairs = lineage.lineage(table.project, table.wards.name)
    except AbsentError:
        return Lines(pd.DataFrame(), ())
    own = pairs[(pairs.ward_code == ward.code) & (pairs.share_of_ward >= LEAST_SHARE)]
    names = lineage.names_of(table.project, decided.ward_set)
    rows = own.assign(
        area_name=own.ward_code_before.map(names),
        state=[support_state(decided, code) for code in own.ward_code_before],
    ).sort_values("share_of_ward", ascending=False, ignore_index=True)
    return Lines(rows, (_claim(ward, rows, decided.ward_set),))


def _claim(ward: areas.Ward, rows: pd.DataFrame, ward_set: str) -> Claim:
    by_state = rows.groupby("state").share_of_ward.sum()
    supported = rows[rows.state == "supported"]
    facts = {
        "ward": ward.name,
        "ward_set": ward_set,
        "supported_share": float(by_state.get("supported", 0.0)),
        "supported": list(supported.area_name),
        "watch_list": list(rows[rows.state == "watch list"].area_name),
    }
    nothing = pd.DataFrame(columns=[*KEY, "is_dummy"])  # it rests on no figure of the one table
    return claim("lines", facts, nothing)
