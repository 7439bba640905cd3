"""The file of a case that keeps what each sheet said as its workbook was imported.

A row that still says it was touched by nobody since: what came into the case meanwhile stays. A workbook is
known by the mark that its template got, so that another one with the same sheet is another one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from jspmodel.errors import DataError, Problem
from jspmodel.text import worded
from jspmodel.workbook.case_notes import read_note, write_note

IMPORTED_SHEETS = "imported_sheets.json"
OF_PROGRAM = "first_plan:"
"""Stands before the code of a programme that a row of a first plan is."""
_LARGEST = 2**22
_MOST = 100
"""Workbooks that are remembered; of more, those that were imported last."""

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_Digests = Annotated[str, Field(pattern=r"^([0-9a-f]{32})*$")]
_Code = Annotated[str, Field(max_length=500)]


class Imported(NamedTuple):
    """What a sheet said as it was imported, or a row of a first plan.

    Attributes
    ----------
    said : str
        Of a sheet as ``base_text`` writes it, of a row its digest.
    before : str
        Digest of what the case had before.
    """

    said: _Digests
    before: _Digest


class ImportedWorkbook(BaseModel):
    """What a case keeps of a workbook.

    Attributes
    ----------
    sheets : dict of str to Imported
        By table, and by programme behind ``OF_PROGRAM``.
    codes : dict of str to dict of str to str
        By table, the code that a new row got by its code in the workbook, where the case had given that away.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sheets: dict[_Code, Imported] = Field(default_factory=dict)
    codes: dict[_Code, dict[_Code, _Code]] = Field(default_factory=dict)

    def followed_by(self, later: ImportedWorkbook) -> ImportedWorkbook:
        """Return what is to be kept after another import of the same workbook."""
        return ImportedWorkbook(sheets={**self.sheets, **later.sheets}, codes=later.codes)


_FILE = TypeAdapter(dict[_Digest, ImportedWorkbook])


def read_imported(folder: Path) -> dict[str, ImportedWorkbook]:
    """Return what a case keeps of the workbooks that were imported into it.

    Parameters
    ----------
    folder : Path
        Of the case.

    Returns
    -------
    dict of str to ImportedWorkbook
        By mark; the workbook that was imported last stands last.

    Raises
    ------
    DataError
        If the file is no plain one, too large, or holds something else.
    """
    said = read_note(folder / IMPORTED_SHEETS, _LARGEST, "imported_sheets_broken")
    try:
        return _FILE.validate_python(said)
    except ValidationError as error:
        raise worded(DataError, [Problem("imported_sheets_broken", IMPORTED_SHEETS)]) from error


def keep_imported(folder: Path, mark: str, workbook: ImportedWorkbook) -> None:
    """Keep what the sheets of a workbook said as it was imported.

    Parameters
    ----------
    folder : Path
        Of the case.
    mark : str
        Of the workbook; ``""`` where it has none: then nothing can be kept.
    workbook : ImportedWorkbook

    Raises
    ------
    DataError
        As ``read_imported``; if the file may not be written.
    """
    if not mark:
        return
    kept = read_imported(folder)
    kept[mark] = kept.pop(mark, ImportedWorkbook()).followed_by(workbook)
    last: list[tuple[str, Any]] = [*_FILE.dump_python(kept, mode="json").items()][-_MOST:]
    while len(last) > 1 and len(json.dumps(dict(last), indent=2)) > _LARGEST:
        del last[0]
    write_note(folder / IMPORTED_SHEETS, dict(last))
