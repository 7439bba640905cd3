"""Goes through the page of ``jspmodel serve`` in Chromium, as a planner does, and tells what it saw."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil
from playwright.sync_api import Browser, Page, expect

from browser.inside import PATIENCE, Trouble, patient

SERVE = "from jspmodel.cli import main; main()"
# Boxes whose contents run out of them, over what comes next.
SPILLED = """() => [...document.querySelectorAll('.widget-vbox, .widget-hbox, .widget-html')]
  .filter((box) => getComputedStyle(box).overflowY === 'visible' && box.scrollHeight > box.clientHeight + 2)
  .map((box) => box.innerText.slice(0, 60))"""


@contextmanager
def serving(
    scratch: Path, *options: str, window: IO[str] | None = None
) -> Iterator[tuple[str, subprocess.Popen]]:
    """Start the command; its temporary folder is made in a scratch folder, what it says of errors goes to a file."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", SERVE, "serve", "--no-browser", *options],
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=window,
        text=True,
    )
    try:
        yield re.search(r"http://\S+", process.stdout.readline())[0], process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        process.stdout.close()


@contextmanager
def opened(chromium: Browser, url: str, width: int = 1280) -> Iterator[tuple[Page, Trouble]]:
    """Open the page and wait until its widgets stand."""
    context = patient(chromium.new_context(viewport={"width": width, "height": 900}, accept_downloads=True))
    trouble = Trouble(context)
    page = context.new_page()
    page.goto(url)
    page.locator(".jsp-page h1").wait_for()
    try:
        yield page, trouble
    finally:
        context.close()


def gone_through(chromium: Browser, good: str, wrong: str, taken: str, pictures: str = "") -> dict:
    """Upload a wrong workbook and a good one twice, plan, ask what if, save, write the report, take all along."""
    folder = Path(taken)
    scratch = folder / "tmp"
    scratch.mkdir()
    with serving(scratch, "--lang", "en") as (url, process):
        with opened(chromium, url) as (page, trouble):
            picture(page, pictures, "1-begin")
            seen = {"title": page.title(), "language": page.locator("html").get_attribute("lang")}
            upload(page, wrong)
            link = page.get_by_role("link", name="Save the copy whose cells are marked")
            link.wait_for()
            seen["mistakes"] = page.locator("tbody tr").all_inner_texts()
            picture(page, pictures, "2-mistakes")
            save(page, link, folder)
            for place in ("good", "good-2"):
                upload(page, good)
                page.get_by_text(f"read as the case {place}.").wait_for()
            seen["cases"] = cases(page)
            page.get_by_text("To be looked at before").wait_for()
            seen["found"] = page.get_by_text("To be looked at before").inner_text()
            button(page, "Find a plan").click()
            page.locator(".proof").wait_for()
            seen["proof"] = page.locator(".proof").inner_text()
            seen["figures"] = page.locator(".figures strong").all_inner_texts()
            seen["charts"] = page.locator("figure.chart img").count()
            what_if(page, seen)
            save(page, page.get_by_role("link", name="Save this scenario"), folder)
            seen["of"] = page.locator(".jsp-of .widget-radio-box label").all_inner_texts()
            page.get_by_role("radio").nth(1).check()
            picture(page, pictures, "3-plan")
            seen["spilled"] = page.evaluate(SPILLED)
            button(page, "Write the report").click()
            page.get_by_text("Written. The plan of step").wait_for()
            seen["written"] = page.get_by_text("Written. The plan of step").inner_text()
            for name in (
                "Save the report (HTML)",
                "Save the plan as a workbook (plan.xlsx)",
                "Save the memo (Word)",
            ):
                save(page, page.get_by_role("link", name=name), folder)
            with page.context.expect_page() as coming:
                page.get_by_role("link", name="Open the report").click()
            coming.value.locator("h1").wait_for()
            seen["report"] = coming.value.locator("h1").inner_text()
            picture(coming.value, pictures, "4-report")
            seen |= {"abroad": abroad(trouble.requests, url), "errors": trouble.errors}
        with opened(chromium, url, 390) as (page, trouble):  # loaded again: the cases are still there
            seen["again"] = cases(page)
            picture(page, pictures, "5-phone")
            seen["refused"] = refused(url)
            seen["narrow"] = page.evaluate("document.documentElement.scrollWidth")
            process.terminate()
            process.wait(timeout=PATIENCE)
            seen["gone"] = page.get_by_role("alert").inner_text()
        seen["said"], seen["left"] = process.stdout.read(), [str(path) for path in scratch.iterdir()]
    return seen


def what_if(page: Page, seen: dict) -> None:
    """Force a programme out, then in; save the question."""
    lists = page.locator("select").filter(has_text="add a programme")
    words = page.locator(".widget-html-content li").filter(has_text="It costs")
    first = words.inner_text()
    lists.nth(1).select_option(label="P01 Pelatihan kerja")
    expect(words).not_to_have_text(first)
    out = words.inner_text()
    seen["out"] = page.get_by_title("Take off the list: P01 Pelatihan kerja").count()
    lists.nth(0).select_option(label="P01 Pelatihan kerja")
    expect(words).not_to_have_text(out)
    seen["in"] = page.get_by_title("Take off the list: P01 Pelatihan kerja").count()
    seen["costs"] = [first, out, words.inner_text()]
    button(page, "Save as scenario").click()
    seen["saved"] = page.get_by_text("Saved as the scenario").inner_text()


def stopped(chromium: Browser, case: str, scratch: str, pictures: str = "") -> dict:
    """Begin with a case that takes long; stop its search, then let a quick one end."""
    with serving(Path(scratch), case) as (url, _), opened(chromium, url) as (page, trouble):
        seen = {"title": page.locator("h1").inner_text(), "cases": cases(page)}
        button(page, "Cari rencana").click()
        page.get_by_text("… ditemukan").wait_for()
        picture(page, pictures, "6-searching")
        page.get_by_role("button", name="Berhenti").first.click()
        page.get_by_text("Pencarian dihentikan").wait_for()
        seen["plan"] = page.locator(".proof").count()
        button(page, "Cari cepat").click()
        page.locator(".proof").wait_for()
        picture(page, pictures, "7-diy")
        page.set_viewport_size({"width": 390, "height": 900})
        picture(page, pictures, "8-diy-phone")
        return seen | {"abroad": abroad(trouble.requests, url), "errors": trouble.errors}


def pages(chromium: Browser, good: str, scratch: str) -> dict:
    """Open two pages, load one again, close it, break the other's kernel; look at the kernels all the while."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as window,
        serving(Path(scratch), window=window) as (url, process),
        opened(chromium, url) as (page, trouble),
    ):
        refusals: list[str] = []
        page.context.on("response", lambda answer: answer.status >= 400 and refusals.append(answer.url))
        (first,) = kernels(process)
        page.reload()
        page.locator(".jsp-page h1").wait_for()
        until(lambda: first not in kernels(process))
        (again,) = kernels(process)
        other = page.context.new_page()
        other.goto(url)
        other.locator(".jsp-page h1").wait_for()
        upload(other, good)
        other.get_by_text("terbaca sebagai kasus").wait_for()
        before = cases(page)
        page.evaluate("dispatchEvent(new Event('focus'))")  # a headless browser has all its pages in the fore
        until(lambda: cases(page) != before)
        seen = {"before": before, "cases": cases(page)}
        page.close(run_before_unload=True)
        until(lambda: again not in kernels(process))
        seen |= {"refused": list(refusals), "errors": list(trouble.errors)}
        (last,) = kernels(process)
        psutil.Process(last).kill()
        seen["broken"] = other.get_by_role("alert").filter(has_text="Muat ulang").inner_text()
        until(lambda: not kernels(process))
        other.reload()
        other.locator(".jsp-page h1").wait_for()
        seen["again"] = cases(other)
        (newest,) = kernels(process)
        third = page.context.new_page()
        third.goto(url, wait_until="commit")
        until(lambda: len(kernels(process)) > 1)
        (made,) = set(kernels(process)) - {newest}
        psutil.Process(made).kill()
        third.get_by_role("alert").wait_for()
        seen["unmade"] = third.locator("body").inner_text()
        process.terminate()
        process.wait(timeout=PATIENCE)
        seen["left"] = psutil.pid_exists(newest)
        window.seek(0)
        return seen | {"window": window.read()}


def kernels(process: subprocess.Popen) -> list[int]:
    """Return the processes behind the pages."""
    return [child.pid for child in psutil.Process(process.pid).children()]


def until(holds: Callable[[], bool]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)


def upload(page: Page, file: str) -> None:
    """Choose a file, once the button may be pressed."""
    with page.expect_file_chooser() as coming:
        page.locator(".jupyter-button", has_text="(.xlsx)").click()
    coming.value.set_files(file)


def button(page: Page, name: str):
    """Return a button by its name."""
    return page.get_by_role("button", name=name, exact=True)


def cases(page: Page) -> list[str]:
    """Return the cases that can be chosen."""
    return page.locator("select").first.locator("option").all_inner_texts()[1:]


def save(page: Page, link, folder: Path) -> None:
    """Take what a link offers."""
    with page.expect_download() as coming:
        link.click()
    coming.value.save_as(folder / coming.value.suggested_filename)


def refused(url: str) -> dict[str, int]:
    """Ask as others would: without the token, by another name of this computer, from another page."""
    host, token = url.split("/")[2:4]
    ways = {
        "page": (url, {}),
        "no token": (f"http://{host}/", {}),
        "other token": (url.replace(token, token[:-1] + "~"), {}),
        "other name": (url, {"Host": f"evil.example:{host.split(':')[1]}"}),
        "other page": (f"{url}voila/static/voila.js", {"Origin": "http://evil.example"}),
        "outside": (f"{url}files/..%2Fjspmodel.ipynb", {}),
        "other file": (f"{url}voila/files/jspmodel.ipynb", {}),
    }
    return {way: status(*asked) for way, asked in ways.items()}


def status(url: str, headers: dict[str, str]) -> int:
    """Return what a server answers."""
    try:
        request = urllib.request.Request(url, headers=headers, method="HEAD" if not headers else "GET")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def abroad(requests: list[str], url: str) -> list[str]:
    """Return what was asked of anybody but the server itself."""
    own = (url, url.replace("http:", "ws:"), "data:", "blob:")
    return [address for address in requests if not address.startswith(own)]


def picture(page: Page, folder: str, name: str) -> None:
    """Keep a screenshot where somebody wants to look at it."""
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
