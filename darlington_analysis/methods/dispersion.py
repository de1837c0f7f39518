"""How much more areas differ than chance alone would make them."""

import numpy as np

TRIMMED_EACH_SIDE = 0.1
"""Share of areas at each end drawn in, so that true outliers do not widen the limits."""

MODELS = ("none", "multiplicative", "additive")


def overdispersion(gaps: np.ndarray, errors: np.ndarray, model: str) -> tuple[float, float]:
    """Return the dispersion (1 or more) and the variance between areas (0 or more).

    ``gaps`` are areas' values less the average, ``errors`` their standard errors by chance alone
    if the average held everywhere, nan where not known. ``multiplicative`` widens every limit
    alike, ``additive`` adds a variance between areas; the other of the two stays at 1 or 0.
    Spiegelhalter (2005), Statistics in Medicine 24: 1185-1202, with a tenth winsorised each side.
    """
    errors = np.where(errors > 0, errors, np.nan)
    known = ~np.isnan(gaps / errors)
    areas = int(known.sum())
    if model == "none" or areas < 2:
        return 1.0, 0.0
    phi = float((_drawn_in(gaps[known] / errors[known]) ** 2).mean())
    if model == "multiplicative":
        return max(1.0, phi), 0.0
    weights = errors[known] ** -2
    room = weights.sum() - (weights**2).sum() / weights.sum()
    return 1.0, max(0.0, (areas * phi - (areas - 1)) / room)


def _drawn_in(scores: np.ndarray) -> np.ndarray:
    """Draw the scores at either end in to the tenth and ninetieth percentile."""
    ends = np.quantile(scores, [TRIMMED_EACH_SIDE, 1 - TRIMMED_EACH_SIDE])
    return np.clip(scores, *ends)
