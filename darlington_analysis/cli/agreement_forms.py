"""An empty record to fill in, and the schema that editors check it with."""

import json
from argparse import Namespace
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.parts import practices
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.cli.progress import say
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import Settings, load_settings
from darlington_analysis.pages import questions
from darlington_analysis.sources import areas
from darlington_analysis.sources.areas import Ward

SCHEMA = "agreement.schema.json"


def new(asked: Namespace) -> int:
    """Write an empty record for a ward's partnership; refuse to write over one."""
    project, settings, ward = place(asked)
    path = project.agreements / f"{ward.slug}.toml"
    if path.exists():
        raise AgreementError(
            f"{reading.shown(path)} is there already",
            "A record is never written over.",
            f"open it, or python -m darlington_analysis agreement check {ward.slug}",
        )
    partnership = f"{ward.name} Community Partnership"
    names = {"ward": ward.name, "partnership": partnership}
    text = _template().render(
        **names,
        slug=ward.slug,
        edition=settings.edition(asked.edition).id,
        least=settings.small_numbers.withhold_from,
        most=settings.small_numbers.withhold_to,
        today=date.today().isoformat(),
        aims=", ".join(each.id for each in settings.agreements.aims),
        themes=", ".join(settings.agreements.themes),
        practices=", ".join(each.id for each in practices()),
        **{
            kind: {letter: questions.question(kind, letter, ward.name) for letter in "abcdefg"}
            for kind in questions.KINDS
        },
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_schema(project.agreements)
    path.write_text(text, "utf-8")
    say(f"{reading.shown(path)}: open it and write between the quotes")
    return 0


def schema(asked: Namespace) -> int:
    """Write the JSON Schema that editors check a record with."""
    say(reading.shown(_write_schema(find_project().agreements)))
    return 0


def place(asked: Namespace) -> tuple[Project, Settings, Ward]:
    """Return the project, its settings and the ward that was asked for. Raises UnknownAreaError."""
    project = find_project()
    settings = load_settings(project)
    known = areas.ward_set(project, settings.edition(asked.edition).ward_set)
    return project, settings, known.find(asked.ward).ward


def _write_schema(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SCHEMA
    text = json.dumps(Agreement.model_json_schema(), indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", "utf-8")
    return path


def _template():
    loader = PackageLoader("darlington_analysis.cli", "templates")
    environment = Environment(loader=loader, undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701
    return environment.get_template("agreement.toml.j2")
