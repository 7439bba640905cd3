"""The child process of ``mark_workbook``: held to limits, it gives back a marked copy of a workbook."""

from __future__ import annotations

import json
import os
import signal
import sys

from jspmodel.processes import OUT_OF_MEMORY, limit_this_process
from jspmodel.workbook.book_limits import MARKING_SECONDS, MEMORY, MOST_SAID


def main() -> None:
    """Read one line of marks and the workbook behind it; write the copy."""
    limit_this_process(memory=MEMORY, seconds=MARKING_SECONDS, written=MOST_SAID)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner ends this process
    asked = sys.stdin.buffer
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would import it for nothing
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"  # slower, and against entities, which were refused
    try:
        from jspmodel.workbook.mark_painter import marked_copy

        marks = json.loads(asked.readline())
        sys.stdout.buffer.write(marked_copy(asked.read(), *marks))
        sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
