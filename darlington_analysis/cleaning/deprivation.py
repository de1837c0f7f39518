"""The Indices of Deprivation: LSOA scores made into ward scores and national positions."""

import pandas as pd

from darlington_analysis.cleaning import indicator_rows, ward_geography
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.sources import lineage, register
from darlington_analysis.sources.lineage import IndexEdition, index_edition
from darlington_analysis.statistics import comparisons

FIXED = "2011"  # the LSOAs that wards in which none nest are made of in every edition
BY_PEOPLE, OWN_AREAS = "mean by people", "areas of the edition"


def clean(project: Project) -> indicator_rows.Cleaned:
    """Return each edition of the Index: LSOA scores and ranks, ward means and their positions."""
    editions = register.find_every(project, "imd-lsoa-scores")
    return indicator_rows.merge([_clean_edition(project, source) for source in editions])


def _clean_edition(project: Project, source: register.Source) -> indicator_rows.Cleaned:
    raw = register.open_raw(project, source)
    kept, aside = indicator_rows.sift(raw, ["score", "rank"], ["lsoa_code"])
    _refuse_other_order(kept, source)
    marks = register.open_raw(
        project, register.find(project, "imd-england-ward-thresholds", source.vintage)
    )
    thresholds, _ = indicator_rows.sift(marks, ["percent", "mean_score_threshold"], ["percent"])
    index = index_edition(source.vintage)
    lsoas = kept.rename(columns={"lsoa_code": "area_code"}).assign(area_type="lsoa")
    ward_set = load_place(project).wards_in(int(source.vintage)).id
    wards = _ward_scores(project, lsoas, index, ward_set)
    return indicator_rows.Cleaned(
        rows=indicator_rows.stack(
            [
                *_lsoa_rows(lsoas, source, index),
                *_ward_rows(wards, thresholds, source, marks.source),
            ]
        ),
        set_aside=aside,
        sources=(source, marks.source),
        rows_read=len(raw.frame),
        checks=(
            (
                f"LSOAs, Index of {source.vintage}",
                len(_own_fit(project, index, ward_set)),
                len(kept),
            ),
        ),
    )


def _own_fit(project: Project, index: IndexEdition, ward_set: str) -> pd.Series:
    """Return the ward that the publisher puts each of an edition's own LSOAs in."""
    return lineage.fit(project, index.lsoas, ward_set).ward_of


def _ward_scores(
    project: Project, lsoas: pd.DataFrame, index: IndexEdition, ward_set: str
) -> pd.DataFrame:
    """Return one row a ward: ``score`` on the areas that are the same in every edition,
    ``by_people`` and ``own_areas``, the same by people and on the edition's own areas.

    Wards are made of whole LSOAs where these nest. Others are given the LSOAs of 2011 in every
    edition, so that no ward moves because an LSOA was split or put elsewhere. A ward for
    which that cannot be done has its own areas, and the status of a break.
    """
    of_edition = lineage.fit(project, index.lsoas, ward_set)
    score, own = lsoas.set_index("area_code").score, of_edition.ward_of
    if of_edition.kind == "exact":
        wards = mean_scores(lsoas, own)
        people = _residents(project, index.lsoas)
        by_people = _weighted(score, people, pd.crosstab(own.index, own))
        means = {"by_people": by_people, "own_areas": wards.set_index("area_code").score}
        return wards.assign(**{name: wards.area_code.map(mean) for name, mean in means.items()})
    parts = ward_geography.shares(project, index.lsoas, ward_set)
    people = ward_geography.residents(project, index.lsoas)
    ward_of, fixed, broken = own, lsoas, set()
    if index.lsoas != FIXED:
        ward_of, fixed, broken = _on_fixed_areas(project, score, people, own, ward_set)
    held = "2011" if ward_of is not own else index.lsoas
    misses = ward_geography.best_fit_misses(
        ward_of,
        ward_geography.shares(project, held, ward_set),
        ward_geography.residents(project, held),
    )
    wards = ward_geography.marked(mean_scores(fixed, ward_of), of_edition, misses)
    means = {
        "by_people": _weighted(score, people, parts),
        "own_areas": score.groupby(own).mean(),
    }
    return wards.assign(
        status=wards.area_code.isin(broken).map({True: "b", False: ""}),
        **{name: wards.area_code.map(mean) for name, mean in means.items()},
    )


def _residents(project: Project, lsoas: str) -> pd.Series:
    if lsoas == LSOAS:
        return residents_of_2001_lsoas(project)
    return ward_geography.residents(project, lsoas)


def _weighted(score: pd.Series, people: pd.Series, parts: pd.DataFrame) -> pd.Series:
    """Return, by ward, the mean score of its people; ``parts`` are shares of LSOAs in wards."""
    living = parts.mul(people.reindex(parts.index), axis="index")
    return living.mul(score.reindex(parts.index), axis="index").sum() / living.sum()


def _on_fixed_areas(
    project: Project, score: pd.Series, people: pd.Series, own: pd.Series, ward_set: str
) -> tuple[pd.Series, pd.DataFrame, set[str]]:
    """Return the ward and the score of LSOAs of 2011 in a later edition, and wards without them.

    An LSOA that was split has the mean score of its parts, by people; one that was merged has the
    score of the whole. Wards that the merged LSOAs of one come from have no fixed areas, and
    neither has any ward where it is not known what became of LSOAs: those keep the edition's own.
    """
    pairs = lineage.split_and_merged(project)
    if pairs is None:
        lsoas = score.rename("score").rename_axis("area_code").reset_index()
        return own, lsoas.assign(area_type="lsoa"), set(own)
    ward_of = lineage.fit(project, FIXED, ward_set).ward_of
    weight = pairs.lsoa2021_code.map(people)
    total = (weight * pairs.lsoa2021_code.map(score)).groupby(pairs.lsoa2011_code).sum()
    fixed = (total / weight.groupby(pairs.lsoa2011_code).sum()).rename("score")
    wards = pairs.lsoa2011_code.map(ward_of)
    is_torn = wards.groupby(pairs.lsoa2021_code).transform("nunique") > 1
    lsoas = fixed.rename_axis("area_code").reset_index().assign(area_type="lsoa")
    return ward_of, lsoas, set(wards[is_torn])


def mean_scores(lsoas: pd.DataFrame, ward_of: pd.Series) -> pd.DataFrame:
    """Return one row a ward: its score is the plain mean of its LSOAs' scores.

    Plain, because no population of the Index of 2007 was published with it (README).
    """
    lsoas = lsoas.assign(lsoas=1.0)
    sums = ward_geography.sum_to_wards(lsoas, ward_of, ["score", "lsoas"])
    return sums.assign(numerator=sums.score, denominator=sums.lsoas, score=sums.score / sums.lsoas)


def _lsoa_rows(
    lsoas: pd.DataFrame, source: register.Source, index: IndexEdition
) -> list[pd.DataFrame]:
    ranked = comparisons.rank_position(lsoas["rank"], index.lsoas_of_england)
    shared = {"period": source.vintage, "method": "published"}
    return [
        indicator_rows.tidy(
            lsoas.assign(value=lsoas.score), source, indicator="imd-score", **shared
        ),
        indicator_rows.tidy(
            lsoas.assign(value=ranked), source, indicator="imd-national-rank", **shared
        ),
    ]


def _ward_rows(
    wards: pd.DataFrame, thresholds: pd.DataFrame, source: register.Source, marks: register.Source
) -> list[pd.DataFrame]:
    placed = comparisons.national_position(wards.score, thresholds)
    position = wards.drop(columns=["numerator", "denominator"])
    shared = {"period": source.vintage, "vintage": source.vintage}
    other = [
        indicator_rows.tidy(
            position.assign(value=comparisons.national_position(wards[mean], thresholds)),
            marks,
            indicator="imd-position-by-method",
            breakdown=breakdown,
            method=comparisons.METHOD,
            **shared,
        )
        for mean, breakdown in (("by_people", BY_PEOPLE), ("own_areas", OWN_AREAS))
    ]
    return [
        *other,
        indicator_rows.tidy(
            wards.assign(value=wards.score),
            source,
            indicator="imd-score",
            method="mean of LSOA scores",
            **shared,
        ),
        indicator_rows.tidy(
            position.assign(value=placed),
            marks,
            indicator="imd-national-position",
            method=comparisons.METHOD,
            **shared,
        ),
    ]


def _refuse_other_order(kept: pd.DataFrame, source: register.Source) -> None:
    """Ranks run against scores; a file where they do not has its columns mixed up."""
    by_rank = kept.sort_values("rank").score
    if not by_rank.is_monotonic_decreasing:
        raise SchemaError(
            f"data/raw/{source.path}: a better rank stands beside a higher score",
            "Rank 1 is the most deprived, and a higher score is more deprived.",
            "look whether two columns were exchanged",
        )


WORST = {"imd-worst-tenth": 10, "imd-worst-fifth": 20}
LSOAS = "2001"  # the neighbourhoods of these editions
_LISTED = "placed in the list of England's wards"


def clean_aggregations(project: Project) -> indicator_rows.Cleaned:
    """Return mean ranks, shares in England's worst tenth and fifth, and positions by them.

    The list of England's wards by these is at hand for one edition (2007): positions are of that
    edition alone, since a list made in another way says nothing.
    """
    people = residents_of_2001_lsoas(project)
    scores = register.find_every(project, "imd-lsoa-scores")
    found = [source for source in scores if index_edition(source.vintage).lsoas == LSOAS]
    ranks, shares = (
        register.open_raw(project, register.find(project, dataset))
        for dataset in ("imd-england-ward-rank-thresholds", "imd-england-ward-worst-shares")
    )
    ward_set = load_place(project).wards_in(int(ranks.source.vintage)).id
    ward_of = lineage.fit(project, LSOAS, ward_set).ward_of
    wards = {source.vintage: _wards(project, source, people, ward_of) for source in found}
    rows = [row for source in found for row in _measured(wards[source.vintage], source)]
    rows += _placed(wards[ranks.source.vintage], ranks, shares)
    return indicator_rows.Cleaned(
        rows=indicator_rows.stack(rows),
        set_aside=indicator_rows.no_set_aside(),
        sources=(*found, ranks.source, shares.source, _census(project)),
        rows_read=len(ranks.frame) + len(shares.frame),
        checks=(("residents of 2001 neighbourhoods", _borough(project), people.sum()),),
    )


def residents_of_2001_lsoas(project: Project) -> pd.Series:
    """Return residents of 2011 by the code of the LSOA of 2001.

    A split LSOA has the sum of its parts. One whose edge was redrawn (about 4 hectares, both
    sides in one ward) has the residents of the LSOA of 2011 that took its place.
    """
    pairs = register.open_raw(project, register.find(project, "lsoa2001-to-lsoa2011")).frame
    kept, _ = indicator_rows.sift(
        register.open_raw(project, _census(project)), ["all_ages"], ["area_code"]
    )
    parts = pairs.lsoa2011_code.map(kept.set_index("area_code").all_ages)
    if parts.isna().any() or pairs.lsoa2011_code.duplicated().any():
        raise SchemaError(
            "The residents of 2011 can't be put into the neighbourhoods of 2001",
            "Each LSOA of 2011 belongs to one LSOA of 2001, and has its residents in the census.",
            "look at lsoa2001_to_lsoa2011.csv and age_bands.csv in data/raw",
        )
    return parts.groupby(pairs.lsoa2001_code).sum()


def _census(project: Project) -> register.Source:
    return register.find(project, "census-age-bands")


def _borough(project: Project) -> float:
    frame = register.open_raw(project, _census(project)).frame.set_index("area_code")
    return float(frame.all_ages[load_place(project).code])


def _wards(project: Project, source, people: pd.Series, ward_of: pd.Series) -> pd.DataFrame:
    """Return one row a ward: sums of its LSOAs' ranks, LSOAs and people, in the worst and all."""
    kept, _ = indicator_rows.sift(
        register.open_raw(project, source), ["score", "rank"], ["lsoa_code"]
    )
    lsoas = kept.rename(columns={"lsoa_code": "area_code"}).assign(
        lsoas=1.0, people=kept.lsoa_code.map(people)
    )
    in_england = index_edition(source.vintage).lsoas_of_england
    names = ["rank", "lsoas", "people"]
    for percent in WORST.values():
        is_worst = lsoas["rank"] <= in_england * percent / 100
        for what in ("lsoas", "people"):
            lsoas[f"{what}_{percent}"] = lsoas[what] * is_worst
            names.append(f"{what}_{percent}")
    return ward_geography.sum_to_wards(lsoas, ward_of, names)


def _measured(wards: pd.DataFrame, source: register.Source) -> list[pd.DataFrame]:
    """Return mean ranks, and the shares of neighbourhoods and of people in the worst."""
    means = wards.assign(numerator=wards["rank"], denominator=wards.lsoas)
    rows = [_aggregations_ward_rows(means, source, "imd-mean-rank", 1, method="mean of LSOA ranks")]
    for slug, percent in WORST.items():
        for what, breakdown in (("lsoas", "neighbourhoods"), ("people", "people")):
            counted = wards.assign(numerator=wards[f"{what}_{percent}"], denominator=wards[what])
            # People are those of 2011, whatever the year of the Index.
            about = {"status": "e" if what == "people" else "", "breakdown": breakdown}
            rows.append(
                _aggregations_ward_rows(counted, source, slug, 100, method="sum of LSOAs", **about)
            )
    return rows


def _aggregations_ward_rows(wards, source, slug: str, multiplier: int, **about) -> pd.DataFrame:
    value = multiplier * wards.numerator / wards.denominator
    shared = {"indicator": slug, "period": source.vintage, **about}
    return indicator_rows.tidy(wards.assign(value=value), source, **shared)


def _placed(
    wards: pd.DataFrame, ranks: register.RawTable, shares: register.RawTable
) -> list[pd.DataFrame]:
    """Return positions by mean rank, and by share: at least as deprived, and more deprived."""
    marks, _ = indicator_rows.sift(ranks, ["percent", "mean_rank_threshold"], ["percent"])
    by_rank = comparisons.national_position(  # a low rank is deprived, a high score is
        -wards["rank"] / wards.lsoas, marks.assign(mean_score_threshold=-marks.mean_rank_threshold)
    )
    rows = [_position_rows(wards, by_rank, ranks.source, "mean rank")]
    names = ["worst_percent", "share", "wards_at_least", "n_wards"]
    listed, _ = indicator_rows.sift(shares, names, ["worst_percent", "share"])
    for slug, percent in WORST.items():
        own = listed[listed.worst_percent == percent]
        placed = comparisons.share_position(wards[f"lsoas_{percent}"] / wards.lsoas, own)
        for name, words in (("at_least", "at least"), ("more", "more")):
            breakdown = f"{slug.removeprefix('imd-')}, {words}"
            rows.append(_position_rows(wards, placed[name], shares.source, breakdown))
    return rows


def _position_rows(wards, placed: pd.Series, source: register.Source, breakdown: str):
    about = {"indicator": "imd-position-by-method", "period": source.vintage, "method": _LISTED}
    return indicator_rows.tidy(wards.assign(value=placed), source, breakdown=breakdown, **about)
