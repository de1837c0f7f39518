"""Adult skills: qualifications from the census, and modelled literacy and numeracy."""

import pandas as pd

from darlington_analysis.catalogue import sources
from darlington_analysis.cleaning import tidy
from darlington_analysis.cleaning.census import clean_counts
from darlington_analysis.project import Project

_QUALIFICATIONS = {"no-qualifications": ("no_qualifications", "residents_16_plus")}
_MODELLED = ("low-numeracy", "low-literacy")


def clean(project: Project) -> tidy.Cleaned:
    """Return adults with no qualifications, and modelled percentages of low skills by ward."""
    counted = clean_counts(project, _QUALIFICATIONS)
    modelled = _modelled(project)
    return tidy.Cleaned(
        rows=tidy.stack([counted.rows, modelled.rows]),
        set_aside=pd.concat([counted.set_aside, modelled.set_aside], ignore_index=True),
        sources=counted.sources + modelled.sources,
        rows_read=counted.rows_read + modelled.rows_read,
        checks=counted.checks,
    )


def _modelled(project: Project) -> tidy.Cleaned:
    """A modelled percentage has its publisher's limits or none; ours would claim too much."""
    raw = sources.open_raw(project, sources.find(project, "adult-skills-ward-percentages"))
    named = {slug: _column(list(raw.frame.columns), slug) for slug in _MODELLED}
    kept, aside = tidy.sift(raw, list(named.values()), ["ward_code"])
    kept = kept.rename(columns={"ward_code": "area_code"})
    rows = [
        tidy.tidy(
            kept.assign(value=kept[column], area_type="ward"),
            raw.source,
            indicator=slug,
            period="2002/03",
            method="dummy" if raw.source.is_dummy else "published",
        )
        for slug, column in named.items()
    ]
    return tidy.Cleaned(tidy.stack(rows), aside, (raw.source,), len(raw.frame))


def _column(columns: list[str], slug: str) -> str:
    """Return the raw column of an indicator, dummy or real: its name starts with the slug's."""
    return next(name for name in columns if name.startswith(slug.replace("-", "_")))
