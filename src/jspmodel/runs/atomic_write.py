"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jspmodel.errors import Problem, RunError
from jspmodel.text import worded


def write_atomically(file: Path, text: str) -> None:
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
