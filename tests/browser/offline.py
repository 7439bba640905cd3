"""Looking at pages where there is no network: in a process in a network namespace of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Timer

TESTS = Path(__file__).parents[1]
# Any plan will do here: a third of the proposals, and the first good one.
QUICK = {
    "solver.gap": 0.1,
    "solver.effort": "quick",
    "locked_out": [f"P{number:02}" for number in range(17, 49)],
    "equity.floor": 0.25,
}
PATIENCE = 1800.0
"""Seconds after which a probe has hung on any machine; what it waits for, it waits for as long as it takes."""


def chromium() -> str | None:
    """Return the path of the Chromium that is installed, if any: rather the one without a window, which is faster."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@cache
def cut_off() -> tuple[str, ...] | None:
    """Return the command that runs another one without a network, if this machine permits it."""
    ways = [("unshare", "-n"), ("unshare", "-r", "-n")]
    return next((way for way in ways if _works([*way, "true"])), None)


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


@cache
def missing() -> str | None:
    """Say what the browser tests lack here, and how to get it; nothing if they can run."""
    if chromium() is None:
        return "Chromium is not installed (Debian: apt install chromium-headless-shell; else chromium)"
    if cut_off() is None:
        return "no network can be cut off here: `unshare -r -n true` must work (util-linux, user namespaces)"
    return None


class Viewer:
    """One process without a network, with one Chromium and one JupyterLab, that looks at pages for all tests.

    Attributes
    ----------
    served : Path
        The folder that JupyterLab serves.
    """

    def __init__(self, process: subprocess.Popen, served: Path, said: Path) -> None:
        self._process, self.served, self._said = process, served, said

    def look(self, probe: str, *arguments: object) -> object:
        """Have a probe of ``browser.viewer`` look, and return what it saw."""
        process = self._process
        hung = Timer(PATIENCE, process.terminate)
        hung.start()
        try:
            process.stdin.write(json.dumps([probe, *map(str, arguments)]) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            hung.cancel()
        assert answer, f"the viewer has ended, or {probe} hangs\n{self._said.read_text(encoding='utf-8')}"
        told = json.loads(answer)
        assert "failed" not in told, f"{probe} failed\n{told['failed']}"
        return told["seen"]


@contextmanager
def started_viewer(served: Path) -> Iterator[Viewer]:
    """Start a viewer; in the end it is asked to end, which ends its children too, then made to."""
    with tempfile.NamedTemporaryFile("w", suffix=".log") as said:
        process = subprocess.Popen(
            [*cut_off(), sys.executable, "-m", "browser.viewer", chromium(), str(served)],
            cwd=TESTS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
        )
        try:
            yield Viewer(process, served, Path(said.name))
        finally:
            _end(process)


def _end(process: subprocess.Popen) -> None:
    process.stdin.close()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    process.stdout.close()
