"""What a reader sees: the look, the charts, the maps, the tables and every word."""

import ast
import os
import re
import sys

from darlington_analysis.core.errors import UsageError

_OF_A_PERSON = "JPY_SESSION_NAME"  # Jupyter's server sets it for notebooks that people open
_GIVEN = "# Parameters"  # how papermill begins the cell that it puts in, behind the notebook's own
_ENABLED = "_darlington_analysis_is_shown"
_LOOKS = "_darlington_analysis_looks_in"  # the number of the run of a cell that shows the look
LOOK = {"darlington_analysis": "look"}  # of the result that is a style sheet: pages leave it out
# JupyterLab takes the style sheet, which hides these words, from a notebook that it does not trust.
UNTRUSTED = (
    "JupyterLab shows this notebook without its charts and its design, because you did not run it "
    "there. If you trust where it comes from, choose “Trust Notebook” in the command palette "
    "(Ctrl+Shift+C), or run <code>jupyter trust</code> with the name of this file and open it again."
)
# A link to another file of a pack, which does not lie beside a notebook.
_TO_A_FILE = re.compile(r'<a\b[^>]*\bhref="(?!#|https?:)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


def enable() -> None:
    """Give evidence objects and plots their display in the notebook that calls this.

    Results get the look of a pack each time that a cell calls this, since a cell that runs again
    loses what it has shown. Where a person has opened the notebook in JupyterLab, links to files of
    a pack become their words. A script has no display: nothing happens there, and IPython is not
    imported. Raises UsageError where papermill was given a parameter that the notebook does not
    have: it would go on with the default.
    """
    shell = "IPython" in sys.modules and sys.modules["IPython"].get_ipython()
    if not shell:
        return
    _refuse_unknown_parameters(shell.user_ns.get("In", []))
    if not getattr(shell, _ENABLED, False):
        setattr(shell, _ENABLED, True)
        _give_displays(shell.display_formatter.formatters)
    if hasattr(shell, "kernel") and getattr(shell, _LOOKS, None) != shell.execution_count:
        is_first = not hasattr(shell, _LOOKS)
        setattr(shell, _LOOKS, shell.execution_count)
        _show_look(with_words=is_first)


def _give_displays(formatters) -> None:
    from darlington_analysis.pages.register import shown

    # Of what every figure is: IPython forgets formatters of Figure itself as it sets its own.
    formatters["text/html"].for_type_by_name("matplotlib.figure", "FigureBase", _plot)
    for kind, how in shown().items():
        html, text = _html_and_text(how)
        if how.html:
            as_html = _without_files(html) if _OF_A_PERSON in os.environ else html
            formatters["text/html"].for_type(kind, as_html)
        formatters["text/plain"].for_type(kind, text)


def _show_look(*, with_words: bool) -> None:
    """Show the style sheet, and in the first cell of a run what to do where it is taken away."""
    from IPython.display import display

    from darlington_analysis.pages.components import theme

    sheet = f"<style>{theme.notebook_stylesheet()}</style>"
    words = f'<p class="{theme.UNTRUSTED}">{UNTRUSTED}</p>' if with_words else ""
    display({"text/html": sheet + words}, raw=True, metadata=LOOK)


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


def _plot(figure) -> str:
    """Return a plot of matplotlib or seaborn with a text alternative, which IPython's has not."""
    from darlington_analysis.pages import explore

    return explore.picture(figure)


def _without_files(html):
    return lambda thing: _TO_A_FILE.sub(r"\1", html(thing))


def _html_and_text(how):
    """Return IPython's formatters of one kind of object, for HTML and for text.

    IPython asks for both each time that an object is shown. The text is made from the HTML, so
    whichever of the two is asked for second takes the HTML that was made for the first.
    """
    from darlington_analysis.pages.register import text_of

    kept = []  # the object whose HTML was made for one of the two, and that HTML

    def html(thing):
        if kept and kept[0] is thing:
            made = kept[1]
            kept.clear()
        else:
            made = str(how.html(thing))
            kept[:] = thing, made
        return made

    def text(thing, printer, _):
        printer.text(how.own_text(thing) if how.own_text else text_of(html(thing)))

    return html, text
