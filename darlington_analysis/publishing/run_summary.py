"""What a finished run is remembered by, and which figures of the table no page shows."""

import pandas as pd

from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Edition
from darlington_analysis.publishing import run_messages, run_state
from darlington_analysis.publishing.packs import Outcome
from darlington_analysis.sources.areas import WardSet
from darlington_analysis.sources.indicators import register


def of_run(
    project: Project, edition: Edition, known: WardSet, outcome: Outcome, inputs: dict[str, str]
) -> list[str]:
    """Remember a run that has published, and return its summary, a line each.

    Only where every ward's pack is there and as it should be may a later run be answered unread.
    """
    before = run_state.remembered(project, edition.id)
    now = run_state.edition_now(project, edition.id, inputs)
    is_whole = not outcome.among("failed") and len(outcome.state) == len(known.wards)
    run_state.remember(project, edition.id, now | {"packs": len(known.wards) if is_whole else 0})
    names = {ward.code: ward.name for ward in known.wards}
    causes = run_state.changed_inputs(before.get("inputs", {}), inputs)
    counts = (len(outcome.among(state)) for state in ("made", "unchanged", "failed"))
    return [
        run_messages.counted(edition.title, *counts),
        *run_messages.frozen([names[code] for code in outcome.among("frozen")]),
        *(
            run_messages.failed(names[code], code, outcome.reasons[code], code in outcome.kept)
            for code in outcome.among("failed")
        ),
        *(run_messages.retried(names[code], code, why) for code, why in outcome.retried.items()),
        *run_messages.because(causes, is_first=not before),
        *run_messages.of_packs([(names[code], *each) for code, each in outcome.changes.items()]),
        run_messages.where(edition.id),
    ]


def unshown(table: pd.DataFrame) -> list[str]:
    """Return a line for each indicator of the one table that no page of the packs shows.

    Those that nobody registered come first, by the file they are from.
    """
    waiting = table[~table.indicator.isin(register())]
    lines = [
        run_messages.waiting(source, list(dict.fromkeys(rows.indicator)))
        for source, rows in waiting.groupby("source")
    ]
    known = [about for slug, about in register().items() if slug in set(table.indicator)]
    return lines + [run_messages.unshown(about.slug) for about in known if not about.page]
