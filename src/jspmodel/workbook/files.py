"""New workbooks: written whole or not at all, and over a file that is there only where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jspmodel.errors import DataError, Problem
from jspmodel.intake import replacing
from jspmodel.text import worded


def raise_all(*problems: Problem | None) -> None:
    """Raise the problems that there are, worded, as one ``DataError``."""
    if found := [problem for problem in problems if problem]:
        raise worded(DataError, found)


def check_new_file(file: Path, *, overwrite: bool = False) -> None:
    """Make sure that a workbook may be written to a file.

    Parameters
    ----------
    file : Path
    overwrite : bool
        Whether it may be there already.

    Raises
    ------
    DataError
        If it does not end in ``.xlsx``, is there already, or its folder is not there.
    """
    if file.suffix.lower() != ".xlsx":
        raise_all(Problem("not_xlsx_name", file.as_posix()))
    if file.exists() and not overwrite:
        raise_all(Problem("exists_already", file.as_posix()))
    if not file.parent.is_dir():
        raise_all(Problem("no_such_folder", file.as_posix(), values={"folder": file.parent.as_posix()}))


class _Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet that looks at equal formulas once: xlsxwriter seeks thirty names of functions in each.

    The sheets of a book share what they found: most name the same lists.
    """

    prepared: dict[tuple[str, bool], str]

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        asked = formula, expand_future_functions
        if asked not in self.prepared:
            self.prepared[asked] = super()._prepare_formula(*asked)
        return self.prepared[asked]


@contextmanager
def new_workbook(file: Path, *, overwrite: bool = False) -> Iterator[Any]:
    """Give a workbook to write to; its file is there only when all was written.

    Parameters
    ----------
    file : Path
    overwrite : bool
        Whether it takes the place of an earlier one.

    Yields
    ------
    xlsxwriter.Workbook

    Raises
    ------
    DataError
        If the file may not be written.
    """
    check_new_file(file, overwrite=overwrite)
    try:
        with replacing(file) as unfinished, xlsxwriter.Workbook(unfinished) as book:
            book.worksheet_class = type("Sheet", (_Sheet,), {"prepared": {}})
            yield book
    except (OSError, xlsxwriter.exceptions.FileCreateError):
        raise_all(Problem("not_writable", file.as_posix()))
