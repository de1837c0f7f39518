"""What a reader sees: the look, the charts, the maps, the tables and every word."""

import ast
import os
import sys

from darlington_analysis.core.errors import UsageError

_OF_A_PERSON = "JPY_SESSION_NAME"  # Jupyter's server sets it for notebooks that people open
_GIVEN = "# Parameters"  # how papermill begins the cell that it puts in, behind the notebook's own
_ENABLED = "_darlington_analysis_is_shown"


def enable() -> None:
    """Give evidence objects their display in the notebook that calls this, once.

    Where a person has opened it in JupyterLab, its results get the look of a pack. A script has
    no display: nothing happens there, and IPython is not imported. Raises UsageError where
    papermill was given a parameter that the notebook does not have: it would go on with the default.
    """
    shell = "IPython" in sys.modules and sys.modules["IPython"].get_ipython()
    if shell:
        _refuse_unknown_parameters(shell.user_ns.get("In", []))
    if not shell or getattr(shell, _ENABLED, False):
        return
    setattr(shell, _ENABLED, True)
    from IPython.display import HTML, display

    from darlington_analysis.pages.components import theme
    from darlington_analysis.pages.register import shown

    formatters = shell.display_formatter.formatters
    for kind, how in shown().items():
        if how.html:
            formatters["text/html"].for_type(kind, _as_text(how.html))
        formatters["text/plain"].for_type(kind, _printed(how.text))
    if _OF_A_PERSON in os.environ:  # a pack brings its own style sheet
        display(HTML(f"<style>{theme.notebook_stylesheet()}</style>"))


def _refuse_unknown_parameters(cells: list[str]) -> None:
    given = next((at for at, cell in enumerate(cells) if cell.startswith(_GIVEN)), None)
    if given is None:
        return
    has = _assigned(cells[given - 1]) if given else set()
    unknown = sorted(_assigned(cells[given]) - has)
    if unknown:
        raise UsageError(
            f"This notebook has no parameter {', '.join(unknown)}",
            f"It has {', '.join(sorted(has)) or 'none'}; another name would leave the default as it is.",
            "spell the parameter as the notebook does",
        )


def _assigned(cell: str) -> set[str]:
    names = (node for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}


def controls(explorer):
    """Return controls for what ``evidence.for_exploring`` gives; see ``explore.controls``."""
    from darlington_analysis.pages import explore

    return explore.controls(explorer)


def _as_text(show):
    return lambda evidence: str(show(evidence))


def _printed(show):
    return lambda evidence, printer, cycle: printer.text(show(evidence))
