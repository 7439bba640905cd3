"""A case, from its folder to checked tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jspmodel.case import TABLES, Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake.boundary_document import BoundaryDocument, find_boundaries
from jspmodel.intake.carried_money import carried_of, unknown_funds
from jspmodel.intake.checks import broken_rules
from jspmodel.intake.checks.short_forms import short_forms
from jspmodel.intake.csvfile import Sheet
from jspmodel.intake.defaults import filled
from jspmodel.intake.draft import Draft
from jspmodel.intake.folder import contributors_of, level_of, question_of, read_package, read_sheets, title_of
from jspmodel.intake.locate import find_folder
from jspmodel.intake.official_shapes import judged_boundaries
from jspmodel.intake.tables import sound_tables
from jspmodel.intake.understood import understood
from jspmodel.intake.validate import validate
from jspmodel.text import worded


def load_case(folder: str | Path) -> Case:
    """Return the case of a folder.

    Parameters
    ----------
    folder : str or Path
        Holds one CSV file a table; a relative path is looked for as ``find_input`` does.

    Returns
    -------
    Case

    Raises
    ------
    DataError
        With every problem of all tables at once, warnings too: a column misspelt may be behind an error.
    """
    case, problems = read_case(folder)
    if case is None:
        raise worded(DataError, problems)
    return case


def read_case(folder: str | Path) -> tuple[Case | None, tuple[Problem, ...]]:
    """Return the case of a folder, and what is wrong or odd with it.

    Parameters
    ----------
    folder : str or Path
        As for ``load_case``.

    Returns
    -------
    Case or None
        None where a problem is an error.
    tuple of Problem
        Errors and warnings.

    Raises
    ------
    DataError
        If there is no such folder.
    """
    place = find_folder(folder)
    package, found = read_package(place)
    sheets, unreadable, problems = read_sheets(place)
    shapes, flaws = find_boundaries(place)
    about = About(place.resolve().name, package, place, shapes)
    return judged_case(about, sheets, [*found, *problems, *flaws], unreadable)


@dataclass(frozen=True)
class About:
    """What a case is beside its tables.

    Attributes
    ----------
    name : str
    package : mapping
        What ``datapackage.json`` holds.
    folder : Path or None
        That was read.
    shapes : BoundaryDocument or None
        Boundaries of its regions, not yet judged.
    """

    name: str
    package: Mapping[str, Any]
    folder: Path | None = None
    shapes: BoundaryDocument | None = None


def judged_case(
    about: About, sheets: Mapping[str, Sheet], problems: Iterable[Problem], unreadable: Collection[str] = ()
) -> tuple[Case | None, tuple[Problem, ...]]:
    """Return the case that sheets make, wherever they come from, and what is wrong or odd with it.

    Parameters
    ----------
    about : About
    sheets, problems, unreadable
        As ``judge_sheets`` takes them.

    Returns
    -------
    Case or None
        None where a problem is an error.
    tuple of Problem
    """
    title, title_problems = title_of(about.package, about.name)
    level, level_problems = level_of(about.package)
    question, known_systems, about_problems = question_of(about.package)
    contributors, made_problems = contributors_of(about.package)
    carried, carried_problems = carried_of(about.package)
    known = [*title_problems, *level_problems, *about_problems, *made_problems, *carried_problems, *problems]
    draft, ordered = judge_sheets(sheets, known, unreadable=unreadable)
    if "funds" in draft.sound:
        ordered = _in_file_order([*ordered, *unknown_funds(carried, draft["funds"]["fund"].tolist())])
    boundaries = None
    if about.shapes is not None:
        boundaries, found = judged_boundaries(about.shapes, draft)
        ordered = _in_file_order([*ordered, *found])
    if errors_of(ordered):
        return None, ordered
    case = Case(
        name=about.name,
        title=title,
        level=level,
        folder=about.folder,
        question=question,
        known_systems=known_systems,
        contributors=contributors,
        boundaries=boundaries,
        carried_over=carried,
        **sound_tables(draft.frames),
    )
    return case, ordered


def judge_sheets(
    sheets: Mapping[str, Sheet],
    problems: Iterable[Problem],
    *,
    unreadable: Collection[str] = (),
    cells: Iterable[Problem] = (),
) -> tuple[Draft, tuple[Problem, ...]]:
    """Judge tables by their schemas and by the rules between them.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By table.
    problems : iterable of Problem
        What is known to be wrong with files and headings.
    unreadable : collection of str
        Tables that are there but could not be read.
    cells : iterable of Problem
        What is known to be wrong with cells, which then count as blank.

    Returns
    -------
    Draft
    tuple of Problem
        All of them, in the order of the tables and their rows.
    """
    draft, found = validate(understood(sheets), unreadable, cells)
    causes = [*problems, *found, *_not_following(short_forms(draft), found)]
    draft = filled(draft)
    return draft, _in_file_order([*causes, *_not_following(broken_rules(draft), causes)])


def _not_following(problems: Iterable[Problem], causes: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems that are not about a cell that was left blank because it is wrong."""
    bad = {(cause.file, cause.row, cause.column) for cause in causes}
    ragged = {(cause.file, cause.row) for cause in causes if cause.code == "too_many_cells"}
    for problem in problems:
        place = problem.file, problem.row
        if place not in ragged and not any((*place, column) in bad for column in problem.column.split(", ")):
            yield problem


def _in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    order = {f"{table}.csv": place for place, table in enumerate(TABLES)}
    return tuple(sorted(problems, key=lambda problem: (order.get(problem.file, -1), problem.row or 0)))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are errors."""
    return tuple(problem for problem in problems if not problem.warning)
