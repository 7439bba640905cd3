"""What probes share: they run inside the namespace that has no network."""

import errno
import fcntl
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 600.0
"""Seconds after which what a probe waits for never comes, on any machine."""
_NOWHERE = ("192.0.2.1", 80)  # RFC 5737: an address for documentation, nobody's
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


def enter() -> None:
    """Make sure that no network can be reached, and that the probe ends in order when it is asked to."""
    signal.signal(signal.SIGTERM, _leave)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        if probe.connect_ex(_NOWHERE) != errno.ENETUNREACH:
            sys.exit("This probe must run where there is no network")


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit("asked to end")


def loopback_up() -> None:
    """Bring up the loopback interface, which is down in a new namespace; iproute2 may be missing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        answer = fcntl.ioctl(control, _SIOCGIFFLAGS, struct.pack("16sh14x", b"lo", 0))
        (flags,) = struct.unpack("16xh14x", answer)
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))


@contextmanager
def browser(executable: str) -> Iterator[Browser]:
    """Give a headless Chromium; it is closed in the end whatever happens."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS, timeout=1000 * PATIENCE)
        try:
            yield chromium
        finally:
            chromium.close()


def patient(context: BrowserContext) -> BrowserContext:
    """Let all that is waited for in a context come as late as it may on a busy machine."""
    context.set_default_timeout(1000 * PATIENCE)
    expect.set_options(timeout=1000 * PATIENCE)
    return context


class Trouble:
    """Collects what a page asks for and what goes wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", lambda request: self.errors.append(f"request failed: {request.url}"))
        context.on("console", lambda message: self._note(message.type, message.text))
        context.on("weberror", lambda error: self.errors.append(f"page error: {error.error}"))
        context.on("page", lambda page: page.on("websocket", lambda ws: self.requests.append(ws.url)))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning", "assert"):
            self.errors.append(f"console {kind}: {text}")
