"""The one door by which a workbook comes in: it is parsed in a process of its own, held to limits."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from jspmodel.errors import Problem
from jspmodel.intake import RefusedFileError, read_regular, refused_file, unreadable_file
from jspmodel.processes import TooMuchSaidError, outcome_of, questioned
from jspmodel.workbook.book import Book
from jspmodel.workbook.book_limits import LARGEST_FILE, MEMORY, MOST_SAID, SECONDS
from jspmodel.workbook.book_lines import RefusedBookError, read_lines

COMMAND = [sys.executable, "-P", "-m", "jspmodel.workbook.book_process"]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and encrypted new ones."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_book(path: Path) -> Book:
    """Read a workbook.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Book

    Raises
    ------
    DataError
        If it is no XLSX workbook, an encrypted or broken one, one that could do harm, or one that takes more
        memory or work than any case needs.
    """
    data = workbook_bytes(path)
    try:
        return _read(data)
    except RefusedBookError as error:
        refuse_book(error, path)


def workbook_bytes(path: Path) -> bytes:
    """Return what a file holds that looks like a workbook from outside; raises ``DataError`` else."""
    try:
        data = read_regular(path, LARGEST_FILE, links=True)
    except RefusedFileError as error:
        if error.code == "file_too_large":
            raise unreadable_file("workbook_too_large", path.name) from error
        raise refused_file(error, path) from error
    if data.startswith(_OLE):
        raise unreadable_file("workbook_encrypted" if _ENCRYPTED in data else "workbook_old", path.name)
    if not data.startswith(b"PK\x03\x04"):
        raise unreadable_file("not_a_workbook", path.name)
    return data


def refuse_book(error: RefusedBookError, path: Path) -> NoReturn:
    """Raise the ``DataError`` of a workbook that the process refused."""
    values = {} if error.most is None else {"most": error.most}
    raise unreadable_file(error.code, path.name, **values) from error


def unused_parts(book: Book, path: Path) -> list[Problem]:
    """Return warnings of what is in a workbook and is not used: macros, links to other files."""
    found = [
        book.has_macros and Problem("macros_ignored", path.name, warning=True),
        book.has_links and Problem("links_not_followed", path.name, warning=True),
    ]
    return [problem for problem in found if problem]


def check_end(code: int) -> None:
    """Raise ``RefusedBookError`` where a process held to limits did not end well.

    Parameters
    ----------
    code : int
        Its exit code.
    """
    match outcome_of(code):
        case "memory":
            raise RefusedBookError("workbook_memory", MEMORY // 2**20)
        case "seconds":
            raise RefusedBookError("workbook_work", SECONDS)
        case "failed":
            raise RefusedBookError("workbook_broken")


@lru_cache(maxsize=1)  # a command looks at the same one again: for tables, then for lists
def _read(data: bytes) -> Book:
    try:
        with questioned(COMMAND, data, MOST_SAID) as process:
            try:
                book = read_lines(process.lines())
            except RefusedBookError:
                check_end(process.end())
                raise
            check_end(process.end())
    except TooMuchSaidError as error:
        raise RefusedBookError("workbook_too_large") from error
    return book
