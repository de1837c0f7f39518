"""The Indices added up to wards in other ways than by mean score, where a list is at hand."""

import pandas as pd

from darlington_analysis.catalogue import areas, lineage, sources
from darlington_analysis.catalogue.indices import index_edition
from darlington_analysis.cleaning import tidy, ward_sums
from darlington_analysis.errors import SchemaError
from darlington_analysis.methods import positions
from darlington_analysis.project import Project

WORST = {"imd-worst-tenth": 10, "imd-worst-fifth": 20}
LSOAS = "2001"  # the neighbourhoods of these editions, whole in the wards of 2003 to 2015
_LISTED = "placed in the list of England's wards"


def clean(project: Project) -> tidy.Cleaned:
    """Return mean ranks, shares in England's worst tenth and fifth, and positions by them.

    The list of England's wards by these is at hand for one edition (2007): positions are of that
    edition alone, since a list made in another way says nothing.
    """
    people = residents_of_2001_lsoas(project)
    ward_of = lineage.fit(project, LSOAS, "2003-2015").ward_of
    found = [
        source
        for source in sources.find_every(project, "imd-lsoa-scores")
        if index_edition(source.vintage).lsoas == LSOAS
    ]
    wards = {source.vintage: _wards(project, source, people, ward_of) for source in found}
    rows = [row for source in found for row in _measured(wards[source.vintage], source)]
    ranks, shares = (
        sources.open_raw(project, sources.find(project, dataset))
        for dataset in ("imd-england-ward-rank-thresholds", "imd-england-ward-worst-shares")
    )
    rows += _placed(wards[ranks.source.vintage], ranks, shares)
    return tidy.Cleaned(
        rows=tidy.stack(rows),
        set_aside=tidy.no_set_aside(),
        sources=(*found, ranks.source, shares.source, _census(project)),
        rows_read=len(ranks.frame) + len(shares.frame),
        checks=(("residents of 2001 neighbourhoods", _borough(project), people.sum()),),
    )


def residents_of_2001_lsoas(project: Project) -> pd.Series:
    """Return residents of 2011 by the code of the LSOA of 2001.

    A split LSOA has the sum of its parts. One whose edge was redrawn (about 4 hectares, both
    sides in one ward) has the residents of the LSOA of 2011 that took its place.
    """
    pairs = sources.open_raw(project, sources.find(project, "lsoa2001-to-lsoa2011")).frame
    kept, _ = tidy.sift(sources.open_raw(project, _census(project)), ["all_ages"], ["area_code"])
    parts = pairs.lsoa2011_code.map(kept.set_index("area_code").all_ages)
    if parts.isna().any() or pairs.lsoa2011_code.duplicated().any():
        raise SchemaError(
            "The residents of 2011 can't be put into the neighbourhoods of 2001",
            "Each LSOA of 2011 belongs to one LSOA of 2001, and has its residents in the census.",
            "look at lsoa2001_to_lsoa2011.csv and age_bands.csv in data/raw",
        )
    return parts.groupby(pairs.lsoa2001_code).sum()


def _census(project: Project) -> sources.Source:
    return sources.find(project, "census-age-bands")


def _borough(project: Project) -> float:
    frame = sources.open_raw(project, _census(project)).frame.set_index("area_code")
    return float(frame.all_ages[areas.BOROUGH])


def _wards(project: Project, source, people: pd.Series, ward_of: pd.Series) -> pd.DataFrame:
    """Return one row a ward: sums of its LSOAs' ranks, LSOAs and people, in the worst and all."""
    kept, _ = tidy.sift(sources.open_raw(project, source), ["score", "rank"], ["lsoa_code"])
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
    return ward_sums.sum_to_wards(lsoas, ward_of, names)


def _measured(wards: pd.DataFrame, source: sources.Source) -> list[pd.DataFrame]:
    """Return mean ranks, and the shares of neighbourhoods and of people in the worst."""
    means = wards.assign(numerator=wards["rank"], denominator=wards.lsoas)
    rows = [_ward_rows(means, source, "imd-mean-rank", 1, method="mean of LSOA ranks")]
    for slug, percent in WORST.items():
        for what, breakdown in (("lsoas", "neighbourhoods"), ("people", "people")):
            counted = wards.assign(numerator=wards[f"{what}_{percent}"], denominator=wards[what])
            # People are those of 2011, whatever the year of the Index.
            about = {"status": "e" if what == "people" else "", "breakdown": breakdown}
            rows.append(_ward_rows(counted, source, slug, 100, method="sum of LSOAs", **about))
    return rows


def _ward_rows(wards, source, slug: str, multiplier: int, **about) -> pd.DataFrame:
    value = multiplier * wards.numerator / wards.denominator
    shared = {"indicator": slug, "period": source.vintage, **about}
    return tidy.tidy(wards.assign(value=value), source, **shared)


def _placed(
    wards: pd.DataFrame, ranks: sources.RawTable, shares: sources.RawTable
) -> list[pd.DataFrame]:
    """Return positions by mean rank, and by share: at least as deprived, and more deprived."""
    marks, _ = tidy.sift(ranks, ["percent", "mean_rank_threshold"], ["percent"])
    by_rank = positions.national_position(  # a low rank is deprived, a high score is
        -wards["rank"] / wards.lsoas, marks.assign(mean_score_threshold=-marks.mean_rank_threshold)
    )
    rows = [_position_rows(wards, by_rank, ranks.source, "mean rank")]
    names = ["worst_percent", "share", "wards_at_least", "n_wards"]
    listed, _ = tidy.sift(shares, names, ["worst_percent", "share"])
    for slug, percent in WORST.items():
        own = listed[listed.worst_percent == percent]
        placed = positions.share_position(wards[f"lsoas_{percent}"] / wards.lsoas, own)
        for name, words in (("at_least", "at least"), ("more", "more")):
            breakdown = f"{slug.removeprefix('imd-')}, {words}"
            rows.append(_position_rows(wards, placed[name], shares.source, breakdown))
    return rows


def _position_rows(wards, placed: pd.Series, source: sources.Source, breakdown: str):
    about = {"indicator": "imd-position-by-method", "period": source.vintage, "method": _LISTED}
    return tidy.tidy(wards.assign(value=placed), source, breakdown=breakdown, **about)
