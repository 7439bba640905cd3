"""The script of pages with charts: Vega, Vega-Lite, vega-embed and the few lines of our own.

Bundling takes seconds in which Python can do nothing else, so a process of its own can do it ahead.
"""

from __future__ import annotations

import atexit
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_OWN = Path(__file__).parent / "template" / "report" / "live.js"
_CODE = (
    "import sys, vl_convert\n"
    "sys.stdout.buffer.write(vl_convert.javascript_bundle(sys.stdin.buffer.read().decode()).encode())"
)
_started: list[tuple[subprocess.Popen[bytes], IO[bytes]]] = []


def start_script() -> None:
    """Have the script bundled while others work, unless that is under way or done."""
    if _started or page_script.cache_info().currsize:
        return
    kept = TemporaryFile()  # noqa: SIM115 (stays open until it is read; a pipe would hold the process up)
    with _OWN.open("rb") as own:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-c", _CODE], stdin=own, stdout=kept, stderr=subprocess.DEVNULL
        )
    _started.append((process, kept))


@cache
def page_script() -> str:
    """Return the script as it stands in a page."""
    bundle = _ahead() or _bundle()
    return re.sub(r"<(?=/script|!--|script)", r"\\x3c", bundle, flags=re.IGNORECASE)


def _ahead() -> str:
    """Return what the process has made; empty if there is none or it failed."""
    if not _started:
        return ""
    process, kept = _started.pop()
    with kept:
        failed = process.wait()
        kept.seek(0)
        return "" if failed else kept.read().decode()


def _bundle() -> str:
    import vl_convert  # here: who only starts the process needs it not

    return str(vl_convert.javascript_bundle(_OWN.read_text(encoding="utf-8")))


@atexit.register
def _end() -> None:
    """End a process that nobody waited for, since the run failed."""
    while _started:
        process, kept = _started.pop()
        process.kill()
        process.wait()
        kept.close()
