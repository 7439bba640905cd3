"""Open a report in Chromium on a wide screen alone, and print what is seen as JSON.

python -m browser.desktop_probe CHROMIUM REPORT
"""

import json
import sys
from pathlib import Path

from browser.inside import browser, enter
from browser.report_probe import desktop

if __name__ == "__main__":
    enter()
    with browser(sys.argv[1]) as chromium:
        print(json.dumps(desktop(chromium, Path(sys.argv[2]).resolve().as_uri())))
