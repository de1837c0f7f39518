"""``agreement new | check | show | pick | sign | diff | schema``: what each of them does."""

import hashlib
import os
import shutil
import subprocess
from argparse import Namespace
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from darlington_analysis.agreements import reading, signing
from darlington_analysis.agreements.checks.check import SEVERITIES, errors
from darlington_analysis.cli.agreement_forms import (
    form,
    missing_records,
    new,
    place,
    read,
    record_path,
    refuse_missing,
    schema,
)
from darlington_analysis.cli.progress import say
from darlington_analysis.core import atomic, bounded_toml
from darlington_analysis.core.errors import AgreementError, UsageError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import agreement, changes, table
from darlington_analysis.evidence import indicator as evidence
from darlington_analysis.evidence.sections import Negotiation
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import changes as changes_page
from darlington_analysis.pages import findings as findings_page
from darlington_analysis.pages import negotiation, targets
from darlington_analysis.pages.agreement_form import place_words
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import day, period
from darlington_analysis.publishing import disclosure_audit, leaks, printed, run_lock, run_state
from darlington_analysis.publishing import papers as writing
from darlington_analysis.readers import personal_data
from darlington_analysis.sources import indicators
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import indicator


def tell_if_untracked(project: Project, ward: Ward) -> None:
    """Say what to type where git keeps this project and not yet the ward's record as signed."""
    paths = [signing.ledger_path(project, ward.slug), project.agreements / f"{ward.slug}.toml"]
    named = [path.relative_to(project.root).as_posix() for path in paths]
    if _git(project, "status", "--porcelain", "--", *named):
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
    read, faults = reading.try_to_read(path)
    for fault in faults:
        print(fault)
    if faults:
        return True
    loaded = table.load(_edition_of(read))
    ward = _ward_of(read, loaded)
    answer = replace(agreement.of_ward(loaded, ward), today=date.today())
    signatures(answer)
    print_findings(read, answer.findings)
    stops = errors(answer.findings)
    say(
        f"{reading.shown(path)}: {len(stops)} to mend, "
        f"{len(answer.findings) - len(stops)} worth a look or open"
    )
    if answer.signings:
        say(agreements.SINCE_SIGNING[answer.state.value])
        tell_if_untracked(loaded.project, ward)
    return bool(stops)


def signatures(answer: agreement.AgreementAnswer) -> None:
    """Print who signed what, with the key's fingerprint or that there is no signature.

    Raises AgreementError where a signature does not fit its signing.
    """
    for entry in answer.signings:
        key = signing.verify(agreement.ledger_of(answer), entry)
        say(agreements.signature_line(entry, key))


def _edition_of(read: reading.Read) -> str:
    settings = load_settings(find_project())
    known = [edition.id for edition in settings.editions]
    if read.record.edition not in known:
        raise reading.at(
            read.path,
            read.line(("edition",)),
            f"no edition {read.record.edition}",
            f"Editions: {', '.join(known)}.",
            f'edition = "{known[0]}"',
        )
    return read.record.edition


def _ward_of(read: reading.Read, loaded: table.EditionTable) -> Ward:
    """Return the ward whose file it is; a file named after no ward names its own ward wrongly."""
    for ward in loaded.wards.wards:
        if read.path.stem == ward.slug:
            agreement.is_of(loaded, ward, read)
            return ward
    raise reading.at(
        read.path,
        read.line(("ward",)),
        f"no ward has a file named {read.path.name}",
        "A record is named after its first ward, small letters and hyphens.",
        "rename the file, as in haughton-east.toml",
    )


def print_findings(read: reading.Read, findings) -> None:
    """Print each finding: where and what, what was expected, where in the form, what to write."""
    # As one goes through the file, what stops an agreement first.
    in_order = sorted(findings, key=lambda finding: read.line(finding.where))
    for finding in sorted(in_order, key=lambda finding: SEVERITIES.index(finding.severity)):
        what, expected, try_ = findings_page.explain(finding)
        where = f"{reading.shown(read.path)}, line {read.line(finding.where)}"
        say(f"{finding.severity}: {where}: {what}\n  {expected}")
        if finding.where[0] != bounded_toml.COMMENT:
            say(f"  In the form: {place_words(finding.where)}")
        say(f"  In the file, write: {try_}")


def picked(loaded: EditionTable, ward: Ward, slug: str, today: date) -> str:
    """Return four lines on an indicator: what it is, how real, what could be told, and when."""
    measured = indicator(slug)
    answer = evidence.answer(loaded, ward, slug)
    real = blocks.kind_of_figure(answer.row)
    takes = blocks.sentences(answer.outlook.take.claims, targets.RULES)
    last = takes[-1] if takes else "No target is worked out."
    first = f"{measured.title}, {period(answer.row.period)}: {real}. {measured.why}"
    return "\n  ".join([slug, first, last, next_figure(indicators.next_after(slug, today))])


def next_figure(coming: indicators.NextRelease | None) -> str:
    """Return when the next figure is published: before that it can't be seen if a target is met."""
    if coming is None or coming.out is None:
        return "No further figure is foreseen: it can’t show whether a target is met."
    return (
        f"The next figure ({coming.series}) is of {coming.describes.year}, out by "
        f"{day(coming.out)}."
    )


READY = ("agreed", "under review")
SIDES = tuple(agreements.FOR_SIDE)

__all__ = ["check", "diff", "form", "new", "papers", "pick", "read", "schema", "show", "sign"]


def check(asked: Namespace) -> int:
    """Say everything that is wrong with one record, or with all; 15 while a check fails."""
    project, edition, ward = place(asked) if asked.ward else (find_project(), None, None)
    paths = [record_path(project, edition, ward)] if ward else reading.paths(project)
    missing = missing_records(project, ward.slug if ward else "")
    for fault in missing:
        print(fault)
    if ward and missing:
        return AgreementError.exit_code
    if not paths and not missing:
        say("data/agreements: no records yet")
    results = [check_one(path) for path in paths]
    return AgreementError.exit_code if missing or any(results) else 0


def show(asked: Namespace) -> int:
    """Print what a record says and how far it is."""
    answer = _answer(asked)
    record = answer.record
    say(f"{record.partnership} ({answer.ward.code})")
    if record.example:
        say(agreements.EXAMPLE)
    say(agreements.draft_words(answer.draft))
    for kind, key in (("outcomes", "words"), ("actions", "what"), ("measures", "words")):
        for part in record.filled(kind):
            state = f" ({part.state or 'open'})" if kind != "measures" else ""
            say(f"{kind[:-1]} {part.id}{state}: {getattr(part, key)}")
    signatures(answer)
    say(negotiation.negotiation_text(Negotiation(answer, {})))
    return 0


def pick(asked: Namespace) -> int:
    """List the indicators an outcome may be tied to, and what each could show in this ward."""
    project, edition, ward = place(asked)
    loaded = table.load(edition, project)
    for slug in agreement.pickable(loaded):
        say(picked(loaded, ward, slug, date.today()))
    return 0


def sign(asked: Namespace) -> int:
    """Keep the record with its figures for good, where no check fails."""
    with run_lock.locked(find_project()):  # two who sign at once would each keep one of the two
        return _sign(asked)


def _sign(asked: Namespace) -> int:
    run_state.refuse_stale(find_project())
    answer = _answer(asked)
    failing = errors(answer.findings)
    if failing:
        print_findings(answer.read, failing)
        return AgreementError.exit_code
    if answer.state is agreement.RecordState.SAME:
        raise AgreementError(
            f"{reading.shown(answer.read.path)}, line 1: signed already, as it stands",
            "A signing keeps a record that is new or has changed.",
            f"darlington agreement diff {answer.ward.slug}",
        )
    _refuse_unready(asked, answer)
    on_the_table = _papers_on_the_table(answer)
    first = answer.wards[0]
    rows = agreement.figures_of(answer.table, first, answer.record)
    ledger = agreement.ledger_of(answer)
    edition, signed_on = answer.table.edition, asked.on or date.today()
    key = Path(os.path.expanduser(asked.key)) if asked.key else None  # Path.expanduser may raise
    signing.refuse_day(signed_on, answer.signings, edition.data_as_at, date.today())
    made = signing.add(
        ledger,
        signed_on,
        tuple(agreements.signer(role, side) for side in SIDES for role in vars(asked)[side]),
        answer.read.text,
        changes.to_keep(rows),
        changes.facts_of(answer.table, rows) | on_the_table,
        subject=signing.Subject(
            first.code, edition.id, in_table(answer.table, first.code).version_id
        ),
        key=signing.fingerprint(key) if key else "",
        before=partial(_with_key, ledger, key),
    )
    say(f"signed, number {made.number}, with {len(rows)} figures")
    say(f"hash: {made.hash}")
    say(f"signature with {made.key}" if made.key else "no signature")
    say("It shows later changes. It does not show who signed: keep the printed charter as well.")
    tell_if_untracked(answer.table.project, answer.ward)
    return 0


def _with_key(ledger: Path, key: Path | None, made: signing.Signing) -> None:
    """Put a signature beside a signing whose line comes last, so that none is half made."""
    if key:
        signing.sign(ledger, made, key)
    else:
        signing.clear(ledger, made)
        signing.verify(ledger, made)  # where keys are listed, a signing without one is refused


def _refuse_unready(asked: Namespace, answer: agreement.AgreementAnswer) -> None:
    """Raise AgreementError unless both sides sign something that is ready to be signed."""
    state = answer.record.consultation.state
    partnership, council = (
        {signer.strip().lower() for signer in vars(asked)[side]} for side in SIDES
    )
    for signer in (*asked.partnership, *asked.council):
        if personal_data.signs(signer) or signer.strip().lower() in map(
            str.lower, answer.check_context.names
        ):
            raise AgreementError(
                "A signer is named, not the role",
                "What is signed is kept for good and published.",
                '--partnership "the secretary"',
            )
    if not partnership or not council or partnership & council:
        signers = ", ".join((*asked.partnership, *asked.council)) or "no role is named"
        raise AgreementError(
            f"Only one side signs: {signers}",
            "An agreement has two sides. Somebody signs for each, named by a role of that side.",
            '--partnership "the secretary" --council "Assistant Chief Executive"',
        )
    if state not in READY:
        line = answer.read.line(("consultation", "state"))
        raise AgreementError(
            f"{reading.shown(answer.read.path)}, line {line}: the state is “{state}”",
            f"What is signed is agreed: {' or '.join(READY)}. In the form: "
            f"{place_words(('consultation', 'state'))}.",
            agreements.BEFORE_SIGNING[state],
        )


def _papers_on_the_table(answer: agreement.AgreementAnswer) -> dict:
    """Return the draft that was printed and the hash of each of its papers.

    Raises AgreementError where none was printed, or the record says something else now.
    """
    folder = answer.table.project.reports / printed.PAPERS / answer.wards[0].folder
    kept = sorted(
        path for path in folder.glob("*") if path.name in (*writing.PAGES, writing.CHARTER)
    )
    if not (answer.draft.is_printed and kept):
        line = f"{reading.shown(answer.read.path)}, line 1: "
        is_first = answer.draft.number == 1 or not kept
        raise AgreementError(
            f"{line}no papers were printed of draft {answer.draft.number} ({answer.draft.hash})"
            if is_first
            else f"{line}changed after its papers were printed: this is draft "
            f"{answer.draft.number} ({answer.draft.hash}), and draft {answer.draft.number - 1} "
            "was printed",
            "What both sides sign is what both have read.",
            f"darlington agreement papers {answer.wards[0].slug}; sign once both "
            "sides have read them",
        )
    version = in_table(answer.table, answer.wards[0].code).version_id
    if any(version not in path.read_text("utf-8") for path in kept if path.name in writing.PAGES):
        raise AgreementError(
            f"{reading.shown(answer.read.path)}, line 1: its papers were printed of other figures",
            "What both sides sign is what both have read.",
            f"darlington agreement papers {answer.wards[0].slug}; sign once both sides have read them",
        )
    return {
        "draft": answer.draft.number,
        "offer": answer.draft.hash,
        "papers": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in kept},
    }


def diff(asked: Namespace) -> int:
    """Print what has changed since the last signing, each difference with its causes."""
    answer = _answer(asked)
    if not answer.changes:
        say("nothing has been signed yet")
        return 0
    for claim in answer.changes.claims:
        say(blocks.sentence(claim, changes_page.RULES))
    for row in changes_page.rows_of(answer.changes):
        say("  ".join(row))
    say(agreements.SINCE_SIGNING[answer.state.value])
    for line in signing.changed_lines(answer.signings[-1], answer.read.text):
        say(f"  {line}")
    return 0


def papers(asked: Namespace) -> int:
    """Write the papers of a ward without its pack; later audits read the counts listed beside them.

    Raises DisclosureError where they would give somebody away; those from before stay then.
    """
    project, edition, ward = place(asked)
    refuse_missing(project, ward)
    name = ward.folder
    with run_lock.locked(project), run_lock.staging(project, "papers") as workshop:
        run_state.refuse_stale(project)
        answer = agreement.of_ward(table.load(edition, project), ward)
        agreement.refuse_persons(answer)
        disclosure_audit.passed(answer.table)
        made, where = (folder / printed.PAPERS / name for folder in (workshop, project.reports))
        atomic.heal(where)  # what a killed run left half done
        _carry_over(where, made)
        names = writing.write(made, in_table(answer.table, ward.code), has_pack=False)
        printed.write(answer.table, made)
        leaks.refuse(answer.table, made.parent)
        where.parent.mkdir(parents=True, exist_ok=True)
        atomic.put_in_place(made, where)
        draft = reading.keep_printed(project, answer.read) if answer.read else None
    for file in names:
        say(f"reports/papers/{name}/{file}")
    if draft:
        say(agreements.draft_words(draft))
    return 0


def _carry_over(where: Path, made: Path) -> None:
    """Take along what somebody laid beside the papers from before, and none of those papers."""
    made.mkdir(parents=True)
    if where.is_dir():
        ours = shutil.ignore_patterns(*writing.PAGES, writing.CHARTER)
        shutil.copytree(where, made, symlinks=True, ignore=ours, dirs_exist_ok=True)


def _answer(asked: Namespace) -> agreement.AgreementAnswer:
    project, edition, ward = place(asked)
    answer = agreement.of_ward(table.load(edition, project), ward)
    if not answer.read:
        refuse_missing(project, ward)
        reading.read(project.agreements / f"{ward.slug}.toml")  # raises: there is none
        raise UsageError(
            f"The record of {ward.name} is of another edition",
            "An edition names its wards.",
            "leave --edition out: the record says which edition it is of",
        )
    return replace(answer, today=date.today())
