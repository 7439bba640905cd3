"""One direction between two processes: pickles, and nothing else."""

from __future__ import annotations

import pickle
from contextlib import suppress
from queue import Queue
from typing import Any, BinaryIO


def send(message: bytes, pipe: BinaryIO) -> None:
    """Send a pickle, which comes to the other side at once."""
    pipe.write(message)
    pipe.flush()


def pickled(message: object) -> bytes:
    """Return a message as it travels; what cannot be pickled fails here, with who says it."""
    return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)


def listen(pipe: BinaryIO, heard: Queue[Any]) -> None:
    """Put each message into a queue until the other side is gone, if need be in the middle of one."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            heard.put(pickle.load(pipe))  # noqa: S301
