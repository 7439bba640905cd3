"""Files that are whole or not there."""

from __future__ import annotations

import secrets
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
        unfinished = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
        try:
            with unfinished.open("xb") as writer:  # who may read it is what the umask says
                writer.write(text.encode())
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        problem = Problem("not_writable", file.as_posix())
        raise worded(RunError, [problem]) from error
