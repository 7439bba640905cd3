"""Looks at pages for the tests where there is no network: one Chromium and one JupyterLab for all of them.

python -m browser.viewer CHROMIUM SERVED: each line read is a probe and what it takes, as JSON; each line printed is
what it saw. SERVED is the folder that JupyterLab serves, once a probe asks for it.
"""

import json
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser

from browser import docs_probe, download_probe, lab_probe, report_probe, serve_probe, whatif_probe
from browser.accessibility import judged
from browser.inside import browser, enter, loopback_up

PAGES: dict[str, Callable[..., object]] = {
    "report": report_probe.in_each_way,
    "screen": report_probe.on_a_screen,
    "docs": docs_probe.looked,
    "barriers": judged,
    "download": download_probe.taken,
}
NOTEBOOKS: dict[str, Callable[..., object]] = {"lab": lab_probe.run_all, "whatif": whatif_probe.moved}
SERVED: dict[str, Callable[..., object]] = {
    "serve": serve_probe.gone_through,
    "serve_stopped": serve_probe.stopped,
    "serve_pages": serve_probe.pages,
}


def main(executable: str, served: Path) -> None:
    """Answer until nobody asks any more."""
    enter()
    with ExitStack() as stack:
        chromium = stack.enter_context(browser(executable))

        start_loopback = cache(loopback_up)

        @cache
        def start_lab() -> None:
            start_loopback()
            scratch = stack.enter_context(tempfile.TemporaryDirectory())
            stack.enter_context(lab_probe.lab(served, Path(scratch)))

        for line in sys.stdin:
            print(json.dumps(answered(chromium, start_lab, start_loopback, *json.loads(line))), flush=True)


def answered(
    chromium: Browser,
    start_lab: Callable[[], None],
    start_loopback: Callable[[], None],
    probe: str,
    *arguments: str,
) -> dict:
    """Return what a probe sees, or how it failed; no page of its own stays open."""
    try:
        if probe in NOTEBOOKS:
            start_lab()
        if probe in SERVED:
            start_loopback()
        return {"seen": (PAGES | NOTEBOOKS | SERVED)[probe](chromium, *arguments)}
    except Exception:
        return {"failed": traceback.format_exc()}
    finally:
        for context in chromium.contexts:
            context.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
