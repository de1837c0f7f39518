"""What the warm parent holds before it forks: an edition's table, a first ward shown, and the
evidence for the wards of the run.

The fork server can only be given modules to import, so this one works when it is imported,
and only the fork server imports it. A ward's evidence, whatever is the same in every ward
(`EditionTable.shared`) and every cache of fonts and words is then there in each worker and kernel.
"""

import contextlib
import gc
import os
import pickle
import sys

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import WardEvidence, for_ward
from darlington_analysis.publishing.kernels import EDITION, WARDS


def hold(edition: str, wards: list[str]) -> None:
    """Load an edition and hold its table for later loads; draw its first ward, for the caches.

    The evidence for ``wards``, by their codes, is worked out and held with the table.
    """
    loaded = _loaded_elsewhere(edition)
    table.hold(loaded)
    _show(for_ward(loaded.wards.wards[0].code, edition))
    for code in wards:
        with contextlib.suppress(DarlingtonError):  # the worker meets it again, and reports it
            evidence = for_ward(code, edition)
            _ = evidence.header, evidence.figures
            for claim in evidence.claims:  # for the kernel's sentences and the worker's manifest
                _ = claim.is_dummy, claim.rows, claim.rows_hash
            _draw(evidence.stand_out_figures)  # each chart once, for whichever ward needs it


def _loaded_elsewhere(edition: str) -> table.EditionTable:
    """Load in a process thrown away after: reading Parquet starts threads, and none may live here.

    Raises RuntimeError where the table could not be loaded.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(writing, "wb") as sent:
                pickle.dump(table.load(edition), sent)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as received:
        sent = received.read()
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(f"the table of edition {edition} could not be loaded")
    return pickle.loads(sent)


def _show(evidence: WardEvidence) -> None:
    sections = (
        evidence.header,
        evidence.what_matters,
        evidence.all_figures,
        evidence.stand_out_figures,
        evidence.place,
        evidence.measures,
        evidence.indicators,
        evidence.deprivation,
        evidence.sources,
    )
    for section in sections:
        _draw(section)
    _ = evidence.claims, evidence.version_id


def _draw(section: Answer) -> None:
    from darlington_analysis.pages.register import shown

    shown()[type(section)].html(section)


def _warm() -> None:
    edition = os.environ.get(EDITION)
    if not edition:
        return
    try:
        hold(edition, os.environ.get(WARDS, "").split())
        gc.freeze()  # what is held is never rubbish: no child looks through it, or copies it
    except Exception as fault:  # the kernels load it themselves, and say what is wrong with it
        # A run that was refused meanwhile has taken its copy of the inputs away, and waits no more.
        if os.path.isdir(os.environ.get("DARLINGTON_PROJECT", ".")):
            said = f"The warm parent holds no table: {type(fault).__name__}: {fault}"
            print(said, file=sys.stderr)


_warm()
