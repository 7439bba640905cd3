"""Files that anybody may have put there: read only where they are plain files of a bounded size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_READING = os.O_RDONLY  # and what of this a system has; a pipe without a writer is not waited for:
for _flag in ("O_BINARY", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY"):
    _READING |= getattr(os, _flag, 0)


class RefusedFileError(OSError):
    """A file that is not read.

    Parameters
    ----------
    code : str
        Of the problem that says why.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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
    RefusedFileError
        If it is not there, may not be read, is larger, or is no plain file: a folder, a link, a pipe, a
        socket, a device.
    """
    try:
        _check_kind(file.stat() if links else file.lstat())  # a device may do something when it is opened
        handle = os.open(file, _READING | (0 if links else getattr(os, "O_NOFOLLOW", 0)))
        try:
            found = os.fstat(handle)
            _check_kind(found)  # another may have come there meanwhile
            if found.st_size > most:
                raise RefusedFileError("file_too_large")
            with open(handle, "rb", closefd=False) as reader:
                data = reader.read(most + 1)  # it may grow, and some say nothing of their size
        finally:
            os.close(handle)
    except RefusedFileError:
        raise
    except PermissionError as error:
        raise RefusedFileError("read_forbidden") from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # a name may hold a null character
        raise RefusedFileError("not_found") from error
    except OSError as error:
        raise RefusedFileError("unreadable") from error
    if len(data) > most:
        raise RefusedFileError("file_too_large")
    return data


def _check_kind(found: os.stat_result) -> None:
    mode = found.st_mode
    if stat.S_ISDIR(mode):
        raise RefusedFileError("file_is_folder")
    if stat.S_ISLNK(mode):
        raise RefusedFileError("file_is_link")
    if stat.S_ISFIFO(mode):
        raise RefusedFileError("file_is_pipe")
    if stat.S_ISSOCK(mode):
        raise RefusedFileError("file_is_socket")
    if not stat.S_ISREG(mode):
        raise RefusedFileError("file_is_device")


def is_plain(file: Path) -> bool:
    """Return whether there is a plain file, no link, of a name."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except (OSError, ValueError):
        return False


def is_there(file: Path) -> bool:
    """Return whether there is anything of a name, or somebody keeps this process from knowing."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


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
    except RefusedFileError:
        return None
