"""A look through every open file of ``data/raw``, whether or not anybody asks for its figures.

A list of people that no cleaner reads would lie there, be committed and be sent to workers.
"""

import hashlib

from darlington_analysis.catalogue import lists_of_people, opening, sources
from darlington_analysis.project import Project

_clear: set[tuple[str, str]] = set()  # dataset and hash of what this process has looked through


def refuse_people(project: Project) -> None:
    """Raise DisclosureError where an open file of the register has a row a person, on any sheet
    or layer; SourceError where one can't be looked through. Nobody is quoted.
    """
    for source in sources.register(project):
        if source.is_restricted:
            continue
        path = project.raw / source.path
        seen = (source.dataset, hashlib.sha256(path.read_bytes()).hexdigest())
        if seen not in _clear:
            for grid in opening.heads_of(path, lists_of_people.MOST_ROWS):
                sources.refuse_people(source, grid.rows)
            _clear.add(seen)
