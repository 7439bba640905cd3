"""A file as text, where it is certain how its bytes are meant."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from jspmodel.errors import DataError, Problem
from jspmodel.intake.regular_file import RefusedFileError, read_regular

MOST_TEXT = 2**26
"""Bytes that no table has: 5,000 programmes in 514 regions need less."""
_PAIR, _HALF = re.compile("[\ud800-\udbff][\udc00-\udfff]"), re.compile("[\ud800-\udfff]")


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
        If the file may not be read, is no plain file or too large, is a workbook, or is written in another
        encoding.
    """
    try:
        data = read_regular(path, MOST_TEXT, links=True)
    except RefusedFileError as error:
        raise refused_file(error, path) from error
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


def refused_file(error: RefusedFileError, path: Path) -> DataError:
    """Return the error of a file that is not read; whose permissions are to be changed is told in full."""
    return unreadable_file(error.code, str(path.absolute()) if error.code == "read_forbidden" else path.name)


def joined_pairs(text: str) -> str:
    r"""Return a text whose letters are whole where they came as two halves: JSON and YAML write emoji so.

    Examples
    --------
    >>> joined_pairs("\ud83d\ude00") == "\U0001f600"
    True
    """
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)


def has_half_letter(text: str) -> bool:
    """Return whether half of a letter stands alone (a lone surrogate), which nothing can be written with."""
    return _HALF.search(text) is not None


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
