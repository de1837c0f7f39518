"""What the warm parent holds before it forks: one edition's table, and a first ward shown.

The fork server can only be told which modules to import, so this one works when it is imported,
by the fork server and by nobody else. Whatever is the same in every ward (`EditionTable.shared`)
and every cache of fonts and words is then there in each kernel, without being made again.
"""

import gc
import os
import pickle
import sys

from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import WardEvidence, in_table

EDITION = "DARLINGTON_WARM_EDITION"


def hold(edition: str) -> None:
    """Load an edition, show its first ward to nobody, and hold the table for later loads."""
    loaded = _loaded_elsewhere(edition)
    table.hold(loaded)
    _show(in_table(loaded, loaded.wards.wards[0].code))


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
    from darlington_analysis.pages.register import shown

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
        shown()[type(section)].html(section)
    _ = evidence.claims, evidence.version_id


def _warm() -> None:
    edition = os.environ.get(EDITION)
    if not edition:
        return
    try:
        hold(edition)
        gc.freeze()  # what is held is never rubbish: no child looks through it, or copies it
    except Exception as fault:  # the kernels load it themselves, and say what is wrong with it
        print(f"The warm parent holds no table: {type(fault).__name__}: {fault}", file=sys.stderr)


_warm()
