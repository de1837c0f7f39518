"""Answers about one ward and about the borough."""

from darlington_analysis.evidence.borough import for_borough
from darlington_analysis.evidence.contents import overview
from darlington_analysis.evidence.explore import for_exploring
from darlington_analysis.evidence.ward import for_ward

__all__ = ["for_borough", "for_exploring", "for_ward", "overview"]
