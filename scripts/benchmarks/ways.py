"""Ways to make packs, each in a process of its own.

python -m scripts.benchmarks.ways WAY FOLDER N

N packs of the default edition, the same notebook and the same template, to HTML alone;
``packs``, ``two``, ``dask-…`` and ``nothing`` are the whole command, with every file and check. The
project is the one that DARLINGTON_PROJECT names, its data processed already.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from darlington_analysis.core.project import find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.sources import areas

CORES = 2


def plain(folder: Path, wards: list[str]) -> None:
    """Run papermill and nbconvert once a ward, as commands, one after the other."""
    for number, ward in enumerate(wards):
        out = folder / f"{number}-{ward}.ipynb"
        papermill = [
            "papermill",
            str(_notebook()),
            str(out),
            "-p",
            "ward",
            ward,
            "--no-progress-bar",
            "--cwd",
            str(_notebook().parent),
        ]
        nbconvert = [
            "jupyter",
            "nbconvert",
            "--log-level=ERROR",
            str(out),
            "--to",
            "darlington_analysis.publishing.html.ReaderExporter",
            f"--TemplateExporter.extra_template_basedirs={_templates()}",
            "--TemplateExporter.template_name=reader",
        ]
        for command in (papermill, nbconvert):
            subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)


def pool(folder: Path, wards: list[str], engine: str | None = None) -> None:
    """Call papermill and the exporter in a pool of two processes."""
    # By its name: ploomber-engine puts its own module in the place of __main__.
    from scripts.benchmarks import ways

    made = partial(ways._pooled, folder, engine)
    with ProcessPoolExecutor(CORES, get_context("spawn")) as workers:
        list(workers.map(made, *zip(*enumerate(wards), strict=True)))


def ploomber(folder: Path, wards: list[str]) -> None:
    """Do the same with ploomber-engine: cells run in the worker's own process."""
    pool(folder, wards, "embedded")


def ours(folder: Path, wards: list[str]) -> None:
    """Fork a kernel a ward from the warm parent."""
    from darlington_analysis.publishing import kernels

    kernels.warm_up(_edition())
    with kernels.pool(len(wards)) as workers:
        list(workers.map(partial(_warm, folder), *zip(*enumerate(wards), strict=True)))


def floor(folder: Path, wards: list[str]) -> None:
    """Draw and export, and print the CPU seconds inside those calls alone.

    Two processes at once, a ward each to get warm first: what no way of running cells can avoid.
    """
    halves = [wards[core::CORES] for core in range(CORES)]
    with ProcessPoolExecutor(CORES, get_context("spawn")) as workers:
        print(sum(workers.map(partial(_drawn, folder), halves)))


def _drawn(folder: Path, wards: list[str]) -> float:
    import nbformat

    from darlington_analysis.evidence import table
    from darlington_analysis.evidence.ward import in_table
    from darlington_analysis.pages.register import shown
    from darlington_analysis.publishing import html

    loaded, registered, spent = table.load(_edition()), shown(), 0.0
    example = nbformat.read(folder / "example.ipynb", as_version=4)
    for number, ward in enumerate([wards[0], *wards]):
        sections = _sections(in_table(loaded, ward))
        before = time.process_time()
        for each in sections:
            how = registered[type(each)]
            (how.html and how.html(each), how.text(each))
        html.render(example, "title", "words", "", words=html.words())
        spent += (time.process_time() - before) * (number > 0)
    return spent


def packs(folder: Path, wards: list[str], *more: str) -> None:
    """Run the whole command: every file of a pack, the attack and the reading for leaks."""
    named = [word for ward in dict.fromkeys(wards) for word in ("--ward", ward)]
    command = [sys.executable, "-m", "darlington_analysis", "packs", *named, *more]
    subprocess.run(command, check=True, capture_output=True)


def forced(folder: Path, wards: list[str]) -> None:
    """Make every pack anew."""
    packs(folder, wards, "--force")


def two(folder: Path, wards: list[str]) -> None:
    """Make every pack anew in two processes of ours, in place of three: Dask's equal."""
    from darlington_analysis.cli.main import main
    from darlington_analysis.publishing import kernels

    kernels.KERNELS_AT_ONCE = CORES
    named = [word for ward in dict.fromkeys(wards) for word in ("--ward", ward)]
    sys.exit(main(["packs", "--force", *named]))


def cluster(number: int, folder: Path, wards: list[str]) -> None:
    """Make every pack anew on Dask workers of this machine."""
    packs(folder, wards, "--force", "--scheduler", f"local:{number}")


def nothing(folder: Path, wards: list[str]) -> None:
    """Run for all wards where nothing has changed since the last run."""
    packs(folder, [])


WAYS: dict[str, Callable[[Path, list[str]], None]] = {
    "plain": plain,
    "pool": pool,
    "ploomber": ploomber,
    "ours": ours,
    "floor": floor,
    "packs": forced,
    "two": two,
    "dask-1": partial(cluster, 1),
    "dask-2": partial(cluster, 2),
    "nothing": nothing,
}


def _sections(evidence) -> list:
    return [
        evidence.header,
        evidence.what_matters,
        evidence.place,
        evidence.questions("population", "ab"),
        evidence.questions("population", "c"),
        evidence.measures,
        evidence.questions("population", "d"),
        evidence.indicators,
        evidence.questions("population", "efg"),
        evidence.questions("performance", "abcdefg"),
        evidence.deprivation,
        evidence.negotiation,
        evidence.fairness,
        evidence.changes,
        evidence.sources,
        evidence.key_figures,
    ]


def _pooled(folder: Path, engine: str | None, number: int, ward: str) -> None:
    import papermill

    out = folder / f"{number}-{ward}.ipynb"
    papermill.execute_notebook(
        str(_notebook()),
        str(out),
        {"ward": ward},
        engine_name=engine,
        cwd=str(_notebook().parent),
        progress_bar=False,
    )
    _export(out)


def _warm(folder: Path, number: int, ward: str) -> None:
    from darlington_analysis.publishing import run_notebook

    out = folder / f"{number}-{ward}.ipynb"
    run_notebook.execute(_notebook(), out, {"ward": ward, "edition": _edition()})
    _export(out)


def _export(executed: Path) -> None:
    import nbformat

    from darlington_analysis.publishing import html

    notebook = nbformat.read(executed, as_version=4)
    page = html.render(notebook, executed.stem, "words", "", words=html.words())
    executed.with_suffix(".html").write_text(page, "utf-8")


def _edition() -> str:
    return load_settings(find_project()).packs.default_edition


def _notebook() -> Path:
    return find_project().notebooks / "02-ward-evidence-pack.ipynb"


def _templates() -> Path:
    import darlington_analysis

    return Path(darlington_analysis.__file__).parent / "publishing" / "templates"


if __name__ == "__main__":
    way, where, number = sys.argv[1:]
    project = find_project()
    known = areas.ward_set(project, load_settings(project).edition(_edition()).ward_set)
    again = cycle(ward.code for ward in known.wards)  # more packs than wards: from the start again
    WAYS[way](Path(where), list(islice(again, int(number))))
