"""Opens pages of the documentation from the disk, looks for words in it, and tells what it saw."""

from pathlib import Path

from playwright.sync_api import Browser

from browser.inside import Trouble, patient

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WORDS = ("required_maturity", "kesenjangan")


def looked(chromium: Browser, folder: str) -> dict:
    """Open each page on a desk and lay it out for a phone; open some on a phone from the start, too."""
    site = Path(folder)
    seen = {"wide": [], "hits": {}, "languages": {}, "formulas": {}}
    for size, screen in (("desk", DESK), ("phone", PHONE)):
        context = patient(chromium.new_context(viewport=screen))
        trouble = Trouble(context)
        page = context.new_page()
        for file in pages(site) if size == "desk" else [site / "index.html", site / "id/index.html"]:
            name = file.relative_to(site).as_posix()
            page.goto(file.as_uri())
            seen["languages"][name] = page.evaluate("document.documentElement.lang")
            for shown, view in (("desk", DESK), ("phone", PHONE)):
                page.set_viewport_size(view)
                if page.evaluate(WIDE):
                    seen["wide"].append((size, shown, name))
            page.set_viewport_size(screen)
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
