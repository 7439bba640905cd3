"""Take every file that a page offers, with scripts and without, and print what came as JSON.

python -m browser.download_probe CHROMIUM PAGE FOLDER
"""

import json
import sys
from pathlib import Path

from browser.inside import Trouble, browser, enter, patient


def main(executable: str, report: Path, folder: Path) -> None:
    """Open the page, click each link that offers a file, keep what comes."""
    enter()
    taken = {}
    with browser(executable) as chromium:
        for scripts in (True, False):
            context = patient(chromium.new_context(java_script_enabled=scripts, accept_downloads=True))
            trouble = Trouble(context)
            page = context.new_page()
            page.goto(report.resolve().as_uri())
            for link in page.locator("a[download]").all():
                with page.expect_download() as coming:
                    link.click()
                name = f"{'live' if scripts else 'still'}-{coming.value.suggested_filename}"
                coming.value.save_as(folder / name)
                taken[name] = trouble.errors.copy()
            context.close()
    print(json.dumps(taken))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
