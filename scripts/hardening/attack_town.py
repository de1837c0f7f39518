"""A town whose files hold what would be code; its pack is made in every format."""

import csv
import hashlib
import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.hardening import faults_town
from scripts.hardening.attack_payloads import IN_TOML, payload

WARDS = "data/raw/geography/2003-2015/wards.csv"
OURS = "E05001554"  # Central, which has the record
OTHER = "E05001553"  # the first one whose name is code
FIELDS = (
    "approver",
    "approach_introduced",
    "grant",
    "mentor",
    "words",
    "missing_from_data",
    "who_gains",
    "who_bears_the_need",
    "who_may_lose",
    "protects_the_vulnerable",
    "active_citizenship",
    "empowerment",
    "made_together",
    "hidden_resources",
    "fairness",
)
SOURCES = (
    "census/2011/profile_counts.csv",
    "census/2011/age_bands.csv",
    "dummy/adult-skills/ward_percentages_DUMMY.csv",
    "claimants/2023-10/wards.csv",
    "dummy/first-time-entrants/ward_counts_DUMMY.csv",
    "indices-of-deprivation/2010/lsoa_scores.csv",
)


@dataclass(frozen=True)
class Injection:
    """One text at one door."""

    number: int
    door: str
    kind: str

    @property
    def text(self) -> str:
        """The text as it was injected."""
        return payload(self.kind, self.number)


def made(root: Path) -> tuple[Path, list[Injection]]:
    """Return a town with injections everywhere, its pack made in every format."""
    faults_town.copied(root)
    injected = [*_names(root), *_record(root), *_titles(root), *_settings(root)]
    for words in (
        ("data",),
        ("packs", "--ward", OURS, "--ward", OTHER),
        ("formats",),
        ("agreement", "papers", OURS),
    ):
        ended = faults_town.run(root, words)
        if ended.poll():
            sys.exit(f"{' '.join(words)}: {ended.said.read_text('utf-8', 'replace')}")
        ended.said.rename(root.with_name(f"{words[0]}.said"))
    return root, injected


def _names(root: Path) -> list[Injection]:
    """Give every ward but ours another name."""
    kinds = [kind for kind in IN_TOML if kind != "long"] * 2
    injected: list[Injection] = []

    def changed(row: dict) -> dict:
        if row["ward_code"] == OURS:
            return row
        number = 100 + len(injected)
        injected.append(Injection(number, "a ward's name", kinds[number - 100]))
        return row | {"ward_name": injected[-1].text}

    rewrite(root / WARDS, changed)
    return injected


def rewrite(path: Path, change: Callable[[dict], dict]) -> None:
    """Change the rows of a raw file, and its checksum with them."""
    rows = [change(row) for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
    vouch(path)


def _record(root: Path) -> list[Injection]:
    """Write other answers into the record, one a field."""
    path = root / faults_town.RECORD
    text, injected = path.read_text("utf-8"), []
    for number, field in enumerate(FIELDS, 200):
        kind = IN_TOML[number % len(IN_TOML)]
        each = Injection(number, f"a record's {field}", kind)
        text, found = re.subn(
            rf'(?m)^{field} = ".*"$',
            lambda _, f=field, t=each.text: f"{f} = {_quoted(t)}",
            text,
            count=1,
        )
        injected += [each] if found else []
    path.write_text(text, "utf-8")
    return injected


def _titles(root: Path) -> list[Injection]:
    """Write other titles and publishers into the sidecars."""
    injected = []
    for number, name in enumerate(SOURCES, 300):
        path = root / "data/raw" / f"{name}.source.toml"
        text = path.read_text("utf-8")
        for key, add in (("title", 0), ("publisher", 20)):
            each = Injection(number + add, f"a sidecar's {key}", IN_TOML[(number + add) % 22])
            text = re.sub(
                rf'(?m)^{key} = ".*"$',
                lambda _, k=key, t=each.text: f"{k} = {_quoted(t)}",
                text,
                count=1,
            )
            injected.append(each)
        path.write_text(text, "utf-8")
    return injected


def _settings(root: Path) -> list[Injection]:
    path = root / "darlington.toml"
    text, injected = path.read_text("utf-8"), []
    for number, role in ((400, "ask"), (401, "approver")):
        each = Injection(number, f"darlington.toml, {role}", ("script", "template")[number % 2])
        text, found = re.subn(
            rf'(?m)^{role} = ".*"$',
            lambda _, r=role, t=each.text: f"{r} = {_quoted(t)}",
            text,
            count=1,
        )
        injected += [each] if found else []
    path.write_text(text, "utf-8")
    return injected


def _quoted(text: str) -> str:
    from darlington_analysis.intake.drafting import value

    return value(text)


def vouch(path: Path) -> None:
    """Write the checksum of a changed file into its sidecar."""
    side = path.with_name(f"{path.name}.source.toml")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    text = re.sub(r'(?m)^sha256 = ".*"', f'sha256 = "{digest}"', side.read_text("utf-8"))
    side.write_text(text, "utf-8")
