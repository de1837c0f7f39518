"""Which function shows which evidence object."""

from collections.abc import Callable
from typing import Any, NamedTuple

from darlington_analysis.evidence import agreements_overview as coverage_evidence
from darlington_analysis.evidence import borough as borough_evidence
from darlington_analysis.evidence import contents, review, sections
from darlington_analysis.evidence import funnel as funnel_evidence
from darlington_analysis.evidence import pockets as pockets_evidence
from darlington_analysis.evidence import quality as quality_evidence
from darlington_analysis.evidence import review_statements as documents_evidence
from darlington_analysis.evidence import robustness as robustness_evidence
from darlington_analysis.evidence import scan as scan_evidence
from darlington_analysis.evidence import support as options_evidence
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.explore import Explorer, Look
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import (
    agreements_overview,
    borough,
    changes_since_signing,
    deprivation,
    explore,
    fairness,
    funnel,
    indicators,
    key_messages,
    negotiation,
    object_summaries,
    overview,
    place,
    quality,
    questions,
    review_statements,
    robustness,
    scan,
    sources,
    support_options,
)
from darlington_analysis.pages import indicators as measures
from darlington_analysis.pages import object_summaries as glance_words


class Shown(NamedTuple):
    """How an object is shown: as HTML (None where it has no place on a page) and as text."""

    html: Callable[[Any], str] | None
    text: Callable[[Any], str]


def shown() -> dict[type, Shown]:
    """Return how every evidence object is shown, by its type."""
    return _of_a_ward() | _of_the_borough() | _as_a_whole()


def _of_a_ward() -> dict[type, Shown]:
    return {
        sections.Header: Shown(key_messages.header, key_messages.header_text),
        sections.StandsOut: Shown(key_messages.stands_out, key_messages.stands_out_text),
        sections.KeyFigures: Shown(None, key_messages.key_figures),
        sections.Place: Shown(place.place, place.place_text),
        sections.Questions: Shown(questions.questions, questions.questions_text),
        sections.Measures: Shown(measures.measures, measures.measures_text),
        sections.Indicators: Shown(indicators.indicators, indicators.indicators_text),
        sections.Negotiation: Shown(negotiation.negotiation, negotiation.negotiation_text),
        sections.FairAndFinite: Shown(fairness.fairness, fairness.fairness_text),
        sections.Changed: Shown(changes_since_signing.changed, changes_since_signing.changed_text),
        sections.Sources: Shown(sources.sources, sources.sources_text),
        DeprivationAnswer: Shown(deprivation.deprivation, deprivation.deprivation_text),
        documents_evidence.Documents: Shown(
            review_statements.documents, review_statements.documents_text
        ),
        WardEvidence: Shown(explore.ward, explore.ward_text),
    }


def _as_a_whole() -> dict[type, Shown]:
    whole = (
        borough_evidence.BoroughEvidence,
        contents.Overview,
        quality_evidence.Quality,
        options_evidence.SupportEvidence,
        review.Review,
    )
    return dict.fromkeys(whole, Shown(object_summaries.glance, object_summaries.glance_text)) | {
        EditionTable: Shown(None, glance_words.table),
        AgreementAnswer: Shown(None, glance_words.agreement),
        Claim: Shown(None, object_summaries.claim_text),
    }


def _of_the_borough() -> dict[type, Shown]:
    return {
        borough_evidence.PlacesOnIndex: Shown(borough.places, borough.places_text),
        borough_evidence.NotHeld: Shown(borough.not_held, borough.not_held_text),
        borough_evidence.BoroughMap: Shown(borough.borough_map, borough.map_text),
        robustness_evidence.BoroughRobustness: Shown(robustness.borough, robustness.borough_text),
        scan_evidence.Scan: Shown(scan.scan, scan.scan_text),
        pockets_evidence.Pockets: Shown(scan.pockets, scan.pockets_text),
        options_evidence.Decided: Shown(support_options.decided, support_options.decided_text),
        options_evidence.Costs: Shown(support_options.costs, support_options.costs_text),
        review.Measures: Shown(agreements_overview.measures, agreements_overview.measures_text),
        coverage_evidence.Coverage: Shown(
            agreements_overview.coverage, agreements_overview.coverage_text
        ),
        quality_evidence.Verdict: Shown(quality.verdict, quality.verdict_text),
        quality_evidence.KeyFindings: Shown(None, quality.key_figures),
        quality_evidence.Coverage: Shown(quality.coverage, quality.coverage_text),
        quality_evidence.SetAside: Shown(quality.set_aside, quality.set_aside_text),
        quality_evidence.Totals: Shown(quality.totals, quality.totals_text),
        Explorer: Shown(explore.explorer, explore.explorer_text),
        Look: Shown(explore.look, explore.look_text),
        contents.Editions: Shown(overview.editions, overview.editions_text),
        contents.Wards: Shown(overview.wards, overview.wards_text),
        contents.Ages: Shown(overview.ages, overview.ages_text),
        funnel_evidence.Funnels: Shown(funnel.funnels, funnel.funnels_text),
        borough_evidence.BoroughIndicators: Shown(borough.indicators, borough.indicators_text),
    }
