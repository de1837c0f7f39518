"""Which function shows which evidence object."""

from collections.abc import Callable
from typing import Any, NamedTuple

from darlington_analysis.evidence import (
    borough,
    contents,
    quality,
    review,
    review_statements,
    robustness,
    scan,
    sections,
    support,
)
from darlington_analysis.evidence import deprivation as pockets
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.explore import Explorer, Look
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import agreements_overview as agreements_overview_page
from darlington_analysis.pages import borough as borough_page
from darlington_analysis.pages import (
    changes_since_signing,
    claims_text,
    deprivation,
    explore,
    fairness,
    indicators,
    key_messages,
    negotiation,
    object_summaries,
    overview,
    page,
    place,
    questions,
    sources,
)
from darlington_analysis.pages import funnel as funnel_page
from darlington_analysis.pages import quality as quality_page
from darlington_analysis.pages import review_statements as review_statements_page
from darlington_analysis.pages import robustness as robustness_page
from darlington_analysis.pages import scan as scan_page
from darlington_analysis.pages import support as support_options


class Shown(NamedTuple):
    """How an object is shown: as HTML (None where it has no place on a page) and as text."""

    html: Callable[[Any], str] | None
    text: Callable[[Any], str]


def shown() -> dict[type, Shown]:
    """Return how every evidence object is shown, by its type."""
    return _of_a_ward() | _of_the_borough() | _as_a_whole()


def _of_a_ward() -> dict[type, Shown]:
    return {
        sections.Header: Shown(page.header, page.header_text),
        sections.StandsOut: Shown(key_messages.stands_out, key_messages.stands_out_text),
        sections.KeyFigures: Shown(None, claims_text.key_figures),
        sections.Place: Shown(place.place, place.place_text),
        sections.Questions: Shown(questions.questions, questions.questions_text),
        sections.Measures: Shown(indicators.measures, indicators.measures_text),
        sections.Indicators: Shown(indicators.indicators, indicators.indicators_text),
        sections.Negotiation: Shown(negotiation.negotiation, negotiation.negotiation_text),
        sections.FairnessAndExit: Shown(fairness.fairness, fairness.fairness_text),
        sections.ChangesSinceSigning: Shown(
            changes_since_signing.changed, changes_since_signing.changed_text
        ),
        sections.Sources: Shown(sources.sources, sources.sources_text),
        DeprivationAnswer: Shown(deprivation.deprivation, deprivation.deprivation_text),
        review_statements.Documents: Shown(
            review_statements_page.documents, review_statements_page.documents_text
        ),
        WardEvidence: Shown(explore.ward, explore.ward_text),
    }


def _as_a_whole() -> dict[type, Shown]:
    whole = (
        borough.BoroughEvidence,
        contents.Overview,
        quality.Quality,
        support.SupportEvidence,
        review.Review,
    )
    return dict.fromkeys(whole, Shown(object_summaries.glance, object_summaries.glance_text)) | {
        EditionTable: Shown(None, object_summaries.table),
        AgreementAnswer: Shown(None, object_summaries.agreement),
        Claim: Shown(None, object_summaries.claim_text),
    }


def _of_the_borough() -> dict[type, Shown]:
    return {
        borough.PlacesOnIndex: Shown(borough_page.places, borough_page.places_text),
        borough.NotHeld: Shown(borough_page.not_held, borough_page.not_held_text),
        borough.BoroughMap: Shown(borough_page.borough_map, borough_page.map_text),
        robustness.BoroughRobustness: Shown(robustness_page.borough, robustness_page.borough_text),
        scan.Scan: Shown(scan_page.scan, scan_page.scan_text),
        pockets.Pockets: Shown(scan_page.pockets, scan_page.pockets_text),
        support.Decided: Shown(support_options.decided, support_options.decided_text),
        support.Costs: Shown(support_options.costs, support_options.costs_text),
        review.Measures: Shown(
            agreements_overview_page.measures, agreements_overview_page.measures_text
        ),
        review.Progress: Shown(
            agreements_overview_page.progress, agreements_overview_page.progress_text
        ),
        review.AgreementsOverview: Shown(
            agreements_overview_page.coverage, agreements_overview_page.coverage_text
        ),
        quality.Verdict: Shown(quality_page.verdict, quality_page.verdict_text),
        quality.KeyFindings: Shown(None, quality_page.key_figures),
        quality.Coverage: Shown(quality_page.coverage, quality_page.coverage_text),
        quality.SetAside: Shown(quality_page.set_aside, quality_page.set_aside_text),
        quality.Totals: Shown(quality_page.totals, quality_page.totals_text),
        Explorer: Shown(explore.explorer, explore.explorer_text),
        Look: Shown(explore.look, explore.look_text),
        contents.Editions: Shown(overview.editions, overview.editions_text),
        contents.Wards: Shown(overview.wards, overview.wards_text),
        contents.Ages: Shown(overview.ages, overview.ages_text),
        borough.Funnels: Shown(funnel_page.funnels, funnel_page.funnels_text),
        borough.BoroughIndicators: Shown(borough_page.indicators, borough_page.indicators_text),
    }
