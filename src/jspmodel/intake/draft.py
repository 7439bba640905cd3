"""Tables as read, before anyone may rely on them: what the checks look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from jspmodel.errors import Problem
from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.schemas import column_types
from jspmodel.intake.tables import blanks


@dataclass(frozen=True)
class Draft:
    """Typed tables whose bad cells are blank, with the places they came from.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        Every table, every column; rows in file order.
    lines : mapping of str to sequence of int
        Row of the file of each row of a table.
    whole : frozenset of str
        The tables that were read with all their required columns, or are not there at all; of those that only
        a plan needs, the former alone.
    sound : frozenset of str
        Those of them without any error.
    """

    frames: Mapping[str, pd.DataFrame]
    lines: Mapping[str, Sequence[int]]
    whole: frozenset[str]
    sound: frozenset[str]

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Return a table."""
        return self.frames[table]

    def problem(
        self,
        code: str,
        table: str,
        index: int | None = None,
        column: str = "",
        *,
        warning: bool = False,
        **values: object,
    ) -> Problem:
        """Return a problem with the place in the file where a row of a table stands."""
        row = None if index is None else self.lines[table][index]
        return Problem(code, f"{table}.csv", row, column, values, warning)


def typed(sheet: Sheet | None, rows: Sequence[Sequence[str]], table: str) -> pd.DataFrame:
    """Return cells in their normal form as a table with every column of its schema.

    Parameters
    ----------
    sheet : Sheet or None
        Names the columns of the cells; None: the table is not there.
    rows : sequence of sequence of str
        Normal cells, bad ones blank.
    table : str

    Returns
    -------
    DataFrame
        A blank number is NaN, a blank yes/no False, blank text ``""``.
    """
    if not rows:
        return _without_rows(table).copy()
    columns = sheet.columns if sheet else ()
    cells = dict(zip(columns, zip(*rows, strict=True), strict=True))
    return pd.DataFrame(
        {
            column: _values(cells[column], kind) if column in cells else blanks(kind, len(rows))
            for column, kind in column_types(table).items()
        },
        index=pd.RangeIndex(len(rows)),
    )


@cache
def _without_rows(table: str) -> pd.DataFrame:
    columns = {column: blanks(kind, 0) for column, kind in column_types(table).items()}
    return pd.DataFrame(columns, index=pd.RangeIndex(0))


def _values(cells: Sequence[str], kind: str) -> Any:
    if kind == "boolean":
        return np.array([cell == "true" for cell in cells], dtype=bool)
    if kind in {"integer", "number"}:
        return np.array([float(cell) if cell else float("nan") for cell in cells])
    return pd.array(list(cells), dtype="str")
