"""A CSV file as rows under known headings, whichever program wrote it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.intake.nearest import nearest_word
from jspmodel.intake.schemas import column_types, required_columns
from jspmodel.intake.textfile import read_text, unreadable_file
from jspmodel.intake.total_rows import is_total
from jspmodel.text import visible

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Sheet:
    """The cells of one table as they stand in its file, stripped of blanks around them.

    Attributes
    ----------
    table : str
    file : str
        Name of the file.
    columns : tuple of str
        The headings that the schema knows, in file order.
    lines : tuple of int
        Row of the file, as a spreadsheet counts, of each row kept; blank rows are left out.
    rows : tuple of tuple of str
        One cell a column.
    ragged : frozenset of int
        Rows of the file that have more cells than headings, so that their cells may have moved.
    decimal_comma : bool
        True where cells are parted by something else than commas, as Excel in Indonesia does: a number may
        then have a decimal comma.
    """

    table: str
    file: str
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    ragged: frozenset[int]
    decimal_comma: bool


def read_sheet(path: Path, table: str) -> tuple[Sheet, list[Problem]]:
    """Read a CSV file.

    UTF-8, and UTF-16 that says so in its first bytes; commas, semicolons or tabs, whichever shows the
    headings of the table. Headings may differ in case and in blanks.

    Parameters
    ----------
    path : Path
    table : str
        The table that the file holds.

    Returns
    -------
    Sheet
    list of Problem
        About headings and rows.

    Raises
    ------
    DataError
        If there is nothing to work with: not a text file, unknown encoding, no heading known.
    """
    text = read_text(path)
    delimiter = _delimiter(text, column_types(table))
    records = _records(text, delimiter, path.name)
    return as_sheet(records, table, path.name, decimal_comma=delimiter != ",")


def as_sheet(
    records: Sequence[tuple[int, list[str]]], table: str, file: str, *, decimal_comma: bool = False
) -> tuple[Sheet, list[Problem]]:
    """Return records, the headings first, as a sheet.

    Parameters
    ----------
    records : sequence of (int, list of str)
        Row as a spreadsheet counts, and its cells; blanks around them and what nobody sees are left out.
    table : str
    file : str
        Name of the file that problems are told of.
    decimal_comma : bool
        As ``Sheet`` has it.

    Returns
    -------
    Sheet
    list of Problem
        About headings and rows.

    Raises
    ------
    DataError
        If there is nothing to work with: no cell, no heading known.
    """
    seen = [(line, [visible(cell).strip() for cell in cells]) for line, cells in records]
    filled = [(line, cells) for line, cells in seen if any(cells)]
    if not filled:
        raise unreadable_file("empty_file", file)
    headings = [_heading(cell) for cell in filled[0][1]]
    places = {name: headings.index(name) for name in headings if name in column_types(table)}
    if not places:
        expected = ", ".join(required_columns(table))
        raise unreadable_file("no_headings", file, filled[0][0], expected=expected)
    rows = [(line, cells) for line, cells in filled[1:] if not is_total(cells)]
    kept = {line for line, _ in rows}
    problems = [
        *(Problem("total_row", file, line, warning=True) for line, _ in filled[1:] if line not in kept),
        *_heading_problems(file, table, *filled[0]),
        *_unnamed_columns(file, filled),
        *_ragged(file, headings, rows),
    ]
    sheet = Sheet(
        table=table,
        file=file,
        columns=tuple(places),
        lines=tuple(line for line, _ in rows),
        rows=tuple(tuple(_cell(cells, place) for place in places.values()) for _, cells in rows),
        ragged=frozenset(
            problem.row for problem in problems if problem.code == "too_many_cells" and problem.row
        ),
        decimal_comma=decimal_comma,
    )
    return sheet, problems


def _delimiter(text: str, known: Collection[str]) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")

    def recognised(delimiter: str) -> int:
        return len({_heading(cell) for cell in first.split(delimiter)} & set(known))

    return max(_DELIMITERS, key=recognised)


def _records(text: str, delimiter: str, file: str) -> list[tuple[int, list[str]]]:
    records: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            records.append((len(records) + 1, cells))
    except csv.Error as error:
        raise unreadable_file("broken_quotes", file, len(records) + 1) from error
    return records


def _heading(cell: str) -> str:
    return cell.strip().strip('"').strip().lower().replace(" ", "_")


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _heading_problems(file: str, table: str, row: int, cells: Sequence[str]) -> Iterator[Problem]:
    known = column_types(table)
    headings = [_heading(cell) for cell in cells]
    for heading, count in Counter(headings).items():
        if heading and count > 1:
            yield Problem("duplicate_column", file, row, heading)
    for cell, heading in zip(cells, headings, strict=True):
        if heading and heading not in known:
            near = nearest_word(heading, set(known) - set(headings))
            yield Problem("unknown_column", file, row, cell, {"nearest": near}, warning=True)
    for column in required_columns(table):
        if column not in headings:
            yield Problem("missing_column", file, row, column, {"found": ", ".join(cells)})


def _unnamed_columns(file: str, filled: Sequence[tuple[int, list[str]]]) -> Iterator[Problem]:
    (line, headings), *rows = filled
    for place, heading in enumerate(headings):
        if not heading and any(_cell(cells, place) for _, cells in rows):
            yield Problem("column_without_heading", file, line, values={"place": place + 1}, warning=True)


def _ragged(file: str, headings: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> Iterator[Problem]:
    for line, cells in rows:
        if len(cells) > len(headings):
            values = {"cells": len(cells), "headings": len(headings)}
            yield Problem("too_many_cells", file, line, values=values)
