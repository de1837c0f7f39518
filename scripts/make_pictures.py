"""Make the pictures of the README from published packs: page 1, the map on a phone, a chart.

Needs the extra “browser” and packs of the default edition: `make packs`, then this.
"""

from pathlib import Path
from typing import Any

from darlington_analysis.errors import UsageError
from darlington_analysis.project import find_project
from darlington_analysis.publishing import browser

# File, page within the edition (the first that fits), width, what to picture, greatest height.
PICTURES = (
    ("pack.png", "E05001561-*/evidence-pack.html", 900, "body", 1180),
    ("chart.png", "E05001561-*/evidence-pack.html", 760, "#no-qualifications-wards", 720),
    ("phone.png", "E05001561-*/evidence-pack.html", 360, "body", 1180),
)


def take(chromium: Any, page: Path, width: int, selector: str, height: int, into: Path) -> None:
    """Save a picture of one part of a page, no higher than ``height`` CSS pixels."""
    with browser.opened(chromium, page, browser.View("picture", width, "screen")) as shown:
        box = shown.page.locator(selector).first.bounding_box()
        clip = {**box, "height": min(box["height"], height)}
        shown.page.screenshot(path=into, clip=clip, full_page=True)


def main() -> None:
    """Take every picture, and print where it was put."""
    project = find_project()
    with browser.started() as chromium:
        for name, pattern, width, selector, height in PICTURES:
            found = sorted((project.reports / "2011").glob(pattern))
            if not found:
                raise UsageError(
                    f"There is no {pattern} in reports/2011",
                    "Pictures are taken of packs that were published.",
                    'python -m darlington_analysis packs --ward "Haughton East"',
                )
            take(chromium, found[0], width, selector, height, project.root / "docs" / name)
            print(f"docs/{name}")


if __name__ == "__main__":
    main()
