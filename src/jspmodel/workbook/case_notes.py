"""Small JSON files that a case keeps beside its tables, about what was imported into it."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

from jspmodel.errors import DataError, Problem, RunError
from jspmodel.intake import RefusedFileError, is_there, read_regular, refused_file, strict_json
from jspmodel.runs import write_atomically
from jspmodel.text import worded
from jspmodel.workbook.files import raise_all


def read_note(path: Path, largest: int, broken: str) -> dict[str, Any]:
    """Return what a file holds; empty where there is none.

    Parameters
    ----------
    path : Path
    largest : int
        Bytes.
    broken : str
        Code of the problem where it is no JSON of one object.

    Returns
    -------
    dict of str to anything
        Not looked into.

    Raises
    ------
    DataError
        If the file is no plain one, too large, or no such JSON.
    """
    if not is_there(path):
        return {}
    try:
        said = strict_json(read_regular(path, largest, links=False).removeprefix(BOM_UTF8))
    except RefusedFileError as error:
        if error.code == "json_broken":
            raise_all(Problem(broken, path.name))
        raise refused_file(error, path) from error
    if not isinstance(said, dict):
        raise_all(Problem(broken, path.name))
    return said


def write_note(path: Path, said: dict[str, Any]) -> None:
    """Write a file whole, or leave what is there.

    Raises
    ------
    DataError
        If it may not be written.
    """
    try:
        write_atomically(path, json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    except RunError as error:
        raise worded(DataError, error.problems) from error
