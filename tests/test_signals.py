"""Ended politely: by Ctrl-C or by another program, a run leaves nothing half-finished and says so."""

import signal
import subprocess
import sys
import time

import pytest

from tiny import tiny_tables, write_case

# Whoever runs the tests in the background has Ctrl-C ignored, or with nohup the closing of the window, and what is
# started from there would ignore it, too.
START = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.signal(signal.SIGHUP, signal.SIG_DFL); from jspmodel.cli import main; main()"
)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("way", ["SIGTERM", "SIGINT", "SIGHUP"])  # the last: its window is closed
def test_a_run_that_is_ended_tidies_up_and_says_so(tmp_path, way):
    number = getattr(signal, way)
    case, out = write_case(tmp_path / "tiny", tiny_tables()), tmp_path / "reports"
    command = [sys.executable, "-c", START, "run", str(case), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        while run.poll() is None and not any(out.glob("*/.*")):  # until it has begun to write
            time.sleep(0.01)
        run.send_signal(number)
        told = run.communicate()
    assert run.returncode == 128 + number, told
    assert "Dihentikan" in told[1] or "Stopped" in told[1]
    left = [path for path in out.rglob("*") if path.is_file() and ".failed" not in path.parts]
    assert not [path for path in left if path.name in {"plan.json", "run.json"}]


def test_ended_before_it_begins(tmp_path):
    """A command that has nothing to keep ends as any program does: by the signal's code."""
    waiting = "import signal, os, jspmodel.cli as cli; cli.app = lambda: os.kill(os.getpid(), signal.SIGTERM)"
    done = subprocess.run([sys.executable, "-c", f"{waiting}; cli.main()"], capture_output=True, check=False)
    assert done.returncode == 128 + signal.SIGTERM


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_command_that_is_to_outlive_its_window_does():
    """As ``nohup`` starts it: the signal of a window that is closed is ignored."""
    waiting = (
        "import signal, os, jspmodel.cli as cli; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
        "cli.app = lambda: os.kill(os.getpid(), signal.SIGHUP)"
    )
    done = subprocess.run([sys.executable, "-c", f"{waiting}; cli.main()"], capture_output=True, check=False)
    assert done.returncode == 0
