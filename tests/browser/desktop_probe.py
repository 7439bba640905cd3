"""Open a report in Chromium on a wide screen alone, and print what is seen as JSON.

python -m browser.desktop_probe CHROMIUM REPORT
"""

import sys
from pathlib import Path

from browser.inside import look
from browser.report_probe import desktop

if __name__ == "__main__":
    look(sys.argv[1], lambda chromium: desktop(chromium, Path(sys.argv[2]).resolve().as_uri()))
