"""The place of a run: its folder is whole or not there, whatever ends the process that writes it."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jspmodel.batch.lock import locked

RUNNING = ".running"
"""Name of the folder, in that of a case, that holds what is not whole yet."""
PATIENCE = 10.0
"""Seconds to wait for another process there: one that was killed takes some to be gone."""
_EARLIER = "earlier"


@contextmanager
def locked_place(folder: Path) -> Iterator[Path]:
    """Hold the place of a run, so that no other process writes it at the same time.

    What a killed process left there is taken away first; an earlier result that it had just put aside comes
    back.

    Parameters
    ----------
    folder : Path
        Of the run.

    Yields
    ------
    Path
        A hidden folder on the same disk, gone afterwards.

    Raises
    ------
    RunError
        If another process holds the place.
    OSError
        If the place cannot be written.
    """
    hidden = folder.parent / RUNNING / folder.name
    _refuse_links(hidden.parent, hidden)
    with locked(hidden / "lock", PATIENCE):
        _recover(folder, hidden)
        try:
            yield hidden
        finally:
            shutil.rmtree(hidden, ignore_errors=True)
            with suppress(OSError):  # others are running
                hidden.parent.rmdir()


@contextmanager
def replacing(folder: Path, hidden: Path) -> Iterator[Path]:
    """Give a temporary folder that takes the place of ``folder`` if all goes well, else goes away.

    Parameters
    ----------
    folder : Path
        Of the run.
    hidden : Path
        As ``held`` yields it.

    Yields
    ------
    Path
        Empty, to be filled.
    """
    work = hidden / f"work-{secrets.token_hex(8)}"
    work.mkdir()  # who may look into it is what the umask says
    try:
        yield work
        earlier = hidden / _EARLIER
        if folder.exists():
            folder.rename(earlier)
        work.rename(folder)
        shutil.rmtree(earlier, ignore_errors=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _refuse_links(*folders: Path) -> None:
    """Make sure that what is taken away here does not stand elsewhere."""
    for folder in folders:
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _recover(folder: Path, hidden: Path) -> None:
    earlier = hidden / _EARLIER
    if earlier.exists() and not folder.exists():
        earlier.rename(folder)
    for left in hidden.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
