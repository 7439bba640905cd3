"""The child process of ``read_book``: held to limits, it reads the workbook of its standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from jspmodel.processes import OUT_OF_MEMORY
from jspmodel.workbook.book_limits import SECONDS
from jspmodel.workbook.book_lines import RefusedBookError, line_of
from jspmodel.workbook.confinement import confine_this_process


def main() -> None:
    """Tell a workbook line by line, or why it is not read."""
    confine_this_process(seconds=SECONDS, written=0)
    told = sys.stdout.buffer
    try:
        told.writelines(told_lines(sys.stdin.buffer.read()))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    told.flush()


def told_lines(data: bytes) -> Iterator[bytes]:
    """Yield a workbook line by line; last of all, where it is not read, why not.

    Parameters
    ----------
    data : bytes
        Of the file.

    Yields
    ------
    bytes
    """
    from jspmodel.workbook.book_reader import book_lines  # once this process is confined

    try:
        yield from book_lines(data)
    except RefusedBookError as error:
        yield line_of("refused", error.code, error.most)


if __name__ == "__main__":
    main()
