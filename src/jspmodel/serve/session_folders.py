"""Where a session keeps what it works on: all of it in one temporary folder."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

CASES, UPLOADS, OFFERED, RUNS = "cases", "uploads", "offered", "runs"
_TAME = re.compile(r"[^A-Za-z0-9_-]+")


def new_folder(parent: Path, name: str) -> Path:
    """Make a folder that nobody has, named after what somebody called a file.

    Parameters
    ----------
    parent : Path
    name : str
        Whatever it holds, the folder is in ``parent``: only letters, digits, ``_`` and ``-`` of it are used.

    Returns
    -------
    Path
        ``name``, or with a number where that is taken; two at once never get the same.
    """
    base, count = tame(name), 1
    while True:
        folder = parent / (base if count == 1 else f"{base}-{count}")
        try:
            folder.mkdir()
        except FileExistsError:
            count += 1
        else:
            return folder


def tame(name: str) -> str:
    """Return what of a name may be that of a file or folder."""
    return _TAME.sub("-", name)[:60].strip("-") or "case"


def new_place(session: Path, name: str) -> Path:
    """Return where to write a file that the page is to offer, under an address that nobody can guess."""
    folder = session / OFFERED / secrets.token_urlsafe(16)
    folder.mkdir()
    return folder / name


def link(file: Path, words: str, *, shown: bool = False) -> Markup:
    """Return a link to a file that was written to its ``new_place``.

    Parameters
    ----------
    file : Path
    words : str
    shown : bool
        Whether the browser shows it in a tab of its own; else it is saved.

    Returns
    -------
    Markup
    """
    how = Markup('target="_blank" rel="noopener"') if shown else Markup('download="{}"').format(file.name)
    return Markup('<a href="files/{}/{}" {}>{}</a>').format(file.parent.name, quote(file.name), how, words)
