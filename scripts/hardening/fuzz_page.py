"""The page that `make fuzz` writes: what was met, and the limits of files."""

import sys
from importlib import metadata

from darlington_analysis.core import bounded_toml
from darlington_analysis.readers import limits, separate_process
from scripts import ROOT

PAGE = ROOT / "docs" / "fuzz.md"
HEAD = """# What becomes of malformed input

Made by `make fuzz` (atheris {version}, Python {python}); do not edit. Inputs are changed again and
again, and kept if they reach code that no input reached before. *Fault*: any error other than the
answer in three lines. *Hang*: over {seconds} seconds of a processor. *Death*: the process ended, or
needed more than {memory:,} MB.

- readers: the bytes of a file. A sidecar is drafted for it, answered and followed, and then another
  one is followed. CSV, XLSX, XLS, XLSB, ODS, Parquet, GeoJSON, GeoPackage, zipped shapefile.
- sidecars: the text of a sidecar beside a table. The table is read as it declares.
- records: the text of an agreement record. Its mistakes are reported, and the rest is checked.

{table}

Cases that were found before are in `tests/end_to_end/cases`. Every run of the tests tries them again.

## Limits

{limits}
"""
LIMITS = """| what | at most |
|---|---:|
| a raw file, bytes on the disk | {limits.MOST_BYTES:,} |
| all that a workbook unpacks to, bytes | {limits.MOST_UNPACKED:,} |
| how often a packed part may grow | {limits.MOST_RATIO:,} times |
| parts of a packed file | {limits.MOST_PARTS:,} |
| cells of a sheet, the empty ones between included | {limits.MOST_CELLS:,} |
| memory of the process that reads a workbook, Parquet or outlines, bytes | {readers.MOST_MEMORY:,} |
| seconds of that process | {readers.MOST_SECONDS:,} |
| letters of a sidecar, a record, `darlington.toml` | {plain_toml.MOST_LETTERS:,} |
| tables within tables there | {plain_toml.MOST_DEEP:,} |
"""


def write(table: str, seconds: int, megabytes: int) -> None:
    """Write docs/fuzz.md round the table of what was met."""
    text = HEAD.format(
        version=metadata.version("atheris"),
        python=sys.version.split()[0],
        table=table,
        seconds=seconds,
        memory=megabytes,
        limits=LIMITS.format(
            limits=limits, readers=separate_process, plain_toml=bounded_toml
        ).strip(),
    )
    PAGE.write_text(text, "utf-8")
