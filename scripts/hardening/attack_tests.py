"""Attacks that a test makes: which ones, by which test, and whether it stopped them now."""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from scripts import ROOT

_END, _WITHIN, _UNIT = "tests/end_to_end", "tests/integration", "tests/unit"
TRIED = {
    "real counts with withheld wards, in both ward sets": f"{_END}/test_real_counts.py",
    "wards of two sets with counts of the same years, wards of two successive windows": (
        f"{_WITHIN}/test_disclosure.py"
    ),
    "outlines that name other files, formats, addresses or linked systems; pipes": (
        f"{_WITHIN}/test_layers.py"
    ),
    "records, notebooks and code edited while packs are made": f"{_END}/test_snapshot.py",
    "a profile, startup files and modules of the user or the folder": f"{_END}/test_kernels.py",
    "Dask: another user's orders, pages, file names, false packs, silence": (
        f"{_END}/test_cluster.py"
    ),
    "links, hard links, pipes and foreign folders where runs write": (
        f"{_WITHIN}/test_permissions.py"
    ),
    "packs read while they are made": (
        f"{_WITHIN}/test_permissions.py"
        "::test_what_is_being_made_lies_outside_reports_and_is_ours_alone"
    ),
    "signings copied to another ward, or cut, or written again with another key": (
        f"{_WITHIN}/test_agreement_signatures.py"
    ),
    "days of signing that can't be, signings of another ward": (
        f"{_WITHIN}/test_agreement_half_signed.py"
    ),
    "files of gigabytes, ends of the calendar, odd paths, tight limits, changed packs": (
        f"{_WITHIN}/test_edges.py"
    ),
    "a refresh, scripts and loads in Markdown, results, styles and drawings": (
        f"{_UNIT}/test_html.py"
    ),
    "withheld counts planted in every kind of file, as numbers and in words": (
        f"{_UNIT}/test_leaks.py"
    ),
    "what nobody sees in Word files, workbooks, PDFs and notebooks": (
        f"{_UNIT}/test_leaks_unseen.py"
    ),
    "addresses and files that a page names, where a PDF is made": (
        f"{_WITHIN}/test_formats.py::test_nothing_that_a_page_names_is_loaded_into_its_pdf"
    ),
}


def rows() -> list[dict]:
    """Run every test of ``TRIED`` and return a row for each attack; ``ran`` counts failures."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        files = dict.fromkeys(path.partition("::")[0] for path in TRIED.values())
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *files]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        cases = list(ElementTree.parse(report).iter("testcase"))
    return [_row(attack, path, cases) for attack, path in TRIED.items()]


def _row(attack: str, path: str, cases: list[ElementTree.Element]) -> dict:
    file, _, name = path.partition("::")
    module = file.removesuffix(".py").replace("/", ".")
    ours = [
        case
        for case in cases
        if case.get("classname", "").startswith(module) and case.get("name", "").startswith(name)
    ]
    failed = sum(
        case.find("failure") is not None or case.find("error") is not None for case in ours
    )
    skipped = sum(case.find("skipped") is not None for case in ours)
    return {
        "tried": attack,
        "by": f"`{path}`",
        "tests": len(ours),
        "skipped": skipped,
        "ran": failed or int(not ours),
    }
