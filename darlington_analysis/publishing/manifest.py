"""What the manifest says of files made of a pack's own: which they are, and of what bytes.

The lines of a PDF or a text are read for leaks, but not as the tables and sentences they were: it
must also be the file that was made, of a file of the pack that is read as what it is.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import UsageError

MANIFEST = "manifest.json"


def listed(folder: Path) -> dict[str, dict[str, str]]:
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


def faults(path: Path) -> Iterator[str]:
    """Yield why a file is not one that the manifest vouches for."""
    told = listed(path.parent).get(path.name)
    if told is None:
        yield "a file that no manifest lists"
        return
    now = {name: fingerprints.of_file(path.parent / name) for name in (path.name, told["made_of"])}
    if now[path.name] != told["sha256"]:
        yield "not the file that was made"
    if now[told["made_of"]] != told["source_sha256"]:
        yield f"made of another {told['made_of']} than the one that lies beside it"
