"""Moves the what-if controls of a notebook in JupyterLab, in Chromium, and tells what it saw."""

import time

from playwright.sync_api import Browser, Locator, Page, expect

from browser.inside import PATIENCE, Trouble, patient
from browser.lab_probe import abroad, address, finished

PANEL = ".jp-Notebook .jp-OutputArea .jupyter-widgets.widget-hbox"
WORDS = f"{PANEL} .widget-html-content li"
# Mark the chart's element, and count how often the chart was empty: what a reader would see as a flicker.
WATCH = """(panel) => {
  const chart = panel.querySelector('svg.marks, svg').closest('.widget-html');
  chart.dataset.seen = 'first'; window.blank = 0; window.sizes = new Set();
  new MutationObserver(() => {
    if (!chart.querySelector('svg')) window.blank += 1;
    else requestAnimationFrame(() => window.sizes.add(chart.querySelector('svg').getBoundingClientRect().height));
  }).observe(chart, {childList: true, subtree: true});
}"""
LAPTOP = {"width": 1366, "height": 768}
PARTS = """(panel) => {
  const boxes = [...panel.children].map((part) => part.getBoundingClientRect());
  const frame = panel.closest('.jp-Notebook').parentElement.getBoundingClientRect();
  return {parts: boxes.map(({left, right, top, height}) => ({left, right, top, height})),
          right: frame.right, height: frame.height};
}"""


def moved(chromium: Browser, notebook: str, program: str, pictures: str = "") -> dict:
    """Run all cells, then move the slider, force a programme in, take the plan, save, switch equity, undo.

    ``program`` is the one to force in, as the menu names it; ``pictures`` a folder for screenshots.
    """
    context = patient(chromium.new_context(viewport={"width": 1600, "height": 1100}))
    trouble = Trouble(context)
    page = context.new_page()
    page.goto(address(notebook))
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("[data-command='runmenu:run-all']").click()
    cells = finished(page)
    panel = page.locator(PANEL).first
    panel.locator("svg").first.wait_for()
    panel.scroll_into_view_if_needed()
    panel.evaluate(WATCH)
    seen = {"cells": cells, "first": words(page)}
    picture(page, pictures, "1")
    handle = panel.locator(".noUi-handle").first
    handle.focus()
    page.keyboard.press("PageDown")  # in one go: several steps would be several questions
    seen["cut"] = settled(page, seen["first"], pictures)
    seen["readout"] = panel.locator(".widget-readout").first.inner_text()
    picture(page, pictures, "2")
    panel.locator("select").first.select_option(label=program)
    seen["forced"] = settled(page, seen["cut"], pictures)
    seen["picked"] = panel.locator("button").evaluate_all("(all) => all.map((button) => button.title)")
    picture(page, pictures, "4")
    press(panel, "Take this plan")
    seen["taken"] = settled(page, seen["forced"], pictures)
    name = panel.locator("input[type=text]").first
    seen["offered"] = name.input_value()
    press(panel, "Save as scenario")
    saved = panel.get_by_text("Saved as")
    saved.wait_for()
    seen["saved"] = saved.first.inner_text()
    picture(page, pictures, "5")
    panel.locator("input[type=checkbox]").first.click()
    seen["equity"] = settled(page, seen["taken"], pictures)
    picture(page, pictures, "6")
    seen["back"] = []
    for _ in range(4):  # the switch, the plan taken, the programme, the budget
        before = words(page)
        press(panel, "Undo")
        seen["back"].append(settled(page, before, pictures))
    expect(panel.get_by_role("button", name="Undo")).to_be_disabled()
    seen["readout_at_last"] = panel.locator(".widget-readout").first.inner_text()
    picture(page, pictures, "7")
    page.set_viewport_size(LAPTOP)
    seen["on_a_laptop"] = panel.evaluate(PARTS)
    seen |= {
        "chart_stays": panel.locator("[data-seen=first] svg").count(),
        "blank": page.evaluate("window.blank"),
        "sizes": page.evaluate("[...window.sizes]"),
        "abroad": abroad(trouble.requests),
        "errors": trouble.errors,
    }
    context.close()
    return seen


def press(panel: Locator, name: str) -> None:
    """Press a button of the panel, once it may be pressed."""
    panel.get_by_role("button", name=name, exact=True).click()


def words(page: Page) -> list[str]:
    """Return what the panel says."""
    return page.locator(WORDS).all_inner_texts()


def settled(page: Page, before: list[str], pictures: str) -> list[str]:
    """Wait until the panel says something else and seeks no more."""
    end = time.monotonic() + PATIENCE
    stop = page.locator(PANEL).get_by_role("button", name="Stop").first
    while time.monotonic() < end:
        page.wait_for_timeout(200)
        if words(page) != before and stop.is_disabled():
            return words(page)
        if not stop.is_disabled():
            picture(page, pictures, "progress")
    return words(page)


def picture(page: Page, folder: str, name: str) -> None:
    """Keep a screenshot where somebody wants to look at it."""
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")
