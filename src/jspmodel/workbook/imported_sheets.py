"""The file of a case that keeps what each sheet said as its workbook was imported.

A sheet that still says it was touched by nobody since: what came into the case meanwhile stays; of a first
plan that holds row by row. A workbook is known by the mark that its template got, so that another one with
the same sheet is another one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jspmodel.case import TABLES
from jspmodel.errors import Problem
from jspmodel.workbook.case_notes import read_note, write_note
from jspmodel.workbook.files import raise_all

IMPORTED_SHEETS = "imported_sheets.json"
OF_PROGRAM = "first_plan:"
"""Stands before the code of a programme that a row of a first plan is."""
_LARGEST = 2**22
_MOST = 100
"""Workbooks that are remembered; of more, those that were imported last."""
_DIGEST = re.compile("[0-9a-f]{32}")
_PARTS = 2


class Imported(NamedTuple):
    """Digests of a sheet, or a row of a first plan, as it was imported, and of what the case had before."""

    sheet: str
    before: str


def read_imported(folder: Path) -> dict[str, dict[str, Imported]]:
    """Return what a case keeps of the workbooks that were imported into it.

    Parameters
    ----------
    folder : Path
        Of the case.

    Returns
    -------
    dict of str to dict of str to Imported
        By mark of the workbook, then by table, and by programme behind ``OF_PROGRAM``; the workbook that was
        imported last stands last.

    Raises
    ------
    DataError
        If the file is no plain one, too large, or holds something else.
    """
    said = read_note(folder / IMPORTED_SHEETS, _LARGEST, "imported_sheets_broken")
    if not all(map(_is_workbook, said, said.values())):
        raise_all(Problem("imported_sheets_broken", IMPORTED_SHEETS))
    return {
        mark: {table: Imported(*digests) for table, digests in tables.items()}
        for mark, tables in said.items()
    }


def keep_imported(folder: Path, mark: str, tables: Mapping[str, Imported]) -> None:
    """Keep what the sheets of a workbook said as it was imported.

    Parameters
    ----------
    folder : Path
        Of the case.
    mark : str
        Of the workbook; ``""`` where it has none: then nothing can be kept.
    tables : mapping of str to Imported

    Raises
    ------
    DataError
        As ``read_imported``; if the file may not be written.
    """
    if not mark:
        return
    kept = read_imported(folder)
    kept[mark] = {**kept.pop(mark, {}), **tables}
    last = [*kept.items()][-_MOST:]
    while len(last) > 1 and len(json.dumps(dict(last), indent=2)) > _LARGEST:
        del last[0]
    write_note(folder / IMPORTED_SHEETS, dict(last))


def _is_workbook(mark: str, tables: object) -> bool:
    return (
        _DIGEST.fullmatch(mark) is not None
        and isinstance(tables, dict)
        and all(
            (table in TABLES or table.startswith(OF_PROGRAM)) and _are_digests(digests)
            for table, digests in tables.items()
        )
    )


def _are_digests(digests: object) -> bool:
    return (
        isinstance(digests, list)
        and len(digests) == _PARTS
        and all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in digests)
    )
