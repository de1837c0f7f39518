"""Make the pictures of the README from published packs: page 1 on paper and on a phone, a chart.

Needs the extra “browser” and packs of the default edition: `make packs`, then this.
"""

from pathlib import Path
from typing import Any

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import find_project
from scripts.accessibility import browser

# File, page within the edition (the first that fits), width, medium, where to begin, height.
# Page 1 as it is printed and page 1 on a phone stand side by side, so they are of one height.
PICTURES = (
    ("pack.png", "E05001561-*/evidence-pack.html", 800, "print", "body", 930),
    ("phone.png", "E05001561-*/evidence-pack.html", 400, "screen", "h2", 930),
    ("chart.png", "E05001561-*/evidence-pack.html", 760, "screen", "#no-qualifications-wards", 720),
)


def take(chromium: Any, page: Path, view: browser.View, begin: str, height: int, into: Path):
    """Save a picture of a page's width, ``height`` CSS pixels high, from one part of it on."""
    with browser.opened(chromium, page, view) as shown:
        if view.media == "print":  # the margins that paper has
            shown.page.add_style_tag(content="body { padding: 14px 28px }")
        top = shown.page.locator(begin).first.bounding_box()["y"]
        clip = {"x": 0, "y": top, "width": view.width, "height": height}
        shown.page.screenshot(path=into, clip=clip, full_page=True)


def main() -> None:
    """Take every picture, and print where it was put."""
    project = find_project()
    with browser.started() as chromium:
        for name, pattern, width, medium, begin, height in PICTURES:
            found = sorted((project.reports / "2011").glob(pattern))
            if not found:
                raise UsageError(
                    f"There is no {pattern} in reports/2011",
                    "Pictures are taken of packs that were published.",
                    'python -m darlington_analysis packs --ward "Haughton East"',
                )
            view = browser.View("picture", width, medium)
            take(chromium, found[0], view, begin, height, project.root / "docs" / name)
            print(f"docs/{name}")


if __name__ == "__main__":
    main()
