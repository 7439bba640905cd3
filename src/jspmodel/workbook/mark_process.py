"""The child process of ``mark_workbook``: held to limits, it gives back a marked copy of a workbook."""

from __future__ import annotations

import json
import os
import sys

from jspmodel.processes import OUT_OF_MEMORY
from jspmodel.workbook.book_limits import MARKING_SECONDS, MOST_SAID
from jspmodel.workbook.confinement import confine_this_process


def main() -> None:
    """Read one line of marks and the workbook behind it; write the copy."""
    confine_this_process(seconds=MARKING_SECONDS, written=MOST_SAID)
    asked = sys.stdin.buffer
    try:
        from jspmodel.workbook.mark_painter import marked_copy

        marks = json.loads(asked.readline())
        sys.stdout.buffer.write(marked_copy(asked.read(), *marks))
        sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
