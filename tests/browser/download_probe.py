"""Takes every file that a page offers, with scripts and without, and tells what went wrong before each."""

from pathlib import Path

from playwright.sync_api import Browser

from browser.inside import Trouble, patient


def taken(chromium: Browser, report: str, folder: str) -> dict[str, list[str]]:
    """Open the page, click each link that offers a file, keep what comes in the folder."""
    came = {}
    for scripts in (True, False):
        context = patient(chromium.new_context(java_script_enabled=scripts, accept_downloads=True))
        trouble = Trouble(context)
        page = context.new_page()
        page.goto(Path(report).resolve().as_uri())
        for link in page.locator("a[download]").all():
            with page.expect_download() as coming:
                link.click()
            name = f"{'live' if scripts else 'still'}-{coming.value.suggested_filename}"
            coming.value.save_as(Path(folder) / name)
            came[name] = trouble.errors.copy()
        context.close()
    return came
