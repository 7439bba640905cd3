"""All sheets of a workbook beside the tables of its case, and what the case is to keep of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from jspmodel.errors import Problem
from jspmodel.intake import Sheet
from jspmodel.workbook.imported_workbooks import ImportedWorkbook
from jspmodel.workbook.merged_rows import keyed_rows, merged_rows
from jspmodel.workbook.taken_codes import with_free_codes
from jspmodel.workbook.workbook_base import KeptBase, as_imported, bases_of


class MergedTables(NamedTuple):
    """What comes of the sheets.

    Attributes
    ----------
    sheets : dict of str to Sheet
        With the rows of the case that count.
    outdated : dict of str to int
        By table, how many rows the case has otherwise than the sheet, though nobody changed them there.
    touched : frozenset of str
        Tables whose sheets somebody changed.
    keep : ImportedWorkbook
        What the case is to keep once the sheets are imported.
    problems : list of Problem
        Codes that were given anew, or are in question.
    """

    sheets: dict[str, Sheet]
    outdated: dict[str, int]
    touched: frozenset[str]
    keep: ImportedWorkbook
    problems: list[Problem]


def merged_tables(
    sheets: Mapping[str, Sheet],
    before: Mapping[str, Sheet],
    kept: KeptBase,
    earlier: ImportedWorkbook,
    cells: Iterable[Problem],
    whole: Collection[str] = (),
) -> MergedTables:
    """Put the sheets of a workbook and the tables of its case together, row by row.

    Parameters
    ----------
    sheets, before : mapping of str to Sheet
        By table, as the workbook and the case have them, in codes.
    kept : KeptBase
        What the workbook keeps of itself.
    earlier : ImportedWorkbook
        What the case keeps of it.
    cells : iterable of Problem
        Of cells that could not be read: somebody wrote them.
    whole : collection of str
        Tables that were put together before, as those of a first plan.

    Returns
    -------
    MergedTables
    """
    case = {table: tuple(keyed_rows(sheet)) for table, sheet in before.items()}
    bases = bases_of(kept, earlier.sheets, case)
    bases = {table: base for table, base in bases.items() if table not in whole}
    given = with_free_codes(sheets, before, bases, earlier.codes)
    mine = {table: tuple(keyed_rows(sheet)) for table, sheet in given.sheets.items()}
    own = {table: rows for table, rows in mine.items() if table not in whole}
    unread = [(problem.file, problem.row or 0) for problem in cells]
    merged = {
        table: merged_rows(
            sheet,
            mine[table],
            case.get(table, ()),
            bases.get(table),
            {line for file, line in unread if file == sheet.file},
        )
        for table, sheet in given.sheets.items()
    }
    return MergedTables(
        {table: one.sheet for table, one in merged.items()},
        {table: one.outdated for table, one in merged.items() if one.outdated},
        frozenset(table for table, one in merged.items() if one.is_touched),
        ImportedWorkbook(sheets=as_imported(own, case), codes=given.codes),
        given.problems,
    )
