"""What a reader sees: the look, the charts, the maps, the tables and every word."""


def enable() -> None:
    """Give evidence objects their display in the notebook that calls this."""
    from IPython import get_ipython

    from darlington_analysis.presentation.show.register import shown

    formatters = get_ipython().display_formatter.formatters
    for kind, how in shown().items():
        if how.html:
            formatters["text/html"].for_type(kind, _as_text(how.html))
        formatters["text/plain"].for_type(kind, _printed(how.text))


def controls(explorer):
    """Return controls for what ``evidence.for_exploring`` gives; see ``choosers``."""
    from darlington_analysis.presentation import choosers

    return choosers.controls(explorer)


def _as_text(show):
    return lambda each: str(show(each))


def _printed(show):
    return lambda each, printer, cycle: printer.text(show(each))
