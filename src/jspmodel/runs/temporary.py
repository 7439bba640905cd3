"""Temporary folders that a killed process leaves are taken away by the next that wants one."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX, _HELD = "jsp-", "held"
_YOUNG = 60.0
"""Seconds that a folder is left alone: whoever made it may not hold it yet."""


@contextmanager
def held_folder() -> Iterator[Path]:
    """Give a temporary folder, gone afterwards; what killed processes of this user left is taken away first.

    A lock says that a folder is in use; the system gives it back when its holder is gone, however it went.

    Yields
    ------
    Path
    """
    _take_away_left()
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name, Path(name, _HELD).open("xb") as holder:
        _lock(holder.fileno())
        yield Path(name)


def _take_away_left() -> None:
    if sys.platform == "win32":
        return  # no folder can be taken away there whose files are open
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Return whether a folder is of this user, old, and held by nobody."""
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            return False
        if abs(time.time() - found.st_mtime) < _YOUNG:  # a clock that was set back makes none young for long
            return False
        handle = os.open(folder / _HELD, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:  # no folder of ours has none
        return False
    try:
        return _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
