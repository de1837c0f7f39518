"""``accessibility`` and ``formats``: what is done with pages that are published."""

from argparse import Namespace

from darlington_analysis.catalogue import areas
from darlington_analysis.project import find_project
from darlington_analysis.publishing import edition as editions
from darlington_analysis.publishing.choosing import choose
from darlington_analysis.publishing.progress import say
from darlington_analysis.settings import load_settings


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
    from darlington_analysis.publishing import index_table, pack

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
            index_table.list_anew(project.reports / edition.id, folder, ward.name)
    return 0
