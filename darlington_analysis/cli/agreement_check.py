"""What is wrong with a record, printed: mistakes of form first, then what the checks find."""

import subprocess
from datetime import date
from pathlib import Path

from darlington_analysis.agreements import reading, signing
from darlington_analysis.agreements.checks.check import SEVERITIES, errors
from darlington_analysis.cli.progress import say
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import agreement, table
from darlington_analysis.evidence import indicator as evidence
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.pages import findings as gate_words
from darlington_analysis.pages import targets
from darlington_analysis.pages.components import agreements, claims, labels
from darlington_analysis.pages.components.numbers import day, period
from darlington_analysis.sources import release_calendar
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import indicator


def tell_if_untracked(project: Project, ward: Ward) -> None:
    """Say what to type where git keeps this project and not yet the ward's record as signed."""
    paths = [signing.ledger_path(project, ward.slug), project.agreements / f"{ward.slug}.toml"]
    named = [path.relative_to(project.root).as_posix() for path in paths]
    told = _git(project, "status", "--porcelain", "--", *named)
    if told:
        say(agreements.not_kept(named))


def _git(project: Project, *words_: str) -> str:
    """Return what git says; "" where there is no git here, or it keeps nothing of this project."""
    try:
        ran = subprocess.run(
            ["git", "-C", str(project.root), *words_], capture_output=True, text=True
        )
    except FileNotFoundError:
        return ""
    return ran.stdout.strip() if not ran.returncode else ""


def check_one(path: Path) -> bool:
    """Print what is wrong with one record; True where something stands in the way."""
    found, faults = reading.try_to_read(path)
    for fault in faults:
        print(fault)
    if faults:
        return True
    loaded = table.load(_edition_of(found))
    ward = _ward_of(found, loaded)
    answer = agreement.of_ward(loaded, ward)
    for each in answer.signings:
        signing.verify(signing.ledger_path(loaded.project, ward.slug), each)
    print_findings(found, answer.findings)
    stops = errors(answer.findings)
    say(
        f"{reading.shown(path)}: {len(stops)} to mend, "
        f"{len(answer.findings) - len(stops)} worth a look or open"
    )
    if answer.signings:
        say(agreements.SINCE_SIGNING[answer.since_signing])
        tell_if_untracked(loaded.project, ward)
    return bool(stops)


def _edition_of(found: reading.Read) -> str:
    settings = load_settings(find_project())
    known = [each.id for each in settings.editions]
    if found.record.edition not in known:
        line = found.line(("edition",))
        raise reading.at(
            found.path,
            line,
            f"no edition {found.record.edition}",
            f"Editions: {', '.join(known)}.",
            f'edition = "{known[0]}"',
        )
    return found.record.edition


def _ward_of(found: reading.Read, loaded: table.EditionTable) -> Ward:
    """Return the ward whose file it is; a file named after no ward names its own ward wrongly."""
    for ward in loaded.wards.wards:
        if found.path.stem == ward.slug:
            agreement.is_of(loaded, ward, found)
            return ward
    raise reading.at(
        found.path,
        found.line(("ward",)),
        f"no ward has a file named {found.path.name}",
        "A record is named after its ward, small letters and hyphens.",
        "rename the file, as in haughton-east.toml",
    )


def print_findings(read: reading.Read, findings) -> None:
    """Print each finding in three lines: where and what, what was expected, what to write."""
    # As one goes through the file, what stops an agreement first.
    in_order = sorted(findings, key=lambda each: read.line(each.where))
    for each in sorted(in_order, key=lambda each: SEVERITIES.index(each.severity)):
        what, expected, try_ = gate_words.explain(each)
        place = f"{reading.shown(read.path)}, line {read.line(each.where)}"
        say(f"{each.severity}: {place}: {what}\n  {expected}\n  Write: {try_}")


def picked(loaded: EditionTable, ward: Ward, slug: str, today: date) -> str:
    """Return four lines on an indicator: what it is, how real, what could be told, and when."""
    about = indicator(slug)
    answer = evidence.answer(loaded, ward, slug)
    real = labels.kind_of_figure(answer.row)
    takes = claims.sentences(answer.outlook.take.claims, targets.RULES)
    told = takes[-1] if takes else "No target is worked out."
    first = f"{about.title}, {period(answer.row.period)}: {real}. {about.why}"
    return "\n  ".join([slug, first, told, next_figure(release_calendar.first_after(slug, today))])


def next_figure(found: release_calendar.Coming | None) -> str:
    """Return when the next figure is to be had: before that nobody sees whether a target is met."""
    if found is None or found.out is None:
        return "No further figure is foreseen: it can’t show whether a target is met."
    return (
        f"The next figure ({found.series}) is of {found.describes.year}, out by {day(found.out)}."
    )
