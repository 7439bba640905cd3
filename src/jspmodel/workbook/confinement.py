"""What a process does before it reads a workbook of others: it takes limits on itself."""

from __future__ import annotations

import os
import signal
import sys

from jspmodel.processes import limit_this_process
from jspmodel.workbook.book_limits import MEMORY


def confine_this_process(*, seconds: int, written: int) -> None:
    """Hold this process to limits, and keep openpyxl from what takes long for nothing; before its import.

    Parameters
    ----------
    seconds : int
        Of the processor.
    written : int
        Bytes of any one file that it writes.
    """
    limit_this_process(memory=MEMORY, seconds=seconds, written=written)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner ends this process
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would import it for nothing
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"  # slower, and against entities, which were refused
