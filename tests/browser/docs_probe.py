"""Opens pages of the documentation from the disk, looks for words in it, and tells what it saw."""

import sys
from pathlib import Path

from browser.inside import PATIENCE, Trouble, look

SIZES = {"desk": (1280, 900), "phone": (390, 844)}


def looked(chromium, site):
    seen = {"wide": [], "hits": {}, "languages": {}}
    for size, (width, height) in SIZES.items():
        context = chromium.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(1000 * PATIENCE)
        trouble = Trouble(context)
        page = context.new_page()
        pages = {file.relative_to(site).as_posix(): file for file in sorted(site.rglob("*.html"))}
        for name, file in pages.items():
            if name.startswith("_static/"):
                continue  # a part of a page that the theme leaves there
            page.goto(file.as_uri())
            seen["languages"][name] = page.evaluate("document.documentElement.lang")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                seen["wide"].append((size, name))
        page.goto((site / "model.html").as_uri())
        seen["formulas"] = page.locator("math[display=block] munder, math[display=block] msub").count()
        for word in ("required_maturity", "kesenjangan"):
            page.goto(f"{(site / 'search.html').as_uri()}?q={word}")
            page.wait_for_function("document.querySelector('#search-results p')?.innerText.match(/finished/)")
            seen["hits"][word] = page.locator("#search-results li a").count()
        seen[size] = {"requests": trouble.requests, "errors": trouble.errors}
        context.close()
    return seen


if __name__ == "__main__":
    look(sys.argv[1], lambda chromium: looked(chromium, Path(sys.argv[2])))
