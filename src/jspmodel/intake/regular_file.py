"""Files that anybody may have put there: read only where they are plain files of a bounded size."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_READING = os.O_RDONLY  # and what of this a system has; a pipe without a writer is not waited for:
for _flag in ("O_BINARY", "O_CLOEXEC", "O_NONBLOCK"):
    _READING |= getattr(os, _flag, 0)


def read_regular(file: Path, most: int, *, links: bool) -> bytes:
    """Read a plain file.

    Parameters
    ----------
    file : Path
    most : int
        Bytes that it may have.
    links : bool
        Whether it may be a link to one.

    Returns
    -------
    bytes

    Raises
    ------
    OSError
        If it is not there, may not be read, is no plain file (a pipe, a device); ``EFBIG`` if it is larger.
    """
    handle = os.open(file, _READING | (0 if links else getattr(os, "O_NOFOLLOW", 0)))
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
        if found.st_size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
        with open(handle, "rb", closefd=False) as reader:
            return reader.read(most)
    finally:
        os.close(handle)


def read_if_regular(file: Path, most: int) -> bytes | None:
    """Read a plain file, no link, if there is one.

    Parameters
    ----------
    file : Path
    most : int
        Bytes that it may have.

    Returns
    -------
    bytes or None
        None if it is not there, may not be read, is larger, or is no plain file (a link, a pipe, a device).
    """
    try:
        return read_regular(file, most, links=False)
    except OSError:
        return None
