"""A case from tables in memory, by the same way as from files, and back to files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from jspmodel.boundaries import BOUNDARY_FILES, Boundaries
from jspmodel.case import TABLES, Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake.boundary_document import read_boundaries
from jspmodel.intake.carried_money import CARRIED, carried_rows
from jspmodel.intake.cases import About, judged_case
from jspmodel.intake.csvfile import Sheet, as_sheet
from jspmodel.intake.folder import PACKAGE, file_problems
from jspmodel.intake.official_shapes import geojson
from jspmodel.intake.whole_file import require_new_folder, whole_folder
from jspmodel.text import worded


def case_from_frames(
    frames: Mapping[str, pd.DataFrame],
    about: About,
    boundaries: Mapping[str, Any] | Boundaries | None = None,
    carried_over: Mapping[tuple[str, int], float] = MappingProxyType({}),
) -> Case:
    """Return a case made of tables in memory; ``Case.from_frames`` says how.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        By table.
    about : About
    boundaries : mapping or Boundaries, optional
        GeoJSON or TopoJSON, or those of another case.
    carried_over : mapping of (fund, year) to float, optional
        Rp billion.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        With every problem at once.
    TypeError
        If one of them is no DataFrame.
    """
    sheets: dict[str, Sheet] = {}
    problems = list(file_problems(about.name, [f"{table}.csv" for table in frames]))
    unreadable = set()
    for table in TABLES:
        if table not in frames:
            continue
        try:
            sheets[table], found = as_sheet(_records(frames[table]), table, f"{table}.csv")
        except DataError as error:
            unreadable.add(table)
            found = list(error.problems)
        problems += found
    about = replace(about, package={**about.package, CARRIED: carried_rows(carried_over)})
    if boundaries is not None:
        content = geojson(boundaries) if isinstance(boundaries, Boundaries) else boundaries
        shapes, found = read_boundaries(content, BOUNDARY_FILES[0])
        about, problems = replace(about, shapes=shapes), [*problems, *found]
    # A file that no schema knows may be somebody's own; a name that a program gives is meant.
    meant = [replace(found, warning=found.warning and found.code != "unknown_file") for found in problems]
    case, ordered = judged_case(about, sheets, meant, unreadable)
    if case is None:
        raise worded(DataError, ordered)
    return case


def _records(frame: pd.DataFrame) -> list[tuple[int, list[str]]]:
    """Return headings and rows as a CSV file of the same table has them."""
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"a table must be a DataFrame, not {type(frame).__name__}")
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index(allow_duplicates=True)
    columns = [[_cell(value) for value in frame.iloc[:, place]] for place in range(frame.shape[1])]
    headings = [str(name) for name in frame.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [(1, headings), *((line, row) for line, row in enumerate(rows, start=2))]


def _cell(value: Any) -> str:
    """Return a value as a cell has it: text, a number with a point, ``true`` or ``false``, a date."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, date | datetime) and not pd.isna(value):
        return value.isoformat().removesuffix("T00:00:00")
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float | np.floating):
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)
    return str(value)


def write_case(case: Case, folder: str | Path) -> Path:
    """Write the tables of a case into a folder of its own; ``Case.to_csv`` says how.

    Parameters
    ----------
    case : Case
    folder : str or Path

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DataError
        If the folder holds something already, is a file, or cannot be written.
    """
    place = Path(folder)
    try:
        require_new_folder(place)
        with whole_folder(place) as whole:
            _write(case, whole)
    except OSError as error:
        raise worded(DataError, [Problem("not_writable", place.as_posix())]) from error
    return place


def _write(case: Case, folder: Path) -> None:
    for table, frame in case.tables().items():
        if len(frame):
            _text(frame).to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
    about: dict[str, Any] = {"name": case.name}
    for key, said in (("title", case.title), ("question", case.question)):
        if said:
            about |= {key: said["id"], f"{key}_en": said["en"]}
    about["level"] = case.level
    if case.known_systems is not None:
        about["known_systems"] = case.known_systems
    if case.contributors:
        about["contributors"] = [{"title": one} for one in case.contributors]
    if case.carried_over:
        about[CARRIED] = carried_rows(case.carried_over)
    if case.boundaries is not None:
        shapes = json.dumps(geojson(case.boundaries), ensure_ascii=False, separators=(",", ":"))
        (folder / BOUNDARY_FILES[0]).write_text(shapes + "\n", encoding="utf-8")
    text = json.dumps(about, ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_text(text + "\n", encoding="utf-8")


def _text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table as text, without columns that say nothing."""
    cells = pd.DataFrame({column: [_cell(value) for value in frame[column]] for column in frame}, dtype="str")
    said = [column for column in cells if not cells[column].isin(["", "false"]).all()]
    return cells[said]
