"""A child process and its pipes: pickles from the parent in, pickles to it out, nothing else between."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO


def own_output() -> BinaryIO:
    """Keep the standard output for messages; what a library prints there, past Python too, is dropped.

    Returns
    -------
    binary file
        Where to write messages.
    """
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return out


def parent() -> SimpleQueue[Any]:
    """Listen to the parent; end this process at once, whatever it does, when the parent is gone.

    An interrupt is the parent's to handle: a terminal sends it to both.

    Returns
    -------
    SimpleQueue
        What the parent says.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(told,), daemon=True).start()
    return told


def _listen(told: SimpleQueue[Any]) -> None:
    try:
        while True:
            told.put(pickle.load(sys.stdin.buffer))  # noqa: S301
    except EOFError:
        os._exit(0)
