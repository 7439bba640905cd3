"""Files that are whole or not there."""

from __future__ import annotations

import secrets
from pathlib import Path


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
    unfinished = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    try:
        with unfinished.open("xb") as writer:  # who may read it is what the umask says
            writer.write(text.encode())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
