"""What a workbook and its case keep of it as it was written and imported, as the base of a later merge.

A template keeps a digest of each row of its case beside its lists, the case one of each row of a workbook as
it was imported (``merged_rows``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType
from typing import Any, NamedTuple

from jspmodel.case import TABLES
from jspmodel.intake import RefusedFileError, Sheet, said_of_itself, strict_json, understood
from jspmodel.workbook.grids import read_rows
from jspmodel.workbook.imported_workbooks import Imported
from jspmodel.workbook.layout import own_sheets
from jspmodel.workbook.merged_rows import Base, KeyedRow, base_of, base_text, keyed_rows
from jspmodel.workbook.proposed_rows import Row

_MARK = "workbook"
"""Stands beside the digests for what tells one workbook from another."""
_ABOUT = "about="
"""Begins what the case says of itself beside its tables, as JSON."""
_KEPT = re.compile(r"([a-z_]+)=((?:[0-9a-f]{32})*)")
_LETTERS = 32_000
"""In a cell: Excel takes 32,767."""


class KeptBase(NamedTuple):
    """What a workbook keeps of itself.

    Attributes
    ----------
    mark : str
        Tells it from others, ``""`` where it does not say.
    tables : mapping of str to mapping of str to str
        By table, the rows as the workbook was written.
    about : mapping of str to object
        What its case says of itself beside its tables.
    """

    mark: str
    tables: Mapping[str, Base]
    about: Mapping[str, Any] = MappingProxyType({})


def keep_base(page: Any, place: int, sheets: Mapping[str, Sheet], about: Mapping[str, Any]) -> None:
    """Write what tells later which rows somebody changed, and what a new case of the same regions is.

    Parameters
    ----------
    page : xlsxwriter.Worksheet
        The sheet of lists.
    place : int
        A free column, from 0.
    sheets : mapping of str to Sheet
        The tables of the case.
    about : mapping of str to object
        What the case says of itself beside them.
    """
    said = understood(sheets)
    texts = [
        f"{_MARK}={token_hex(16)}",
        *(text for table in TABLES for text in _parts(table, said.get(table))),
    ]
    told = _ABOUT + json.dumps({**about})
    if about and len(told) <= _LETTERS:
        texts.append(told)
    for row, text in enumerate(texts):
        page.write_string(row, place, text)


def _parts(table: str, sheet: Sheet | None) -> Iterator[str]:
    text = base_text(keyed_rows(sheet))
    for start in range(0, max(len(text), 1), _LETTERS):
        yield f"{table}={text[start : start + _LETTERS]}"


def kept_base(file: Path) -> KeptBase:
    """Return what a workbook keeps of itself; nothing where it keeps none.

    Parameters
    ----------
    file : Path
        XLSX, already read.

    Returns
    -------
    KeptBase
    """
    lists = own_sheets("lists")
    texts = [
        str(cell.value)
        for sheet in read_rows(file)
        if sheet.name in lists
        for _, cells in sheet.rows
        for cell in cells
        if cell.value is not None
    ]
    parts: dict[str, str] = {}
    for match in filter(None, map(_KEPT.fullmatch, texts)):
        parts[match[1]] = parts.get(match[1], "") + match[2]
    mark = parts.pop(_MARK, "")
    tables = {table: base_of(text) for table, text in parts.items() if table in TABLES}
    return KeptBase(mark, tables, _about([text for text in texts if text.startswith(_ABOUT)]))


def _about(texts: Sequence[str]) -> dict[str, Any]:
    """Return what a workbook keeps of its case; nothing where that is not as we wrote it."""
    if len(texts) != 1:
        return {}
    try:
        said = strict_json(texts[0].removeprefix(_ABOUT).encode())
    except (RefusedFileError, UnicodeEncodeError):
        return {}
    return said_of_itself(said) if isinstance(said, dict) else {}


def bases_of(
    kept: KeptBase, imported: Mapping[str, Imported], case: Mapping[str, Sequence[KeyedRow]]
) -> dict[str, Base]:
    """Return the base of each table: as the workbook was imported last, else as it was written.

    Parameters
    ----------
    kept : KeptBase
    imported : mapping of str to Imported
        By table, what the case keeps of the workbook. Where the case has again what it had before that
        import, somebody took it back, and it does not count.
    case : mapping of str to sequence of KeyedRow
        The tables of the case, in codes.

    Returns
    -------
    dict of str to mapping of str to str
    """
    since = {
        table: base_of(note.said)
        for table, note in imported.items()
        if table in TABLES and _digest_of(case.get(table, ())) != note.before
    }
    return {**kept.tables, **since}


def as_imported(
    sheets: Mapping[str, Sequence[KeyedRow]], case: Mapping[str, Sequence[KeyedRow]]
) -> dict[str, Imported]:
    """Return what a case keeps of sheets that are imported, by table; takes the rows of both in codes."""
    return {
        table: Imported(base_text(rows), _digest_of(case.get(table, ())))
        for table, rows in sheets.items()
        if table in TABLES
    }


def _digest_of(rows: Iterable[KeyedRow]) -> str:
    """Return a digest of what a table says, whatever the order of its rows and columns."""
    return _digested(row.key + row.row for row in rows)


def digest_of_program(code: str, tables: Mapping[str, Sheet]) -> str:
    """Return a digest of what tables say of a programme, whatever the order of its rows and columns.

    Parameters
    ----------
    code : str
    tables : mapping of str to Sheet

    Returns
    -------
    str
    """
    return _digested(
        f"{table} {row.key} {row.row}"
        for table, sheet in tables.items()
        for row in keyed_rows(sheet)
        if row.cells.get("program") == code
    )


def digest_of_row(cells: Row) -> str:
    """Return a digest of a row of a first plan as it is written, whatever the order of its columns."""
    return _digested(f"{column}={' '.join(text.split())}" for column, text in cells.items() if text.strip())


def _digested(parts: Iterable[str]) -> str:
    return sha256(json.dumps(sorted(parts)).encode()).hexdigest()[:32]
