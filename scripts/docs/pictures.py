"""Make the pictures of the README from published packs: page 1 on paper and on a phone, a chart.

Needs the extra “browser” and the packs of the newest edition: `make packs`, then this.
"""

from pathlib import Path
from typing import Any

from PIL import Image

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import find_project
from scripts.accessibility import browser

# File, page within the edition (the first that fits), width, medium, where to begin, height.
# Page 1 as it is printed and page 1 on a phone stand side by side, so they are of one height.
EDITION, WARD = "2025", "E05010428-*"
PICTURES = (
    ("pack.png", f"{WARD}/evidence-pack.html", 800, "print", "body", 930),
    ("phone.png", f"{WARD}/evidence-pack.html", 400, "screen", "h1", 930),
    ("chart.png", f"{WARD}/figures.html", 760, "screen", "#no-qualifications-wards", 520),
)


def take(chromium: Any, page: Path, view: browser.View, begin: str, height: int, into: Path):
    """Save a picture of a page's width, ``height`` CSS pixels high, from one part of it on."""
    with browser.opened(chromium, page, view) as shown:
        if view.media == "print":  # the margins that paper has
            shown.page.add_style_tag(content="body { padding: 14px 28px }")
        top = shown.page.locator(begin).first.bounding_box()["y"]
        clip = {"x": 0, "y": top, "width": view.width, "height": height}
        shown.page.screenshot(path=into, clip=clip, full_page=True)
    few = Image.open(into).convert("RGB").quantize(32, dither=Image.Dither.NONE)
    few.save(into, optimize=True)  # a third of the bytes, and nobody sees it


def main() -> None:
    """Take every picture, and print where it was put."""
    project = find_project()
    with browser.started() as chromium:
        for name, pattern, width, medium, begin, height in PICTURES:
            found = sorted((project.reports / EDITION).glob(pattern))
            if not found:
                raise UsageError(
                    f"There is no {pattern} in reports/{EDITION}",
                    "Pictures are taken of packs that were published.",
                    f'python -m darlington_analysis packs --edition {EDITION} --ward "Red Hall"',
                )
            view = browser.View("picture", width, medium)
            take(chromium, found[0], view, begin, height, project.root / "docs" / name)
            print(f"docs/{name}")


if __name__ == "__main__":
    main()
