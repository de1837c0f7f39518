"""Which wards a command is about, and whether the settings name wards that there are."""

from darlington_analysis.cli.progress import say
from darlington_analysis.core.errors import UnknownAreaError, UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Settings
from darlington_analysis.sources import areas
from darlington_analysis.sources.areas import Ward, WardSet


def choose(known: WardSet, settings: Settings, named: list[str], supported: bool) -> list[Ward]:
    """Return the wards that were asked for, in the order of their names; none named is all.

    An alias is taken, and said aloud. Raises UnknownAreaError.
    """
    if named and supported:
        raise UsageError(
            "--ward and --supported were both given",
            "One or the other: wards by name, or all supported ones.",
            "leave one of them out",
        )
    if supported and settings.support.ward_set != known.name:
        raise UsageError(
            f"--supported can't be used: no support is decided for wards of {known.name}",
            f"darlington.toml, [support]: ward_set = {settings.support.ward_set!r}.",
            "name wards with --ward, or leave --supported out for all of them",
        )
    codes = set(settings.support.supported) if supported else {ward.code for ward in known.wards}
    if named:
        codes = set()
        for text in named:
            match = known.find(text)
            if match.by in ("alias", "old code"):
                say(f"“{text}” is {match.ward.name} ({match.ward.code})")
            codes.add(match.ward.code)
    return [ward for ward in known.wards if ward.code in codes]


def check_settings(project: Project, settings: Settings) -> None:
    """Raise UnknownAreaError where darlington.toml names a ward that does not exist."""
    for edition in settings.editions:
        areas.ward_set(project, edition.ward_set)
    support, known = settings.support, set()
    if support.ward_set:
        known = {ward.code for ward in areas.ward_set(project, support.ward_set).wards}
    strangers = [code for code in (*support.supported, *support.watch_list) if code not in known]
    if strangers:
        raise UnknownAreaError(
            f"darlington.toml names a ward that does not exist: {strangers[0]}",
            f"Support is decided for wards of {support.ward_set}.",
            "python -m darlington_analysis wards",
        )
