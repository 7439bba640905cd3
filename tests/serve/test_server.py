"""The server of ``jspmodel serve``: what it answers; and however it is ended, no kernel and no folder stays."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psutil
import pytest

pytest.importorskip("voila")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
# Whoever runs the tests in the background has Ctrl-C ignored, or with nohup the closing of the window, and what is
# started from there would ignore it, too.
START = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.signal(signal.SIGHUP, signal.SIG_DFL); from jspmodel.cli import main; main()"
)
FAR = 300
"""Seconds after which a test gives up waiting for what must come."""


@contextmanager
def serving(scratch):
    """Start the command; its temporary folder is made in a scratch folder."""
    command = [sys.executable, "-u", "-c", START, "serve", "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=os.environ | {"TMPDIR": str(scratch)}, text=True, **pipes) as server:
        try:
            yield server, re.search(r"http://\S+", server.stdout.readline())[0]
        finally:
            server.terminate()


def asked(url, method="GET", **headers):
    """Return what is answered: status and text."""
    try:
        request = urllib.request.Request(url, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=FAR) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def kernels(server):
    return psutil.Process(server.pid).children()


@pytest.mark.parametrize("ways", [("SIGINT", "SIGINT"), ("SIGTERM",), ("SIGHUP",)], ids="-".join)
def test_nothing_is_left(tmp_path, ways):
    scratch = tmp_path / ("long" * 10)  # where sockets in files cannot be, as on most computers of planners
    scratch.mkdir()
    with serving(scratch) as (server, url):
        assert asked(url)[0] == 200
        (kernel,) = kernels(server)
        for way in ways:
            server.send_signal(getattr(signal, way))
            time.sleep(0.2)  # between two presses of Ctrl-C; nothing is waited for
        _, said = server.communicate(timeout=FAR)
    assert not kernel.is_running()
    assert list(scratch.iterdir()) == []
    assert said == ""


def test_ended_while_a_page_is_made_it_says_nothing_of_that(tmp_path):
    with serving(tmp_path) as (server, url), ThreadPoolExecutor() as beside:
        beside.submit(asked, url)
        end = time.monotonic() + FAR
        while not kernels(server):
            assert time.monotonic() < end
            time.sleep(0.01)
        (kernel,) = kernels(server)
        server.send_signal(signal.SIGINT)
        output, said = server.communicate(timeout=FAR)
    assert server.returncode == 0
    assert "Folder sementara sudah dihapus" in output
    assert said == ""
    assert not kernel.is_running()
    assert list(tmp_path.iterdir()) == []


def test_a_page_tells_that_it_leaves_and_nobody_ends_its_kernel_by_a_request(tmp_path):
    """Not Voilà's own way either, which asks for a cookie that nothing sets."""
    with serving(tmp_path) as (server, url):
        kernel_id = re.search('"kernelId": "([0-9a-f-]+)"', asked(url)[1])[1]
        leaving, kernel = f"{url}voila/api/shutdown/{kernel_id}", f"{url}api/kernels/{kernel_id}"
        assert asked(leaving, "POST") == (204, "")
        assert asked(leaving, "POST", Origin="http://evil.example")[0] == 403
        assert asked(kernel, "DELETE")[0] == 403
        assert asked(kernel)[0] == 200
        assert len(kernels(server)) == 1
        server.terminate()
        assert server.communicate(timeout=FAR)[1] == ""


def test_where_no_page_can_be_made_or_nothing_is_the_browser_says_so(tmp_path):
    with serving(tmp_path) as (_, url):
        status, nothing = asked(f"{url}api/kernels/{'0' * 8}-0000-0000-0000-{'0' * 12}/channels")
        assert status != 200
        assert "Traceback" not in nothing
        (connections,) = tmp_path.glob("*/voila_*")
        shutil.rmtree(connections)  # as where the disk is full: no kernel can start
        status, told = asked(url)
        assert status == 500
        assert "tidak dapat disiapkan" in told
        assert "could not be made" in told
