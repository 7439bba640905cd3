"""Files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

from jspmodel.errors import Problem, RunError
from jspmodel.intake import write_whole
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
        write_whole(file, text)
    except OSError as error:
        problem = Problem("not_writable", file.as_posix())
        raise worded(RunError, [problem]) from error
