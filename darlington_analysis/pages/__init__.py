"""What a reader sees: the look, the charts, the maps, the tables and every word."""

import os
import sys

_OF_A_PERSON = "JPY_SESSION_NAME"  # Jupyter's server sets it for notebooks that people open
_ENABLED = "_darlington_analysis_is_shown"


def enable() -> None:
    """Give evidence objects their display in the notebook that calls this, once.

    Where a person has opened it in JupyterLab, its results get the look of a pack. A script has
    no display: nothing happens there, and IPython is not imported.
    """
    shell = "IPython" in sys.modules and sys.modules["IPython"].get_ipython()
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


def controls(explorer):
    """Return controls for what ``evidence.for_exploring`` gives; see ``explore.controls``."""
    from darlington_analysis.pages import explore

    return explore.controls(explorer)


def _as_text(show):
    return lambda evidence: str(show(evidence))


def _printed(show):
    return lambda evidence, printer, cycle: printer.text(show(evidence))
