"""What is printed, wherever it goes: to few letters, to a full disk, to nobody.

A terminal, or a file behind ``>``, may have fewer letters than our texts: on Windows any file or pipe gets
those of the country (cp1252), which have no minus sign.
"""

from __future__ import annotations

import codecs
import errno
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

NAME = "jspmodel.nearest"
NEAREST = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "·": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "×": "x", "÷": "/",
     "≤": "<=", "≥": ">=", "→": "->", "±": "+/-", "●": "*", "○": "o", "✓": "v"}
)  # fmt: skip


def print_in_any_letters() -> None:
    """Have signs that standard output or error cannot write replaced by the nearest that it can."""
    codecs.register_error(NAME, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=NAME)


def print_json(text: str) -> None:
    """Print JSON, in UTF-8 wherever it goes: nothing else is JSON to those who read it.

    Parameters
    ----------
    text : str
        With the end of its last line.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(text, end="")


@contextmanager
def flushed() -> Iterator[None]:
    """Write out all that was printed at the end, however that comes about."""
    try:
        yield
    finally:
        if sys.stdout is not None:  # as it is where it was closed before
            sys.stdout.flush()


def write_no_more(error: OSError) -> bool:
    """Drop what is left to print, if an error says that there is no place for it; return whether it does.

    Parameters
    ----------
    error : OSError
        Without a file name: of a stream.
    """
    nowhere = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EPIPE)
    if nowhere and sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return nowhere


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = unicodedata.normalize("NFKD", error.object[error.start : error.end].translate(NEAREST))
    written = (_written(sign, error.encoding) for sign in signs if not unicodedata.combining(sign))
    return "".join(written), error.end


def _written(sign: str, encoding: str) -> str:
    return sign if sign.encode(encoding, "ignore") else "?"
