"""What each command does; every function takes the parsed arguments and returns an exit code.

A command imports what it needs, so that a quick one stays quick.
"""

from __future__ import annotations

import re
import shutil
import sys
from argparse import Namespace
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from darlington_analysis.cli.progress import Progress, say
from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import UnknownAreaError, UsageError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import Settings, load_settings
from darlington_analysis.sources import areas
from darlington_analysis.sources.areas import Ward, WardSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from darlington_analysis.publishing import run_state


def wards(asked: Namespace) -> int:
    """Print every ward of an edition: code and name."""
    project = find_project()
    edition = load_settings(project).edition(asked.edition)
    for ward in areas.ward_set(project, edition.ward_set).wards:
        say(f"{ward.code}  {ward.name}")
    return 0


def check(asked: Namespace) -> int:
    """Check settings, every source and the table that they make; write nothing."""
    from darlington_analysis.cleaning import checks, process
    from darlington_analysis.core import permissions
    from darlington_analysis.publishing import packs as making
    from darlington_analysis.sources import outlines, register, sidecars

    project = find_project()
    permissions.restrict_private_folders(project)
    settings = load_settings(project)
    check_settings(project, settings)
    making.check_notebook(project)
    sources = register.register(project)
    for source in sources:
        register.check_unchanged(project, source)
        sidecars.require_columns(source)
        if source.dataset == areas.POSTCODES:
            areas.wards_of_postcodes(project, source)
    outlines.check(project)
    made = process.process(project, settings)
    checks.check(made.table)
    dummy = made.table[made.table.is_dummy].source.nunique()
    say(f"settings: as they should be, {len(settings.editions)} edition(s)")
    say(f"sources: {len(sources)}, unchanged; made-up figures come from {dummy} of them")
    say(f"table: {len(made.table)} rows, {len(made.set_aside)} raw rows set aside")
    for line in making.unshown(made.table):
        say(line)
    return 0


def data(asked: Namespace) -> int:
    """Turn ``data/raw`` into ``data/processed``."""
    from darlington_analysis.publishing import run_lock as editions

    project = find_project()
    with editions.locked(project), editions.snapshot(project) as frozen:
        _process(frozen, load_settings(frozen), fingerprints.inputs(frozen))
    return 0


def packs(asked: Namespace) -> int:
    """Make evidence packs and publish the edition whole, unless nothing has changed."""
    from darlington_analysis.publishing import run_state

    return 0 if run_state.nothing_to_do(asked) else _packs(asked)


def _packs(asked: Namespace) -> int:
    from darlington_analysis.cli.agreement_forms import missing_records
    from darlington_analysis.evidence import table
    from darlington_analysis.publishing import packs as making
    from darlington_analysis.publishing import run_lock as editions
    from darlington_analysis.publishing import run_state

    engine = engine_of(asked.scheduler, asked.without_tls)
    live = find_project()
    with editions.locked(live), editions.snapshot(live) as project:
        settings = load_settings(project)
        edition = settings.edition(asked.edition)
        check_settings(project, settings)
        known = areas.ward_set(project, edition.ward_set)
        chosen = choose(known, settings, asked.ward, asked.supported)
        for fault in missing_records(project):
            say(str(fault))
        making.check_notebook(project)
        with run_state.recorded(project, edition.id) as record:
            inputs = fingerprints.inputs(project)
            before = run_state.load_state(project, edition.id).get("inputs", {})
            causes = run_state.changed_inputs(before, inputs) if before else []
            record.because = [" ".join(cause) for cause in causes]
            _process(project, settings, inputs)
            _warm_up(edition.id, chosen)
            with Progress(len(chosen), f"Packs, {edition.title}") as progress:
                wanted = making.Asked(tuple(chosen), asked.force, told(progress, record), engine)
                outcome = making.make_packs(table.load(edition.id, project), wanted)
            for line in making.of_run(project, edition, known, outcome, inputs):
                say(line)
            making.raise_if_failed(outcome)
    return 0


def verify(asked: Namespace) -> int:
    """Make an edition again, aside, and compare every file; exit code 16 where one differs."""
    from darlington_analysis.evidence import table
    from darlington_analysis.publishing import run_lock as editions
    from darlington_analysis.publishing import verifying

    live = find_project()
    with editions.locked(live), editions.snapshot(live) as project:
        settings = load_settings(project)
        edition = settings.edition(asked.edition)
        verifying.check_is_there(project, edition.id)
        _process(project, settings, fingerprints.inputs(project))
        loaded = table.load(edition.id, project)
        _warm_up(edition.id, loaded.wards.wards)
        wards = verifying.published_wards(loaded)
        with Progress(len(wards), f"Again, {edition.title}") as progress:
            compared = verifying.rebuild_and_compare(loaded, wards, progress.tell)
    say(f"reports/{edition.id}: {compared} files are what they would be if they were made again")
    return 0


def _warm_up(edition: str, wards: Iterable[Ward]) -> None:
    from darlington_analysis.publishing import kernels

    if not kernels.warm_up(edition, [ward.code for ward in wards]):
        say("Nothing can be forked here: kernels are started one by one, which is slower.")


def schedule(asked: Namespace) -> int:
    """Print an entry that makes the packs unattended."""

    say(entry(asked.kind, find_project(), asked.edition, weekly=asked.weekly))
    return 0


def engine_of(scheduler: str | None, without_tls: bool):
    """Return what makes the packs: this machine's workers, or a cluster's. Raises UsageError."""
    if scheduler is None:
        from darlington_analysis.publishing import kernels

        return kernels.pool
    from darlington_analysis.publishing import cluster

    return cluster.engine(scheduler, without_tls=without_tls)


def told(progress: Progress, record: run_state.Record):
    """Return who hears of each pack: the terminal, and the run's record."""

    def tell(code: str, state: str, made) -> None:
        progress.tell(code, state)
        details = vars(made) if made else {}
        record.pack(code, state, **{k: v for k, v in details.items() if k != "ward_code"})

    return tell


def agreement(asked: Namespace) -> int:
    """Do one step on an agreement record; no other user may read whom the private folder names."""
    from darlington_analysis.cli import agreement_commands
    from darlington_analysis.core import permissions

    permissions.restrict_private_folders(find_project())
    return getattr(agreement_commands, asked.step)(asked)


def _process(project: Project, settings: Settings, inputs: dict[str, str]) -> None:
    """Clean the raw files, unless these very ones were cleaned into what lies there already."""
    from darlington_analysis.publishing import run_state

    if run_state.load_state(project, run_state.DATA) == run_state.data_now(project, inputs):
        say("data/processed: as it was, nothing it is made from has changed")
        return
    from darlington_analysis.cleaning import process

    made = process.process(project, settings)
    process.write(project, made)
    run_state.save_state(project, run_state.DATA, run_state.data_now(project, inputs))
    say(f"data/processed: {len(made.table)} rows, {len(made.set_aside)} raw rows set aside")
    for family, datasets in made.provenance.get("absent", {}).items():
        say(f"skipped, not in data/raw: {family} ({', '.join(datasets)})")
    made_up = made.table[made.table.is_dummy].indicator.unique()
    say(f"made-up figures: {', '.join(made_up) or 'none'}")


KINDS = ("cron", "systemd", "ci")
DAILY = {"cron_days": "1-5", "systemd_days": "Mon..Fri", "days": "on working days"}
WEEKLY = {"cron_days": "1", "systemd_days": "Mon", "days": "on Mondays"}
# cron, the shell and systemd each quote in a way of their own; these letters need it nowhere.
_PLAIN = re.compile(r"/[\w/.+-]*")


def entry(kind: str, project: Project, edition: str | None, *, weekly: bool = False) -> str:
    """Return one entry of ``KINDS``, filled in for this project, its Python and an edition.

    It runs on working days, or on Mondays alone where ``weekly``. The files of systemd carry the
    edition where one is named, so that each can have its own.

    Raises UnknownAreaError for an edition that does not exist, UsageError for a path that the
    entry would take apart.
    """
    chosen = load_settings(project).edition(edition)
    folder = resources.files("darlington_analysis.cli") / "templates" / "schedule"
    template = Template((folder / f"{kind}.txt").read_text("utf-8"))
    paths = {"root": str(project.root), "python": sys.executable}
    days = WEEKLY if weekly else DAILY
    for name in template.get_identifiers():
        _refuse_odd(paths.get(name, "/"))
    unit = f"darlington-packs-{chosen.id}" if edition else "darlington-packs"
    return template.substitute(paths, edition=chosen.id, unit=unit, **days).rstrip()


def _refuse_odd(path: str) -> None:
    if not _PLAIN.fullmatch(path):
        raise UsageError(
            f"The path {path} can't stand in an entry",
            "Letters, figures and / . _ + - alone: others are read as more than a path there.",
            "move the project, or its Python, to a folder without them",
        )


def formats(asked: Namespace) -> int:
    """Make other formats of packs that are published: all there are, or of the wards named."""
    from darlington_analysis.core import atomic
    from darlington_analysis.evidence import table
    from darlington_analysis.publishing import formats as making_formats
    from darlington_analysis.publishing import index, leaks, run_state
    from darlington_analysis.publishing import run_lock as editions

    project = find_project()
    settings = load_settings(project)
    edition = settings.edition(asked.edition)
    known = areas.ward_set(project, edition.ward_set)
    kinds = asked.kinds or list(making_formats.KINDS)
    with editions.locked(project), run_state.keeping_fingerprint(project, edition.id):
        loaded = table.load(edition.id, project)
        for ward in choose(known, settings, asked.ward, supported=False):
            name = ward.folder
            place = project.reports / edition.id / name
            if not asked.ward and not place.is_dir():
                continue
            with editions.staging(project, edition.id) as workshop:
                made = workshop / edition.id / name
                if place.is_dir():
                    shutil.copytree(place, made, symlinks=True)
                published = making_formats.Published(made, ward.name, edition, settings)
                files = making_formats.make(published, kinds)
                leaks.refuse(loaded, workshop / edition.id)
                atomic.put_in_place(made, place)
            index.list_anew(project.reports / edition.id, place, ward.name)
            say(f"{ward.code} {', '.join(files)}")
    return 0


def choose(known: WardSet, settings: Settings, named: list[str], supported: bool) -> list[Ward]:
    """Return the wards that were asked for, in the order of their names; none named is all.

    An alias is taken, and said aloud. Raises UnknownAreaError.
    """
    if named and supported:
        raise UsageError(
            "--ward and --supported were both given",
            "One or the other: wards by name, or all supported ones.",
            "leave one of them out",
        )
    if supported and settings.support.ward_set != known.name:
        raise UsageError(
            f"--supported can't be used: no support is decided for wards of {known.name}",
            f"The Council decided it for wards of {settings.support.ward_set}.",
            "name wards with --ward, or leave --supported out for all of them",
        )
    codes = set(settings.support.supported) if supported else {ward.code for ward in known.wards}
    if named:
        codes = set()
        for text in named:
            match = known.find(text)
            if match.by in ("alias", "old code"):
                say(f"“{text}” is {match.ward.name} ({match.ward.code})")
            codes.add(match.ward.code)
    return [ward for ward in known.wards if ward.code in codes]


def check_settings(project: Project, settings: Settings) -> None:
    """Raise UnknownAreaError where darlington.toml names a ward that does not exist."""
    for edition in settings.editions:
        areas.ward_set(project, edition.ward_set)
    support, known = settings.support, set()
    if support.ward_set:
        known = {ward.code for ward in areas.ward_set(project, support.ward_set).wards}
    strangers = [code for code in (*support.supported, *support.watch_list) if code not in known]
    if strangers:
        raise UnknownAreaError(
            f"darlington.toml names a ward that does not exist: {strangers[0]}",
            f"Support is decided for wards of {support.ward_set}.",
            "python -m darlington_analysis wards",
        )


def approve(asked: Namespace) -> int:
    """Write down that a role has an edition in review or approves it; an approved one is kept.

    Its packs are made again, since each says how far the Council is.
    """
    from datetime import UTC, datetime

    from darlington_analysis.evidence import approval, table
    from darlington_analysis.publishing import approving, run_state, site
    from darlington_analysis.publishing import run_lock as editions

    live = find_project()
    edition = load_settings(live).edition(asked.edition)
    today = datetime.now(UTC).date()
    day = asked.on or today
    if not edition.data_as_at <= day <= today:
        raise UsageError(
            f"It can't have been approved on {day.isoformat()}",
            f"A day from {edition.data_as_at.isoformat()} (the edition's figures) to today.",
            f"--on {today.isoformat()}",
        )
    state = approval.IN_REVIEW if asked.in_review else approval.APPROVED
    with approving.or_as_before(live, edition.id):
        with editions.locked(live):
            run_state.refuse_stale(live)
            if state == approval.APPROVED:
                approving.refuse_kept(live, edition.id, day)
            approving.record(table.load(edition.id, live), state, asked.by, day)
        made = packs(
            Namespace(
                edition=edition.id,
                ward=[],
                supported=False,
                force=False,
                scheduler=None,
                without_tls=False,
            )
        )
        if state == approval.APPROVED:
            with editions.locked(live):
                kept = approving.keep(table.load(edition.id, live), day)
                site.write(live, load_settings(live))
            say(f"kept: reports/{kept.name}/index.html")
    return made


def changes(asked: Namespace) -> int:
    """Print every figure that is not as it was when the edition was approved, with its cause."""
    from darlington_analysis.evidence import changes as since
    from darlington_analysis.evidence import table
    from darlington_analysis.pages import changes as words
    from darlington_analysis.publishing import approving

    loaded = table.load(load_settings(find_project()).edition(asked.edition).id)
    say(approving.state_of(loaded))
    shown = since.since_approval(loaded)
    for line in [*words.approval_sentences(shown), *words.approval_lines(shown)] if shown else []:
        say(line)
    return 0
