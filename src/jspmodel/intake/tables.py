"""Tables in memory as a case: every column there, its type set, blanks the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from jspmodel.case import LEVELS, TABLES, Case
from jspmodel.intake.schemas import column_types, required_columns


def build_case(
    name: str,
    tables: Mapping[str, pd.DataFrame],
    *,
    title: Mapping[str, str] | None = None,
    level: str = LEVELS[0],
    folder: Path | None = None,
) -> Case:
    """Return a case made of the given tables, without checking what they say.

    Parameters
    ----------
    name : str
        Name of the case.
    tables : mapping of str to DataFrame
        Values of the right kind (numbers as numbers), columns in any order; columns and tables that are
        missing come out blank and empty. The frames are copied.
    title : mapping of str to str, optional
        Title by language.
    level : str, optional
        ``province`` or ``city``.
    folder : Path, optional
        Where the tables were read.

    Returns
    -------
    Case

    Raises
    ------
    KeyError
        If a table has a name that no schema describes.

    Examples
    --------
    >>> import pandas as pd
    >>> case = build_case("tiny", {"funds": pd.DataFrame({"fund": ["apbd"]})})
    >>> case.funds.loc[0, ["fund", "holder"]].tolist()
    ['apbd', '']
    """
    if unknown := set(tables) - set(TABLES):
        raise KeyError(f"no such table: {', '.join(sorted(unknown))}")
    frames = {
        table: _typed(table, tables[table]) if len(tables.get(table, ())) else _without_rows(table).copy()
        for table in TABLES
    }
    return Case(name=name, title=title or {"id": name, "en": name}, level=level, folder=folder, **frames)


def sound_tables(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of a draft without errors as a case has them: whole numbers where none may be blank.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Every table, with every column of its schema.

    Returns
    -------
    dict of str to DataFrame
        Of its own, although what is not changed is not copied before somebody changes it.
    """
    return {table: _with_whole_numbers(table, frames[table].copy(deep=False)) for table in TABLES}


def _with_whole_numbers(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    kinds = column_types(table)
    for column in required_columns(table):
        if kinds[column] == "integer":
            frame[column] = _numbers(frame[column], "int64")
    return frame


@cache
def _without_rows(table: str) -> pd.DataFrame:
    return _typed(table, pd.DataFrame())


def _typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every column of its schema; made of arrays, as series cost three times as much."""
    required = required_columns(table)
    columns = {
        column: _column(frame, column, kind, required=column in required)
        for column, kind in column_types(table).items()
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))


def _column(frame: pd.DataFrame, column: str, kind: str, *, required: bool) -> Any:
    if column in frame:
        return _values(frame[column], kind, required=required)
    missing = blanks(kind, len(frame))
    return _values(pd.Series(missing), kind, required=True) if required else missing


def _values(raw: pd.Series[Any], kind: str, *, required: bool) -> Any:
    if kind == "boolean":
        return raw.to_numpy() if raw.dtype == bool else raw.map(_is_true).astype(bool).to_numpy()
    if kind in {"integer", "number"}:
        return _numbers(raw, "int64" if kind == "integer" and required else "float64")
    if raw.dtype == "str":  # as a table has it that was read from a file
        return raw.fillna("").array if raw.array.isna().any() else raw.array
    return pd.array(["" if pd.isna(value) else str(value) for value in raw], dtype="str")


def _numbers(raw: pd.Series[Any], kind: str) -> Any:
    """Return numbers of a type; a column that has it is taken as it is, in a hundredth of the time."""
    return raw.to_numpy() if raw.dtype == kind else raw.astype(kind).to_numpy()


def blanks(kind: str, rows: int) -> Any:
    """Return a column of blanks of a type of the schemas: False, NaN or no text."""
    if kind == "boolean":
        return np.zeros(rows, dtype=bool)
    if kind in {"integer", "number"}:
        return np.full(rows, np.nan)
    return _no_text(rows).copy()


@lru_cache(maxsize=256)
def _no_text(rows: int) -> Any:
    return pd.array([""] * rows, dtype="str")


def _is_true(value: object) -> bool:
    return value is not None and value == True  # noqa: E712
