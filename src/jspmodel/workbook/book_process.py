"""The child process of ``read_book``: held to limits, it reads the workbook of its standard input."""

from __future__ import annotations

import os
import signal
import sys

from jspmodel.processes import OUT_OF_MEMORY, limit_this_process
from jspmodel.workbook.book_limits import MEMORY, SECONDS
from jspmodel.workbook.book_lines import RefusedBookError, line_of


def main() -> None:
    """Tell a workbook line by line, or why it is not read."""
    limit_this_process(memory=MEMORY, seconds=SECONDS, written=0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner ends this process
    told = sys.stdout.buffer
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would import it for nothing
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"  # slower, and against entities, which were refused
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
