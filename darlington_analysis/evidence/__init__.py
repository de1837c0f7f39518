"""Answers about one ward and about the borough."""

from darlington_analysis.evidence.borough import for_borough
from darlington_analysis.evidence.figures import for_exploring
from darlington_analysis.evidence.quality import data_quality
from darlington_analysis.evidence.review import for_review
from darlington_analysis.evidence.sections import overview
from darlington_analysis.evidence.support import for_support
from darlington_analysis.evidence.ward import for_ward

__all__ = [
    "data_quality",
    "for_borough",
    "for_exploring",
    "for_review",
    "for_support",
    "for_ward",
    "overview",
]
