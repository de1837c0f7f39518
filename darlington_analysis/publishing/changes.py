"""What has changed in a pack: figures by their keys, sentences by their claims."""

import csv
import json
from pathlib import Path

from darlington_analysis.publishing import pack

_KEY = ("indicator", "area_code", "period", "breakdown", "vintage")


def between(before: Path, after: Path) -> tuple[int, int, bool]:
    """Return how many figures and how many sentences of a pack are new, gone or another, and
    whether what people wrote in the ward's agreement is.

    ``before`` and ``after`` are a pack's folders; one that is not there holds nothing.
    """
    return (
        _differing(_figures(before), _figures(after)),
        _differing(_sentences(before), _sentences(after)),
        bool(_manifest(before)) and _agreement(before) != _agreement(after),
    )


def _differing(before: dict, after: dict) -> int:
    return sum(before.get(key) != after.get(key) for key in {*before, *after})


def _figures(folder: Path) -> dict[tuple, dict]:
    path = folder / pack.FIGURES
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as table:
        return {tuple(row[name] for name in _KEY): row for row in csv.DictReader(table)}


def _sentences(folder: Path) -> dict[str, str]:
    return {each["id"]: each["sentence"] for each in _manifest(folder).get("claims", ())}


def _agreement(folder: Path) -> str:
    return _manifest(folder).get("agreement", "")


def _manifest(folder: Path) -> dict:
    path = folder / pack.MANIFEST
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}
