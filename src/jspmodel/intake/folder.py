"""The folder of a case: which of its files hold which table, its title, and whose plan it is."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from jspmodel.case import LEVELS, TABLES
from jspmodel.errors import DataError, Problem
from jspmodel.intake.csvfile import Sheet, read_sheet
from jspmodel.intake.nearest import nearest_word
from jspmodel.intake.regular_file import RefusedFileError, is_there, read_regular
from jspmodel.intake.strict_json import strict_json
from jspmodel.intake.textfile import has_half_letter, refused_file
from jspmodel.text import visible

PACKAGE = "datapackage.json"
_MOST_PACKAGE = 2**20
_NEEDED = ("regions.csv", "issues.csv")
"""The tables that a case begins with."""


def read_sheets(folder: Path) -> tuple[dict[str, Sheet], set[str], list[Problem]]:
    """Read every table of a case folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to Sheet
        The tables that could be read.
    set of str
        The tables that are there but could not be read.
    list of Problem
    """
    files = {path.name: path for path in files_of(folder) if path.suffix.lower() == ".csv"}
    problems = list(file_problems(folder.name, files))
    sheets, unreadable = {}, set()
    for table in TABLES:
        path = files.get(f"{table}.csv")
        if path is None:
            continue
        try:
            sheets[table], found = read_sheet(path, table)
        except DataError as error:
            unreadable.add(table)
            found = list(error.problems)
        problems += found
    return sheets, unreadable, problems


def files_of(folder: Path) -> list[Path]:
    """Return what stands in a folder, sorted.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    list of Path

    Raises
    ------
    DataError
        If the folder may not be looked into.
    """
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        code = "read_forbidden" if isinstance(error, PermissionError) else "unreadable"
        raise refused_file(RefusedFileError(code), folder) from error


def file_problems(folder: str, files: Collection[str]) -> Iterator[Problem]:
    """Find the files that hold no table; some file must hold one.

    Parameters
    ----------
    folder : str
        Its name.
    files : collection of str
        Names of its CSV files.

    Yields
    ------
    Problem
    """
    names = [f"{table}.csv" for table in TABLES]
    if not set(files) & set(names):
        yield Problem("no_tables", folder, values={"needed": list(_NEEDED)})
        return
    for name in files:
        if name in names:
            continue
        if name.lower() in names:
            yield Problem("file_name_case", name, values={"wanted": name.lower()})
        else:
            near = nearest_word(name, set(names) - set(files))
            yield Problem("unknown_file", name, values={"nearest": near}, warning=True)


def read_title(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read a case's title from its ``datapackage.json``.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to str
        By language: ``title`` and ``title_en``; the name of the folder where there is none.
    list of Problem
    """
    package, problems = read_package(folder)
    titles, found = title_of(package, folder.name)
    return titles, [*problems, *found]


def title_of(package: Mapping[str, Any], name: str) -> tuple[dict[str, str], list[Problem]]:
    """Return the title that a case gives itself, by language, and what is wrong with it.

    Parameters
    ----------
    package : mapping
        What ``datapackage.json`` holds.
    name : str
        Of the case: its title where it gives none.
    """
    title = package.get("title", name)
    titles = {"id": title, "en": package.get("title_en", title)}
    if not all(isinstance(text, str) for text in titles.values()):
        return {"id": name, "en": name}, [Problem("bad_title", PACKAGE, column="title")]
    if any(map(has_half_letter, titles.values())):  # given by a program
        return {"id": name, "en": name}, [Problem("half_letter", PACKAGE, column="title")]
    return {language: visible(text) for language, text in titles.items()}, []


def read_level(folder: Path) -> tuple[str, list[Problem]]:
    """Read from a case's ``datapackage.json`` whose plan it is.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    str
        ``level``: ``province`` or ``city``; ``province`` where it is not said.
    list of Problem
        Not those of a file that cannot be read: ``read_title`` tells them.
    """
    return level_of(read_package(folder)[0])


def level_of(package: Mapping[str, Any]) -> tuple[str, list[Problem]]:
    """Return whose plan a case says it is, and what is wrong with that; takes what ``title_of`` takes."""
    level = package.get("level", LEVELS[0])
    if level not in LEVELS:
        values = {"value": str(level), "choices": ", ".join(LEVELS)}
        return LEVELS[0], [Problem("not_in_list", PACKAGE, column="level", values=values)]
    return level, []


def read_question(folder: Path) -> tuple[dict[str, str], int | None, list[Problem]]:
    """Read from a case's ``datapackage.json`` what it asks, and how many systems there are known to be.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to str
        By language: ``question`` and ``question_en``; empty where there is none.
    int or None
        ``known_systems``.
    list of Problem
    """
    return question_of(read_package(folder)[0])


def question_of(package: Mapping[str, Any]) -> tuple[dict[str, str], int | None, list[Problem]]:
    """Return what a case asks and how many systems it knows; takes what ``title_of`` takes."""
    question, known = package.get("question", ""), package.get("known_systems")
    asked = {"id": question, "en": package.get("question_en", question)}
    if not all(isinstance(text, str) for text in asked.values()):
        return {}, None, [Problem("bad_question", PACKAGE, column="question")]
    if known is not None and (not isinstance(known, int) or isinstance(known, bool) or known < 0):
        return {}, None, [Problem("bad_known_systems", PACKAGE, column="known_systems")]
    seen = {language: visible(text) for language, text in asked.items()}
    return (seen if question else {}), known, []


def contributors_of(package: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Problem]]:
    """Return who made a case, and what is wrong with how it says so; takes what ``title_of`` takes.

    Each of ``contributors`` (Data Package, properties) has a ``title`` and may have an ``organization``.
    """
    said = package.get("contributors", [])
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        return (), [Problem("bad_contributors", PACKAGE, column="contributors")]
    parts = [[one.get("title", ""), one.get("organization", "")] for one in said]
    if not all(isinstance(text, str) for both in parts for text in both) or not all(map(any, parts)):
        return (), [Problem("bad_contributors", PACKAGE, column="contributors")]
    return tuple(visible(", ".join(filter(None, both))) for both in parts), []


def read_package(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return what the ``datapackage.json`` of a folder holds, empty where there is none, and what is wrong.

    Parameters
    ----------
    folder : Path
    """
    path = folder / PACKAGE
    if not is_there(path):
        return {}, []
    try:
        data = read_regular(path, _MOST_PACKAGE, links=True).removeprefix(BOM_UTF8)
        package = strict_json(data)
    except RefusedFileError as error:
        if error.code == "json_broken":
            return {}, [_broken(data)]
        return {}, list(refused_file(error, path).problems)
    return (package, []) if isinstance(package, dict) else ({}, [Problem("bad_json", PACKAGE)])


def _broken(data: bytes) -> Problem:
    """Return where text is no JSON, as far as Python's own reader can say."""
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        return Problem("bad_json", PACKAGE, error.lineno)
    except (ValueError, RecursionError):
        return Problem("bad_json", PACKAGE)
    return Problem("half_letter", PACKAGE)  # which Python takes for a letter
