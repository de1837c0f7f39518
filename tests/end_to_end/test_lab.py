"""JupyterLab as analysts use it: every notebook opened and run, the explorer's fields moved."""

import contextlib
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.projects import ROOT
from tests.support.shared import copied

pytest.importorskip("playwright", reason="the extra “browser” is not installed")

LAB = [
    "-m",
    "jupyterlab",
    "--no-browser",
    "--port=0",
    "--ServerApp.token=",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--LabApp.expose_app_in_browser=True",
]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
RUN = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
CELLS = "() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON().cells"
# In the page's own clock: from the key to the changed answer.
NAME_A_WARD = """() => {
  const model = window.jupyterapp.shell.currentWidget.content.model.sharedModel;
  for (const cell of model.cells)
    cell.setSource(cell.source.replace('ward: str = ""', 'ward: str = "Mowden"'))
}"""
ANSWERED = """wanted => new Promise((done, late) => { const began = performance.now();
  const look = () => { const now = document.querySelector('.widget-html-content').innerText;
    if (now.includes(wanted)) done(performance.now() - began);
    else if (performance.now() - began > 30000) late(new Error('never answered ' + wanted));
    else requestAnimationFrame(look) }; look() })"""
# Links of results and of texts that lead neither to the web nor to a place on the page.
BROKEN = """() => [...document.querySelectorAll('.jp-Notebook .jp-RenderedHTMLCommon a')]
  .filter(a => !a.classList.contains('jp-InternalAnchorLink')).map(a => a.getAttribute('href'))
  .filter(to => !/^https?:/.test(to) || to.includes('/files/'))
  .filter(to => !(to.startsWith('#') && document.getElementById(to.slice(1))))"""
CUT = """() => [...document.querySelectorAll('.jp-OutputArea-output svg')]
  .flatMap(svg => { const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
      const box = text.getBoundingClientRect();
      return box.left < frame.left - 1 || box.right > frame.right + 1 }) })
  .map(text => text.textContent)"""
NAMELESS = """() => [...document.querySelectorAll('.jp-OutputArea-output :is(img, svg)')]
  .filter(one => !one.closest('[aria-hidden=true]'))
  .filter(one => !(one.alt || one.getAttribute('aria-label') || one.querySelector('title, desc')
    || one.closest('figure')?.querySelector('figcaption')))
  .map(one => one.outerHTML.slice(0, 80))"""
ANSWER = "() => document.querySelector('.widget-html-content').innerText"


@pytest.fixture(scope="module")
def town(shared, tmp_path_factory):
    """Return the folder of a copy of the project."""
    return copied(shared.as_shipped(), tmp_path_factory.mktemp("lab") / "town").root


@pytest.fixture(scope="module")
def lab(town, tmp_path_factory):
    """Return the address that `make lab` opens, over a copy of the project; settings forgotten."""
    scratch, root = tmp_path_factory.mktemp("settings"), town
    environment = {**os.environ, "DARLINGTON_PROJECT": str(root)}
    environment |= {f"JUPYTER_{name}_DIR": str(scratch / name) for name in ("CONFIG", "RUNTIME")}
    environment["JUPYTERLAB_SETTINGS_DIR"] = environment["JUPYTERLAB_WORKSPACES_DIR"] = str(scratch)
    command = re.search(r"jupyter lab (.*)", (ROOT / "Makefile").read_text("utf-8"))[1]
    words = command.replace("$(CURDIR)", str(root)).split()
    with (scratch / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *LAB, *words], cwd=root, env=environment, stdout=log, stderr=log
        )
    try:
        yield f"{address(server, scratch / 'log')}/lab/tree/{words[-1]}"
    finally:
        server.terminate()
        server.wait(30)


def address(server, log: Path) -> str:
    """Return where a server listens, once it answers."""
    for _ in range(480):
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))
        if found:  # it says where before it listens there
            with contextlib.suppress(urllib.error.URLError):
                urllib.request.urlopen(f"{found[0]}/api", timeout=30).close()
                return found[0]
        assert server.poll() is None, log.read_text("utf-8")
        time.sleep(0.25)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="module")
def page(chromium, lab):
    """Return a page of a Chromium in which JupyterLab can be opened."""
    return chromium.new_page(viewport={"width": 1280, "height": 6000})


def run_all(page, address: str) -> list[dict]:
    """Open a notebook, run all of it, and return its cells as JupyterLab then holds them."""
    page.goto(address, timeout=60_000)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.get_by_text("| Idle").first.wait_for(timeout=60_000)  # the kernel is there
    page.evaluate(NAME_A_WARD)  # as a person does, who opens the pack's notebook
    assert page.evaluate(RUN), f"a cell of {address} failed"
    return [cell for cell in page.evaluate(CELLS) if cell["cell_type"] == "code"]


def test_make_lab_opens_the_first_notebook(lab, page):
    """A newcomer meets `00-start-here`, and can browse the data and the settings beside it."""
    page.goto(lab, timeout=60_000)
    page.get_by_role("heading", name="Start here").wait_for(timeout=60_000)
    contents = page.request.get(f"{lab.partition('/lab/')[0]}/api/contents").json()["content"]
    names = {entry["name"] for entry in contents}
    assert {"data", "notebooks", "darlington.toml"} <= names


@pytest.mark.parametrize("name", ["00-start-here.ipynb", "07-compare.ipynb"])
def test_a_second_run_in_the_same_kernel_keeps_the_look(lab, page, name):
    """A cell that runs again loses what it has shown, so it shows the style sheet again."""
    run_all(page, f"{lab.rpartition('/')[0]}/{name}?reset")
    assert page.evaluate(RUN)
    shown = page.locator(".jp-OutputArea-output table.data").first
    assert "collapse" == shown.evaluate("one => getComputedStyle(one).borderCollapse")
    assert not page.locator(".untrusted:visible").count()


def test_a_notebook_that_papermill_ran_says_how_to_see_its_charts(lab, town, page):
    """JupyterLab takes charts and design from what it does not trust; trusted, they are there."""
    command = [sys.executable, "-m", "papermill", "07-compare.ipynb", "ran.ipynb"]
    environment = {**os.environ, "DARLINGTON_PROJECT": str(town)}
    subprocess.run(
        command, cwd=town / "notebooks", env=environment, check=True, capture_output=True
    )
    page.goto(f"{lab.rpartition('/')[0]}/ran.ipynb?reset", timeout=60_000)
    page.wait_for_selector(".jp-OutputArea-output table.data", timeout=60_000)
    page.get_by_text("choose “Trust Notebook”").wait_for(timeout=60_000)
    assert not page.locator(".jp-OutputArea-output svg").count()
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:trust')")
    page.locator(".jp-Dialog button.jp-mod-warn").click()
    page.wait_for_selector(".jp-OutputArea-output figure svg", timeout=60_000)
    assert not page.locator(".untrusted:visible").count()


# The explorer is the last: its fields are moved on the page that is open then.
@pytest.mark.parametrize("name", sorted(NOTEBOOKS, key=lambda each: "explore" in each))
def test_every_notebook_runs_in_jupyterlab(lab, page, name):
    """Every cell ran; none ended in an error or spoke on stderr; what is shown has a look."""
    folder = lab.rpartition("/")[0]
    cells = run_all(page, f"{folder}/{name}?reset")  # in a workspace of its own
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert all(cell["execution_count"] for cell in cells)
    assert not [each for each in outputs if each["output_type"] in ("error", "stream")]
    assert any("<style>" in "".join(each["data"].get("text/html", "")) for each in outputs)
    shown = page.locator(".jp-OutputArea-output table.data").first
    assert "collapse" == shown.evaluate("one => getComputedStyle(one).borderCollapse")
    assert [] == page.evaluate(BROKEN)
    assert [] == page.evaluate(CUT)
    assert [] == page.evaluate(NAMELESS)


def test_the_explorer_s_fields_answer_to_keys(page, capsys):
    """Each of the four fields, typed into, changes the answer; how soon is printed."""
    fields = page.locator(".jp-OutputArea .widget-text input")
    labels = [
        page.locator(f"label[for='{one.get_attribute('id')}']").inner_text() for one in fields.all()
    ]
    assert ["Ward", "Indicator", "Beside", "Period"] == labels
    asked = [
        (0, "Mowden", "little English: Mowden"),
        (2, "Darlington", "Darlington"),
        (1, "Index of Multiple Deprivation, score", "Deprivation, score: Mowden"),
        (3, "2019", "2019"),
        (0, "Park East", "score: Park East"),
        (1, "Homes rented privately", "Homes rented privately: Park East"),
        (1, "Residents by age", "% of usual residents by age, Park East"),
    ]
    took = [moved(page, fields.nth(place), words, wanted) for place, words, wanted in asked]
    with capsys.disabled():
        print(
            f"\nexplorer: {len(took)} answers, {statistics.median(took):.0f} ms in the middle, "
            f"{max(took):.0f} ms at most"
        )


def test_a_wrong_or_unfinished_ward_is_said_at_once(page):
    """Of what was shown before nothing stays: neither its name nor a figure."""
    field = page.locator(".jp-OutputArea .widget-text input").first
    for typed, hint in (("Mowd", "It could be: Mowden."), ("Zzzz", "Choose one from the list")):
        moved(page, field, typed, f"No ward is called “{typed}”.")
        answer = page.evaluate(ANSWER)
        assert hint in answer
        assert "Park East" not in answer
        assert not page.locator(".widget-html-content figure").count()


def moved(page, field, words: str, wanted: str) -> float:
    """Type into a field; return how many milliseconds later the answer holds what is wanted."""
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    page.keyboard.press("Tab")
    return page.evaluate(ANSWERED, wanted)
