"""The child process of ``read_book``: held to limits, it reads the workbook of its standard input."""

from __future__ import annotations

import os
import sys

from jspmodel.processes import OUT_OF_MEMORY
from jspmodel.workbook.book_limits import SECONDS
from jspmodel.workbook.book_lines import RefusedBookError, line_of
from jspmodel.workbook.confinement import confine_this_process


def main() -> None:
    """Tell a workbook line by line, or why it is not read."""
    confine_this_process(seconds=SECONDS, written=0)
    told = sys.stdout.buffer
    try:
        from jspmodel.workbook.book_reader import book_lines

        for line in book_lines(sys.stdin.buffer.read()):
            told.write(line)
    except RefusedBookError as error:
        told.write(line_of("refused", error.code, error.most))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    told.flush()


if __name__ == "__main__":
    main()
