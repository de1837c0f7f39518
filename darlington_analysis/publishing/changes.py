"""What has changed in a pack: figures by their keys, sentences by their claims."""

import csv
import json
from pathlib import Path

from darlington_analysis.publishing import pack

_KEY = ("indicator", "area_code", "period", "breakdown", "vintage")


def between(before: Path, after: Path) -> tuple[int, int]:
    """Return how many figures and how many sentences of a pack are new, gone or another.

    ``before`` and ``after`` are a pack's folders; one that is not there holds nothing.
    """
    return (
        _differing(_figures(before), _figures(after)),
        _differing(_sentences(before), _sentences(after)),
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
    path = folder / pack.MANIFEST
    if not path.is_file():
        return {}
    claims = json.loads(path.read_text("utf-8"))["claims"]
    return {each["id"]: each["sentence"] for each in claims}
