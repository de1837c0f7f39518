"""An edition made again, aside, and held beside the one in ``reports``, file by file."""

from pathlib import Path

from darlington_analysis.core.errors import UsageError, VerifyError
from darlington_analysis.core.project import Project
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.publishing import differences, formats, index_table, pack, packs, statement
from darlington_analysis.publishing import run_lock as editions
from darlington_analysis.sources.areas import Ward


def check_is_there(project: Project, edition: str) -> None:
    """Raise UsageError where there is no such edition to verify."""
    if not (project.reports / edition / "index.html").is_file():
        raise UsageError(
            f"There is no edition {edition} in reports",
            "verify compares an edition that is there with the same one made again.",
            f"python -m darlington_analysis packs --edition {edition}",
        )


def verify(loaded: EditionTable) -> int:
    """Make an edition's packs again, as many as it holds, and return how many files were compared.

    Nothing in ``reports`` is changed. Raises VerifyError, naming the first difference.
    """
    reports, name = loaded.project.reports, loaded.edition.id
    place = reports / name
    wards = tuple(
        ward
        for ward in loaded.wards.wards
        if (place / pack.folder_name(ward.code, ward.slug)).is_dir()
    )
    with editions.aside(reports, name) as workshop:
        again = workshop / name
        again.mkdir()
        statement.carry_over(place, again)  # seen by a browser; the statement tells of it
        outcome = packs.build(loaded, packs.Asked(wards, True, lambda *_: None), again)
        packs.raise_if_failed(outcome)
        for ward in wards:
            _make_formats(loaded, place, again, ward)
        return _compared(place, again, name)


def _make_formats(loaded: EditionTable, place: Path, again: Path, ward: Ward) -> None:
    """Make the other formats that lie in ``place`` of a pack made again, too."""
    name = pack.folder_name(ward.code, ward.slug)
    kinds = formats.kinds_in(place / name)
    if kinds:
        published = formats.Published(again / name, ward.name, loaded.edition, loaded.settings)
        formats.make(published, kinds)
        index_table.list_anew(again, again / name, ward.name)


def _compared(place: Path, again: Path, name: str) -> int:
    there, made = _files(place), _files(again)
    for path in sorted(there | made):
        fault = differences.first(place / path, again / path)
        if fault:
            raise VerifyError(
                f"reports/{name}/{path} is not what it would be if it were made again: {fault}",
                "The same inputs give the same bytes, on every machine with the same lock.",
                "python -m darlington_analysis packs, if figures or code have changed since",
            )
    return len(there)


def _files(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
