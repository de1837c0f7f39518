"""``formats``: other formats of packs that are published."""

import shutil
from argparse import Namespace

from darlington_analysis.cli.choosing import choose
from darlington_analysis.cli.progress import say
from darlington_analysis.core import atomic
from darlington_analysis.core.project import find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.publishing import run_lock as editions
from darlington_analysis.publishing import run_state
from darlington_analysis.sources import areas


def formats(asked: Namespace) -> int:
    """Make other formats of packs that are published: all there are, or of the wards named."""
    from darlington_analysis.evidence import table
    from darlington_analysis.publishing import formats as making_formats
    from darlington_analysis.publishing import index, leaks, pack

    project = find_project()
    settings = load_settings(project)
    edition = settings.edition(asked.edition)
    known = areas.ward_set(project, edition.ward_set)
    kinds = asked.kinds or list(making_formats.KINDS)
    with editions.locked(project), run_state.still_whole(project, edition.id):
        loaded = table.load(edition.id, project)
        for ward in choose(known, settings, asked.ward, supported=False):
            name = pack.folder_name(ward.code, ward.slug)
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
