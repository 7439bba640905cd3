"""A lock on a file, which the system gives back when its holder is gone, however it went."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from jspmodel.errors import Problem, RunError
from jspmodel.text import worded

_PAUSE = 0.1
_OPENING = os.O_WRONLY | os.O_CREAT | os.O_APPEND  # a link is not followed, a pipe not waited for
for _flag in ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"):
    _OPENING |= getattr(os, _flag, 0)


@contextmanager
def locked(file: Path, patience: float) -> Iterator[None]:
    """Hold a lock; one process at a time does.

    Parameters
    ----------
    file : Path
        Made with its folder if it is not there. The holder may delete it: who waits makes it anew.
    patience : float
        Seconds to wait for another holder.

    Raises
    ------
    RunError
        If another process holds it all that time.
    OSError
        If the file cannot be made.
    """
    until = monotonic() + patience
    while (handle := _attempt(file)) is None:
        if monotonic() >= until:
            problem = Problem("run_taken", file.parent.name)
            raise worded(RunError, [problem])
        sleep(_PAUSE)
    try:
        yield
    finally:
        handle.close()


def _attempt(file: Path) -> IO[bytes] | None:
    """Return the locked file; None if another holds it, or deleted it while it was opened here."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.fdopen(os.open(file, _OPENING, 0o666), "ab")
    except FileNotFoundError:
        return None
    try:
        if _lock(handle) and os.path.samestat(os.fstat(handle.fileno()), file.stat()):
            return handle
    except FileNotFoundError:
        pass
    except BaseException:
        handle.close()
        raise
    handle.close()
    return None


def _lock(handle: IO[bytes]) -> bool:
    """Lock an open file, if nobody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
