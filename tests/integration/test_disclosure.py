"""What an edition publishes is attacked and read; what gives somebody away is refused."""

from dataclasses import replace

import pandas as pd
import pytest

from darlington_analysis.core import atomic
from darlington_analysis.core.errors import ContradictionError, DisclosureError, SchemaError
from darlington_analysis.disclosure import attack
from darlington_analysis.disclosure.attack import worst_case
from darlington_analysis.disclosure.constraints import Rule, from_earlier, from_rows, readings, sums
from darlington_analysis.disclosure.suppression import gate
from darlington_analysis.evidence import table
from darlington_analysis.publishing import disclosure_audit
from darlington_analysis.publishing import disclosure_audit as disclosure
from darlington_analysis.publishing.disclosure_audit import single_years, sums_of
from darlington_analysis.sources import areas
from darlington_analysis.statistics.rates import rates
from tests.support.known_totals import known_totals
from tests.support.shared import copied

POOLED = "2006/07 to 2010/11"
COLLEGE, BANK_TOP = "E05001557", "E05001553"


def wards(*counts):
    """Return one row a ward and the borough's, in one period."""
    rows = [(f"W{at}", POOLED, count) for at, count in enumerate(counts, 1)]
    rows.append(("B", POOLED, sum(counts)))
    return pd.DataFrame(rows, columns=["area_code", "period", "numerator"])


def to_borough(rows):
    """Return the sum of the wards."""
    return sums(rows, "area_code", "B")


@pytest.fixture(scope="module")
def loaded(shared, tmp_path_factory):
    """Return an edition's table with the made-up counts as they are shipped, nothing published."""
    return table.load(
        project=copied(shared.processed(), tmp_path_factory.mktemp("disclosure") / "town")
    )


@pytest.fixture
def fresh(loaded):
    """Return the edition's table with an empty reports folder."""
    for path in sorted(loaded.project.reports.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return loaded


def publish_before(loaded, edition, code, **changed):
    """Lay a ward's figures into reports as an earlier edition published them."""
    rows = loaded.of("first-time-entrants", area_code=code).assign(**changed)
    folder = loaded.project.reports / edition / f"{code}-x"
    folder.mkdir(parents=True)
    rows.to_csv(folder / "figures.csv", index=False)


def test_a_rounded_total_is_read_each_way():
    """A printed 15 is one of 13 to 17; two such totals are 25 ways; three are too many."""
    rows = wards(3, 12)
    relations = to_borough(rows)
    found = readings({("B", POOLED): 15}, set(), relations, Rule())
    assert [13, 14, 15, 16, 17] == [each["B", POOLED] for each in found]
    assert [15] == [
        each["B", POOLED]
        for each in readings({("B", POOLED): 15}, {("B", POOLED)}, relations, Rule())
    ]
    many = [replace(relations[0], total=(name, POOLED)) for name in "ABC"]
    assert [] == readings({(name, POOLED): 15 for name in "ABC"}, set(), many, Rule())


def test_the_worst_total_decides():
    """7 beside 12 is one number if the total is known to be 19, whatever is printed of it."""
    rows = wards(7, 12, 0)
    bare = gate(rows, Rule(), to_borough(rows), secondary=False)
    found = worst_case(bare, to_borough(rows), Rule())
    assert [False] == found.is_protected.tolist()
    assert "W2" in found.through[0]
    assert "B, 2006/07 to 2010/11 is the sum of its 3 parts" in found.through[0]


def test_where_nothing_is_withheld_nothing_is_narrowed():
    """A table whose counts are all printed has no row, and every column of an audit."""
    rows = wards(40, 50, 30)
    found = worst_case(gate(rows, Rule(), to_borough(rows)), to_borough(rows), Rule())
    assert found.empty
    assert {"area_code", "possible", "is_protected", "through"} <= set(found)


@pytest.mark.parametrize("counts", [(7, 12), (1, 8, 0), (1, 1, 10), (1, 8, 11, 30), (7, 7, 12)])
def test_what_the_gate_lets_out_is_safe_whatever_the_total(counts):
    """With cover, the true total and every other one behind its print narrow nothing."""
    rows = wards(*counts, 0, 0)
    relations = to_borough(rows)
    out = gate(rows, Rule(), relations)
    assert worst_case(out, relations, Rule()).is_protected.all()
    known = known_totals(rows, relations, out)
    assert (
        attack.bounds(out, relations, Rule(), also=known).possible >= Rule().protected_width
    ).all()


def test_a_value_of_a_gated_count_tells_what_the_count_tells_and_another_gives_it_away():
    """The rate of a printed 10 leaves 8 to 12; the rate of a withheld 3 is a 3."""
    rows = wards(3, 10).assign(denominator=1240.0)
    out = rates(gate(rows, Rule()).astype({"numerator": float}))
    facts = from_rows(out, rates, Rule())
    assert {(8, 12)} == {
        (each.lower, each.upper) for each in facts if ("W2", POOLED) in each.weights
    }
    bare = out.assign(value=rates(rows)["value"])
    known = from_rows(bare[bare.area_code == "W1"], rates, Rule())
    assert [(3, 3)] == [(each.lower, each.upper) for each in known]
    with pytest.raises(SchemaError, match="the value of W1"):
        from_rows(bare[bare.area_code == "W1"].assign(value=250.0), rates, Rule())


def test_sums_are_found_from_the_rows():
    """All wards make the borough; years make their pool; a missing ward makes no sum."""
    rows = wards(8, 12)
    years = pd.DataFrame([("B", year, 4) for year in single_years(POOLED)], columns=rows.columns)
    rows = pd.concat([rows, years])
    assert ["2006/07", "2010/11"] == single_years(POOLED)[::4]
    assert [2, 5] == [len(each.parts) for each in sums_of(rows, ["W1", "W2"], "B")]
    assert [5] == [len(each.parts) for each in sums_of(rows, ["W1", "W2", "W3"], "B")]


def test_overlapping_pools_are_bound_by_the_years_they_share():
    """Two pools of five years with four in common: single years are unknown counts in both."""
    rows = wards(8, 12)
    other = rows.assign(period="2005/06 to 2009/10")
    found = sums_of(pd.concat([rows, other]), ["W1", "W2"], "B")
    assert 2 + 6 == len(found)
    assert [] == [each for each in sums_of(rows, ["W1", "W2"], "B") if each.total[0] != "B"]


def test_a_shipped_edition_is_protected_and_says_so_in_the_same_bytes(fresh, tmp_path):
    """Every withheld count keeps five numbers; the table has no count; twice is the same."""
    found = disclosure.audit(fresh)
    disclosure.refuse(found)
    assert (3, ()) == (found.withheld, found.refusals)
    assert disclosure.DISCLOSURE_COLUMNS == found.table.columns.tolist()
    assert bool((found.table.possible >= 5).all())
    disclosure.write(found, tmp_path)
    first = (tmp_path / "disclosure-audit.csv").read_bytes()
    shuffled = replace(fresh, rows=fresh.rows.sample(frac=1, random_state=1))
    disclosure.write(disclosure.audit(shuffled), tmp_path)
    assert first == (tmp_path / "disclosure-audit.csv").read_bytes()


def test_a_rate_left_on_a_withheld_row_is_refused(fresh):
    """The ward and the figure are named in three lines, the count is not."""
    rows = fresh.rows.copy()
    at = rows.index[(rows.indicator == "first-time-entrants") & (rows.area_code == COLLEGE)]
    rows.loc[at, "value"] = 100_000 * 6 / rows.loc[at, "denominator"]
    with pytest.raises(DisclosureError, match="College") as refusal:
        disclosure.refuse(disclosure.audit(replace(fresh, rows=rows)))
    assert (14, 3) == (refusal.value.exit_code, len(str(refusal.value).splitlines()))
    assert "(through the value of E05001557" in str(refusal.value)
    assert "6 " not in refusal.value.what.replace("2006", "")


def test_what_an_earlier_edition_printed_stays_known(fresh):
    """A withheld count that an earlier edition of these wards printed as 10 was 8 to 12; if that
    edition was rounded to 2, fewer than five numbers are left, and publishing is refused."""
    publish_before(fresh, "2010", COLLEGE, numerator=10.0, status="u")
    told = disclosure.audit(fresh).table.set_index("area_code").loc[COLLEGE]
    assert [8, 12, 5] == told[["attacker_min", "attacker_max", "possible"]].tolist()
    rule = pd.DataFrame([(1, 7, 2)], columns=["withhold_from", "withhold_to", "round_to"])
    rule.to_csv(fresh.project.reports / "2010/disclosure-audit.csv")
    found = disclosure.audit(fresh)
    with pytest.raises(DisclosureError, match="an earlier edition of E05001557"):
        disclosure.refuse(found)


def test_an_earlier_edition_of_made_up_counts_tells_nothing_of_real_ones(fresh):
    """Nor do real ones tell anything of those made up."""
    publish_before(fresh, "2010", COLLEGE, numerator=10.0, is_dummy=False)
    assert 10 == disclosure.audit(fresh).table.set_index("area_code").possible[COLLEGE]


def test_the_name_of_the_file_an_earlier_edition_was_made_from_does_not_matter(fresh):
    """Next year's file has another name, and its counts of the same years are the same counts."""
    publish_before(fresh, "2010", COLLEGE, numerator=10.0, source="restricted/last_year.csv")
    assert 5 == disclosure.audit(fresh).table.set_index("area_code").possible[COLLEGE]


def test_a_year_of_the_borough_binds_the_years_of_its_wards_in_overlapping_windows():
    """Neither the year that left the window nor the one that came into it had any: what a ward had
    in the later window it had in the earlier one, where it is withheld, and the rest is the other's.
    """
    first, second = POOLED, "2007/08 to 2011/12"
    one = [("W1", first, None), ("W1", second, 30), ("W2", first, None), ("W2", second, None)]
    counts = dict(zip(single_years(second)[:4], (9, 9, 9, 10), strict=True))
    borough = [("B", year, n) for year, n in {**counts, "2006/07": 0, "2011/12": 0}.items()]
    rows = pd.DataFrame([*one, *borough], columns=["area_code", "period", "numerator"])
    rows = rows.astype({"numerator": "Float64"}).assign(gate="as is")
    found = attack.bounds(rows, sums_of(rows, ["W1", "W2"], "B"), Rule(round_to=1))
    ends = found[["attacker_min", "attacker_max"]].to_numpy().tolist()
    assert [[30, 30], [7, 7], [7, 7]] == ends


def test_wards_of_another_set_add_up_to_the_same_borough_and_are_attacked_as_well(fresh):
    """Counts of the same years for other borders: the last of them is what the others leave."""
    codes = [ward.code for ward in areas.ward_set(fresh.project, "2015-on").wards]
    rows = fresh.of("first-time-entrants", area_type="ward").head(len(codes))
    total = int(
        fresh.of("first-time-entrants", area_type="borough", period=POOLED).numerator.iloc[0]
    )
    printed = [15.0] * (len(codes) - 2)
    printed += [float(total - sum(printed) - 3), float("nan")]
    folder = fresh.project.reports / "2025/E05010412-x"
    folder.mkdir(parents=True)
    rows = rows.assign(area_code=codes, numerator=printed, value=float("nan"), period=POOLED)
    rows.to_csv(folder / "figures.csv", index=False)
    rule = pd.DataFrame([(1, 7, 1)], columns=["withhold_from", "withhold_to", "round_to"])
    rule.to_csv(fresh.project.reports / "2025/disclosure-audit.csv")
    found = disclosure.audit(fresh)
    assert 1 == len(found.refusals)
    assert codes[-1] in found.refusals[0]
    assert 4 == found.withheld


def test_revised_counts_need_a_vintage_of_their_own(fresh):
    """Changed under one vintage the counts contradict the edition in reports; under another the
    earlier figure is no longer of the same counts."""
    publish_before(fresh, "2010", BANK_TOP, numerator=40.0, vintage="seed 1")
    assert disclosure.audit(fresh).table.possible.ge(5).all()
    publish_before(fresh, "2009", BANK_TOP, numerator=40.0)
    with pytest.raises(ContradictionError, match="an edition in reports"):
        disclosure.audit(fresh)


def test_one_revised_count_frees_no_other(fresh):
    """What an earlier edition printed of a ward that is withheld now stays known."""
    publish_before(fresh, "2010", BANK_TOP, numerator=40.0, vintage="seed 1")
    publish_before(fresh, "2009", COLLEGE, numerator=6.0, vintage="seed 1")
    rule = pd.DataFrame([(1, 5, 1)], columns=["withhold_from", "withhold_to", "round_to"])
    rule.to_csv(fresh.project.reports / "2009/disclosure-audit.csv")
    found = disclosure.audit(fresh)
    assert 1 == len(found.refusals)
    assert COLLEGE in found.refusals[0]
    assert f"an earlier edition of {COLLEGE}" in found.refusals[0]


def test_a_revised_count_that_only_its_sum_contradicts_is_tried_alone(fresh):
    """The others are tried without it: one that is true alone still narrows its own ward."""
    hidden = disclosure.audit(fresh).table.area_code.to_list()
    assert COLLEGE in hidden
    exact = pd.DataFrame([(1, 5, 1)], columns=["withhold_from", "withhold_to", "round_to"])
    for edition, code in zip(("2008", "2009"), hidden[:2], strict=True):
        publish_before(fresh, edition, code, numerator=900.0, vintage="seed 1")
        exact.to_csv(fresh.project.reports / edition / "disclosure-audit.csv")
    assert [] == list(disclosure.audit(fresh).refusals)
    publish_before(fresh, "2010", COLLEGE, numerator=6.0, vintage="seed 1")
    exact.to_csv(fresh.project.reports / "2010/disclosure-audit.csv")
    found = disclosure.audit(fresh)
    assert [COLLEGE] == [code for code in hidden if any(code in why for why in found.refusals)]


def test_facts_that_tell_nothing_alone_are_tried_together():
    """10 and 10 beside a printed 20 of 50 leave 6 or 7 for the third, as one of them is small."""
    cells = pd.DataFrame(
        [("A", POOLED, None), ("B", POOLED, None), ("C", POOLED, None), ("D", POOLED, 20.0)]
        + [("T", POOLED, 50.0)],
        columns=["area_code", "period", "numerator"],
    ).assign(breakdown="all")
    cells = cells.astype({"numerator": "Float64"})
    total = sums(cells, "area_code", "T")
    earlier = pd.DataFrame({"area_code": ["A", "B"], "period": POOLED, "breakdown": "all"})
    facts = from_earlier(earlier.assign(numerator=10.0), Rule())
    attacked = disclosure_audit.Attacked(cells, total)
    assert disclosure_audit._any_of(attacked, [facts[:1]], Rule()).possible.min() >= 5
    impossible = [replace(facts[0], lower=90.0, upper=90.0)]
    for groups in ([facts], [facts[:1], facts[1:]], [facts, impossible]):
        assert 2 == disclosure_audit._any_of(attacked, groups, Rule()).possible.min()


def test_a_count_printed_under_a_rule_with_less_rounding_is_read_by_it(fresh):
    """A cell that only an earlier edition has: its 7 of then is neither refused nor read as 8 or 9."""
    earlier = {"period": "2001/02 to 2005/06", "numerator": 7.0, "value": float("nan")}
    publish_before(fresh, "2008", BANK_TOP, **earlier)
    exact = pd.DataFrame([(1, 5, 1)], columns=["withhold_from", "withhold_to", "round_to"])
    exact.to_csv(fresh.project.reports / "2008/disclosure-audit.csv")
    assert [] == list(disclosure.audit(fresh).refusals)


def test_a_year_is_a_label(tmp_path):
    """The vintage 2024 is read as it was written, or it would be another one than that of now."""
    rows = pd.DataFrame({"period": ["2024"], "vintage": ["2024"], "numerator": [10.0]})
    atomic.write_csv(rows, tmp_path / "a.csv")
    read = atomic.read_csv(tmp_path / "a.csv", na_values={"numerator": [""]})
    assert [["2024", "2024", 10.0]] == read.to_numpy().tolist()


def derived(made_from, value=1900.0, slug="first-time-entrants"):
    """Return a figure made from counts, as pages print it."""
    row = (slug, COLLEGE, POOLED, "smoothed", value, -1, made_from)
    return pd.DataFrame([row], columns=disclosure_audit.COLUMNS)


def test_a_figure_made_from_printed_counts_is_let_through(fresh):
    """It follows from what is printed; one without a value rests on nothing."""
    disclosure.audit(fresh, derived([(BANK_TOP, POOLED)]))
    disclosure.audit(fresh, derived([(COLLEGE, POOLED)], value=float("nan")))


def test_a_figure_made_from_a_withheld_count_is_refused(fresh):
    """So is one made from a row that is not there, and one that does not say from what."""
    for key in [(COLLEGE, POOLED), (BANK_TOP, "2006/07")]:
        with pytest.raises(DisclosureError, match="smoothed"):
            disclosure.audit(fresh, derived([(BANK_TOP, POOLED), key]))
    with pytest.raises(SchemaError, match="made from"):
        disclosure.audit(fresh, derived([]))
