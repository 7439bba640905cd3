"""A workbook that somebody uploads: a case of its own in this session, or what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from jspmodel.errors import DataError, Problem
from jspmodel.scenario import Language
from jspmodel.serve.session_folders import CASES, UPLOADS, new_folder, new_place, tame
from jspmodel.text import say, worded
from jspmodel.workbook import (
    LARGEST_FILE,
    Reading,
    mark_workbook,
    nearest_form,
    problem_rows,
    read_workbook,
    write_tables,
)

_SOME_CASE = "data/kasus"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")


@dataclass(frozen=True)
class Upload:
    """What came of a workbook.

    Attributes
    ----------
    case : Path or None
        The folder of the case that was made of it; None where there are mistakes.
    problems : list of (kind, sheet, cell, what is wrong and what mends it)
        Errors, then warnings.
    marked : Path or None
        A copy in which they are marked, where there are mistakes and it could be written.
    codes : frozenset of str
        Of the problems.
    """

    case: Path | None
    problems: list[tuple[str, str, str, str]]
    marked: Path | None = None
    codes: frozenset[str] = frozenset()


def take_upload(data: bytes, name: str, session: Path, language: Language) -> Upload:
    """Make a case of a workbook; nothing is written outside the folder of the session.

    Parameters
    ----------
    data : bytes
    name : str
        What the browser calls the file: only a hint for names.
    session : Path
        Folder of the session.
    language : {"id", "en"}
        Of the problems.

    Returns
    -------
    Upload
        Each has a folder of its own, whatever it is called.

    Raises
    ------
    DataError
        If there is nothing to read: too large, no workbook, a broken one, one that could do harm, no table.
    """
    called = PurePosixPath(PureWindowsPath(name).name)
    stem, ending = called.stem, called.suffix if _ENDING.fullmatch(called.suffix) else ".xlsx"
    # Messages call the file as whoever uploaded it does.
    file = new_folder(session / UPLOADS, stem) / f"{tame(stem)}{ending}"
    try:
        if len(data) > LARGEST_FILE:
            _refuse(Problem("workbook_too_large", file.name))
        file.write_bytes(data)
        reading = _read(file, file.with_name("case"))  # which is not there: a new case
        problems = [row for _, row in problem_rows(reading, language)]
        if reading.errors:
            return Upload(None, problems, _marked(file, reading, session, language))
        if not reading.changes:
            _refuse(Problem("workbook_blank", file.name))
    finally:
        file.unlink(missing_ok=True)
    case = new_folder(session / CASES, stem)
    write_tables(case, reading.changes, datetime.now(), reading.about)
    return Upload(case, problems, codes=frozenset(problem.code for problem in reading.problems))


def _read(file: Path, folder: Path) -> Reading:
    """Read a workbook; of a list, or a table of BPS, say which command takes it."""
    try:
        return read_workbook(file, folder)
    except DataError as error:
        (problem, *_) = error.problems
        if problem.code != "no_sheets":
            raise
        raise worded(DataError, [_no_case(file, problem)]) from error


def _no_case(file: Path, problem: Problem) -> Problem:
    nearest = nearest_form(file)
    values = {**problem.values, "command": f"jspmodel import {file.name} {_SOME_CASE}", "case": _SOME_CASE}
    if nearest.name and not nearest.missing:
        return Problem("list_uploaded", file.name, values={**values, "form": nearest.name})
    return Problem("no_case_uploaded", file.name, values=values)


def _refuse(problem: Problem) -> None:
    raise worded(DataError, [problem])


def _marked(file: Path, reading: Reading, session: Path, language: Language) -> Path | None:
    target = new_place(session, f"{file.stem}-{say('workbook.marked', language)}.xlsx")
    try:
        mark_workbook(file, reading, target, language)
    except DataError:  # the problems are told all the same
        return None
    return target
