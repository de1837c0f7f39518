"""Measure every published pack as a reader meets it, and write docs/layout.md.

Usage: python -m scripts.studies.layout [REPORTS] [--check]

It opens each evidence-pack.html in Chromium at two sizes and prints it to PDF. ``--check`` exits
with 1 where a pack is beyond a limit, and writes nothing.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from bs4 import BeautifulSoup

from darlington_analysis.core.project import find_project
from darlington_analysis.pages.page import PACK
from scripts.accessibility import browser

SIZES = ((1280, 900), (390, 844))
_POINT = 72 / 96  # CSS pixels to points
_A4_MARGINS = (34.0, 40.0)  # points at the top and bottom of a side that hold no text
_FIRST = "(document.querySelector('.finding') ?? document.body).getBoundingClientRect()"
_LETTERS = """() => Math.min(...[...document.querySelectorAll('main svg')].flatMap(svg => {
  const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
  if (!box.width) return [];
  const sizes = [...svg.querySelectorAll('text')].map(
    text => parseFloat(getComputedStyle(text).fontSize));
  return sizes.map(size => size * box.width / view.width);
}))"""
_BEYOND = """() => Math.max(0, ...[...document.querySelectorAll('.table-scroll, .wide')].map(
  box => box.scrollWidth - box.clientWidth))"""
_PAGE = """# How packs are laid out

`python -m scripts.studies.layout` wrote this page from {count} packs. The limits: at most
{sides} printed sides and one for each outcome of an agreement record, the whole first finding in view
on a desktop of 1280 × 900 and a phone of 390 × 844, no table or drawing of the desktop wider than its
frame, under {made_up}% of words on made-up figures, no
empty box, letters of {letters} points or more in charts on paper, no side but the last less than
{fill}% full, at most {phone} screens on the phone, and at most {size} KB. A number beyond its limit is in
bold.

{table}
"""


@dataclass(frozen=True)
class Measured:
    """What was measured of one pack; pixels are CSS pixels."""

    pack: str
    sides: int
    desktop_end: int
    phone_end: int
    cut_off: int
    phone_screens: float
    made_up: float
    boxes: int
    letters: float
    least_full: int
    size: int


HEADS = {
    "pack": "Pack",
    "sides": "Sides, without one for each outcome",
    "desktop_end": "First finding ends at, 1280 × 900",
    "phone_end": "the same, 390 × 844",
    "cut_off": "Beyond a frame, 1280",
    "phone_screens": "Screens of a phone",
    "made_up": "% of words on made-up figures",
    "boxes": "Empty boxes",
    "letters": "Smallest letters of charts, points",
    "least_full": "Least full side but the last, %",
    "size": "KB",
}
LIMITS = {
    "sides": 8,
    "desktop_end": 900,
    "phone_end": 844,
    "cut_off": 0,
    "phone_screens": 25.0,
    "made_up": 1.0,
    "boxes": 0,
    "letters": 8.0,
    "least_full": 66,
    "size": 700,
}
_AT_LEAST = {"letters", "least_full"}


def is_beyond(measured: Measured, name: str) -> bool:
    """True where a measure is beyond its limit."""
    value, limit = getattr(measured, name), LIMITS[name]
    return value < limit if name in _AT_LEAST else value > limit


def beyond(measured: Measured) -> list[str]:
    """Return each measure that is beyond its limit, in words."""
    return [
        f"{measured.pack}: {HEADS[name]} is {getattr(measured, name)}, and the limit {LIMITS[name]}"
        for name in LIMITS
        if is_beyond(measured, name)
    ]


def measure(chromium, path: Path, scratch: Path) -> Measured:
    """Return what one page measures on two screens and on paper."""
    html, ends, beyond_frames = path.read_text("utf-8"), [], []
    page = chromium.new_page()
    page.goto(path.resolve().as_uri())
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        beyond_frames.append(page.evaluate(_BEYOND))
        ends.append(round(page.evaluate(f"{_FIRST}.bottom + window.scrollY")))
    screens = page.evaluate("document.documentElement.scrollHeight") / SIZES[-1][1]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})  # A4 between its margins
    letters = page.evaluate(_LETTERS) * _POINT
    printed = scratch / "printed.pdf"
    page.pdf(path=str(printed), prefer_css_page_size=True)
    page.close()
    sides = fills(printed)
    return Measured(
        path.parent.relative_to(path.parents[2]).as_posix(),
        len(sides) - html.count('class="outcome-side"'),
        *ends,
        beyond_frames[0],
        round(screens, 1),
        round(made_up_share(html), 2),
        len(BeautifulSoup(html, "html.parser").select(".answer-box:not(.answered)")),
        round(letters, 1),
        min(sides[:-1], default=100),
        round(len(html.encode()) / 1000),
    )


def made_up_share(html: str) -> float:
    """Return the words of sentences that speak of made-up figures, in % of all words."""
    soup = BeautifulSoup(html, "html.parser")
    for part in soup.select("svg, style, nav"):
        part.decompose()
    blocks = soup.select("p, li, th, td, dt, dd, h1, h2, h3")
    every = [
        sentence for block in blocks for sentence in re.split(r"(?<=[.!?])\s", block.get_text(" "))
    ]
    about = sum(len(text.split()) for text in every if re.search(r"made.up", text, re.I))
    return 100 * about / max(1, sum(len(text.split()) for text in every))


def fills(printed: Path) -> list[int]:
    """Return how far down each side of a PDF its words reach, in per cent of its room."""
    ran = subprocess.run(
        ["pdftotext", "-bbox", str(printed), "-"], capture_output=True, text=True, check=True
    )
    found = []
    for side in ran.stdout.split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', side)[1])
        foot = height - _A4_MARGINS[1]
        lows = [float(low) for low in re.findall(r'yMax="([\d.]+)"', side)]
        lowest = max((low for low in lows if low <= foot + 2), default=0.0)
        found.append(round(100 * (lowest - _A4_MARGINS[0]) / (foot - _A4_MARGINS[0])))
    return found


def table(measured: list[Measured]) -> str:
    """Return the measures of packs as a table, those beyond a limit in bold."""
    lines = [f"| {' | '.join(HEADS.values())} |", "|---|" + "---:|" * (len(HEADS) - 1)]
    for pack in measured:
        names = [field.name for field in fields(pack)]
        cells = [
            f"**{value}**" if name in LIMITS and is_beyond(pack, name) else str(value)
            for name, value in zip(names, astuple(pack), strict=True)
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def measured_in(reports: Path) -> list[Measured]:
    """Return what every pack below a folder measures."""
    with browser.started() as chromium, tempfile.TemporaryDirectory() as scratch:
        return [
            measure(chromium, path, Path(scratch)) for path in sorted(reports.glob(f"*/*/{PACK}"))
        ]


def main() -> int:
    """Measure the packs below a folder; write the page, or check the limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="?", type=Path)
    parser.add_argument("--check", action="store_true", help="exit with 1 beyond a limit")
    asked = parser.parse_args()
    project = find_project()
    measured = measured_in(asked.reports or project.reports)
    faults = [fault for pack in measured for fault in beyond(pack)]
    print(table(measured))
    print("\n".join(faults) or f"{len(measured)} packs: all within the limits")
    if asked.check:
        return int(bool(faults))
    page = _PAGE.format(
        count=len(measured),
        table=table(measured),
        sides=LIMITS["sides"],
        made_up=f"{LIMITS['made_up']:g}",
        letters=f"{LIMITS['letters']:g}",
        fill=LIMITS["least_full"],
        phone=f"{LIMITS['phone_screens']:g}",
        size=LIMITS["size"],
    )
    (project.root / "docs" / "layout.md").write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
