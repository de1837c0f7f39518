"""A small edition comes out right, says what it was asked, and gives nobody away."""

import hashlib
import json
import re

import pandas as pd
import pytest

from darlington_analysis.cli.main import main
from tests.support.projects import FILES, PAPERS, run
from tests.support.shared import SAID, copied


@pytest.fixture(scope="module")
def edition(shared, tmp_path_factory):
    """Return a project in which two wards' packs were made: one by alias, one with 0 children."""
    return copied(shared.published("2011"), tmp_path_factory.mktemp("edition") / "town")


def folders(project):
    """Return the packs of the 2011 edition."""
    return sorted(path for path in (project.reports / "2011").iterdir() if path.is_dir())


@pytest.mark.requirement(19)
def test_an_alias_makes_the_ward_s_pack_and_says_so(edition):
    """`--ward Redhall` makes Haughton East's pack."""
    said = (edition.root / SAID).read_text("utf-8")
    assert "“Redhall” is Haughton East (E05001561)" in said
    assert ["E05001561-haughton-east", "E05001570-mowden"] == [f.name for f in folders(edition)]


@pytest.mark.requirement(127)
def test_a_pack_is_four_files_three_papers_and_the_edition_has_an_index(edition):
    """Page, notebook, figures, manifest and papers; nothing else is left behind."""
    project = edition
    assert all(FILES == {path.name for path in folder.iterdir()} for folder in folders(project))
    assert (project.reports / "2011/index.html").is_file()
    left = {path.name for path in project.reports.iterdir()}
    assert {"2011", "index.html"} == left


def test_a_second_run_leaves_packs_alone_and_force_makes_the_same_bytes(edition):
    """What has not changed is not made again; made again, it is the same to the byte."""
    project = edition
    before = {path: path.read_bytes() for f in folders(project) for path in f.iterdir()}
    said = run(project, "packs", "--ward", "Mowden")
    assert "E05001570 unchanged" in said.stdout
    said = run(project, "packs", "--ward", "Mowden", "--force")
    assert "E05001570 made" in said.stdout
    assert before == {path: path.read_bytes() for f in folders(project) for path in f.iterdir()}


def test_one_ward_s_figure_changed_makes_that_pack_and_the_pages_that_show_it(edition, tmp_path):
    """A resident of Mowden is older: every file that becomes another, by name."""
    town = copied(edition, tmp_path / "town")
    before = published(town)
    exchange_ages(town, older="E05001570", younger="E05001553")
    said = run(town, "packs", "--ward", "Redhall", "--ward", "Mowden")
    assert 0 == said.returncode, said.stderr
    after = published(town)
    mowden = "E05001570-mowden"
    assert {
        f"{mowden}/evidence-pack.html",
        f"{mowden}/figures.html",
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
    project = edition
    for folder in folders(project):
        page = (folder / "evidence-pack.html").read_text("utf-8")
        assert not re.search(r"<script|<iframe|<link |@import|url\((?!#)|src=\"http", page)
        assert 1 == page.count("<h1")
        assert '<html lang="en-GB">' in page
        assert "No description has been provided" not in page


def test_the_index_links_to_every_pack(edition):
    """Each pack is one click away, in the map and in the table, and no tag is shown as text."""
    project = edition
    page = (project.reports / "2011/index.html").read_text("utf-8")
    assert "&lt;a" not in page
    for folder in folders(project):
        assert page.count(f'href="{folder.name}/evidence-pack.html"') >= 2
        pack = (folder / "evidence-pack.html").read_text("utf-8")
        assert 'href="../accessibility.html"' in pack
    assert 'href="accessibility.html"' in page
    assert "No browser has looked" in (project.reports / "2011/accessibility.html").read_text()


def test_made_up_figures_never_head_a_pack(edition):
    """The annex says at its top which are made up; the pack shows none of them, nor do ranks."""
    project = edition
    made_up = {"first-time-entrants", "low-numeracy", "low-literacy"}
    for folder in folders(project):
        page = (folder / "evidence-pack.html").read_text("utf-8")
        annex = (folder / "figures.html").read_text("utf-8")
        assert "This annex holds made-up figures" in annex.split("<h2")[0]
        assert "This annex holds made-up figures" not in page
        assert "Made-up figure:" not in page
        assert not re.search(rf'href="figures.html#({"|".join(made_up)})-wards"', page)
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
    project = edition
    page = (folders(project)[1] / "figures.html").read_text("utf-8")
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
def test_a_mistake_is_three_lines_and_its_exit_code(town, capsys, arguments, code):
    """A stranger, a wrong edition and a wrong word write nothing and show no traceback."""
    assert code == main(arguments)
    assert 3 == len(capsys.readouterr().err.strip().splitlines())
    assert not town.reports.exists()
    assert not town.processed.exists()


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
    assert 'ward: str = \\"' in text
    path.write_text(text.replace('ward: str = \\"', 'wrad: str = \\"', 1), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "code"), [(spoil_raw, 10), (stray_raw, 10), (rename_parameter, 2)]
)
def test_a_spoilt_project_publishes_nothing(town, capsys, spoil, code):
    """A changed raw file, one without a sidecar, a notebook that no longer fits: no pack."""
    spoil(town)
    assert code == main(["packs", "--ward", "Mowden"])
    assert 3 == len(capsys.readouterr().err.strip().splitlines())
    assert not town.reports.exists()
    assert not town.processed.exists()


def test_a_notebook_that_shows_another_ward_is_not_published(processed_town):
    """Whatever the notebook's cells do, a pack shows the ward it was made for, or fails."""
    project = processed_town
    path = project.notebooks / "02-ward-evidence-pack.ipynb"
    text = path.read_text("utf-8")
    wanted = "evidence.for_ward(ward, edition)"
    assert wanted in text
    path.write_text(text.replace(wanted, wanted.replace("ward,", "'Central',")), "utf-8")
    said = run(project, "packs", "--ward", "Mowden")
    assert 13 == said.returncode
    assert "does not show Mowden" in said.stderr
    assert [] == folders(project)


def test_formats_that_were_there_are_made_again_with_their_pack(edition, tmp_path):
    """A text beside a pack is of the new pack once that is made again, not gone and not of before."""
    town = copied(edition, tmp_path / "town")
    folder = town.reports / "2011" / "E05001570-mowden"
    assert 0 == run(town, "formats", "--ward", "Mowden", "--as", "text").returncode
    before = (folder / "evidence-pack.txt").read_bytes()
    said = run(town, "packs", "--ward", "Mowden", "--force")
    assert 0 == said.returncode, said.stderr
    assert before == (folder / "evidence-pack.txt").read_bytes()
    assert ["evidence-pack.txt"] == list(
        json.loads((folder / "manifest.json").read_text())["formats"]
    )
