"""From ``data/raw`` to ``data/processed``: clean, gate, work out, check, write whole."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from darlington_analysis.cleaning import (
    assets,
    checks,
    declared,
    deprivation,
    first_time_entrants,
    imported,
    indicator_rows,
)
from darlington_analysis.cleaning.indicator_rows import Cleaned
from darlington_analysis.core import atomic
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Settings, load_place
from darlington_analysis.sources import areas, register
from darlington_analysis.sources.gazetteer import Gazetteer
from darlington_analysis.sources.register import Source


@dataclass(frozen=True)
class Processed:
    """What cleaning made: the one table, rank ranges, rows set aside, where everything is from."""

    table: pd.DataFrame
    ranks: pd.DataFrame
    set_aside: pd.DataFrame
    provenance: dict


def process(project: Project, settings: Settings) -> Processed:
    """Return the one table made from every source. Nothing is written."""
    families, absent = gather(project, settings)
    rule = indicator_rows.small_number_rule(settings.small_numbers)
    gated = pd.concat(
        [indicator_rows.through_the_gate(family, rule) for family in families.values()],
        ignore_index=True,
    )
    checks.refuse(gated)
    checks.refuse_other_places(gated, Gazetteer(project))
    made = indicator_rows.marked_small(indicator_rows.with_values(gated).astype(checks.TYPES))
    made = checks.marked(project, made)
    editions = _ward_sets(project, settings)
    ward_sets = [wards for wards, _ in editions]
    table = checks.check_table(checks.check(made), ward_sets)
    return Processed(
        table=table,
        ranks=indicator_rows.rank_wards(table, editions),
        set_aside=pd.concat([family.set_aside for family in families.values()], ignore_index=True),
        provenance={
            **provenance(families),
            **({"absent": absent} if absent else {}),
            "odd": checks.odd(table).to_dict("records"),
            "small_numbers": settings.small_numbers.numbers,
        },
    )


def gather(project: Project, settings: Settings) -> tuple[dict[str, Cleaned], dict[str, list[str]]]:
    """Return the cleaned rows of every family that the project has sources for, and, for each
    family that is not there or not whole, the datasets that are absent.

    Raises SourceError where there is no family at all.
    """
    register.refuse_waiting(project)
    register.screen_open_sources(project)
    cleaned: dict[str, list[Cleaned]] = {}
    absent: dict[str, list[str]] = {}
    for family, clean in _families(project, settings):
        try:
            rows = clean()
        except register.AbsentError as fault:
            names = absent.setdefault(family, [])
            names += [fault.dataset] if fault.dataset not in names else []
        else:
            cleaned.setdefault(family, []).append(rows)
    if not cleaned:
        raise SourceError(
            "data/raw holds no figures",
            "At least one table of figures with its sidecar.",
            "git status data/raw, or add a file: python -m darlington_analysis add FILE",
        )
    return {family: indicator_rows.merge(parts) for family, parts in cleaned.items()}, absent


def _families(project: Project, settings: Settings) -> Iterator[tuple[str, Callable[[], Cleaned]]]:
    """Return the name of each family of figures, and what cleans it or one of its tables."""
    yield from _declared(project, declared.EARLIER)
    yield "deprivation", partial(deprivation.clean, project)
    yield "deprivation by other methods", partial(deprivation.clean_aggregations, project)
    yield "youth justice, England", partial(first_time_entrants.england, project)
    yield from _declared(project, declared.SINCE_2015)
    yield "youth justice, releases", partial(imported.clean, project)
    yield from imported.families(project)
    yield from first_time_entrants.families(project, settings)


def _declared(
    project: Project, families: dict[str, tuple[assets.Asset, ...]]
) -> Iterator[tuple[str, Callable[[], Cleaned]]]:
    place = load_place(project)
    words = {"first": place.first.when, "last": place.last.when}
    for named, tables in families.items():
        family = named.format(**words)
        for asset in tables:
            if not (asset.only_wards and place.first is place.last):
                yield family, partial(assets.clean, project, family, asset)


def provenance(families: dict[str, Cleaned]) -> dict:
    """Return what a reader may know of the sources; a restricted file's checksum stays here."""
    sources = {
        source.path: _published(source) for family in families.values() for source in family.sources
    }
    return {
        "sources": dict(sorted(sources.items())),
        "set_aside": pd.concat([family.set_aside for family in families.values()])
        .source.value_counts()
        .to_dict(),
        "reasons": _reasons(families),
        "families": {
            name: {
                "rows_read": family.rows_read,
                "rows_set_aside": len(family.set_aside),
                "checks": [list(check) for check in family.checks],
            }
            for name, family in families.items()
        },
    }


def write(project: Project, made: Processed) -> None:
    """Put the table, the rows set aside and the provenance into ``data/processed``, all at once.

    The folder appears whole, by one rename: no table ever stands beside another's provenance.
    """
    text = json.dumps(made.provenance, indent=1, ensure_ascii=False, default=float)
    place = project.processed
    aside = place.with_name(f".{place.name}-aside")
    shutil.rmtree(aside, ignore_errors=True)  # of a run that was killed
    aside.mkdir(parents=True)
    try:
        (aside / ".gitkeep").touch()
        (aside / "provenance.json").write_text(text, "utf-8")
        atomic.write_csv(made.set_aside, aside / "set_aside.csv")
        made.ranks.to_parquet(aside / "ranks.parquet", index=False)
        made.table.to_parquet(aside / "indicators.parquet", index=False)
        atomic.put_in_place(aside, place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _reasons(families: dict[str, Cleaned]) -> dict[str, list[str]]:
    """Return why rows were set aside, by the source they came from."""
    rows = pd.concat([family.set_aside for family in families.values()])
    return {path: list(own.reason.unique()) for path, own in rows.groupby("source")}


def _ward_sets(project: Project, settings: Settings) -> list[tuple[set[str], int]]:
    """Return the wards of each set that has editions, and the year of the newest edition's data."""
    years = {edition.ward_set: edition.data_as_at.year for edition in settings.editions}
    years |= {
        edition.ward_set: max(years[edition.ward_set], edition.data_as_at.year)
        for edition in settings.editions
    }
    return [
        ({ward.code for ward in areas.ward_set(project, name).wards}, years[name])
        for name in sorted(years)
    ]


def _published(source: Source) -> dict:
    story = source.model_dump(mode="json", exclude={"path", "columns"})
    if source.is_restricted:
        story.pop("sha256")
    return story
