"""Every claim as a sentence: the rules of all sections together, as claims.csv needs them."""

from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.sections import KeyFigures
from darlington_analysis.pages import (
    borough_only,
    changes_since_signing,
    deprivation,
    indicator_sentences,
    key_messages,
    outlook,
    place,
    review_statements,
    robustness,
    scan,
    support,
    targets,
)
from darlington_analysis.pages.components import blocks

RULES: blocks.Rules = {
    **key_messages.RULES,
    **place.RULES,
    **indicator_sentences.RULES,
    **outlook.RULES,
    **targets.RULES,
    **borough_only.RULES,
    **deprivation.RULES,
    **robustness.RULES,
    **review_statements.RULES,
    **scan.RULES,
    **support.RULES,
    **changes_since_signing.RULES,
}


def sentence_of(claim: Claim) -> str:
    """Return any claim as one or more plain sentences."""
    return blocks.sentence(claim, RULES)


def key_figures(shown: KeyFigures) -> str:
    """Return every claim with its id and the hash of its rows, one a line."""
    return "\n".join(
        f"{claim.id} [{claim.rows_hash}] {sentence_of(claim)}" for claim in shown.claims
    )
