"""A copy of a planner's workbook in which everything that is wrong is marked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jspmodel.intake import replacing, unreadable_file
from jspmodel.processes import TooMuchSaidError, questioned
from jspmodel.text import say
from jspmodel.workbook.book_door import check_end, workbook_bytes
from jspmodel.workbook.book_limits import MOST_SAID
from jspmodel.workbook.book_lines import RefusedBookError, line_of
from jspmodel.workbook.layout import own_sheets
from jspmodel.workbook.reading import Reading
from jspmodel.workbook.sheet_wording import describe_problem, problem_rows, sheet_of

if TYPE_CHECKING:
    from jspmodel.scenario import Language

COMMAND = [sys.executable, "-P", "-m", "jspmodel.workbook.mark_process"]
_MOST = 5_000
"""Problems that are marked and listed."""


def mark_workbook(file: Path, reading: Reading, target: Path, language: Language) -> None:
    """Write a copy of a workbook with its problems marked; the workbook itself is left alone.

    Cells are red (yellow for a warning) with a comment that says what mends them; a first sheet lists every
    problem with a link to its cell. Macros and links to other files are left out; charts and pictures, which
    openpyxl does not read, are lost, as is a list whose items stand in another sheet without a name.

    Parameters
    ----------
    file : Path
        Already read.
    reading : Reading
    target : Path
    language : {"id", "en"}

    Raises
    ------
    DataError
        If openpyxl cannot copy the workbook, or the file cannot be written.
    """
    asked = line_of(
        sorted(own_sheets("problems")),
        [
            [
                sheet_of(problem, reading),
                problem.cell,
                describe_problem(problem, reading, language),
                problem.warning,
            ]
            for problem in [problem for problem in reading.problems if problem.cell][:_MOST]
        ],
        say("workbook.sheet_problems", language),
        [say(f"workbook.problems_{key}", language) for key in ("kind", "sheet", "cell", "text")],
        [list(texts) for _, texts in problem_rows(reading, language)[:_MOST]],
    )
    try:
        with replacing(target) as unfinished:
            unfinished.write_bytes(_copy(asked + workbook_bytes(file)))
    except (OSError, RefusedBookError, TooMuchSaidError) as error:
        raise unreadable_file("not_marked", file.name) from error


def _copy(asked: bytes) -> bytes:
    with questioned(COMMAND, asked, MOST_SAID) as process:
        copy = b"".join(process.lines())
        check_end(process.end())
    return copy
