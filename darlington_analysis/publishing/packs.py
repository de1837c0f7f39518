"""Which wards, in what order, what is already up to date, and how the run ended."""

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from darlington_analysis.core import atomic, fingerprints
from darlington_analysis.core.errors import PackFailedError, SourceError, UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Edition
from darlington_analysis.evidence import agreement, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.publishing import (
    disclosure_audit,
    formats,
    index,
    kernels,
    leaks,
    pack,
    pack_workers,
    papers,
    run_notebook,
    run_state,
    statement,
)
from darlington_analysis.publishing import run_lock as editions
from darlington_analysis.sources.areas import Ward, WardSet
from darlington_analysis.sources.indicators import indicator, register

_KEY = ("indicator", "area_code", "period", "breakdown", "vintage")


def between(before: Path, after: Path) -> tuple[int, int, bool]:
    """Return how many figures and how many sentences of a pack are new, gone or another, and
    whether what people wrote in the ward's agreement is.

    ``before`` and ``after`` are a pack's folders; one that is not there holds nothing.
    """
    return (
        _differing(_figures(before), _figures(after)),
        _differing(_sentences(before), _sentences(after)),
        bool(_manifest(before)) and _agreement(before) != _agreement(after),
    )


def _differing(before: dict, after: dict) -> int:
    return sum(before.get(key) != after.get(key) for key in {*before, *after})


def _figures(folder: Path) -> dict[tuple, dict]:
    path = folder / pack.FIGURES
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as table:
        return {tuple(row[name] for name in _KEY): row for row in csv.DictReader(table)}


def _sentences(folder: Path) -> dict[str, str]:
    return {claim["id"]: claim["sentence"] for claim in _manifest(folder).get("claims", ())}


def _agreement(folder: Path) -> str:
    return _manifest(folder).get("agreement", "")


def _manifest(folder: Path) -> dict:
    path = folder / pack.MANIFEST
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


Told = Callable[[str, str, pack_workers.Made | None], None]


@dataclass
class Outcome:
    """What became of each ward, by code: made, unchanged, or failed with a reason.

    ``retried``: why the first try failed of a pack made at the second. ``kept``: failed wards
    whose pack from before stays. ``changes``: a made pack's figures and sentences that are others
    than before, and whether its agreement is; a first one has none.
    """

    state: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    retried: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    changes: dict[str, tuple[int, int, bool]] = field(default_factory=dict)

    def add(self, made: pack_workers.Made) -> None:
        """Take in what became of one order."""
        self.state[made.ward_code] = "failed" if made.fault else "made"
        if made.fault:
            self.reasons[made.ward_code] = made.fault
        elif made.first_fault:
            self.retried[made.ward_code] = made.first_fault

    def among(self, state: str) -> list[str]:
        """Return the codes of the wards of one state."""
        return [code for code, reached in self.state.items() if reached == state]


@dataclass(frozen=True)
class Asked:
    """What a run was asked: which wards, whether all are made anew, who makes them, who hears.

    ``engine``: gives the workers for a number of orders, ``warm.pool`` or a cluster's.
    """

    wards: tuple[Ward, ...]
    force: bool
    tell: Told
    engine: Callable = kernels.pool


def make_packs(loaded: table.EditionTable, asked: Asked) -> Outcome:
    """Make the packs that are asked for and publish the edition whole.

    Packs of other wards stay as they are. Where a pack fails, the one from before stays, and the
    outcome and the index say so. Raises DisclosureError where somebody would be given away: then
    the whole edition from before stays.
    """
    reports, name = loaded.project.reports, loaded.edition.id
    with editions.staging(loaded.project, name) as workshop:
        reports.mkdir(parents=True, exist_ok=True)
        place, made = reports / name, workshop / name
        _carry_over(place, made, loaded)
        refuse_made_up_again(loaded, made)
        outcome = build(loaded, asked, made)
        for ward in asked.wards:
            folder = pack.folder_name(ward.code, ward.slug)
            if outcome.state[ward.code] == "made" and (place / folder).is_dir():
                outcome.changes[ward.code] = between(place / folder, made / folder)
            elif outcome.state[ward.code] == "failed" and (made / folder).is_dir():
                outcome.kept.add(ward.code)
        fingerprints.refuse_changed_code()
        atomic.put_in_place(made, place)
    return outcome


def build(loaded: table.EditionTable, asked: Asked, made: Path) -> Outcome:
    """Put an edition together in the folder ``made``, which may hold packs from before.

    Raises DisclosureError where somebody would be given away.
    """
    notebook = check_notebook(loaded.project)
    outcome = Outcome()
    kinds = {ward: formats.kinds_in(_folder(made, ward)) for ward in asked.wards}
    orders = _orders(loaded, asked, made, notebook, outcome)
    with asked.engine(len(orders)) as pool:
        waiting = pack_workers.begin(pool, orders, made.parent)
        audited = disclosure_audit.passed(loaded)  # while the first packs are made
        for pack_made in pack_workers.results(waiting, made.parent):
            outcome.add(pack_made)
            asked.tell(pack_made.ward_code, outcome.state[pack_made.ward_code], pack_made)
    for ward, wanted in kinds.items():
        if wanted and outcome.state[ward.code] == "made":
            place = formats.Published(
                _folder(made, ward), ward.name, loaded.edition, loaded.settings
            )
            formats.make(place, wanted)
    papers.write_for_cabinet(loaded, made)
    index.write(loaded, made, outcome.reasons, audited)
    statement.write(made, loaded.edition, loaded.settings.roles)
    pack.write(loaded, made)
    disclosure_audit.write(audited, made)
    with kernels.pool(len(loaded.wards.wards)) as pool:  # every file, before anybody else reads it
        leaks.refuse(loaded, made, pool.map)
    return outcome


def _folder(made: Path, ward: Ward) -> Path:
    return made / pack.folder_name(ward.code, ward.slug)


def refuse_made_up_again(loaded: table.EditionTable, edition_folder: Path) -> None:
    """Raise SourceError where a figure is made up now that was real when packs were published."""
    rows = loaded.rows[loaded.rows.area_type.eq("ward") & loaded.rows.is_dummy.astype(bool)]
    made_up = {slug: indicator(slug).title for slug in set(rows.indicator)}
    for ward in loaded.wards.wards:
        folder = _folder(edition_folder, ward)
        before = set(_manifest(folder).get("made_up_indicators", made_up.values()))
        for slug in sorted(slug for slug, title in made_up.items() if title not in before):
            if _was_real(folder, slug, ward):
                raise SourceError(
                    f"{made_up[slug]}: reports/{loaded.edition.id} has real figures of {ward.name}, "
                    "and now there are made-up ones alone",
                    "Real counts that were published are not replaced by made-up ones.",
                    "put the real counts back into data/raw/restricted; or, if they are to go, move "
                    f"reports/{loaded.edition.id} away first",
                )


def _was_real(folder: Path, slug: str, ward: Ward) -> bool:
    """True where a pack's figures hold a figure of the ward that is not made up."""
    return any(
        row["indicator"] == slug and row["area_code"] == ward.code and row["is_dummy"] == "False"
        for row in _figures(folder).values()
    )


def check_notebook(project: Project) -> Path:
    """Return the pack's notebook. Raises UsageError where its parameters do not match."""
    notebook = project.notebooks / pack.NOTEBOOK
    run_notebook.check_parameters(notebook, pack.PARAMETERS)
    return notebook


def raise_if_failed(outcome: Outcome) -> None:
    """Raise PackFailedError naming the first pack that failed; the others are published."""
    failed = outcome.among("failed")
    if failed:
        first = failed[0]
        raise PackFailedError(
            f"{len(failed)} of {len(outcome.state)} packs could not be made: "
            f"{first}: {outcome.reasons[first]}",
            "Any made before stay in their place; the index page says which failed.",
            f"python -m darlington_analysis packs --ward {first}",
        )


def _carry_over(place: Path, made: Path, loaded: table.EditionTable) -> None:
    """Copy the packs of this edition's wards, and what a browser found; nothing else."""
    made.mkdir()
    statement.carry_over(place, made)
    for ward in loaded.wards.wards:
        folder = pack.folder_name(ward.code, ward.slug)
        if (place / folder).is_dir():
            shutil.copytree(place / folder, made / folder, symlinks=True)


def _orders(loaded, asked: Asked, made: Path, notebook: Path, outcome: Outcome) -> list[pack.Order]:
    """Return what is to be made; a pack that is up to date is told of and left alone."""
    orders = []
    for ward in asked.wards:
        folder = made / pack.folder_name(ward.code, ward.slug)
        key = pack.key_of(in_table(loaded, ward.code), notebook)
        if not asked.force and pack.is_as_made(folder, key):
            outcome.state[ward.code] = "unchanged"
            asked.tell(ward.code, "unchanged", None)
        elif not asked.force and pack.version_of(folder) and agreement.is_frozen(loaded, ward):
            outcome.state[ward.code] = "frozen"
            asked.tell(ward.code, "frozen", None)
        else:
            orders.append(pack.Order(ward.code, loaded.edition.id, notebook, folder))
    _refuse_changed(loaded, made, orders)
    return orders


def _refuse_changed(loaded: table.EditionTable, made: Path, orders: list[pack.Order]) -> None:
    """Raise UsageError where a pack that is not made again is no longer as it was made.

    Where one that is made again is not, it is taken out: it would stay if the new one failed.
    """
    again = {order.folder for order in orders}
    for ward in loaded.wards.wards:
        folder = made / pack.folder_name(ward.code, ward.slug)
        if not folder.is_dir() or pack.is_as_made(folder):
            continue
        if folder not in again:
            raise UsageError(
                f"reports/{loaded.edition.id}/{folder.name} is not as it was made",
                "A pack of another ward is published again only as its manifest vouches for it.",
                f"python -m darlington_analysis packs --force --ward {ward.code}",
            )
        shutil.rmtree(folder)


def of_run(
    project: Project, edition: Edition, known: WardSet, outcome: Outcome, inputs: dict[str, str]
) -> list[str]:
    """Remember a run that has published, and return its summary, a line each.

    Only where every ward's pack is there and as it should be may a later run be answered unread.
    """
    before = run_state.load_state(project, edition.id)
    now = run_state.edition_now(project, edition.id, inputs)
    is_whole = not outcome.among("failed") and len(outcome.state) == len(known.wards)
    run_state.save_state(project, edition.id, now | {"packs": len(known.wards) if is_whole else 0})
    names = {ward.code: ward.name for ward in known.wards}
    causes = run_state.changed_inputs(before.get("inputs", {}), inputs)
    counts = (len(outcome.among(state)) for state in ("made", "unchanged", "failed"))
    return [
        run_state.counted(edition.title, *counts),
        *run_state.frozen([names[code] for code in outcome.among("frozen")]),
        *(
            run_state.failed(names[code], code, outcome.reasons[code], code in outcome.kept)
            for code in outcome.among("failed")
        ),
        *(run_state.retried(names[code], code, why) for code, why in outcome.retried.items()),
        *run_state.because(causes, is_first=not before),
        *run_state.of_packs([(names[code], *change) for code, change in outcome.changes.items()]),
        *run_state.unreadable(edition.id, (project.reports / edition.id).stat().st_mode),
        run_state.where(edition.id),
    ]


def unshown(table: pd.DataFrame) -> list[str]:
    """Return a line for each indicator of the one table that no page of the packs shows.

    Those that nobody registered come first, by the file they are from.
    """
    waiting = table[~table.indicator.isin(register())]
    lines = [
        run_state.waiting(source, list(dict.fromkeys(rows.indicator)))
        for source, rows in waiting.groupby("source")
    ]
    known = [entry for slug, entry in register().items() if slug in set(table.indicator)]
    return lines + [run_state.unshown(entry.slug) for entry in known if not entry.page]
