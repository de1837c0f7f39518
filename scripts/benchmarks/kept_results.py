"""What the benchmarks measured, kept in data/.bench: a file a part, until it is measured again."""

import json
import os
from datetime import UTC, datetime

from scripts import ROOT

FOLDER = ROOT / "data/.bench"


def keep(part: str, found: list[dict], **more: object) -> None:
    """Keep a part's measurements in place of those from before."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    at = f"{datetime.now(UTC):%d %B %Y}"
    told = {"at": at, "load": os.getloadavg()[1], "found": found, **more}
    (FOLDER / f"{part}.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def kept(part: str) -> dict:
    """Return what is kept of a part: at, load and found; nothing found where it was not measured"""
    path = FOLDER / f"{part}.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {"found": []}
