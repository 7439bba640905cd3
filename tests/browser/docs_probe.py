"""Opens pages of the documentation from the disk, looks for words in it, and tells what it saw."""

from pathlib import Path

from playwright.sync_api import Browser

from browser.inside import Trouble, patient

# Low windows: how wide a page is does not depend on how much of it is painted, and to paint takes long.
DESK, PHONE = {"width": 1280, "height": 300}, {"width": 390, "height": 300}
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WORDS = ("required_maturity", "kesenjangan")


def looked(chromium: Browser, folder: str) -> dict:
    """Open each page where the last was left, on a desk or on a phone, and lay it out for the other.

    The front pages are opened on both.
    """
    site = Path(folder)
    seen = {"wide": [], "hits": {}, "languages": {}, "formulas": {}}
    fronts = [site / name for name in ("index.html", "id/index.html") for _ in range(2)]
    for size, *views, files in (("desk", DESK, PHONE, pages(site)), ("phone", PHONE, DESK, fronts)):
        context = patient(chromium.new_context(viewport=views[0]))
        trouble = Trouble(context)
        page = context.new_page()
        for file in files:
            name = file.relative_to(site).as_posix()
            page.goto(file.as_uri())
            seen["languages"][name] = page.evaluate("document.documentElement.lang")
            for turned in (False, True):
                if turned:
                    views.reverse()
                    page.set_viewport_size(views[0])
                if page.evaluate(WIDE):
                    seen["wide"].append((size, views[0]["width"], name))
        page.set_viewport_size(DESK if size == "desk" else PHONE)
        page.goto((site / "model.html").as_uri())
        seen["formulas"][size] = page.locator("math[display=block] munder, math[display=block] msub").count()
        seen["hits"][size] = {word: hits(page, site, word) for word in WORDS}
        seen[size] = {"requests": trouble.requests, "errors": trouble.errors}
        context.close()
    return seen


def pages(site: Path) -> list[Path]:
    """Return the pages, but for a part of one that the theme leaves among its files."""
    return [file for file in sorted(site.rglob("*.html")) if file.relative_to(site).parts[0] != "_static"]


def hits(page, site: Path, word: str) -> int:
    """Look for a word in the documentation; return how many pages are named."""
    page.goto(f"{(site / 'search.html').as_uri()}?q={word}")
    page.wait_for_function("document.querySelector('#search-results p')?.innerText.match(/finished/)")
    return page.locator("#search-results li a").count()
