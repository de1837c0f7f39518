"""The Indices of Deprivation: LSOA scores made into ward scores and national positions."""

import pandas as pd

from darlington_analysis.catalogue import lineage, sources
from darlington_analysis.catalogue.indices import IndexEdition, index_edition
from darlington_analysis.cleaning import best_fit, tidy, ward_sums
from darlington_analysis.errors import SchemaError
from darlington_analysis.methods import positions
from darlington_analysis.project import Project


def clean(project: Project) -> tidy.Cleaned:
    """Return each edition of the Index: LSOA scores and ranks, ward means and their positions."""
    editions = sources.find_every(project, "imd-lsoa-scores")
    return tidy.merge([_clean_edition(project, source) for source in editions])


def _clean_edition(project: Project, source: sources.Source) -> tidy.Cleaned:
    raw = sources.open_raw(project, source)
    kept, aside = tidy.sift(raw, ["score", "rank"], ["lsoa_code"])
    _refuse_other_order(kept, source)
    marks = sources.open_raw(
        project, sources.find(project, "imd-england-ward-thresholds", source.vintage)
    )
    thresholds, _ = tidy.sift(marks, ["percent", "mean_score_threshold"], ["percent"])
    index = index_edition(source.vintage)
    fit = lineage.fit(project, index.lsoas, index.ward_set)
    lsoas = kept.rename(columns={"lsoa_code": "area_code"}).assign(area_type="lsoa")
    wards = best_fit.marked(mean_scores(lsoas, fit.ward_of), fit)
    return tidy.Cleaned(
        rows=tidy.stack(
            [
                *_lsoa_rows(lsoas, source, index),
                *_ward_rows(wards, thresholds, source, marks.source),
            ]
        ),
        set_aside=aside,
        sources=(source, marks.source),
        rows_read=len(raw.frame),
        checks=((f"LSOAs, Index of {source.vintage}", len(fit.ward_of), len(kept)),),
    )


def mean_scores(lsoas: pd.DataFrame, ward_of: pd.Series) -> pd.DataFrame:
    """Return one row a ward: its score is the plain mean of its LSOAs' scores.

    Plain, because no population of the Index of 2007 was published with it (README).
    """
    lsoas = lsoas.assign(lsoas=1.0)
    sums = ward_sums.sum_to_wards(lsoas, ward_of, ["score", "lsoas"])
    return sums.assign(numerator=sums.score, denominator=sums.lsoas, score=sums.score / sums.lsoas)


def _lsoa_rows(
    lsoas: pd.DataFrame, source: sources.Source, index: IndexEdition
) -> list[pd.DataFrame]:
    ranked = positions.rank_position(lsoas["rank"], index.lsoas_of_england)
    shared = {"period": source.vintage, "method": "published"}
    return [
        tidy.tidy(lsoas.assign(value=lsoas.score), source, indicator="imd-score", **shared),
        tidy.tidy(lsoas.assign(value=ranked), source, indicator="imd-national-rank", **shared),
    ]


def _ward_rows(
    wards: pd.DataFrame, thresholds: pd.DataFrame, source: sources.Source, marks: sources.Source
) -> list[pd.DataFrame]:
    placed = positions.national_position(wards.score, thresholds)
    position = wards.drop(columns=["numerator", "denominator"]).assign(value=placed)
    shared = {"period": source.vintage, "vintage": source.vintage}
    return [
        tidy.tidy(
            wards.assign(value=wards.score),
            source,
            indicator="imd-score",
            method="mean of LSOA scores",
            **shared,
        ),
        tidy.tidy(
            position, marks, indicator="imd-national-position", method=positions.METHOD, **shared
        ),
    ]


def _refuse_other_order(kept: pd.DataFrame, source: sources.Source) -> None:
    """Ranks run against scores; a file where they do not has its columns mixed up."""
    by_rank = kept.sort_values("rank").score
    if not by_rank.is_monotonic_decreasing:
        raise SchemaError(
            f"data/raw/{source.path}: a better rank stands beside a higher score",
            "Rank 1 is the most deprived, and a higher score is more deprived.",
            "look whether two columns were exchanged",
        )
