"""What each command does; every function takes the parsed arguments and returns an exit code."""

from argparse import Namespace

from darlington_analysis.catalogue import areas, schema, sources
from darlington_analysis.catalogue.areas import Ward, WardSet
from darlington_analysis.errors import UnknownAreaError, UsageError
from darlington_analysis.evidence import table
from darlington_analysis.project import Project, find_project
from darlington_analysis.publishing import edition as editions
from darlington_analysis.publishing import packs as making
from darlington_analysis.publishing import warm
from darlington_analysis.publishing.progress import Progress, say
from darlington_analysis.settings import Settings, load_settings


def wards(asked: Namespace) -> int:
    """Print every ward of an edition: code and name."""
    project = find_project()
    edition = load_settings(project).edition(asked.edition)
    for ward in areas.ward_set(project, edition.ward_set).wards:
        print(f"{ward.code}  {ward.name}")
    return 0


def check(asked: Namespace) -> int:
    """Check settings, every source and the table that they make; write nothing."""
    from darlington_analysis.cleaning import process

    project = find_project()
    settings = load_settings(project)
    _check_settings(project, settings)
    making.check_notebook(project)
    found = sources.register(project)
    for source in found:
        sources.check_unchanged(project, source)
    made = process.process(project, settings)
    schema.check(made.table)
    dummy = sum(source.is_dummy for source in found)
    say(f"settings: as they should be, {len(settings.editions)} edition(s)")
    say(f"sources: {len(found)}, unchanged; {dummy} of them made up")
    say(f"table: {len(made.table)} rows, {len(made.set_aside)} raw rows set aside")
    return 0


def data(asked: Namespace) -> int:
    """Turn ``data/raw`` into ``data/processed``."""
    project = find_project()
    with editions.locked(project):
        _process(project, load_settings(project))
    return 0


def packs(asked: Namespace) -> int:
    """Make evidence packs and publish the edition whole."""
    project = find_project()
    settings = load_settings(project)
    edition = settings.edition(asked.edition)
    _check_settings(project, settings)
    known = areas.ward_set(project, edition.ward_set)
    chosen = choose(known, settings, asked.ward, asked.supported)
    making.check_notebook(project)
    warm.warm_up()  # while the data are processed
    with editions.locked(project):
        _process(project, settings)
        with Progress(len(chosen), f"Packs, {edition.title}") as progress:
            outcome = making.make_packs(
                table.load(edition.id, project), chosen, force=asked.force, tell=progress.tell
            )
    say(f"reports/{edition.id}/index.html")
    making.raise_if_failed(outcome)
    return 0


def accessibility(asked: Namespace) -> int:
    """Look at an edition's pages with a browser, and write what was found beside its index."""
    from darlington_analysis.publishing import accessibility as looking
    from darlington_analysis.publishing import browser

    project = find_project()
    edition = load_settings(project).edition(asked.edition)
    folder = project.reports / edition.id
    looking.pages_of(folder, edition.id)
    with browser.started() as chromium:
        report = looking.check_edition(
            chromium, folder, edition.id, lambda page, state: say(f"{page}: {state}")
        )
    looking.write(report, folder)
    say(f"{report['summary']}\nreports/{edition.id}/{looking.REPORT}")
    looking.refuse(report)
    return 0


def formats(asked: Namespace) -> int:
    """Make other formats of packs that are published: all there are, or of the wards named."""
    from darlington_analysis.publishing import formats as making_formats
    from darlington_analysis.publishing import pack

    project = find_project()
    settings = load_settings(project)
    edition = settings.edition(asked.edition)
    known = areas.ward_set(project, edition.ward_set)
    kinds = asked.kinds or list(making_formats.KINDS)
    with editions.locked(project):
        for ward in choose(known, settings, asked.ward, supported=False):
            folder = project.reports / edition.id / pack.folder_name(ward.code, ward.slug)
            if not asked.ward and not folder.is_dir():
                continue
            published = making_formats.Published(folder, ward.name, edition, settings)
            say(f"{ward.code} {', '.join(making_formats.make(published, kinds))}")
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


def _process(project: Project, settings: Settings) -> None:
    from darlington_analysis.cleaning import process

    made = process.process(project, settings)
    process.write(project, made)
    say(f"data/processed: {len(made.table)} rows, {len(made.set_aside)} raw rows set aside")
    made_up = made.table[made.table.is_dummy].indicator.unique()
    say(f"made-up figures: {', '.join(made_up) or 'none'}")


def _check_settings(project: Project, settings: Settings) -> None:
    """Raise UnknownAreaError where darlington.toml names a ward that does not exist."""
    for edition in settings.editions:
        areas.ward_set(project, edition.ward_set)
    support = settings.support
    known = {ward.code for ward in areas.ward_set(project, support.ward_set).wards}
    strangers = [code for code in (*support.supported, *support.watch_list) if code not in known]
    if strangers:
        raise UnknownAreaError(
            f"darlington.toml names a ward that does not exist: {strangers[0]}",
            f"Support is decided for wards of {support.ward_set}.",
            "python -m darlington_analysis wards",
        )
