"""Whether a workbook can be read without harm, judged before any of it is parsed."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from io import BytesIO

from jspmodel.workbook.book_lines import RefusedBookError
from jspmodel.workbook.created import Created

_LARGEST_UNPACKED = 256 * 2**20
_MOST_PARTS = 5_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What Python's own reader of archives raises over broken ones."""


def examine(data: bytes) -> None:
    """Look at a workbook from outside.

    Parameters
    ----------
    data : bytes
        Of the file.

    Raises
    ------
    RefusedBookError
        If it is no XLSX workbook, or one that could do harm: too large once unpacked, too many cells,
        formats or texts, entities in its XML.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive)
    except _BROKEN as error:
        raise RefusedBookError("workbook_broken") from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        raise RefusedBookError("not_a_workbook")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise RefusedBookError("workbook_too_large")
    created = Created()
    for part in parts:
        with archive.open(part) as opened:
            created.count(opened, part.filename)
