"""Starting a probe where there is no network: in a network namespace of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]
# Any plan will do here: half of the proposals, and the first good one.
QUICK = {
    "solver.gap": 0.1,
    "solver.effort": "quick",
    "locked_out": [f"P{number:02}" for number in range(25, 49)],
    "equity.floor": 0.25,
}
PATIENCE = 1800.0
"""Seconds after which a probe has hung on any machine; what it waits for, it waits for as long as it takes."""


def chromium() -> str | None:
    """Return the path of the Chromium that is installed, if any."""
    names = ("chromium", "chromium-browser", "google-chrome")
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


def missing() -> str | None:
    """Say what the browser tests lack here, and how to get it; nothing if they can run."""
    if chromium() is None:
        return "Chromium is not installed (Debian and Ubuntu: apt install chromium)"
    if cut_off() is None:
        return "no network can be cut off here: `unshare -r -n true` must work (util-linux, user namespaces)"
    return None


def run_probe(name: str, *arguments: object) -> dict:
    """Run a module of this folder without a network and return the JSON that it prints.

    A probe that hangs is asked to end, which ends its children too, then made to.
    """
    command = [*cut_off(), sys.executable, "-m", f"browser.{name}", chromium(), *map(str, arguments)]
    process = subprocess.Popen(
        command,
        cwd=TESTS,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.terminate()
        out, err = _end(process)
        raise AssertionError(f"{name} hangs\n{err}") from None
    assert process.returncode == 0, f"{name} failed\n{err}"
    return json.loads(out)


def _end(process: subprocess.Popen) -> tuple[str, str]:
    try:
        return process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.communicate()
