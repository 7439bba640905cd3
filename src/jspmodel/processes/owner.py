"""The owner of a child process as the child sees it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue
from typing import Any, BinaryIO, Literal, TextIO

from jspmodel.processes.pipe import listen, pickled, send

LAST = 10.0
"""Seconds that a process has to tidy up when its owner is gone."""


class Owner:
    """Who has started this process: asks, and is told; when it is gone, this process ends.

    Only messages travel over the pipes to it: what a library prints to the standard output, past Python too,
    is dropped, and nobody else reads the standard input. An interrupt is the owner's to handle: a terminal
    sends it to both.

    Parameters
    ----------
    tidy : bool
        Whether this process is interrupted (``KeyboardInterrupt``) when its owner is gone, and has ``LAST``
        to tidy up; if not, it ends at once, whatever it does. On Windows, always at once.
    """

    def __init__(self, *, tidy: bool = False) -> None:
        self._from, self._to = _own(sys.stdin, "rb"), _own(sys.stdout, "wb")
        self._heard: Queue[Any] = Queue()
        # What a script starts in the background ignores an interrupt from the start.
        signal.signal(signal.SIGINT, signal.default_int_handler if tidy else signal.SIG_IGN)
        self._tidy = tidy and sys.platform != "win32"
        threading.Thread(target=self._listen, daemon=True).start()

    def requests(self, idle: float | None = None) -> Iterator[Any]:
        """Yield what the owner says.

        Parameters
        ----------
        idle : float, optional
            Seconds without a word after which there is no more.
        """
        with suppress(Empty):
            while True:
                yield self._heard.get(timeout=idle)

    def tell(self, *message: object) -> None:
        """Tell the owner; raises ``BrokenPipeError`` if it is gone.

        Parameters
        ----------
        *message : object
            Arrives as a tuple.
        """
        send(pickled(message), self._to)

    def _listen(self) -> None:
        try:
            listen(self._from, self._heard)
        except Exception:  # such as a function that cannot be imported here
            traceback.print_exc()
            os._exit(1)
        if self._tidy:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            time.sleep(LAST)
        os._exit(0)


def _own(stream: TextIO, mode: Literal["rb", "wb"]) -> BinaryIO:
    """Keep a standard stream for messages, at a descriptor of its own; who else uses it uses nothing."""
    kept = os.fdopen(os.dup(stream.fileno()), mode)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return kept
