"""A published page as a tagged PDF (PDF/UA-1), in ordinary and in large print."""

import logging
import os
import re
from pathlib import Path
from typing import Any

from darlington_analysis.core.errors import UsageError

# WeasyPrint reads a drawing's title aloud and not its description; on paper they are one.
_DRAWING = re.compile(r"(<title id=[^>]*>)(.*?)(</title><desc[^>]*>)(.*?)(</desc>)", re.DOTALL)
_LARGE = """@page { @bottom-right { font-size: 16pt } }
@media print {
  :root { --step-1: 18pt; --step0: 18pt; --step1: 20pt; --step2: 25pt; --step3: 30pt; }
  .band, .source, .shorthand, .download { font-size: 18pt; }
  table.data, table.data.long, .beside table.data, .beside table.data.long,
  .indicator .answer, .words, .site-footer .band { font-size: 18pt; }
  .data th, .data td, .data.long th, .data.long td { padding: 3pt 4pt; }
  .beside .data tbody tr:not(.picked) > th { white-space: normal; }
  .wide + .beside-table td { white-space: normal; }
  .data tbody th { min-width: 0; }
  .beside { break-inside: auto; }
  .beside > svg, .beside > svg.tall { float: none; width: 100%; max-height: none; }
  .beside-table, .wide + .beside-table, .compact > .columns > div { margin-left: 0; }
  .beside > .wide, .compact > .columns > .figure { float: none; width: auto; }
  .compact > .columns > .figure > .beside-table, .compact .behind { display: block; }
  .compact > .columns > .figure > .source { font-size: 18pt; }
  .compact { break-inside: auto; }
  .alltogether { display: none; }
  .words { columns: 1; }
  .figure svg, .figure svg.tall, .figure .wide svg { max-width: 100%; max-height: 240mm; }
  .headline-cards, .facts { display: block; }
  .card { margin-bottom: 8pt; }
  .card-number { font-size: 26pt; }
}"""


def render(page: Path, *, large: bool = False) -> Any:
    """Return a page laid out on A4: a document with ``pages`` and ``write_pdf``.

    Raises UsageError where WeasyPrint, or the Pango it draws with, is missing.
    """
    weasyprint = _weasyprint()
    text = _DRAWING.sub(r"\1\2. \4\3\4\5", page.read_text("utf-8"))
    if large:  # last in the page's own sheet: a sheet given from outside would count for less
        text = text.replace("</style>", f"{_LARGE}</style>", 1)
    # No address of its own: links to the files beside it stay as they are, and name no machine.
    return weasyprint.HTML(string=text).render()


def write(page: Path, into: Path, *, large: bool = False) -> int:
    """Write a page as a PDF/UA-1 file, the same bytes each time; return how many sides it has."""
    laid_out = render(page, large=large)
    # fontTools stamps the fonts it cuts down with the time of day, unless this variable gives one.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    laid_out.write_pdf(into, pdf_variant="pdf/ua-1", pdf_tags=True)
    return len(laid_out.pages)


def _weasyprint() -> Any:
    try:
        import weasyprint  # here: a pack needs no paper, and this takes a second
    except (ImportError, OSError) as fault:  # OSError: the package is there, Pango is not
        raise UsageError(
            f"A PDF can't be made: {str(fault).splitlines()[0]}",
            "WeasyPrint and the library Pango lay pages out; packs need neither.",
            "pip install 'darlington-analysis[pdf]', and apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0",
        ) from fault
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of CSS for screens
    return weasyprint
