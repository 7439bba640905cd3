"""Opens reports and other pages of ours in Chromium as readers do, and tells what it saw of each."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from browser.accessibility import barriers
from browser.inside import Trouble, patient

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

SHOWN = """
const shown = (node) => {
  const box = node.getBoundingClientRect();
  return node.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.width > 0 && box.height > 0;
};
const marks = (svg) => [...svg.querySelectorAll('g :is(path, rect, text, line, circle)')]
  .filter((mark) => mark.tagName !== 'text' || mark.textContent.trim());
"""
CHARTS = f"""() => {{ {SHOWN}
  const inside = (address) =>
    marks(new DOMParser().parseFromString(decodeURIComponent(address.slice(address.indexOf(',') + 1)), 'image/svg+xml'));
  return [...document.querySelectorAll('figure')].filter(shown).map((figure) => {{
    const pictures = [...figure.querySelectorAll('img')].filter((image) => shown(image) && image.naturalWidth > 0);
    return {{
      marks: pictures.map((image) => inside(image.currentSrc).length),
      names: pictures.map((image) => image.alt),
      widths: pictures.map((image) => image.getBoundingClientRect().width),
      scales: pictures.map((image) => image.getBoundingClientRect().width / image.naturalWidth),
      table_rows: figure.querySelectorAll('tbody tr').length,
    }};
  }});
}}"""
TABLES = """() => [...document.querySelectorAll('table')].flatMap(
  (table) => [...table.rows].flatMap((row) => [...row.cells].filter((cell) => cell.checkVisibility()).map((cell) => cell.textContent)))"""
CARDS = """() => [...document.querySelectorAll(':is(.cards, .stack) table')].map((table) => {
  const edges = [...table.querySelectorAll('tbody :is(th, td)')].map((cell) => cell.getBoundingClientRect())
    .filter((box) => box.width > 0);
  return {cells: edges.length, left: Math.min(...edges.map((box) => box.left)),
          right: Math.max(...edges.map((box) => box.right)),
          narrowest: Math.min(...edges.map((box) => box.width)),
          unnamed: [...table.querySelectorAll('td')].filter((cell) => !(cell.dataset.label || getComputedStyle(cell).getPropertyValue("--label"))).length};
})"""
SIDEWAYS = """() => [...document.querySelectorAll('.scroll')].filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.getAttribute('aria-label') ?? box.closest('.panel')?.className ?? box.innerText.slice(0, 80))"""
STEP = """() => [...document.querySelectorAll('.steps > div')].filter((step) => !step.hidden)
  .map((step) => step.innerText)"""
OPEN_SHEETS = (
    "() => [...document.querySelectorAll('details.sheet[open]')].map((sheet) => sheet.dataset.program)"
)
TARGET_IN_VIEW = """() => { const box = document.querySelector(':target').getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.top < innerHeight; }"""
FETCHED = """() => [...document.querySelectorAll('[src], [srcset], link[href], object[data], use[href], image[href]')]
  .map((node) => node.getAttribute('src') ?? node.getAttribute('srcset') ?? node.getAttribute('href')
                 ?? node.getAttribute('data'))
  .filter((address) => !address.startsWith('data:') && !address.startsWith('#'))"""
WATCH = """window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));"""


def in_each_way(chromium: Browser, folder: str, *reports: str) -> list[dict]:
    """Look at pages in each way, in their order; each is printed into the folder, as PAGE.pdf."""
    return [looked_at(chromium, Path(report), Path(folder)) for report in reports]


def looked_at(chromium: Browser, report: Path, folder: Path) -> dict:
    """Look at a page in each way."""
    address = report.resolve().as_uri()
    return {
        **on_a_desk(chromium, address, folder / f"{report.name}.pdf"),
        "no_script": no_script(chromium, address, folder / f"{report.name}.region.pdf"),
        "phone": phone(chromium, address),
    }


def on_a_screen(chromium: Browser, report: str) -> dict:
    """Read a page on a wide screen alone, everything unfolded."""
    context = patient(chromium.new_context(viewport=DESKTOP))
    context.add_init_script(WATCH)
    trouble = Trouble(context)
    page = opened(context.new_page(), Path(report).resolve().as_uri())
    folded = unread(page)
    unfold(page)
    return folded | read(page) | left(page, trouble)


def on_a_desk(chromium: Browser, address: str, pdf: Path) -> dict:
    """Read it on a wide screen, print it, unfold everything, judge it, follow the link to its twin."""
    context = patient(chromium.new_context(viewport=DESKTOP))
    context.add_init_script(WATCH)
    trouble = Trouble(context)
    page = opened(context.new_page(), address)
    folded = unread(page)
    printed = on_paper(page, pdf) | {"slider": folded["slider"]}
    unfold(page)
    seen = folded | {"axe": barriers(page)} | read(page) | left(page, trouble)
    context.close()
    return {"desktop": seen, "print": printed}


def unread(page: Page) -> dict:
    """Say what is seen of a page as it opens, and where its slider leads."""
    return {
        "lang": page.locator("html").get_attribute("lang"),
        "title": page.title(),
        "headings": headings(page),
        "charts": page.evaluate(CHARTS),
        "fetched": page.evaluate(FETCHED),
        **lengths(page),
        "slider": slide(page),
    }


def lengths(page: Page) -> dict:
    """Say how long a page is, and where its first screen ends, in pixels."""
    return {
        "length": page.evaluate("document.scrollingElement.scrollHeight"),
        "first": page.locator(".first").evaluate_all(
            "parts => parts.map((part) => part.getBoundingClientRect().bottom)"
        ),
    }


def read(page: Page) -> dict:
    """Say what is seen of a page with everything unfolded."""
    return {
        "text": page.locator("body").inner_text(),
        "images": page.locator("img").evaluate_all(
            "all => all.map((image) => image.getAttribute('src').slice(0, 40))"
        ),
        "hacked": page.evaluate("typeof window.hacked"),
        "violations": page.evaluate("window.violations"),
        "sideways": page.evaluate(SIDEWAYS),
    }


def left(page: Page, trouble: Trouble) -> dict:
    """Leave a page for its twin, and say what it asked for and what went wrong until then."""
    return {"twin": twin(page), "requests": trouble.requests, "errors": trouble.errors}


def no_script(chromium: Browser, address: str, pdf: Path) -> dict:
    """Read it where scripts are switched off, and print the page of a region."""
    context = patient(chromium.new_context(viewport=DESKTOP, java_script_enabled=False))
    page = context.new_page()
    page.goto(address)
    seen = {"headings": headings(page), "charts": page.evaluate(CHARTS), "sheet": to_a_sheet(page)}
    seen["region"] = my_region(page, pdf)
    context.close()
    return seen


def my_region(page: Page, pdf: Path) -> dict | None:
    """Unfold the last region, ask for its page alone, and print; say what was seen."""
    folds = page.locator(".region > summary")
    if folds.count() == 0:
        return None
    folds.last.click()
    fold = page.locator(".region[open]")
    seen = {
        "heading": fold.locator("h3").inner_text(),
        "parts": fold.locator("h4").all_inner_texts(),
    }
    seen["unfolded"] = page.locator(".region h4:visible").count()
    fold.locator(".only a").click()
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    return seen


def to_a_sheet(page: Page) -> dict | None:
    """Follow the first code of a programme that is seen, and say which sheets are open and whether one is in view."""
    code = page.locator("a.code:visible")
    if not code.count():
        return None
    followed = code.first.inner_text()
    code.first.click()
    page.wait_for_function("() => location.hash.length > 1")
    return {"code": followed, "open": page.evaluate(OPEN_SHEETS), "in_view": page.evaluate(TARGET_IN_VIEW)}


def phone(chromium: Browser, address: str) -> dict:
    """Read it on a phone, with all that can be unfolded unfolded."""
    screen = {"viewport": PHONE, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
    context = patient(chromium.new_context(**screen))
    page = opened(context.new_page(), address)
    folded = lengths(page)
    widths = [page.evaluate("document.scrollingElement.scrollWidth")]
    unfold(page)
    widths.append(page.evaluate("document.scrollingElement.scrollWidth"))
    seen = folded | {"widths": widths, "charts": page.evaluate(CHARTS), "cards": page.evaluate(CARDS)}
    seen |= {"sideways": page.evaluate(SIDEWAYS), "axe": barriers(page)}
    context.close()
    return seen


def on_paper(page: Page, pdf: Path) -> dict:
    """Print what is on the screen to a PDF, then look at the page as it is laid out for print."""
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    page.emulate_media(media="print")
    seen = {"charts": page.evaluate(CHARTS), "cells": page.evaluate(TABLES)}
    page.emulate_media(media="screen")
    return seen


def slide(page: Page) -> list[dict]:
    """Reach the slider by the keyboard alone, move it by two steps; say what is told before and after."""
    inputs = page.locator(".slider input")
    if inputs.count() == 0:
        return []
    told = [{"value": inputs.first.input_value(), "told": page.evaluate(STEP)}]
    inputs.first.evaluate("node => node.tabIndex === 0 && node.focus()")
    for _ in range(2):
        before = "".join(page.evaluate(STEP))
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"(before) => ({STEP})().join('') !== before", arg=before)
    name = inputs.first.evaluate("node => node.labels[0]?.innerText ?? node.ariaLabel")
    return [*told, {"value": inputs.first.input_value(), "told": page.evaluate(STEP), "name": name}]


def opened(page: Page, address: str) -> Page:
    """Open the report and wait until its pictures are there."""
    page.goto(address)
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    return page


def headings(page: Page) -> list[str]:
    """Return the headings that can be seen."""
    return [text.strip() for text in page.locator("h1:visible, h2:visible, h3:visible").all_inner_texts()]


def unfold(page: Page) -> None:
    """Unfold all that is folded, as a reader does where scripts run."""
    if page.locator(".unfold button").count():
        page.locator(".unfold button").click()
    assert page.locator("details:not([open])").count() == 0


def twin(page: Page) -> dict | None:
    """Follow the link to the report in the other language, if there is one, and say where it leads."""
    link = page.locator("a[hreflang]")
    if link.count() == 0:
        return None
    link.first.click()
    page.wait_for_load_state()
    return {
        "file": page.url.rsplit("/", 1)[-1],
        "lang": page.locator("html").get_attribute("lang"),
        "headings": headings(page),
    }
