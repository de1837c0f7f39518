"""A small edition comes out right, says what it was asked, and gives nobody away."""

import hashlib
import json
import re
import shutil

import pandas as pd
import pytest

from darlington_analysis.core.project import Project
from tests.support.projects import FILES, PAPERS, copy_project, run
from tests.support.real_counts import YEARS, drop_real_counts


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Return a project in which two wards' packs were made: one by alias, one with 0 children."""
    project = copy_project(tmp_path_factory.mktemp("edition") / "town")
    said = run(project, "packs", "--ward", "Redhall", "--ward", "Mowden")
    assert 0 == said.returncode, said.stderr
    return project, said


def folders(project):
    """Return the packs of the 2011 edition."""
    return sorted(path for path in (project.reports / "2011").iterdir() if path.is_dir())


@pytest.mark.requirement(19)
def test_an_alias_makes_the_ward_s_pack_and_says_so(edition):
    """`--ward Redhall` makes Haughton East's pack."""
    project, said = edition
    assert "“Redhall” is Haughton East (E05001561)" in said.stdout
    assert ["E05001561-haughton-east", "E05001570-mowden"] == [f.name for f in folders(project)]


@pytest.mark.requirement(127)
def test_a_pack_is_four_files_three_papers_and_the_edition_has_an_index(edition):
    """Page, notebook, figures, manifest and papers; nothing else is left behind."""
    project, _ = edition
    assert all(FILES == {path.name for path in folder.iterdir()} for folder in folders(project))
    assert (project.reports / "2011/index.html").is_file()
    left = {path.name for path in project.reports.iterdir()}
    assert {"2011"} == left


def test_a_second_run_leaves_packs_alone_and_force_makes_the_same_bytes(edition):
    """What has not changed is not made again; made again, it is the same to the byte."""
    project, _ = edition
    before = {path: path.read_bytes() for f in folders(project) for path in f.iterdir()}
    said = run(project, "packs", "--ward", "Mowden")
    assert "E05001570 unchanged" in said.stdout
    said = run(project, "packs", "--ward", "Mowden", "--force")
    assert "E05001570 made" in said.stdout
    assert before == {path: path.read_bytes() for f in folders(project) for path in f.iterdir()}


def test_one_ward_s_figure_changed_makes_that_pack_and_the_pages_that_show_it(edition, tmp_path):
    """A resident of Mowden is older: every file that becomes another, by name."""
    town = Project(shutil.copytree(edition[0].root, tmp_path / "town"))
    before = published(town)
    exchange_ages(town, older="E05001570", younger="E05001553")
    said = run(town, "packs", "--ward", "Redhall", "--ward", "Mowden")
    assert 0 == said.returncode, said.stderr
    after = published(town)
    mowden = "E05001570-mowden"
    assert {
        f"{mowden}/evidence-pack.html",
        f"{mowden}/evidence-pack.ipynb",
        f"{mowden}/figures.csv",
        f"{mowden}/manifest.json",
        *(f"{mowden}/{name}" for name in PAPERS),
    } == {path for path in before | after if before.get(path) != after.get(path)}
    assert "1 packs made, 1 left as they were, 0 failed" in said.stdout
    assert "  Mowden: 2 figures" in said.stdout
    lines = (town.runs / "record.jsonl").read_text("utf-8").splitlines()[-3:]
    states = {each["ward"]: each["state"] for each in map(json.loads, lines) if "ward" in each}
    assert {"E05001561": "unchanged", "E05001570": "made"} == states


def published(project):
    """Return every file of the 2011 edition by its path in there."""
    root = project.reports / "2011"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def exchange_ages(project, older, younger):
    """Let a resident of one ward grow older and one of another younger, in the raw file.

    The borough's own sums stay, as the gate wants; nearly all else that is raw is drawn or ranked
    in every ward's pack.
    """
    geography = project.raw / "geography/2003-2015/lsoa2011_to_ward.csv"
    lsoas = pd.read_csv(geography, dtype=str).drop_duplicates("ward_code").set_index("ward_code")
    path = project.raw / "census/2011/age_bands.csv"
    table = pd.read_csv(path).set_index("area_code")
    for ward, step in ((older, 1), (younger, -1)):
        table.loc[lsoas.lsoa_code[ward], ["age_45_64", "age_65_74"]] += [-step, step]
    table.to_csv(path, lineterminator="\n")
    sidecar = path.with_name(f"{path.name}.source.toml")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    told = re.sub(r'(?m)^sha256 = ".*"$', f'sha256 = "{digest}"', sidecar.read_text("utf-8"))
    sidecar.write_text(told, "utf-8")


def test_pages_stand_alone(edition):
    """No script, nothing loaded from elsewhere, one h1 with the ward's name, British English."""
    project, _ = edition
    for folder in folders(project):
        page = (folder / "evidence-pack.html").read_text("utf-8")
        assert not re.search(r"<script|<iframe|<link |@import|url\((?!#)|src=\"http", page)
        assert 1 == page.count("<h1")
        assert '<html lang="en-GB">' in page
        assert "No description has been provided" not in page


def test_the_index_links_to_every_pack(edition):
    """Each pack is one click away, in the map and in the table, and no tag is shown as text."""
    project, _ = edition
    page = (project.reports / "2011/index.html").read_text("utf-8")
    assert "&lt;a" not in page
    for folder in folders(project):
        assert page.count(f'href="{folder.name}/evidence-pack.html"') >= 2
        pack = (folder / "evidence-pack.html").read_text("utf-8")
        assert 'href="../accessibility.html"' in pack
    assert 'href="accessibility.html"' in page
    assert "No browser has looked" in (project.reports / "2011/accessibility.html").read_text()


def test_made_up_figures_never_head_a_pack(edition):
    """The banner says that some are made up; page 1 rests on none of them, nor do ranks."""
    project, _ = edition
    made_up = {"first-time-entrants", "low-numeracy", "low-literacy"}
    for folder in folders(project):
        page = (folder / "evidence-pack.html").read_text("utf-8")
        first = page.split('id="what-stands-out"')[1].split("<h2")[0]
        assert "This pack holds made-up figures" in page.split("<h2")[0]
        assert "ade-up" not in first
        claims = json.loads((folder / "manifest.json").read_text("utf-8"))["claims"]
        assert not any(
            claim["rule"] in ("rank-range", "compared", "strength")
            for claim in claims
            for row in claim["rows"]
            if row[0] in made_up
        )
    ranks = pd.read_parquet(project.processed / "ranks.parquet")
    assert set() == made_up & set(ranks.indicator)


@pytest.mark.requirement(81)
def test_the_fourteen_questions_are_quoted(edition):
    """Seven about the ward and seven about the partnership, with only the names filled in."""
    project, _ = edition
    page = (folders(project)[1] / "evidence-pack.html").read_text("utf-8")
    for question in (
        "What are the quality of life conditions we want for the children, adults and families "
        "who live in Mowden ward?",
        "Who are Mowden Community Partnership’s customers?",
        "What will work to do better, including no cost/low cost options?",
    ):
        assert question in page
    assert 14 == len(re.findall(r"<h3[^>]*>\([a-g]\) ", page))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["packs", "--ward", "Narnia"], 12),
        (["packs", "--edition", "1066"], 12),
        (["packs", "--ward", "Mowden", "--supported"], 2),
        (["paks"], 2),
        (["packs", "--wards", "Mowden"], 2),
    ],
)
def test_a_mistake_is_three_lines_and_its_exit_code(tmp_path, arguments, code):
    """A stranger, a wrong edition and a wrong word write nothing and show no traceback."""
    project = copy_project(tmp_path / "town")
    said = run(project, *arguments)
    assert (code, 3) == (said.returncode, len(said.stderr.strip().splitlines()))
    assert not project.reports.exists()
    assert not project.processed.exists()


def spoil_raw(project):
    """Change one raw file."""
    path = project.raw / "census/2011/age_bands.csv"
    path.write_text(path.read_text("utf-8").replace("1210", "1211", 1), "utf-8")


def stray_raw(project):
    """Add a raw file without its sidecar."""
    (project.raw / "census/2011/new.csv").write_text("a,b\n1,2\n", "utf-8")


def rename_parameter(project):
    """Rename the notebook's parameter."""
    path = project.notebooks / "02-ward-evidence-pack.ipynb"
    text = path.read_text("utf-8")
    assert 'ward = \\"' in text
    path.write_text(text.replace('ward = \\"', 'wrad = \\"', 1), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "code"), [(spoil_raw, 10), (stray_raw, 10), (rename_parameter, 2)]
)
def test_a_spoilt_project_publishes_nothing(tmp_path, spoil, code):
    """A changed raw file, one without a sidecar, a notebook that no longer fits: no pack."""
    project = copy_project(tmp_path / "town")
    spoil(project)
    said = run(project, "packs", "--ward", "Mowden")
    assert (code, 3) == (said.returncode, len(said.stderr.strip().splitlines())), said.stderr
    assert not project.reports.exists()
    assert not project.processed.exists()


def test_a_notebook_that_shows_another_ward_is_not_published(tmp_path):
    """Whatever the notebook's cells do, a pack shows the ward it was made for, or fails."""
    project = copy_project(tmp_path / "town")
    path = project.notebooks / "02-ward-evidence-pack.ipynb"
    text = path.read_text("utf-8")
    wanted = "evidence.for_ward(ward, edition)"
    assert wanted in text
    path.write_text(text.replace(wanted, wanted.replace("ward,", "'Central',")), "utf-8")
    said = run(project, "packs", "--ward", "Mowden")
    assert 13 == said.returncode
    assert "does not show Mowden" in said.stderr
    assert [] == folders(project)


def test_no_withheld_count_is_in_any_file(tmp_path):
    """With counts no other figure could hold by chance, none of them is in anything published."""
    project = copy_project(tmp_path / "town")
    counts = drop_real_counts(project)
    said = run(project, "packs", "--ward", "Bank Top", "--ward", "College")
    assert 0 == said.returncode, said.stderr
    table = pd.read_parquet(project.processed / "indicators.parquet")
    rows = table.query("indicator == 'first-time-entrants' and area_type == 'ward'")
    withheld = rows[rows.status == "c"]
    assert len(withheld) >= 3
    assert withheld[["numerator", "value", "lower_limit", "upper_limit"]].isna().all(axis=None)
    true_rates = {
        code: 100_000 * sum(counts[code, year] for year in YEARS) / denominator
        for code, denominator in zip(withheld.area_code, withheld.denominator, strict=True)
    }
    for path in (path for folder in folders(project) for path in folder.iterdir()):
        text = path.read_text("utf-8")
        assert "Made-up figure: 1 in" not in text
        for code, rate in true_rates.items():
            if rate:
                assert f"{rate:.1f}" not in text, (path.name, code)
                assert f"{rate:.4f}" not in text, (path.name, code)
    figures = pd.read_csv(folders(project)[0] / "figures.csv")
    own = figures.query("indicator == 'first-time-entrants' and status == 'c'")
    assert own[["numerator", "value", "lower_limit", "upper_limit"]].isna().all(axis=None)


def test_a_published_edition_withstands_the_attack(tmp_path):
    """Somebody who knows the rule and every printed total can narrow no withheld count."""
    from darlington_analysis.cleaning import estimates as made_figures
    from darlington_analysis.cleaning import process
    from darlington_analysis.core.settings import load_settings
    from darlington_analysis.disclosure import attack

    project = copy_project(tmp_path / "town")
    drop_real_counts(project)
    settings = load_settings(project)
    rule = made_figures.small_number_rule(settings.small_numbers)
    families = process.clean_all(project, settings)
    youth = families["youth justice, wards of 2003-2015, 2006/07 to 2010/11"]
    published = process.process(project, settings).table.query(
        "indicator == 'first-time-entrants' and source == 'restricted/fte_ward_counts.csv'"
    )
    audited = attack.audit(published, youth.totals, rule)
    assert len(audited) >= 3
    assert audited.is_protected.all()
