"""500 invented young people go in; every byte of what comes out is searched for each of them.

Every file is searched as it lies, and as somebody could get at it: unpacked, decoded, a table's
cells as text, a PDF's pages, strings and streams.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from darlington_analysis.core.project import Project
from scripts.hardening import faults_town
from tests.support.invented_people import HEADER, people

COUNTS = "data/raw/restricted/fte_ward_counts.csv"
FORMATS = ("pdf", "large-print", "workbook", "text", "analyst")
ANSWERS = ("yes, all", "yes", "A council in a test", "2011-06-30", "2011-06")


class Town:
    """A town in which people were listed, counted and published; ``said`` is all that was said."""

    def __init__(self, root: Path, formats: Iterable[str]):
        self.root, self.said = faults_town.copied(root), b""
        self.people, listed = people(Project(root)), root.with_name("list.csv")
        self._copied = set(root.rglob("*"))
        with listed.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *self.people])
        self.run("add", str(listed))
        sidecar, answers = root / f"{COUNTS}.source.toml", iter(ANSWERS)
        text = re.sub('answer = ""', lambda _: f'answer = "{next(answers)}"', sidecar.read_text())
        sidecar.write_text(text, "utf-8")
        self.run("data")
        self.run("packs", "--ward", self.ward)
        self.run("formats", *(f"--as={each}" for each in formats))
        self.run("add", str(listed), expected=10)  # an error, too, says nothing of anybody

    def run(self, *words: str, expected: int = 0) -> None:
        """Run a command and keep what it says; raises SystemExit where it ends otherwise."""
        ended = faults_town.run(self.root, words)
        self.said += ended.said.read_bytes()
        if ended.poll() != expected:
            raise SystemExit(f"{' '.join(words)}: {ended.said.read_text('utf-8', 'replace')}")

    @property
    def counts(self) -> pd.DataFrame:
        """The counts by ward and year, as only the council's own folder has them."""
        return pd.read_csv(self.root / COUNTS)

    @property
    def ward(self) -> str:
        """A ward in which one to seven people are counted, all years together."""
        of_wards = self.counts.groupby("ward_code")["first_time_entrants"].sum()
        return of_wards[of_wards.between(1, 7)].index[0]

    @property
    def made(self) -> list[Path]:
        """Every file that was made, but the council's own counts."""
        own = {self.root / COUNTS, self.root / f"{COUNTS}.source.toml"}
        found = set(self.root.rglob("*")) - self._copied - own
        return sorted(path for path in found if path.is_file())

    def secrets(self) -> dict[str, set[str]]:
        """Return what is searched for, by kind; a postcode with its space and without."""
        small = self.counts[self.counts.first_time_entrants.between(1, 7)]
        born = [row[2] for row in self.people]
        codes = [row[3] for row in self.people]
        return {
            "names": {name for row in self.people for name in row[:2]},
            "dates of birth": {*born, *("/".join(reversed(day.split("-"))) for day in born)},
            "postcodes": {*codes, *(code.replace(" ", "") for code in codes)},
            "counts of one to seven": {
                ",".join(map(str, row)) for row in small.itertuples(index=False)
            },
            "checksums of the counts": {self.digest},
        }

    @property
    def digest(self) -> str:
        """The checksum of the counts: it may stand among the private records of runs alone."""
        return hashlib.sha256((self.root / COUNTS).read_bytes()).hexdigest()

    def found(self) -> dict[str, list[str]]:
        """Return, for each kind, the files in which something of it stands; “said” is the log."""
        sought = {kind: _any_of(words) for kind, words in self.secrets().items()}
        told: dict[str, list[str]] = {kind: [] for kind in sought}
        for path in self.made:
            everything = b"\0".join(every_byte(path))
            for kind, pattern in sought.items():
                is_own = kind.startswith("checksums") and path.parent.name == ".runs"
                told[kind] += [path.name] if pattern.search(everything) and not is_own else []
        for kind, pattern in sought.items():
            told[kind] += ["said"] if pattern.search(self.said) else []
        return told


def table(root: Path, formats: Iterable[str]) -> list[dict]:
    """Return a row for each kind of secret: how many, how many files were searched, found in."""
    town = Town(root, formats)
    found, files = town.found(), town.made
    return [
        {
            "sought": kind,
            "how many": len(words),
            "files searched": len(files) + 1,
            "found in": len(found[kind]),
        }
        for kind, words in town.secrets().items()
    ]


def every_byte(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, then those of everything packed in it."""
    content = path.read_bytes()
    yield content
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    elif path.suffix == ".parquet":
        yield pd.read_parquet(io.BytesIO(content)).to_csv(index=False).encode()
    elif path.suffix in (".ipynb", ".json", ".jsonl"):
        lines = content.decode().splitlines() if path.suffix == ".jsonl" else [content.decode()]
        yield "\n".join(_strings([json.loads(line) for line in lines])).encode()
    elif path.suffix == ".pdf":
        yield from _of_pdf(content)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _strings(each)


def _of_pdf(content: bytes) -> Iterator[bytes]:
    """Yield the words of every page, and every object and stream."""
    from pypdf import PdfReader
    from pypdf.generic import StreamObject

    reader = PdfReader(io.BytesIO(content))
    yield "\n".join(page.extract_text() for page in reader.pages).encode()
    for at in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(at)
        yield repr(found).encode()
        if isinstance(found, StreamObject):
            yield found.get_data()


def _any_of(words: set[str]) -> re.Pattern:
    """Return a pattern of many words, which looks at each beginning once."""
    starts = defaultdict(list)
    for word in sorted(words):
        starts[word[:4].encode()].append(re.escape(word[4:].encode()))
    return re.compile(
        b"|".join(
            re.escape(start) + b"(?:" + b"|".join(rest) + b")" for start, rest in starts.items()
        )
    )
