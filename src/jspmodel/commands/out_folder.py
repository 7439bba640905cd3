"""The folder that a command writes into, tried before anything is computed for it."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from jspmodel.errors import Problem, RunError
from jspmodel.text import worded


def require_writable_folder(out: Path) -> None:
    """Refuse a folder that cannot be, or into which nothing can be written; a new one is not left behind.

    Only writing tells whether it can be done: rights say nothing of a disk that may only be read.

    Parameters
    ----------
    out : Path

    Raises
    ------
    RunError
        If it is a file, or cannot be made or written.
    """
    new = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=out):
            pass
    except OSError as error:
        problem = Problem("out_is_file" if out.is_file() else "not_writable_folder", out.as_posix())
        raise worded(RunError, [problem]) from error
    finally:
        for folder in new:
            with suppress(OSError):  # never made, or another command writes into it by now
                folder.rmdir()
