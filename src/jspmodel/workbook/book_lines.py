"""A workbook as lines of JSON, as one process tells another, which takes its word for nothing."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from jspmodel.text import visible
from jspmodel.workbook.book import BLANK, Book, BookSheet, Cell, CellValue, Rows

_WITH_TEXT = {kind.__name__: kind.fromisoformat for kind in (datetime, date, time)}
FLAGS = {"is_formula": 1, "is_error": 2, "is_struck": 4}
_CONTROL = re.compile(r"_x00(0[0-8BCEF]|0D|1[0-9A-F])_")
"""How a workbook writes control characters."""
_CODES = frozenset(
    {
        "workbook_broken",
        "workbook_unsafe",
        "workbook_too_large",
        "workbook_memory",
        "workbook_work",
        "workbook_cells",
        "workbook_rows",
        "workbook_merged",
        "workbook_formats",
        "workbook_strings",
        "workbook_parts",
        "not_a_workbook",
    }
)
"""Why a workbook is not read."""


class RefusedBookError(Exception):
    """A workbook that is not read.

    Parameters
    ----------
    code : str
        Of the problem.
    most : int or None
        How many there may be at most, where there are too many of something.
    """

    def __init__(self, code: str, most: int | None = None) -> None:
        super().__init__(code)
        self.code, self.most = code, most


def line_of(*said: object) -> bytes:
    """Return a line: what it is, and its values."""
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def cell_said(value: CellValue, look: str, flags: int, kept: str | None) -> object:
    """Return a cell as JSON has it, what is plain as itself; flags are those of ``FLAGS`` together."""
    said: object = value
    if isinstance(value, timedelta):
        said = ["timedelta", value.total_seconds()]
    elif isinstance(value, date | time):
        said = [type(value).__name__, value.isoformat()]
    elif look == "General" and not flags and kept is None:
        return said
    return [said, look, flags, kept]


def read_lines(lines: Iterable[bytes]) -> Book:
    """Return the workbook that lines tell of.

    Parameters
    ----------
    lines : iterable of bytes

    Returns
    -------
    Book

    Raises
    ------
    RefusedBookError
        If it was refused; ``workbook_broken`` where the lines are not whole or not as they must be.
    """
    try:
        return _book(json.loads(line) for line in lines)
    except RefusedBookError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, StopIteration, OverflowError) as error:
        raise RefusedBookError("workbook_broken") from error


def _book(said: Iterator[list[Any]]) -> Book:
    sheets: list[BookSheet] = []
    rows: Rows = []
    for kind, *values in said:
        if kind == "row":
            number, cells = values
            rows.append((_whole(number), tuple(map(_cell, cells))))
        elif kind == "sheet":
            name, is_hidden, hidden, merged = values
            spans = tuple((_whole(a), _whole(b), _whole(c), _whole(d)) for a, b, c, d in merged)
            sheets.append(BookSheet(_text(name), bool(is_hidden), rows, tuple(map(_whole, hidden)), spans))
            rows = []
        elif kind == "book":
            return Book(tuple(sheets), bool(values[0]), bool(values[1]))
        else:
            code, most = values
            raise RefusedBookError(code if code in _CODES else "workbook_broken", most)
    raise ValueError("breaks off")


def _cell(said: Any) -> Cell:
    if not isinstance(said, list):
        return BLANK if said is None else Cell(_value(said))
    value, look, flags, kept = said
    set_flags = {name: bool(flags & flag) for name, flag in FLAGS.items()}
    return Cell(_value(value), _text(look), **set_flags, kept=None if kept is None else _seen(_text(kept)))


def _value(said: Any) -> CellValue:
    if isinstance(said, str):
        return _seen(said)
    if said is None or isinstance(said, bool | int | float):
        return said
    kind, value = said
    if kind == "timedelta":
        return timedelta(seconds=value if math.isfinite(value) else 0)
    when: CellValue = _WITH_TEXT[kind](value)
    return when


def _seen(text: str) -> str:
    r"""Return what people see of a text.

    Examples
    --------
    >>> _seen("a_x000D_\nb\u200b")
    'a\r\nb'
    """
    return visible(_CONTROL.sub(lambda match: chr(int(match[1], 16)), text))


def _whole(said: Any) -> int:
    if type(said) is not int:
        raise TypeError
    return said


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError
    return said
