"""The review's statements get the verdict that the figures give, and another one when they move."""

from dataclasses import replace

import pytest

from darlington_analysis.evidence import review_statements
from darlington_analysis.evidence.review_statements import statements
from darlington_analysis.pages import review_statements as words
from darlington_analysis.pages.register import sentence_of

POSITION = "imd-national-position"
COCKERTON_EAST, COCKERTON_WEST, PARK_EAST = "E05001555", "E05001556", "E05001573"
PIERREMONT, MOWDEN, LINGFIELD = "E05001575", "E05001570", "E05001568"
EXPECTED = {
    "A20a": "cannot be tested",
    "A20b": "cannot be tested",
    "A20c": "cannot be tested",
    "A21-improved": "cannot be told apart",
    "A21-ten": "holds only as 10 by the mean score and the mean rank",
    "A21-eleven": "cannot be told apart",
    "A21-pierremont": "holds only as a place by the mean score and the mean rank",
    "A21-risen": "cannot be told apart",
    "A21-fourteenth": "holds",
    "A21-45": "holds only as 45.7% cut short",
    "A21-no-longer": "holds only as “not within the top 25%”",
    "A22-remains": "cannot be told apart",
    "A23-order": "holds only as a place by the mean score and the mean rank",
}


def judged(name, table):
    """Return the claim on a statement; putting it into words must not fail."""
    claim = review_statements.judge(
        next(each for each in statements(table.project).statement if each.id == name), table
    )
    assert claim.facts["quotation"].rstrip(".") in sentence_of(claim)
    return claim


def moved(table, values, slug=POSITION, period="2007", column="value"):
    """Return the table with other figures for some wards."""
    rows = table.rows.copy()
    for code, value in values.items():
        at = rows.indicator.eq(slug) & rows.area_code.eq(code) & rows.period.eq(period)
        assert at.any()
        rows.loc[at, column] = value
    return replace(table, rows=rows)


def with_entrants(table, counts, **columns):
    """Return the table with first-time entrants as a council might count them: 40, or as given."""
    rows = table.rows.copy()
    own = rows.indicator.eq("first-time-entrants") & rows.area_type.eq("ward")
    rows.loc[own, ["numerator", "is_dummy", "status"]] = [40.0, False, "e"]
    rows["is_dummy"] = rows.is_dummy.astype(bool)
    for code, count in counts.items():
        rows.loc[own & rows.area_code.eq(code), "numerator"] = count
    for column, value in columns.items():
        rows.loc[own, column] = value
    return replace(table, rows=rows)


@pytest.mark.requirement(87)
@pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
def test_the_verdict_on_the_shipped_figures(edition_table, name, expected):
    """Each statement of the review, tested on the figures this project ships."""
    assert expected == words.verdict(judged(name, edition_table).facts)


def test_every_statement_is_tested_once(edition_table):
    """The ledger holds every statement in the order of the document, each with its own id."""
    ids = [claim.id for claim in review_statements.of_borough(edition_table).claims]
    assert [f"statement:{name}" for name in EXPECTED] == ids


def test_quotations_are_the_document_s_own_words(project, reference_data):
    """Each quotation, piece by piece where words are left out, stands in the document."""
    file = reference_data.parent / "source-documents" / "A-community-partnerships-review.txt"
    if not file.is_file():
        pytest.skip(f"the document is not at hand: {file.name}")
    text = " ".join(file.read_text("utf-8").replace("'", "’").replace(")", "").split())
    for each in statements(project).statement:
        for piece in each.quotation.replace(")", "").split("…"):
            assert piece.strip().rstrip(".") in text, each.id


def test_ward_packs_show_the_statements_that_name_the_ward(edition_table):
    """Cockerton West is named twice, Cockerton East five times, Mowden never."""
    counted = {
        code: len(review_statements.of_ward(edition_table, edition_table.wards.ward(code)).claims)
        for code in (COCKERTON_WEST, COCKERTON_EAST, MOWDEN)
    }
    assert {COCKERTON_WEST: 2, COCKERTON_EAST: 5, MOWDEN: 0} == counted


def test_other_wards_are_not_judged_by_the_review(edition_table):
    """An edition of other wards has no statements to test."""
    other = replace(
        edition_table, edition=edition_table.edition.model_copy(update={"ward_set": "2015"})
    )
    assert () == review_statements.of_borough(other).claims


@pytest.mark.requirement(86)
def test_made_up_figures_confirm_nothing_even_when_they_agree(edition_table):
    """With the named wards far ahead, a made-up figure still can't test the statement."""
    counts = {COCKERTON_WEST: 900, PARK_EAST: 900}
    claim = judged("A20a", with_entrants(edition_table, counts, is_dummy=True))
    assert ("cannot be tested", True) == (claim.facts["verdict"], claim.is_dummy)
    assert "Made-up figures confirm nothing" in sentence_of(claim)


@pytest.mark.requirement(85)
def test_modelled_figures_rank_nothing(edition_table):
    """Real but modelled percentages of skills leave the statement untested."""
    rows = edition_table.rows.copy()
    own = rows.indicator.eq("low-literacy")
    rows.loc[own, "basis"] = "modelled"
    rows["is_dummy"] = rows.is_dummy & ~own
    facts = judged("A20c", replace(edition_table, rows=rows)).facts
    assert ("cannot be tested", "highest: modelled") == (facts["verdict"], facts["why"])


@pytest.mark.requirement(84)
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({COCKERTON_WEST: 90, PARK_EAST: 80}, ("holds only as", "highest: count of these years")),
        ({COCKERTON_WEST: 90, PARK_EAST: 45}, ("cannot be told apart", "highest: chance")),
        ({COCKERTON_WEST: 90, PARK_EAST: 40}, ("cannot be told apart", "highest: rounding")),
        ({COCKERTON_WEST: 90, PARK_EAST: 10}, ("does not hold", "highest: lower count")),
        ({COCKERTON_WEST: None}, ("cannot be tested", "highest: withheld")),
    ],
)
def test_real_counts_of_children_can_go_either_way(edition_table, counts, expected):
    """The lower of the two named wards decides; rounding, chance and withholding are kept apart."""
    facts = judged("A20a", with_entrants(edition_table, counts)).facts
    assert expected == (facts["verdict"], facts["why"])


@pytest.mark.parametrize(
    ("position", "expected"), [(44.9, "holds"), (45.9, "holds only as"), (46.1, "does not hold")]
)
def test_45_percent_holds_cut_short_or_not_at_all(edition_table, position, expected):
    """Up to 45 it holds, up to 46 only when cut short, beyond it does not."""
    table = moved(edition_table, {COCKERTON_EAST: position})
    assert expected == judged("A21-45", table).facts["verdict"]


def test_eleven_before_would_be_a_fall_but_no_improvement(edition_table):
    """Were there eleven wards in 2004, the number fell; a place still shows no better life."""
    table = moved(edition_table, {PIERREMONT: 24.0}, period="2004")
    assert "holds only as" == judged("A21-eleven", table).facts["verdict"]
    improved = judged("A21-improved", table)
    assert "holds only as" == improved.facts["verdict"]
    assert "never shows that life got better" in sentence_of(improved)


def test_more_wards_than_before_is_no_improvement(edition_table):
    """Were Lingfield outside in 2004, the number would have risen."""
    table = moved(edition_table, {LINGFIELD: 26.0}, period="2004")
    assert "does not hold" == judged("A21-improved", table).facts["verdict"]


def test_another_number_of_wards_refutes_ten(edition_table):
    """With Pierremont inside there are eleven by mean score."""
    table = moved(edition_table, {PIERREMONT: 24.0})
    assert "does not hold" == judged("A21-ten", table).facts["verdict"]


def test_no_longer_holds_where_it_was_within_before(edition_table):
    """Within in 2004 and beyond in 2007 is “no longer”; within in 2007 is not."""
    was = moved(edition_table, {COCKERTON_EAST: 20.0}, period="2004")
    assert "holds" == judged("A21-no-longer", was).facts["verdict"]
    still = moved(edition_table, {COCKERTON_EAST: 20.0})
    assert "does not hold" == judged("A21-no-longer", still).facts["verdict"]


def test_places_fall_when_scores_do(edition_table):
    """With a far higher score Cockerton East is not 14th, and has not risen."""
    table = moved(edition_table, {COCKERTON_EAST: 40.0}, slug="imd-score")
    assert "does not hold" == judged("A21-fourteenth", table).facts["verdict"]
    assert "does not hold" == judged("A21-risen", table).facts["verdict"]


@pytest.mark.requirement(91)
def test_a_place_that_moved_holds_beside_other_wards_only(edition_table):
    """More deprived than others in 2004, 14th in 2007: it moved, beside other wards."""
    table = moved(edition_table, {COCKERTON_EAST: 40.0}, slug="imd-score", period="2004")
    assert "holds only as a place beside other wards" == words.verdict(
        judged("A21-risen", table).facts
    )


def test_the_hash_changes_with_a_row_it_rests_on(edition_table):
    """A claim's hash is made from the gated rows behind it, and from no others."""
    before = judged("A21-45", edition_table).rows_hash
    assert before != judged("A21-45", moved(edition_table, {COCKERTON_EAST: 45.8})).rows_hash
    assert before == judged("A21-45", moved(edition_table, {MOWDEN: 80.0})).rows_hash
