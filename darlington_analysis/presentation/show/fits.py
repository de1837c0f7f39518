"""The note on how census areas fit a ward."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.presentation.wording import fits


def fit_note(row: pd.Series) -> Markup:
    """Return a paragraph that says how far a figure misses the ward, if it does."""
    words = fits.note(row)
    return Markup("<p>{}</p>").format(words) if words else Markup("")
