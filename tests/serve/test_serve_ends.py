"""However ``jspmodel serve`` is ended, no kernel and no folder stays."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

pytest.importorskip("voila")

# Whoever runs the tests in the background has Ctrl-C ignored, and what is started from there would ignore it, too.
START = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from jspmodel.cli import main; main()"
)
FAR = 300
"""Seconds after which a test gives up waiting for what must come."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("ways", [("SIGINT", "SIGINT"), ("SIGTERM",), ("SIGHUP",)], ids="-".join)
def test_nothing_is_left(tmp_path, ways):
    scratch = tmp_path / ("long" * 10)  # where sockets in files cannot be, as on most computers of planners
    scratch.mkdir()
    command = [sys.executable, "-u", "-c", START, "serve", "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=os.environ | {"TMPDIR": str(scratch)}, text=True, **pipes) as server:
        url = re.search(r"http://\S+", server.stdout.readline())[0]
        with urllib.request.urlopen(url, timeout=FAR) as answer:
            assert b"jspmodel" in answer.read()
        kernels = psutil.Process(server.pid).children()
        assert len(kernels) == 1
        for way in ways:
            server.send_signal(getattr(signal, way))
            time.sleep(0.2)  # between two presses of Ctrl-C; nothing is waited for
        _, said = server.communicate(timeout=FAR)
    assert not any(kernel.is_running() for kernel in kernels)
    assert list(scratch.iterdir()) == []
    assert said == ""
