"""What `make fuzz` starts from: valid files, awkward ones, and the words of each grammar."""

import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from scripts import ROOT
from tests.support.workbooks import write_ods, write_xlsx

DEEP = 3_000
TABLE = [
    ["ward_code", "ward_name", "period", "count"],
    ["E05001553", "Bank Top", "2010", 12],
    ["E05001554", "Central", "2010", "<5"],
    ["E05001555", "Cockerton East", "2011", 7],
]
CELLS = r"""E05001553|E06000005|E01012304|00EHMF|Darlington|Bank Top|2010/11|2010-11|Apr-Jun 2011
[x]|[c]|..|<5|1,234|12.5%|1e308|\xef\xbb\xbf|\xff\xfe|PK\x03\x04|PAR1|\x00\x00\x27\x0a
FeatureCollection|\xd0\xcf\x11\xe0|number-rows-repeated|SQLite format 3\x00""".replace(
    "\n", "|"
).split("|")
TOML = r"""[[|]]|= \"\"|\"\"\"|2026-11-22|true|false|1e400|-0|nan|inf|[|{|}|\\u0000|\x0d\x0a|'
\xef\xbb\xbf|questions|field|answer|withheld|not known""".replace("\n", "|").split("|")


def write(target: str, folder: Path) -> int:
    """Write a target's seeds and its words into a folder; return how many seeds there are."""
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(_SEEDS[target](folder)):
        (folder / f"{number:03d}").write_bytes(content)
    words = CELLS if target == "readers" else TOML + _keys()
    text = "".join(f'"{word}"\n' for word in words)
    folder.with_name("words.dict").write_text(text, "utf-8")
    return len(list(folder.iterdir()))


def _files(folder: Path) -> Iterator[bytes]:
    """Real samples where there are some, and a small table in every format we can write."""
    samples = Path(os.environ.get("DARLINGTON_REFERENCE_DATA", "")) / "indicators/messy_samples"
    yield from (path.read_bytes() for path in sorted(samples.glob("*")))
    beside = folder.with_name("scratch")
    yield write_xlsx(beside, {"Table 1": TABLE}).read_bytes()
    yield write_ods(beside, TABLE).read_bytes()
    yield write_ods(beside, TABLE, repeated=100_000_000).read_bytes()
    yield write_xlsx(beside, {"Table 1": TABLE}, far="XFD1048576").read_bytes()
    frame = pd.DataFrame(TABLE[1:], columns=TABLE[0]).astype(str)
    yield frame.to_csv(index=False).encode()
    yield frame.to_csv(index=False, sep=";").encode("utf-16")
    parquet = io.BytesIO()
    frame.to_parquet(parquet)
    yield parquet.getvalue()
    yield from _layers(beside)
    yield b'"' * 5_000
    yield b"a,b\n" + b"[" * DEEP


def _layers(beside: Path) -> Iterator[bytes]:
    import geopandas
    from shapely.geometry import Point

    frame = pd.DataFrame(TABLE[1:], columns=TABLE[0]).astype(str)
    layer = geopandas.GeoDataFrame(frame, geometry=[Point(0, at) for at in range(len(frame))])
    yield layer.to_json().encode()
    deep = json.loads("[" * 900 + "]" * 900)
    yield json.dumps({"type": "FeatureCollection", "features": deep}).encode()
    shapes = beside.with_name("shapes")
    layer.to_file(shapes, driver="ESRI Shapefile")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(shapes.iterdir()):
            archive.write(path, path.name)
    yield packed.getvalue()


def _sidecars(folder: Path) -> Iterator[bytes]:
    from scripts.hardening.fuzz_targets import side

    yield side("csv").encode()
    for path in sorted((ROOT / "data" / "raw").rglob("*.source.toml"))[::5]:
        yield path.read_bytes()
    yield side("xlsx").encode()
    yield from _deep("notes")


def _records(folder: Path) -> Iterator[bytes]:
    whole = (ROOT / "data" / "agreements" / "central.toml").read_bytes()
    yield whole
    yield re.sub(rb"(?m)^#.*\n", b"", whole)
    yield from re.split(rb"\n(?=\[)", whole)
    yield from _deep("partnership")


def _deep(key: str) -> Iterator[bytes]:
    yield f"{key} = {'[' * DEEP}{']' * DEEP}".encode()
    yield f"{key} = {'{a = ' * DEEP}1{'}' * DEEP}".encode()
    yield (".".join(["a"] * DEEP) + " = 1").encode()
    yield b"[" + b"a." * DEEP + b"a]\n"
    yield f"{key} = {'9' * 5000}".encode()


def _keys() -> list[str]:
    from darlington_analysis.agreements.record import FORM
    from darlington_analysis.readers.layout import Reading
    from darlington_analysis.sources.sidecars import Source

    return sorted({*FORM.homes, *Source.model_fields, *Reading.model_fields})


_SEEDS = {"readers": _files, "sidecars": _sidecars, "records": _records}
