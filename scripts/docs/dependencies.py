"""List what the lock holds: version, licence, hashes; ask pip-audit where it is at hand.

python -m scripts.docs.dependencies   (writes docs/dependencies.md)
"""

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from scripts import ROOT

LOCK, PAGE = ROOT / "requirements.lock", ROOT / "docs" / "dependencies.md"
HEAD = """# What this project is made with

Made by `make dependencies`; do not edit. {many} packages are locked, {hashed} of them with hashes
of their files, and `make setup` installs no other file. Licences are those that the packages state.
“Not here” means that a package is locked for another system or Python.

Known weaknesses: {audit}

| package | version | licence |
|---|---|---|
{rows}
"""


def locked(text: str) -> dict[str, tuple[str, int]]:
    """Return the version of each package of a lock, and how many hashes vouch for it."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    found = [(re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block), block) for block in blocks]
    return {name[1]: (name[2], block.count("--hash=sha256:")) for name, block in found if name}


def licence(name: str) -> str:
    """Return what an installed package says of its licence, in a few words."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "not here"
    named = told.get("License-Expression")
    classed = [
        each.rpartition(" :: ")[2]
        for each in told.get_all("Classifier", [])
        if each.startswith("License ::") and each.count("::") > 1
    ]
    text = (told.get("License") or "").strip().splitlines()
    return (named or ", ".join(classed) or (text[0] if text else "says nothing"))[:80]


def audit() -> str:
    """Return what pip-audit finds, or why nobody knows."""
    there = {**os.environ, "PYTHONPATH": str(Path(sys.prefix) / "pip-audit")}
    words = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(LOCK),
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "--format",
        "json",
    ]
    try:
        ran = subprocess.run(words, capture_output=True, text=True, timeout=600, env=there)
    except subprocess.TimeoutExpired:
        return "not checked; pip-audit got no answer within ten minutes."
    return judged(ran.stdout, ran.stderr)


def judged(told: str, complaint: str) -> str:
    """Return in words what pip-audit told as JSON: a package that it skipped was not audited."""
    try:
        found = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (complaint.strip().splitlines() or ["no message"])[-1]
        return f"not checked; pip-audit does not run, or got no answer ({last[:120]})."
    known = [each for each in found if "skip_reason" not in each]
    if not known:
        why = found[0]["skip_reason"].partition(":")[0] if found else "no package"
        return (
            f"not checked. pip-audit ran and could audit none of the {len(found)} packages"
            f" (“{why}”). It needs data that a plain package index does not have."
        )
    weak = [
        f"{each['name']} {each['version']} ({', '.join(one['id'] for one in each['vulns'])})"
        for each in known
        if each["vulns"]
    ]
    rest = len(found) - len(known)
    return (
        f"pip-audit looked at {len(known)} packages and could not at {rest}; weak:"
        f" {'; '.join(weak) or 'none'}."
    )


def main() -> int:
    """Write the page; 1 where a package has no hash or its licence is not told."""
    found = locked(LOCK.read_text("utf-8"))
    told = {name: licence(name) for name in found}
    rows = [f"| {name} | {version} | {told[name]} |" for name, (version, _) in found.items()]
    hashed = sum(bool(hashes) for _, hashes in found.values())
    PAGE.write_text(
        HEAD.format(many=len(found), hashed=hashed, audit=audit(), rows="\n".join(rows)), "utf-8"
    )
    silent = [name for name, each in told.items() if each == "says nothing"]
    print(f"{len(found)} packages, {hashed} with hashes, licence not told: {silent or 'none'}")
    return int(hashed < len(found))


if __name__ == "__main__":
    sys.exit(main())
