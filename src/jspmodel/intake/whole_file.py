"""Files that are whole or not there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Give a place beside a file, which replaces it once all is written there; else nothing stays.

    Parameters
    ----------
    file : Path

    Yields
    ------
    Path
        Nothing is there, and nobody else writes there.

    Raises
    ------
    OSError
        If the file may not be written.
    """
    unfinished = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    try:
        yield unfinished
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def write_whole(file: Path, text: str) -> None:
    """Write a text so that readers see the earlier file or the whole new one; a full disk leaves the earlier.

    Parameters
    ----------
    file : Path
    text : str

    Raises
    ------
    OSError
        If the file may not be written.
    """
    with replacing(file) as unfinished, unfinished.open("xb") as writer:
        # Who may read it is what the umask says.
        writer.write(text.encode())
