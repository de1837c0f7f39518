"""Answers about one ward and about the borough."""

from darlington_analysis.evidence.borough import for_borough
from darlington_analysis.evidence.contents import overview
from darlington_analysis.evidence.quality import data_quality
from darlington_analysis.evidence.ward import for_ward

__all__ = ["data_quality", "for_borough", "for_ward", "overview"]
