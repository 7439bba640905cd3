"""Where a figure stands: the file of a table and the row in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.scenario import Language
from jspmodel.text import say

if TYPE_CHECKING:
    import pandas as pd


def table_row(case: Case, table: str, language: Language, **values: object) -> str:
    """Return the file of a table and the rows in which columns have given values.

    Parameters
    ----------
    case : Case
    table : str
    language : {"id", "en"}
    **values
        By column.

    Returns
    -------
    str
        Rows count as in a spreadsheet: the headings are row 1. The file alone where no row is like that.
    """
    frame: pd.DataFrame = getattr(case, table)
    for column, value in values.items():
        frame = frame[frame[column] == value]
    return rows_told(table, frame.index, language)


def rows_told(table: str, places: Iterable[int], language: Language) -> str:
    """Return the file of a table and rows by their labels, which count from 0; see ``table_row``."""
    rows = [int(place) + 2 for place in places]
    if not rows:
        return f"{table}.csv"
    return say("worked.row", language, file=f"{table}.csv", rows=_ranges(rows))


def _ranges(rows: list[int]) -> str:
    """Return numbers with runs as ranges.

    Examples
    --------
    >>> _ranges([2, 3, 4, 9])
    '2–4, 9'
    """
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][-1] + 1 == row:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
