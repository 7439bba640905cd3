"""Open pages in Chromium as readers do, have axe judge them, and print what is seen of each as JSON.

python -m browser.compare_probe CHROMIUM FOLDER PAGE...: each is printed into FOLDER, as PAGE.pdf.
"""

import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.inside import look, patient
from browser.report_probe import DESKTOP, PHONE, desktop, no_script, on_paper, opened, unfold

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def main(executable: str, folder: Path, *files: Path) -> None:
    """Look at the pages in each way and print what was seen, in their order."""
    look(executable, lambda chromium: [looked_at(chromium, file, folder) for file in files])


def looked_at(chromium: Browser, file: Path, folder: Path) -> dict:
    """Look at a page in each way."""
    address = file.resolve().as_uri()
    return {
        "desktop": desktop(chromium, address),
        "no_script": no_script(chromium, address),
        "phone": phone(chromium, address),
        "print": on_paper(chromium, address, folder / f"{file.name}.pdf"),
        "axe": [found for size in (DESKTOP, PHONE) for found in judged(chromium, address, size)],
    }


def phone(chromium: Browser, address: str) -> list[int]:
    """Return how wide the page is on a phone, folded and unfolded."""
    screen = {"viewport": PHONE, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
    context = patient(chromium.new_context(**screen))
    page = opened(context.new_page(), address)
    widths = [page.evaluate("document.scrollingElement.scrollWidth")]
    unfold(page)
    widths.append(page.evaluate("document.scrollingElement.scrollWidth"))
    context.close()
    return widths


def judged(chromium: Browser, address: str, size: dict[str, int]) -> list[str]:
    """Return what axe finds wrong, with all that can be unfolded unfolded."""
    context = patient(chromium.new_context(viewport=size))
    page: Page = opened(context.new_page(), address)
    unfold(page)
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    context.close()
    return [f"{found['id']}: {node['html'][:120]}" for found in violations for node in found["nodes"]]


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
