"""The documentation says what the code does: names, codes, keys and links are those that exist."""

import argparse
import re
from typing import get_args

import pytest

from darlington_analysis.agreements.checks import all_checks
from darlington_analysis.agreements.record import FORM
from darlington_analysis.cleaning import checks
from darlington_analysis.cli import main as command_line
from darlington_analysis.core import errors, settings, vocabulary
from darlington_analysis.readers import layout
from darlington_analysis.sources import indicators, sidecars
from tests.support.projects import ROOT

TOP = ("README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md")
FOLDERS = ("how_to", "reference", "explanation", "decisions")
# Words that this project used so often that they became hard to read.
TIC_WORDS = re.compile(
    r"\b(nobody|nought|anew|whoever|told|said so|hangs on|of its own|rests on)\b", re.I
)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"")
_COMMITTED = re.compile(r"(darlington_analysis|scripts|tests|docs|notebooks)/\S*")


def written_by_people() -> list:
    """Return the pages that people write; those directly in ``docs`` are made by commands."""
    docs = ROOT / "docs"
    pages = [docs / "index.md", docs / "tried.md", docs / "tutorial.md"]
    pages += [page for folder in FOLDERS for page in sorted((docs / folder).glob("*.md"))]
    return [ROOT / name for name in TOP] + pages


def page(name: str) -> str:
    """Return the text of a page in ``docs``."""
    return (ROOT / "docs" / name).read_text("utf-8")


def names_in_first_column(text: str) -> set[str]:
    """Return the code words in the first cell of each row of a page's tables."""
    cells = re.findall(r"^\| (.*?) \|", text, re.M)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


PAGES = pytest.mark.parametrize(
    "path", written_by_people(), ids=lambda path: path.relative_to(ROOT).as_posix()
)


@PAGES
def test_every_link_leads_to_a_file(path):
    """A link to another page or picture of the project is not broken."""
    links = [one or other for one, other in _LINK.findall(path.read_text("utf-8"))]
    broken = [
        link
        for link in links
        if not link.startswith(("https://", "http://")) and not (path.parent / link).exists()
    ]
    assert [] == broken


@PAGES
def test_every_path_in_a_page_is_there(path):
    """A file or folder of the project that a page names in backticks exists."""
    assert [] == [name for name in _paths_in(path.read_text("utf-8")) if not (ROOT / name).exists()]


@PAGES
def test_pages_use_no_tic_word(path):
    """Prose is ordinary English; code words in backticks do not count."""
    assert [] == _tic_words(path.read_text("utf-8"))


def test_a_tic_word_a_broken_link_and_a_lost_path_are_found():
    """The searches find what they look for, also across the end of a line."""
    assert ["of its own"] == _tic_words("a file of its\nown")
    assert [("gone.md", "")] == _LINK.findall("[a page](gone.md#part)")
    assert ["scripts/gone.py", "docs/"] == _paths_in("`python scripts/gone.py --now` and `docs/`")


def test_the_readme_is_short():
    """150 lines at most: what it is, two commands, and where to go next."""
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


def test_an_index_lists_every_page():
    """Each page of the documentation is linked from the index, or from an index it links."""
    docs, listed = ROOT / "docs", {"index.md"}
    for name in ("index.md", "tried.md", *(f"{folder}/index.md" for folder in FOLDERS[:3])):
        assert name in listed, name
        links = {one for one, _ in _LINK.findall(page(name)) if one.endswith(".md")}
        listed |= {
            (docs / name).parent.joinpath(link).resolve().relative_to(docs).as_posix()
            for link in links
        }
    assert listed == {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}


def test_every_exit_code_is_explained():
    """The page of exit codes has those of the errors, success and a stop, and no others."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.DarlingtonError)}
    rows = re.findall(r"^\| (\d+) \|", page("reference/exit_codes.md"), re.M)
    listed = {int(code) for code in rows}
    assert (codes - {errors.DarlingtonError.exit_code}) | {0, 130} == listed


def test_every_command_and_option_is_listed():
    """The page of the command line names each command, step and option."""
    text = page("reference/command_line.md")
    for command, parser in _commands(command_line.parser()).items():
        assert f"`{command}" in text, command
        for option in _options(parser):
            assert option in text, f"{command} {option}"


def test_every_key_of_the_settings_is_explained():
    """The page of settings names each key of ``darlington.toml``."""
    text = page("reference/settings.md")
    assert [] == [key for key in _keys(settings.Settings) if f"`{key}`" not in text]


def test_every_key_of_a_sidecar_is_explained():
    """The page of sidecars names each key of a sidecar and of its [reading]."""
    listed = names_in_first_column(page("reference/sidecars.md"))
    expected = (set(sidecars.Source.model_fields) - {"path"}) | set(layout.Reading.model_fields)
    assert expected == listed


def test_every_column_and_status_of_the_table_is_explained():
    """The page of the indicator table has the columns and statuses of the schema, no others."""
    listed = names_in_first_column(page("reference/indicator_table.md"))
    assert {*vocabulary.COLUMNS, *vocabulary.Status} - {""} == listed
    fits = re.search(r"^\| `fit` .*$", page("reference/indicator_table.md"), re.M)[0]
    assert set(checks.FITS) == set(re.findall(r"`(\w+)`", fits)) - {"fit"}


def test_every_field_of_the_register_is_explained_with_its_words():
    """The page of the register has the fields of an indicator, and the words that each may be."""
    text = page("reference/register_of_indicators.md")
    rows = re.findall(r"^\| (`.*?) \| .* \| (.*) \|$", text.partition("| kind |")[0], re.M)
    words = {
        name: set(re.findall(r"`([^`]*)`", said))
        for names, said in rows
        for name in names.split(", ")
    }
    fields = indicators.Indicator.model_fields
    assert {f"`{name}`" for name in fields} == set(words)
    for name, field in fields.items():
        if allowed := get_args(field.annotation):
            assert {word or '""' for word in allowed} == words[f"`{name}`"]
    assert {str(each) for each in vocabulary.Polarity} == words["`polarity`"]
    kinds = names_in_first_column(text[text.index("| kind |") :])
    assert set(get_args(fields["kind"].annotation)) == kinds


def test_every_key_and_check_of_a_record_is_explained():
    """The page of the agreement record names each key that a record may hold, and each check."""
    text = page("reference/agreement_record.md")
    assert [] == [key for key in FORM.homes if f"`{key}`" not in text and f"[{key}]" not in text]
    assert [] == [check.name for check in all_checks() if f"`{check.name}`" not in text]


def _paths_in(text: str) -> list[str]:
    """Return the committed paths that stand in backticks, alone or in a command."""
    code = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    words = [word for words in code for word in words.split()]
    return [word for word in words if _COMMITTED.fullmatch(word) and "…" not in word]


def _tic_words(text: str) -> list[str]:
    prose = re.sub(r"`[^`]*`", "", re.sub(r"```.*?```", "", text, flags=re.S))
    return TIC_WORDS.findall(" ".join(prose.split()))


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the commands below a parser, and the steps below those."""
    found = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found |= {name: below} | _commands(below)
    return found


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [
        option
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    ]


def _keys(model) -> set[str]:
    """Return the keys of a settings model and of the tables inside it."""
    found = set()
    for key, field in model.model_fields.items():
        inner = [
            part
            for part in (field.annotation, *getattr(field.annotation, "__args__", ()))
            if isinstance(part, type) and hasattr(part, "model_fields")
        ]
        found |= _keys(inner[0]) if inner else {key}
    return found
