"""One ward's folder: the page, the executed notebook, the figures and the manifest."""

import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from darlington_analysis.core import __version__, atomic, fingerprints
from darlington_analysis.core.errors import (
    DisclosureError,
    PackFailedError,
    SourceError,
    UsageError,
)
from darlington_analysis.evidence import agreement
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence, for_ward
from darlington_analysis.pages import page as pages
from darlington_analysis.pages.register import sentence_of
from darlington_analysis.publishing import html, papers, printed, run_notebook, statement
from darlington_analysis.sources.indicators import indicator

NOTEBOOK = "02-ward-evidence-pack.ipynb"
PARAMETERS = {"ward", "edition"}
PAGE, FIGURES, MANIFEST = pages.PACK, pages.DATA_FILE, "manifest.json"
ANNEX = pages.FILES[pages.ANNEX]
EXECUTED = "evidence-pack.ipynb"
MADE = (PAGE, ANNEX, EXECUTED, FIGURES)  # of every pack, beside its papers and its manifest


@dataclass(frozen=True)
class Order:
    """One pack to be made: for which ward and edition, from which notebook, into which folder."""

    ward_code: str
    edition: str
    notebook: Path
    folder: Path


def make(order: Order) -> str:
    """Make one pack in a folder that is not published yet; return its version id.

    Raises PackFailedError where the notebook fails or shows another ward than was asked for,
    DisclosureError where the agreement's record names a person.
    """
    order.folder.mkdir(parents=True)
    evidence = for_ward(order.ward_code, order.edition)
    agreement.refuse_persons(evidence.agreement)
    executed = run_notebook.execute(
        order.notebook,
        order.folder / EXECUTED,
        {"ward": order.ward_code, "edition": order.edition},
    )
    _refuse_other_ward(executed, evidence)
    for name, part, title in (
        (PAGE, html.PACK, pages.title(evidence)),
        (ANNEX, html.ANNEX, pages.annex_title(evidence)),
    ):
        page = html.render(
            executed,
            title,
            pages.description(evidence),
            html.footer(pages.footer(evidence.table.edition, evidence.version_id), statement.ABOVE),
            words=html.words(),
            home=("../index.html", pages.back_to_index(evidence.table.edition)),
            part=part,
        )
        (order.folder / name).write_text(page, "utf-8")
    atomic.write_csv(evidence.figures, order.folder / FIGURES)
    beside = papers.write(order.folder, evidence)
    _write_manifest(order, evidence, beside)
    return evidence.version_id


def key_of(evidence: WardEvidence, notebook: Path) -> str:
    """Return the hash of everything a pack is made from after disclosure control.

    That is its rows and settings, its sources' stories, the geography, the notebook, our own code,
    the packages it is made with, and the partnership's agreement.
    """
    loaded = evidence.table
    parts = [
        evidence.version_id,
        evidence.ward.code,
        json.dumps(_stories(evidence), sort_keys=True),
        loaded.shared("geography", lambda: fingerprints.geography(loaded.project)),
        fingerprints.of_file(notebook),
        fingerprints.library(),
        fingerprints.packages(),
        agreement.fingerprint(evidence.table, evidence.ward),
        pages.approval_words(loaded),
        *fingerprints.own_lists(loaded.project).values(),
    ]
    return fingerprints.of_words(parts)


def _stories(evidence: WardEvidence) -> list[dict]:
    """Return what the pack may tell of its sources, and of others of the same datasets."""
    provenance = evidence.table.provenance
    used = set(evidence.table.rows.source[evidence.is_rested_on]) & set(provenance["sources"])
    datasets = {provenance["sources"][path]["dataset"] for path in used}
    return [
        {name: entry for name, entry in story.items() if name != "sha256"}
        | {
            "set_aside": provenance["set_aside"].get(path, 0),
            "reasons": provenance["reasons"].get(path, []),
        }
        for path, story in sorted(provenance["sources"].items())
        if story["dataset"] in datasets
    ]


def version_of(folder: Path) -> str | None:
    """Return the version of the pack in a folder, None where there is no whole one."""
    try:
        return json.loads((folder / MANIFEST).read_text("utf-8"))["version_id"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def is_as_made(folder: Path, key: str = "") -> bool:
    """True where a folder holds a whole pack whose files are unchanged since it was made.

    Where a key is given, the pack must also have been made with it.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return key in ("", manifest["key"]) and all(
            fingerprints.of_file(folder / name) == digest
            for name, digest in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def ledger_entry(claim: Claim) -> dict:
    """Return a claim as the manifest and the ledger keep it; ``verdict`` is of a statement."""
    return {
        "id": claim.id,
        "rule": claim.rule,
        "sentence": sentence_of(claim),
        "rows_hash": claim.rows_hash,
        "is_dummy": claim.is_dummy,
        "verdict": claim.facts.get("verdict", ""),
    }


def _write_manifest(order: Order, evidence: WardEvidence, beside: list[str]) -> None:
    loaded, edition = evidence.table, evidence.table.edition
    manifest = {
        "ward_code": evidence.ward.code,
        "ward_name": evidence.ward.name,
        "edition": edition.id,
        "edition_date": edition.dated.isoformat(),
        "data_as_at": edition.data_as_at.isoformat(),
        "version_id": evidence.version_id,
        "key": key_of(evidence, order.notebook),
        "controlled": loaded.shared("controlled", lambda: printed.mark(loaded)),
        "beside": evidence.beside,
        "agreement": fingerprints.of_words([agreement.written(loaded, evidence.ward)]),
        "library_version": __version__,
        "made_up_indicators": list(evidence.header.made_up),
        "claims": [{**ledger_entry(claim), "rows": claim.rows} for claim in evidence.claims],
        "sources": sorted(set(evidence.figures.source)),
        "files": {name: fingerprints.of_file(order.folder / name) for name in (*MADE, *beside)},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (order.folder / MANIFEST).write_text(text + "\n", "utf-8")


def refuse_made_up_again(loaded: EditionTable, edition_folder: Path) -> None:
    """Raise SourceError where a figure is made up now that was real when packs were published."""
    rows = loaded.rows[loaded.rows.area_type.eq("ward") & loaded.rows.is_dummy.astype(bool)]
    made_up = {slug: indicator(slug).title for slug in set(rows.indicator)}
    for ward in loaded.wards.wards:
        folder = edition_folder / ward.folder
        if not (folder / MANIFEST).is_file() or not (folder / FIGURES).is_file():
            continue
        try:
            before = json.loads((folder / MANIFEST).read_text("utf-8"))["made_up_indicators"]
        except (ValueError, KeyError, TypeError):  # changed by hand: every real figure counts
            before = []
        own = pd.read_csv(folder / FIGURES, dtype=str, encoding="utf-8-sig")
        own = own[own.area_code.eq(ward.code) & own.is_dummy.eq("False")]
        for slug in sorted(slug for slug, title in made_up.items() if title not in before):
            if slug in set(own.indicator):
                raise SourceError(
                    f"{made_up[slug]}: reports/{loaded.edition.id} has real figures of {ward.name}, "
                    "and now there are made-up ones alone",
                    "Real counts that were published are not replaced by made-up ones.",
                    "put the real counts back into data/raw/restricted; or, if they are to go, move "
                    f"reports/{loaded.edition.id} away first",
                )


def take_out(loaded: EditionTable, made: Path, again: Collection[Path], is_frozen: bool) -> None:
    """Take out the packs that may not stay if a new one fails: changed ones, and of other counts.

    ``again`` are the folders that are made again. Raises UsageError where another one is no longer
    as it was made, DisclosureError where it shows other counts under control than those of now.
    """
    standing = [ward for ward in loaded.wards.wards if (made / ward.folder).is_dir()]
    now = loaded.shared("controlled", lambda: printed.mark(loaded))
    others = [ward for ward in standing if _is_of_other_counts(made / ward.folder, now)]
    for ward in standing:
        folder = made / ward.folder
        if folder in again and (ward in others or not is_as_made(folder)):
            shutil.rmtree(folder)
        elif folder not in again and not is_as_made(folder):
            raise UsageError(
                f"reports/{loaded.edition.id}/{folder.name} is not as it was made",
                "A pack of another ward is published again only as its manifest vouches for it.",
                f"python -m darlington_analysis packs --force --ward {ward.code}",
            )
    left = [ward for ward in others if made / ward.folder not in again]
    if left:
        force = " --force" if is_frozen else ""
        raise DisclosureError(
            f"Refused: reports/{loaded.edition.id} shows other counts under control than those of "
            f"now, or under another small-number rule, in {len(left)} of its packs, first that of "
            f"{left[0].name}",
            "All packs of an edition show the same counts: old and new ones together could give "
            "somebody away.",
            f"python -m darlington_analysis packs --edition {loaded.edition.id}{force}",
        )


def _is_of_other_counts(folder: Path, now: str) -> bool:
    try:
        return printed.is_other(
            json.loads((folder / MANIFEST).read_text("utf-8"))["controlled"], now
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return printed.is_other(None, now)


def _refuse_other_ward(executed, evidence: WardEvidence) -> None:
    """The header's plain text names the ward's code; any other one is the wrong pack."""
    texts = [
        "".join(output.data.get("text/plain", ""))
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    if not any(text.startswith(pages.header_line(evidence.header)) for text in texts):
        raise PackFailedError(
            f"The notebook does not show {evidence.ward.name} ({evidence.ward.code})",
            "A pack shows the ward it was made for, and says so at its top.",
            f"look at the parameters of notebooks/{NOTEBOOK}",
        )


LEDGER = "claims.csv"
COLUMNS = ["id", "ward", "rule", "sentence", "rows_hash", "is_dummy", "verdict"]


def write(loaded: EditionTable, edition_folder: Path) -> None:
    """Write ``claims.csv``: the borough's claims (no ward), then each published pack's own.

    A pack's claims are those its manifest vouches for, so the ledger never says what a pack does
    not; the order is that of the wards and of the pages, so the same edition gives the same bytes.
    """
    rows = [{**ledger_entry(claim), "ward": ""} for claim in BoroughEvidence(loaded).claims]
    for ward in loaded.wards.wards:
        manifest = edition_folder / ward.folder / MANIFEST
        if manifest.is_file():
            claims = json.loads(manifest.read_text("utf-8"))["claims"]
            rows += [{**claim, "ward": ward.code} for claim in claims]
    table = pd.DataFrame(rows, columns=COLUMNS)
    atomic.write_csv(table, edition_folder / LEDGER)


# What the manifest says of files made of a pack's own: which they are, and of what bytes. The lines
# of a PDF or a text are read for leaks, but not as the tables and sentences they were: it must also
# be the file that was made, of a file of the pack that is read as what it is.


def formats_listed(folder: Path) -> dict[str, dict[str, str]]:
    """Return what a pack's manifest says of other formats: by name, hash, source, its hash."""
    try:
        return json.loads((folder / MANIFEST).read_text("utf-8")).get("formats", {})
    except (OSError, ValueError, RecursionError, AttributeError):
        return {}


def check_source(folder: Path, source: str) -> None:
    """Raise UsageError where a file of a pack is not the one that was published."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    if manifest["files"].get(source) != fingerprints.of_file(folder / source):
        raise UsageError(
            f"{folder.name}/{source} is not the file that was published",
            "Other formats are made of what was read for leaks, not of what was changed after.",
            f"python -m darlington_analysis packs --force --ward {manifest['ward_code']}",
        )


def vouch(folder: Path, made: dict[str, str]) -> None:
    """List files in a pack's manifest: the name of each, and of the file it was made of."""
    path = folder / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    known = manifest.get("formats", {}) | {
        name: {
            "sha256": fingerprints.of_file(folder / name),
            "made_of": source,
            "source_sha256": fingerprints.of_file(folder / source),
        }
        for name, source in made.items()
    }
    manifest["formats"] = dict(sorted(known.items()))
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")


def format_faults(path: Path) -> Iterator[str]:
    """Yield why a file is not one that the manifest vouches for."""
    listed = formats_listed(path.parent).get(path.name)
    if listed is None:
        yield "a file that no manifest lists"
        return
    now = {
        name: fingerprints.of_file(path.parent / name) for name in (path.name, listed["made_of"])
    }
    if now[path.name] != listed["sha256"]:
        yield "not the file that was made"
    if now[listed["made_of"]] != listed["source_sha256"]:
        yield f"made of another {listed['made_of']} than the one that lies beside it"
