"""One ward's folder: the page, the executed notebook, the figures and the manifest."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from darlington_analysis.core import __version__, fingerprints, safe_csv
from darlington_analysis.core.errors import PackFailedError
from darlington_analysis.evidence import agreement
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence, for_ward
from darlington_analysis.pages import page as pages
from darlington_analysis.pages.register import sentence_of
from darlington_analysis.publishing import html, papers, run_notebook, statement

NOTEBOOK = "02-ward-evidence-pack.ipynb"
PARAMETERS = {"ward", "edition"}
PAGE, FIGURES, MANIFEST = "evidence-pack.html", "figures.csv", "manifest.json"
EXECUTED = "evidence-pack.ipynb"


@dataclass(frozen=True)
class Order:
    """One pack to be made: for which ward and edition, from which notebook, into which folder."""

    ward_code: str
    edition: str
    notebook: Path
    folder: Path


def folder_name(code: str, slug: str) -> str:
    """Return the name of a ward's folder: ``E05001556-cockerton-west``."""
    return f"{code}-{slug}"


def make(order: Order) -> str:
    """Make one pack in a folder that nobody reads yet; return its version id.

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
    page = html.render(
        executed,
        pages.title(evidence),
        pages.description(evidence),
        html.footer(pages.footer(evidence.table.edition, evidence.version_id), statement.ABOVE),
        words=html.words(),
        home=("../index.html", pages.back_to_index(evidence.table.edition)),
    )
    (order.folder / PAGE).write_text(page, "utf-8")
    safe_csv.write(evidence.figures, order.folder / FIGURES)
    beside = papers.write(order.folder, evidence)
    _write_manifest(order, evidence, beside)
    return evidence.version_id


def key_of(evidence: WardEvidence, notebook: Path) -> str:
    """Return the hash of everything a pack rests on after the gate.

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
        *fingerprints.own_lists(loaded.project).values(),
    ]
    return fingerprints.of_words(parts)


def _stories(evidence: WardEvidence) -> list[dict]:
    """Return what the pack may tell of its sources, and of others of the same datasets."""
    told = evidence.table.provenance
    used = set(evidence.table.rows.source[evidence.is_rested_on]) & set(told["sources"])
    datasets = {told["sources"][path]["dataset"] for path in used}
    return [
        {name: each for name, each in story.items() if name != "sha256"}
        | {"set_aside": told["set_aside"].get(path, 0), "reasons": told["reasons"].get(path, [])}
        for path, story in sorted(told["sources"].items())
        if story["dataset"] in datasets
    ]


def version_of(folder: Path) -> str | None:
    """Return the version of the pack in a folder, None where there is no whole one."""
    try:
        return json.loads((folder / MANIFEST).read_text("utf-8"))["version_id"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def is_up_to_date(folder: Path, key: str) -> bool:
    """True where a folder holds a whole pack made with this key, its files unchanged since."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = manifest["files"]
        return manifest["key"] == key and all(
            fingerprints.of_file(folder / name) == digest for name, digest in files.items()
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
        "agreement": fingerprints.of_words([agreement.written(loaded, evidence.ward)]),
        "library_version": __version__,
        "made_up_indicators": list(evidence.header.made_up),
        "claims": [{**ledger_entry(each), "rows": each.rows} for each in evidence.claims],
        "sources": sorted(set(evidence.figures.source)),
        "files": {
            name: fingerprints.of_file(order.folder / name)
            for name in (PAGE, EXECUTED, FIGURES, *beside)
        },
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (order.folder / MANIFEST).write_text(text + "\n", "utf-8")


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
    rows = [{**ledger_entry(each), "ward": ""} for each in BoroughEvidence(loaded).claims]
    for ward in loaded.wards.wards:
        manifest = edition_folder / folder_name(ward.code, ward.slug) / MANIFEST
        if manifest.is_file():
            told = json.loads(manifest.read_text("utf-8"))["claims"]
            rows += [{**each, "ward": ward.code} for each in told]
    table = pd.DataFrame(rows, columns=COLUMNS)
    safe_csv.write(table, edition_folder / LEDGER)
