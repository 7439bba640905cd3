"""Whether a file is a workbook that can be read without harm, judged before any of it is parsed."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.intake import RefusedFileError, read_regular, refused_file, unreadable_file
from jspmodel.workbook.created import Created

_LARGEST_FILE = 32 * 2**20
_LARGEST_UNPACKED = 256 * 2**20
_MOST_PARTS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and encrypted new ones."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
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


def examine(path: Path) -> list[Problem]:
    """Look at a workbook from outside.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of Problem
        Warnings of what is there and is not used: macros, links to other files.

    Raises
    ------
    DataError
        If it is no XLSX workbook, or one that could do harm: too large once unpacked, too many cells,
        formats or texts, entities in its XML.
    """
    try:
        data = read_regular(path, _LARGEST_FILE, links=True)
        _check_kind(data, path.name)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive, path.name)
            return list(_unused(archive.namelist(), path.name))
    except RefusedFileError as error:
        if error.code == "file_too_large":
            raise unreadable_file("workbook_too_large", path.name) from error
        raise refused_file(error, path) from error
    except _BROKEN as error:
        raise unreadable_file("workbook_broken", path.name) from error


def _check_kind(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        raise unreadable_file("workbook_encrypted" if _ENCRYPTED in data else "workbook_old", name)
    if not data.startswith(b"PK\x03\x04"):
        raise unreadable_file("not_a_workbook", name)


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        raise unreadable_file("not_a_workbook", name)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise unreadable_file("workbook_too_large", name)
    created = Created(name)
    for part in parts:
        with archive.open(part) as opened:
            created.count(opened, part.filename)


def _unused(names: list[str], file: str) -> Iterator[Problem]:
    if any(name.endswith("vbaProject.bin") or name.startswith("xl/macrosheets/") for name in names):
        yield Problem("macros_ignored", file, warning=True)
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield Problem("links_not_followed", file, warning=True)
