"""JupyterLab as analysts use it: started, a notebook opened and run, its controls moved by key."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from darlington_analysis.errors import UsageError
from darlington_analysis.publishing import browser

pytest.importorskip("playwright", reason="the extra “browser” is not installed")

LAB = ["-m", "jupyterlab", "--no-browser", "--port=0", "--ServerApp.token=", "--allow-root",
       "--ServerApp.ip=127.0.0.1", "--LabApp.expose_app_in_browser=True"]  # fmt: skip

RUN = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }"
CHANGED = "was => document.querySelector('.widget-html .figure-title').innerText !== was"


@pytest.fixture(scope="module")
def lab(edition_table, tmp_path_factory):
    """Return the address of a JupyterLab over a copy of the project, its settings thrown away."""
    root = edition_table.project.root
    scratch = tmp_path_factory.mktemp("lab")
    environment = {**os.environ, "DARLINGTON_PROJECT": str(root)}
    environment |= {f"JUPYTER_{name}_DIR": str(scratch / name) for name in ("CONFIG", "RUNTIME")}
    environment["JUPYTERLAB_SETTINGS_DIR"] = environment["JUPYTERLAB_WORKSPACES_DIR"] = str(scratch)
    with (scratch / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *LAB, f"--ServerApp.root_dir={root / 'notebooks'}"],
            env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield address(server, scratch / "log")
    finally:
        server.terminate()
        server.wait(30)


def address(server, log: Path) -> str:
    """Return where a server listens, once it answers."""
    for _ in range(240):
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text("utf-8"))
        if found:
            urllib.request.urlopen(f"{found[0]}api", timeout=30).close()
            return found[0]
        assert server.poll() is None, log.read_text("utf-8")
        time.sleep(0.25)
    raise AssertionError(log.read_text("utf-8"))


def test_the_explorer_runs_in_jupyterlab_and_its_fields_answer_to_keys(lab):
    """All cells run without an error; a ward's name typed into its field changes the answer."""
    try:
        with browser.started() as chromium:
            page = chromium.new_page(viewport={"width": 1200, "height": 6000})
            page.goto(f"{lab}lab/tree/04-explore.ipynb", timeout=60_000)
            page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
            page.get_by_text("| Idle").first.wait_for(timeout=60_000)  # the kernel is there
            page.evaluate(RUN)
            page.locator(".jp-OutputArea .headline-cards").wait_for(timeout=60_000)
            lists = page.locator(".jp-OutputArea .widget-text input")
            lists.first.wait_for(timeout=60_000)
            assert ["Ward", "Indicator", "Beside", "Period"] == [
                page.locator(f"label[for='{one.get_attribute('id')}']").inner_text()
                for one in lists.all()
            ]
            answer = page.locator(".widget-html .figure-title")
            before = answer.inner_text()
            lists.first.focus()
            page.keyboard.press("Control+A")
            page.keyboard.type("Mowden")
            page.keyboard.press("Tab")
            page.wait_for_function(CHANGED, arg=before)
            assert 0 == page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count()
    except UsageError as fault:
        pytest.skip(str(fault))
