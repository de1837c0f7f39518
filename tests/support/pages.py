"""Whole packs as readers get them, without the time it takes to draw: every chart is a blank."""

import json
import re

import mistune
import pytest

from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages.components import charts, maps
from darlington_analysis.pages.components.charts import wards
from darlington_analysis.pages.register import shown
from tests.support.projects import ROOT

BLANK = '<svg viewBox="0 0 9 9" width="9" height="9"><text>blank</text></svg>'
_MARKDOWN = mistune.create_markdown(escape=False)


def draw_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every chart and map drawn as a blank: words and tables are what they always are."""
    for name in charts.__all__:
        monkeypatch.setattr(charts, name, lambda *_, **__: BLANK)
    monkeypatch.setattr(wards, "wards_with_limits", lambda *_, **__: BLANK)
    monkeypatch.setattr(maps, "hexagon_map", lambda *_, **__: BLANK)


def body(pack: WardEvidence) -> str:
    """Return the body of a ward's pack: what the notebook's cells show, in their order."""
    notebook = json.loads((ROOT / "notebooks/02-ward-evidence-pack.ipynb").read_text("utf-8"))
    parts = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if "analyst" in cell["metadata"].get("tags", []):
            continue
        if cell["cell_type"] == "markdown":
            parts.append(_MARKDOWN(source))
        elif source.startswith("pack."):
            parts.append(_shown(pack, source))
    return "\n".join(parts)


def _shown(pack: WardEvidence, source: str) -> str:
    name, _, given = source.strip().removeprefix("pack.").partition("(")
    arguments = re.findall(r'"([^"]*)"', given)
    section = getattr(pack, name)
    section = section(*arguments) if arguments else section
    how = shown().get(type(section))
    return str(how.html(section)) if how and how.html else ""
