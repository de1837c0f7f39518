"""The house is in order: expected folders, small modules, thin notebooks, files in step."""

import ast
import re
import tomllib

import pytest

from tests.support.projects import ROOT

CODE = sorted(
    path for folder in ("darlington_analysis", "scripts") for path in (ROOT / folder).rglob("*.py")
)

TEXTS = {".py", ".toml", ".css", ".js", ".j2", ".md", ".txt", ".html"}
PLACE = re.compile(r"Darlington(?! Analysis|Error)")


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_can_be_read_in_one_sitting(path):
    """A module has 400 lines at most."""
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_no_module_is_called_utils():
    """Names say what lives in them."""
    assert [] == [path for path in CODE if path.stem in ("utils", "helpers", "common", "misc")]


def test_the_package_names_no_council():
    """Of what it holds, only its own name and its errors' is like that of a place."""
    package = ROOT / "darlington_analysis"
    files = [path for path in package.rglob("*") if path.suffix in TEXTS]
    assert len(files) > 200
    assert [] == [path.name for path in files if PLACE.search(path.read_text("utf-8"))]
    assert PLACE.search("the five principles of Darlington Together")


def test_every_test_says_what_is_true():
    """Each test function has a docstring."""
    silent = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            if is_test and not ast.get_docstring(node):
                silent.append(f"{path.name}::{node.name}")
    assert [] == silent


def test_conda_s_list_is_in_step_with_the_package_s():
    """environment.yml names the packages and bounds of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    ours = {
        each.replace("matplotlib>=", "matplotlib-base>=")
        for each in [*project["dependencies"], *extras]
    }
    listed = re.findall(
        r"^ +- ([a-z0-9-]+>=[0-9.]+)$", (ROOT / "environment.yml").read_text("utf-8"), re.M
    )
    assert ours | {f"python{project['requires-python']}"} == set(listed)


def test_the_lock_has_hashes_and_no_addresses():
    """Every locked version has a hash, and no index is named."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.search(r"https?://|--index|--find-links", text)
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert [] == [block[:40] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_the_lock_covers_what_the_project_needs():
    """Every dependency of pyproject.toml is in the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.split(r"[>=]", each)[0] for each in project["dependencies"]}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.M))
    assert set() == named - locked


def test_every_target_of_the_makefile_explains_itself():
    """`make` shows a line for each target."""
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", text, re.M)[1].split())
    explained = set(re.findall(r"^([a-z]+):.*## ", text, re.M))
    assert targets == explained
