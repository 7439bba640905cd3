"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jspmodel.errors import Problem, RunError
from jspmodel.intake import regular_file
from jspmodel.text.problems import worded


def write_whole(file: Path, text: str) -> None:
    """Write a text so that readers see the earlier file or the whole new one.

    Parameters
    ----------
    file : Path
    text : str

    Raises
    ------
    RunError
        If the file may not be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as writer:
                writer.write(text.encode())
            unfinished.chmod(0o644)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        problem = Problem("not_writable", file.as_posix())
        raise worded(RunError, [problem]) from error


def read_regular(file: Path, most: int) -> bytes | None:
    """Read a file that anybody may have put there.

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
        return regular_file.read_regular(file, most, links=False)
    except OSError:
        return None
