"""Files that are whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from jspmodel.errors import JspError, Problem, RunError
from jspmodel.intake import replacing_together, write_whole
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


@contextmanager
def written_together(folder: Path) -> Iterator[Path]:
    """Give a place whose files replace those of a folder once all are written; else the earlier ones stay.

    Parameters
    ----------
    folder : Path

    Yields
    ------
    Path
        Empty, to be filled with files.

    Raises
    ------
    RunError
        If one of the files may not be written there.
    JspError
        What is raised where they are written, told of the folder where they were to be.
    """
    place = folder
    try:
        with replacing_together(folder) as place:
            yield place
    except OSError as error:
        raise worded(RunError, [Problem("not_writable", _named(error, folder).as_posix())]) from error
    except JspError as error:
        hidden, last = place.as_posix(), folder.as_posix()
        told = [replace(problem, file=problem.file.replace(hidden, last)) for problem in error.problems]
        raise worded(type(error), told) from error


def _named(error: OSError, folder: Path) -> Path:
    """Return the file of a folder that an error is about, which may be open elsewhere; else the folder."""
    names = (Path(name) for name in (error.filename2, error.filename) if name)
    return next((one for one in names if one.parent == folder and not one.name.startswith(".")), folder)
