"""A file as text, where it is certain how its bytes are meant."""

from __future__ import annotations

import codecs
from pathlib import Path

from jspmodel.errors import DataError, Problem


def read_text(path: Path) -> str:
    """Return the text of a file: UTF-8, or UTF-16 that says so in its first bytes.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str

    Raises
    ------
    DataError
        If the file cannot be read, is a workbook, or is written in another encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable_file("unreadable", path.name) from error
    if data.startswith(b"PK\x03\x04"):
        raise unreadable_file("is_workbook", path.name)
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = None if utf16 else data.count(b"\n", 0, error.start) + 1
        raise unreadable_file("wrong_encoding", path.name, row) from error
    if "\0" in text:
        raise unreadable_file("wrong_encoding", path.name)
    return text


def unreadable_file(code: str, file: str, row: int | None = None, **values: object) -> DataError:
    """Return the error of a file that cannot be worked with, its one problem not yet worded.

    Parameters
    ----------
    code : str
    file : str
    row : int, optional
    **values
        What the wording fills in.

    Returns
    -------
    DataError
    """
    return DataError(code, [Problem(code, file, row, values=values)])
