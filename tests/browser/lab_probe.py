"""Runs all cells of a notebook in JupyterLab, driven in Chromium, and tells what it saw."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from browser.inside import PATIENCE, Trouble, patient

HOME = "http://127.0.0.1:8888"  # free for sure: nobody else is in this namespace
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # keep every cell in the page, to be looked at
}
CELLS = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map((cell) => ({
  prompt: cell.querySelector('.jp-InputPrompt').textContent.trim(),
  errors: [...cell.querySelectorAll('[data-mime-type="application/vnd.jupyter.error"],' +
    '[data-mime-type="application/vnd.jupyter.stderr"]')].map((output) => output.textContent),
}))"""
# Charts draw after their cell is done.
DRAWN = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')]
  .filter((cell) => cell.querySelector('.jp-InputArea').textContent.includes('jsp.charts.'))
  .every((cell) => cell.querySelector('.jp-OutputArea-output .vega-embed :is(svg.marks, canvas.marks)'))"""
CHARTS = """() => [...document.querySelectorAll('.jp-OutputArea-output .vega-embed')].map((chart) => {
  const drawing = chart.querySelector('svg.marks, canvas.marks');
  const box = drawing.getBoundingClientRect();
  return {kind: drawing.tagName.toLowerCase(), width: box.width, height: box.height,
          visible: drawing.checkVisibility(), colours: colours(drawing)};
  function colours(canvas) {
    if (!canvas.getContext) return new Set([...canvas.querySelectorAll('.role-mark > *')].map(
      (mark) => mark.getAttribute('fill') + mark.getAttribute('stroke'))).size;
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(new Uint32Array(pixels.buffer)).size;
  }
})"""
TABLES = """() => {
  const look = (cell) => `${getComputedStyle(cell).textAlign} ${getComputedStyle(cell).fontWeight}`;
  return [...document.querySelectorAll('.jp-OutputArea-output table')].map((table) => ({
    texts: [...table.querySelectorAll('tbody :is(th, td):not(.n)')].map(look),
    figures: [...table.querySelectorAll('tbody :is(th, td).n')].map(look),
  }));
}"""


@contextmanager
def lab(folder: Path, scratch: Path) -> Iterator[None]:
    """Serve a folder with JupyterLab as it comes, its own settings and state in a scratch folder."""
    for name, values in SETTINGS.items():
        file = scratch / "config/lab/user-settings/@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    places = {"HOME": scratch, "JUPYTER_CONFIG_DIR": scratch / "config", "JUPYTER_DATA_DIR": scratch / "data"}
    options = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.port_retries=0"]
    with (scratch / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *options],
            env=os.environ | {key: str(value) for key, value in places.items()},
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(server)
            yield
        except BaseException:
            print((scratch / "lab.log").read_text(), file=sys.stderr)
            raise
        finally:
            server.terminate()
            try:
                server.wait(timeout=PATIENCE)  # it ends its kernels first
            except subprocess.TimeoutExpired:
                server.kill()


def wait_for(server: subprocess.Popen) -> None:
    """Wait until Lab answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{HOME}/api", timeout=PATIENCE).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    sys.exit("JupyterLab did not start")


def address(notebook: str) -> str:
    """Return where Lab opens a notebook, whose path is from the folder that it serves."""
    return f"{HOME}/lab/tree/{notebook}?reset"


def run_all(chromium: Browser, notebook: str) -> dict:
    """Run all cells by the menu and wait until none is left."""
    context = patient(chromium.new_context(viewport={"width": 1400, "height": 1000}))
    trouble = Trouble(context)
    page = context.new_page()
    page.goto(address(notebook))
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("| Idle").wait_for()  # before that, Lab would ask which kernel to use
    dialogs = page.locator(".jp-Dialog").all_inner_texts()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("[data-command='runmenu:run-all']").click()
    cells = finished(page)
    if not any(cell["errors"] for cell in cells):
        page.wait_for_function(DRAWN)
    seen = {
        "dialogs": dialogs,
        "cells": cells,
        "charts": page.evaluate(CHARTS),
        "tables": page.evaluate(TABLES),
        "abroad": abroad(trouble.requests),
    }
    context.close()
    return seen


def abroad(requests: list[str]) -> list[str]:
    """Return what was asked of anybody but Lab itself."""
    own = (HOME, HOME.replace("http:", "ws:"), "data:", "blob:")
    return [address for address in requests if not address.startswith(own)]


def finished(page: Page) -> list[dict]:
    """Wait until every cell has its number, or one has failed."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        cells = page.evaluate(CELLS)
        if any(cell["errors"] for cell in cells) or all(
            cell["prompt"].strip("[]:").isdigit() for cell in cells
        ):
            return cells
        page.wait_for_timeout(300)
    return cells
