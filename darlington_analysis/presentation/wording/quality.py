"""What is said of an edition's data: whether it can go out, and why not."""

from darlington_analysis.evidence.quality import Finding, Verdict

_SAID = {
    "made up": "{what}: the figures are made up, because nothing is published.",
    "missing wards": "{what}: {number:.0f} ward(s) have no figure.",
    "mostly withheld": "{what}: {number:.0f} wards are withheld, more than half.",
    "total is off": "The total does not fit: {what} is off by {number:,.0f}.",
    "raw data": "The raw data can't be read: {what}.",
    "changed since": "data/raw/{what} is not what the figures were made from. Run make data.",
    "draft": "The {what} is a draft: the Council has still to confirm its decisions.",
    "no England": "{what}: no figure for England in the same year.",
    "no borough": "No figure for the whole borough in the {what}.",
    "shared out": "Wards cut through neighbourhoods, which are shared out by where people live. In "
    "one ward {number:.0f}% of the people counted come from such neighbourhoods.",
    "best fit": "Scores: wards are put together from neighbourhoods that do not nest. In one ward "
    "up to {number:.0f}% of the people counted live outside it.",
    "absent": "Skipped, because data/raw has no file for it: {what}.",
    "odd": "Look at this figure: {what}.",
}
COVERAGE = "Each indicator’s latest figures for the wards"
SET_ASIDE = "Raw rows left out, and why"
TOTALS = "Totals that were compared when the data were cleaned"
NONE_ASIDE = "No raw row was left out."
WHY, KNOW = "Why not", "What to know"


def said(finding: Finding) -> str:
    """Return a finding as a sentence."""
    return _SAID[finding.kind].format(what=finding.what, number=finding.number)


def heading(verdict: Verdict) -> str:
    """Return whether the edition can go out."""
    if verdict.is_go:
        return f"Go: the {verdict.edition} can go out."
    return f"Not yet: the {verdict.edition} can’t go out, for {len(verdict.reasons)} reason(s)."
