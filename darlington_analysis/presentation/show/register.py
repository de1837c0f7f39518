"""Which function shows which evidence object."""

from collections.abc import Callable
from typing import Any, NamedTuple

from darlington_analysis.evidence import borough as borough_evidence
from darlington_analysis.evidence import contents, review, sections
from darlington_analysis.evidence import coverage as coverage_evidence
from darlington_analysis.evidence import documents as documents_evidence
from darlington_analysis.evidence import funnel as funnel_evidence
from darlington_analysis.evidence import options as options_evidence
from darlington_analysis.evidence import pockets as pockets_evidence
from darlington_analysis.evidence import quality as quality_evidence
from darlington_analysis.evidence import robustness as robustness_evidence
from darlington_analysis.evidence import scan as scan_evidence
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.explore import Explorer, Look
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.presentation.show import (
    answers,
    borough,
    changed,
    coverage,
    deprivation,
    explore,
    fairness,
    front,
    funnel,
    glances,
    measures,
    negotiation,
    options,
    overview,
    place,
    quality,
    questions,
    robustness,
    scan,
    sources,
    statements,
)
from darlington_analysis.presentation.wording import glances as glance_words


class Shown(NamedTuple):
    """How an object is shown: as HTML (None where it has no place on a page) and as text."""

    html: Callable[[Any], str] | None
    text: Callable[[Any], str]


def shown() -> dict[type, Shown]:
    """Return how every evidence object is shown, by its type."""
    return _of_a_ward() | _of_the_borough() | _as_a_whole()


def _of_a_ward() -> dict[type, Shown]:
    return {
        sections.Header: Shown(front.header, front.header_text),
        sections.StandsOut: Shown(front.stands_out, front.stands_out_text),
        sections.KeyFigures: Shown(None, front.key_figures),
        sections.Place: Shown(place.place, place.place_text),
        sections.Questions: Shown(questions.questions, questions.questions_text),
        sections.Measures: Shown(measures.measures, measures.measures_text),
        sections.Indicators: Shown(answers.indicators, answers.indicators_text),
        sections.Negotiation: Shown(negotiation.negotiation, negotiation.negotiation_text),
        sections.FairAndFinite: Shown(fairness.fairness, fairness.fairness_text),
        sections.Changed: Shown(changed.changed, changed.changed_text),
        sections.Sources: Shown(sources.sources, sources.sources_text),
        DeprivationAnswer: Shown(deprivation.deprivation, deprivation.deprivation_text),
        documents_evidence.Documents: Shown(statements.documents, statements.documents_text),
        WardEvidence: Shown(explore.ward, explore.ward_text),
    }


def _as_a_whole() -> dict[type, Shown]:
    whole = (borough_evidence.BoroughEvidence, contents.Overview, quality_evidence.Quality,
             options_evidence.SupportEvidence, review.Review)  # fmt: skip
    return dict.fromkeys(whole, Shown(glances.glance, glances.glance_text)) | {
        EditionTable: Shown(None, glance_words.table),
        AgreementAnswer: Shown(None, glance_words.agreement),
        Claim: Shown(None, glances.claim_text),
    }


def _of_the_borough() -> dict[type, Shown]:
    return {
        borough_evidence.PlacesOnIndex: Shown(borough.places, borough.places_text),
        borough_evidence.NotHeld: Shown(borough.not_held, borough.not_held_text),
        borough_evidence.BoroughMap: Shown(borough.borough_map, borough.map_text),
        robustness_evidence.BoroughRobustness: Shown(robustness.borough, robustness.borough_text),
        scan_evidence.Scan: Shown(scan.scan, scan.scan_text),
        pockets_evidence.Pockets: Shown(scan.pockets, scan.pockets_text),
        options_evidence.Decided: Shown(options.decided, options.decided_text),
        options_evidence.Costs: Shown(options.costs, options.costs_text),
        review.Measures: Shown(coverage.measures, coverage.measures_text),
        coverage_evidence.Coverage: Shown(coverage.coverage, coverage.coverage_text),
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
