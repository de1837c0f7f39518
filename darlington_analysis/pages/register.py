"""How evidence objects are shown: as HTML, as text, as a summary; and every claim as a sentence."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from darlington_analysis.evidence import (
    borough,
    pack,
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
from darlington_analysis.evidence.compare import Comparison, OverTime
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.figures import Explorer, Look
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import (
    agreement_basis,
    all_figures,
    changes,
    compare,
    deprivation,
    edition,
    explore,
    fairness,
    indicator_sentences,
    indicators,
    inside,
    negotiation,
    outlook,
    page,
    place,
    questions,
    sources,
    stand_out,
    targets,
    trust,
    what_matters,
)
from darlington_analysis.pages import agreements_overview as agreements_overview_page
from darlington_analysis.pages import borough as borough_page
from darlington_analysis.pages import review_statements as review_statements_page
from darlington_analysis.pages import robustness as robustness_page
from darlington_analysis.pages import scan as scan_page
from darlington_analysis.pages import support as support_page
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import whole

PROJECT, BOROUGH, QUALITY = "The whole project", "All wards", "Can it go out?"
SUPPORT, REVIEW = "Who is supported", "How is the partnership doing?"
TABLE = "The table of the {edition}: {rows} rows"
AGREEMENT = "The agreement of {ward}: {partnership}"
PARTS = "Ask for a part by its name: {names}."
NO_RECORD = "no record"
MORE = "…"

RULES: blocks.Rules = {
    **indicator_sentences.RULES,
    **deprivation.RULES,
    **place.RULES,
    **outlook.RULES,
    **targets.RULES,
    **borough_page.RULES,
    **robustness_page.RULES,
    **review_statements_page.RULES,
    **scan_page.RULES,
    **support_page.RULES,
    **changes.RULES,
}
_FIGURE = re.compile(r"<figure.*?</figure>", re.DOTALL)
_FIGURE_TITLE = re.compile(r'<p class="figure-title">.*?</p>', re.DOTALL)
_CELL_END, _LINE_END = re.compile(r"</t[dh]>"), re.compile(r"</(?:p|li|h\d|tr|d[dt]|caption)>")
_LONGEST = 2_000  # characters of a text: a cell without HTML is for a glance


def sentence_of(claim: Claim) -> str:
    """Return any claim as one or more plain sentences, as claims.csv needs them."""
    return blocks.sentence(claim, RULES)


def key_figures(shown: sections.KeyFigures) -> str:
    """Return every claim with its id and the hash of its rows, one a line."""
    return "\n".join(
        f"{claim.id} [{claim.rows_hash}] {sentence_of(claim)}" for claim in shown.claims
    )


def text_of(html: str) -> str:
    """Return the first words of HTML, a line for each paragraph and row, a title for each figure."""
    html = _FIGURE.sub(lambda figure: "".join(_FIGURE_TITLE.findall(figure[0])), str(html))
    parts = _LINE_END.split(_CELL_END.sub("</td> ", html))
    text = "\n".join(line for part in parts if (line := Markup(part).striptags()))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} {MORE}"


class Shown(NamedTuple):
    """How an object is shown: as HTML, None where it has no place on a page, and as text."""

    html: Callable[[Any], str] | None
    own_text: Callable[[Any], str] | None = None

    def text(self, thing: Any) -> str:
        """Return the object as text: its own where there is one, else the words of its HTML."""
        return self.own_text(thing) if self.own_text else text_of(self.html(thing))


def shown() -> dict[type, Shown]:
    """Return how every evidence object is shown, by its type."""
    as_html = _of_a_ward() | _of_the_borough()
    whole_objects = dict.fromkeys(_FIRST_PARTS, glance)
    return {kind: Shown(show) for kind, show in (as_html | whole_objects).items()} | {
        sections.Header: Shown(page.header, page.header_text),
        sections.KeyFigures: Shown(None, key_figures),
        quality.KeyFindings: Shown(None, lambda found: edition.verdict_text(found.verdict)),
        EditionTable: Shown(None, _table),
        AgreementAnswer: Shown(None, _agreement),
        Claim: Shown(None, sentence_of),
    }


def _of_a_ward() -> dict[type, Callable]:
    return {
        pack.AnnexTop: page.annex_top,
        pack.WhatMatters: what_matters.what_matters,
        pack.AllFigures: all_figures.all_figures,
        pack.StandOutFigures: stand_out.stand_out_figures,
        pack.InsideWard: inside.inside,
        pack.SupportOfWard: support_page.ward_support,
        pack.AgreementBasis: agreement_basis.agreement_basis,
        pack.Trust: trust.trust,
        sections.Place: place.place,
        sections.Questions: questions.questions,
        sections.Measures: indicators.measures,
        sections.Indicators: indicators.indicators,
        IndicatorAnswer: indicators.one,
        OverTime: compare.over_time,
        sections.Negotiation: negotiation.negotiation,
        sections.FairnessAndExit: fairness.fairness,
        sections.ChangesSinceSigning: changes.changed,
        sections.Sources: sources.sources,
        DeprivationAnswer: deprivation.deprivation,
        review_statements.Documents: review_statements_page.section,
        WardEvidence: explore.ward,
    }


def _of_the_borough() -> dict[type, Callable]:
    return {
        borough.PlacesOnIndex: borough_page.places,
        borough.NotHeld: borough_page.not_held,
        borough.ReviewIndex: borough_page.review_index,
        borough.BoroughMap: borough_page.borough_map,
        borough.BoroughIndicators: borough_page.indicators,
        borough.Funnels: scan_page.funnels,
        robustness.BoroughRobustness: robustness_page.borough,
        scan.Scan: scan_page.scan,
        pockets.Pockets: scan_page.pockets,
        support.Decided: support_page.decided,
        support.Costs: support_page.costs,
        review.Measures: agreements_overview_page.measures,
        review.Progress: agreements_overview_page.progress,
        review.AgreementsOverview: agreements_overview_page.coverage,
        quality.Verdict: edition.verdict,
        quality.Coverage: edition.coverage,
        quality.SetAside: edition.set_aside,
        quality.Totals: edition.totals,
        sections.Editions: edition.editions,
        sections.Wards: edition.wards,
        sections.Ages: edition.ages,
        Explorer: explore.explorer,
        Look: explore.look,
        Comparison: compare.comparison,
    }


_FIRST_PARTS: dict[type, Callable[[Any], tuple[str, str, Any]]] = {  # what, of what, first part
    sections.Overview: lambda whole: (PROJECT, _edition_of(whole), whole.editions),
    borough.BoroughEvidence: lambda whole: (BOROUGH, _edition_of(whole), whole.places()),
    quality.Quality: lambda whole: (QUALITY, _edition_of(whole), whole.verdict),
    support.SupportEvidence: lambda whole: (SUPPORT, _edition_of(whole), whole.decided),
    review.Review: lambda whole: (REVIEW, _partnership_of(whole), whole.measures("better off")),
}


def glance(thing: Any) -> Markup:
    """Return evidence as a whole: which it is, the first thing it says, what else to ask for."""
    what, of, first = _FIRST_PARTS[type(thing)](thing)
    return Markup("<p><strong>{}: {}</strong></p>{}<p>{}</p>").format(
        what,
        of,
        Markup(shown()[type(first)].html(first)),
        PARTS.format(names=", ".join(_names(type(thing)))),
    )


def _edition_of(thing: Any) -> str:
    return thing.table.edition.title


def _partnership_of(thing: review.Review) -> str:
    record = thing.agreement.record
    return record.partnership if record else thing.agreement.ward.name


def _names(kind: type) -> list[str]:
    """Return the names of what can be asked for, as one types them."""
    members = {name: member for name, member in vars(kind).items() if not name.startswith("_")}
    properties = [
        name for name, member in members.items() if isinstance(member, property | cached_property)
    ]
    return sorted(properties) + sorted(
        f"{name}(…)" for name, member in members.items() if callable(member)
    )


def _table(thing: EditionTable) -> str:
    return TABLE.format(edition=thing.edition.title, rows=whole(len(thing.rows)))


def _agreement(thing: AgreementAnswer) -> str:
    partnership = thing.record.partnership if thing.record else NO_RECORD
    return AGREEMENT.format(ward=thing.ward.name, partnership=partnership)
