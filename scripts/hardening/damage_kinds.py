"""Ways to damage a file: its bytes, its rows, its cells, its encoding."""

import csv
import io
import random
import zipfile

GARBAGE = (
    "",
    "-",
    "x",
    "n/a",
    "#REF!",
    "E01012304",
    "E05010412",
    "Darlingtn",
    "1.2.3",
    "12,3",
    "<5",
    "2016",
    "abc",
    "\u00a3",
    "-5",
    "1e400",
    "\t",
    '"',
    "E06000005x",
    "0",
)


def damage(kind: str, content: bytes, chance: random.Random) -> bytes:
    """Return a file's content damaged in one way, never as it was where that can be helped."""
    for _ in range(20):
        damaged = KINDS[kind][1](content, chance)
        if damaged != content:
            return damaged
    return content


def _flip(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _lose(content: bytes, chance: random.Random) -> bytes:
    at, long = chance.randrange(len(content)), chance.choice((1, 1, 3, 40))
    return content[:at] + content[at + long :]


def _put_in(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    more = bytes(chance.randrange(256) for _ in range(chance.choice((1, 1, 3, 40))))
    return content[:at] + more + content[at:]


def _digit(content: bytes, chance: random.Random) -> bytes:
    """Change one digit of the text, wherever it stands: a figure, a code, a label, a header."""
    spot = [at for at, byte in enumerate(content) if 48 <= byte <= 57]
    at = chance.choice(spot)
    return content[:at] + str(chance.randrange(10)).encode() + content[at + 1 :]


def _rows(change):
    def changed(content: bytes, chance: random.Random) -> bytes:
        lines = content.split(b"\n")
        change(lines, chance)
        return b"\n".join(lines)

    return changed


def _lose_row(lines: list, chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _double_row(lines: list, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def _swap_rows(lines: list, chance: random.Random) -> None:
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]


def _cut_row(lines: list, chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]


def _cells(change):
    """Damage cells of a CSV; of a workbook the words all its sheets share, or a sheet's cells."""

    def changed(content: bytes, chance: random.Random) -> bytes:
        if content.startswith(b"PK"):
            return _in_workbook(content, chance)
        try:
            text = content.decode("utf-8")
            coding = "utf-8"
        except UnicodeDecodeError:
            text, coding = content.decode("cp1252"), "cp1252"
        rows = list(csv.reader(io.StringIO(text, newline="")))
        change([row for row in rows if row], chance)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue().encode(coding, "replace")

    return changed


def _garbage(rows: list, chance: random.Random) -> None:
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(GARBAGE)


def _lose_cell(rows: list, chance: random.Random) -> None:
    row = chance.choice(rows)
    del row[chance.randrange(len(row))]


def _swap_cells(rows: list, chance: random.Random) -> None:
    row = chance.choice(rows)
    one, two = chance.randrange(len(row)), chance.randrange(len(row))
    row[one], row[two] = row[two], row[one]


def _other_cell(rows: list, chance: random.Random) -> None:
    """Put the cell of one row into another row: a copy-and-paste that slipped."""
    one, two = chance.choice(rows), chance.choice(rows)
    at = chance.randrange(min(len(one), len(two)))
    one[at] = two[at]


def _in_workbook(content: bytes, chance: random.Random) -> bytes:
    """Change a digit or letter inside a sheet or the shared words, and pack the workbook again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = [n for n in old.namelist() if "sheets/" in n or "sharedStrings" in n]
        chosen = chance.choice([name for name in names if name.endswith(".xml")])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _flip(part, chance) if name == chosen else part)
    return out.getvalue()


def _recode(content: bytes, chance: random.Random) -> bytes:
    """Save the text in another encoding, or with other ends of lines, or read wrongly once."""
    text = content.decode("latin-1")
    way = chance.choice(("utf-16", "cp500", "double", "cr", "mark", "nul", "lost"))
    if way in ("utf-16", "cp500"):
        return text.encode(way)
    changes = {
        "double": text.encode("utf-8"),
        "cr": content.replace(b"\n", b"\r"),
        "mark": b"\xef\xbb\xbf" + content,
        "nul": content.replace(b"a", b"\x00", 1),
        "lost": content.replace(b"1", "\ufffd".encode(), 1),
    }
    return changes[way]


KINDS = {
    "flip": ("bytes changed", _flip),
    "cut": ("the end cut off", _cut),
    "lose": ("bytes lost", _lose),
    "put in": ("bytes put in", _put_in),
    "digit": ("one digit changed", _digit),
    "lose row": ("a row lost", _rows(_lose_row)),
    "double row": ("a row twice", _rows(_double_row)),
    "swap rows": ("two rows swapped", _rows(_swap_rows)),
    "cut row": ("a row cut short", _rows(_cut_row)),
    "garbage": ("a cell overwritten", _cells(_garbage)),
    "lose cell": ("a cell lost", _cells(_lose_cell)),
    "swap cells": ("two cells of a row swapped", _cells(_swap_cells)),
    "other cell": ("a cell copied from another row", _cells(_other_cell)),
    "recode": ("another encoding or line end", _recode),
}
