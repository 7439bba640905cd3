"""A case as a workbook that planners can fill in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jspmodel.case import TABLES
from jspmodel.errors import Problem
from jspmodel.intake import (
    Sheet,
    code_names,
    column_types,
    find_folder,
    read_package,
    read_sheets,
    read_title,
    said_of_itself,
    schema,
    shipped,
)
from jspmodel.text import say, words
from jspmodel.workbook.choice_labels import choice_words, code_labels
from jspmodel.workbook.files import check_new_file, new_workbook, raise_all
from jspmodel.workbook.forms import form_problem
from jspmodel.workbook.guide import Guided, add_guide
from jspmodel.workbook.layout import FIRST_PLAN, sheet_name
from jspmodel.workbook.lists import add_lists
from jspmodel.workbook.musrenbang import read_proposals
from jspmodel.workbook.pages import Column, Page, write_page
from jspmodel.workbook.proposals import add_proposals
from jspmodel.workbook.proposed_goals import add_goals
from jspmodel.workbook.proposed_rows import Proposed
from jspmodel.workbook.rpjmd import read_goals
from jspmodel.workbook.rules import DEFAULT_LEVELS, LEVELS, referenced
from jspmodel.workbook.stated_columns import NOTHING_STATED, StatedColumns
from jspmodel.workbook.styles import workbook_styles
from jspmodel.workbook.template_sheets import Added, Shown, add_table, example_row
from jspmodel.workbook.workbook_base import keep_base

if TYPE_CHECKING:
    from jspmodel.scenario import Language

_EXAMPLE = "diy"
"""The shipped case that examples come from."""
_BESIDE_FIRST = ("issues", "issue_regions", "funds", "fund_budgets")
"""What a first plan needs beside its own sheet."""
_OF_INDICATORS = ("indicators", "indicator_values")
"""What it needs too where the case has indicators."""
_LONGEST_CELL = 32_767
"""Excel's limit."""


def write_template(folder: str | Path, file: Path, language: Language, *, all_sheets: bool = False) -> None:
    """Write a case as a workbook for planners, generated from the table schemas and what the case holds.

    Of a case without programmes it opens on the sheet of a first plan, one row a programme; the sheets that
    can wait are hidden.

    Parameters
    ----------
    folder : str or Path
        Of the case; looked for as ``find_input`` does. It need not be valid:
        a workbook may be where it is mended.
    file : Path
        Ends in ``.xlsx`` and is not there yet.
    language : {"id", "en"}
        Of messages and of the words for choices; headings and explanations are in both languages.
    all_sheets : bool
        Show every table as a sheet, and no other sheet, whatever the case holds.

    Raises
    ------
    DataError
        If there is no such folder, a table cannot be read, a text is too long for a cell, or the file has
        another ending or is there already.
    """
    place = find_folder(folder)
    check_new_file(file)
    sheets = readable_sheets(place)
    titles, _ = read_title(place)
    about = said_of_itself(read_package(place)[0])
    is_first = not all_sheets and not (sheets["programs"].rows if "programs" in sheets else ())
    with new_workbook(file) as book:
        fill_workbook(book, sheets, titles, language, case=sheets, is_first=is_first, about=about)


def write_proposals(
    folder: str | Path,
    list_file: Path,
    file: Path,
    language: Language,
    stated: StatedColumns = NOTHING_STATED,
) -> Proposed:
    """Write a case as a workbook with the rows of a Musrenbang or RPJMD list added, what they lack in yellow.

    Nothing is written of a list that the case has already.

    Parameters
    ----------
    folder : str or Path
        Of the case.
    list_file : Path
        The list, as ``read_proposals`` or ``read_goals`` reads it.
    file : Path
        As for ``write_template``.
    language : {"id", "en"}
    stated : StatedColumns, optional
        What a person says of the headings of the list.

    Returns
    -------
    Proposed

    Raises
    ------
    DataError
        As for ``write_template`` and ``read_proposals``; if the file holds no such list, with the one that it
        comes nearest to, and what is missing.
    """
    proposals = read_proposals(list_file, stated)
    goals = None if proposals.rows else read_goals(list_file, stated)
    read = goals or proposals
    if not read.rows:
        raise_all(form_problem(list_file, Path(folder), stated))
    place = find_folder(folder)
    sheets = readable_sheets(place)
    name = list_file.name
    titles, _ = read_title(place)
    proposed = (
        add_goals(sheets, goals.rows, name)
        if goals
        else add_proposals(sheets, proposals.rows, name, titles.values())
    )
    notes = tuple(sorted((*read.notes, *proposed.notes), key=lambda note: note.row or 0))
    if not any(proposed.fresh.values()):
        return replace(proposed, unknown=read.unknown, notes=notes)
    with new_workbook(file) as book:
        about = said_of_itself(read_package(place)[0])
        asked = fill_workbook(
            book, proposed.sheets, titles, language, proposed, notes, case=sheets, about=about
        )
    return replace(proposed, unknown=read.unknown, notes=notes, asked=asked)


def readable_sheets(folder: Path) -> dict[str, Sheet]:
    """Return the tables of a case as they stand, or raise where one of them cannot be shown."""
    sheets, unreadable, problems = read_sheets(folder)
    raise_all(*(problem for problem in problems if problem.file.removesuffix(".csv") in unreadable))
    for sheet in sheets.values():
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            for column, cell in zip(sheet.columns, row, strict=True):
                if len(cell) > _LONGEST_CELL:
                    raise_all(Problem("text_too_long", sheet.file, line, column, {"limit": _LONGEST_CELL}))
    return sheets


def fill_workbook(
    book: Any,
    sheets: Mapping[str, Sheet],
    titles: Mapping[str, str],
    language: Language,
    proposed: Proposed | None = None,
    notes: Sequence[Problem] = (),
    *,
    case: Mapping[str, Sheet],
    is_first: bool = False,
    about: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, int]:
    """Write the sheets of an open workbook, and return how many cells are yellow on each that has some.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    sheets : mapping of str to Sheet
        What the workbook shows, new rows at the end.
    titles : mapping of str to str
        Title of the case by language.
    language : {"id", "en"}
    proposed : Proposed, optional
        Says which rows are new.
    notes : sequence of Problem
        Told on a sheet of their own.
    case : mapping of str to Sheet
        The tables as they stand.
    is_first : bool
        Whether it opens on the sheet of a first plan.
    about : mapping of str to object, optional
        What the case says of itself beside its tables, for a new case that is made of the workbook.

    Returns
    -------
    dict of str to int
    """
    looks = workbook_styles(book)
    fresh = proposed.fresh if proposed else {}
    doubts = proposed.doubts if proposed else {}
    if is_first:
        book.add_worksheet(sheet_name(FIRST_PLAN)).activate()
    guide = book.add_worksheet(say("workbook.sheet_guide", language))
    if notes:
        write_page(book, looks, _notes_page(notes, language))
    shown_tables = _shown(case, fresh, is_first=is_first)
    hidden = [table for table in TABLES if table not in shown_tables]
    for table in TABLES:
        page = book.add_worksheet(sheet_name(table))
        if table in hidden:
            page.hide()
    labels = {**_labels(sheets), LEVELS: _levels(sheets, language)}
    lists = add_lists(book, labels, language)
    keep_base(book.worksheets()[-1], len(set(lists.values())) + 1, case, about)
    shown = Shown(book, looks, labels, lists, language)
    if is_first:
        fields = schema(FIRST_PLAN)["fields"]
        add_table(shown, FIRST_PLAN, None, {field["name"]: field["example"] for field in fields})
    examples = _examples()
    example = Shown(book, looks, _labels(examples) | {LEVELS: labels[LEVELS]}, shown.lists, language)
    cells = {}
    for table in TABLES:
        asks = {(column, place): asked for (of, column, place), asked in doubts.items() if of == table}
        unasked = {column for of, column in (proposed.unasked if proposed else ()) if of == table}
        added = Added(fresh.get(table, 0), asks, frozenset(unasked))
        row = example_row(example, examples.get(table))
        cells[table] = add_table(shown, table, sheets.get(table), row, added)
    asked = {table: count for table, count in cells.items() if count}
    if asked:
        book.get_worksheet_by_name(sheet_name(next(iter(asked)))).activate()
    counts = {table: len(sheet.rows) for table, sheet in sheets.items()}
    listed = "realisation" if {*fresh} <= {"realisation", "realised_outputs"} else "list"
    kind = "first" if is_first else listed if fresh else "tables"
    add_guide(guide, looks, titles, counts, Guided(kind, hidden, asked))
    return asked


@cache
def _examples() -> Mapping[str, Sheet]:
    sheets, _, _ = read_sheets(shipped("data") / _EXAMPLE)
    return sheets


def _shown(case: Mapping[str, Sheet], fresh: Mapping[str, int], *, is_first: bool) -> Collection[str]:
    """Return the tables whose sheets people see: those that a first plan or a list is about, else all."""
    if is_first:
        return {*_BESIDE_FIRST, *(_OF_INDICATORS if "indicators" in case and case["indicators"].rows else ())}
    if fresh:
        return {*fresh, *(referenced(table, column) for table in fresh for column in column_types(table))}
    return TABLES


def _notes_page(notes: Sequence[Problem], language: Language) -> Page:
    """Return what was told of a list as a sheet, all of it: a terminal shows ten of a kind."""
    heading = say("workbook.problems_text", language)
    return Page(
        say("workbook.sheet_problems", language),
        [Column(heading, 120)],
        [[words(note, language)] for note in notes],
    )


def _levels(sheets: Mapping[str, Sheet], language: Language) -> dict[str, str]:
    """Return the word for each level; none where the case has a level of that name itself."""
    table, _, column = LEVELS.partition(".")
    sheet = sheets.get(table)
    own = (
        {row[sheet.columns.index(column)] for row in sheet.rows}
        if sheet and column in sheet.columns
        else set()
    )
    words = choice_words(column, DEFAULT_LEVELS, language)
    return {level: word for level, word in words.items() if word not in own}


def _labels(sheets: Mapping[str, Sheet]) -> dict[str, dict[str, str]]:
    """Return what stands for each code, by table with a single code as its key."""
    keys = {table: schema(table)["primaryKey"] for table in sheets}
    return {
        table: code_labels(code_names(sheet))
        for table, sheet in sheets.items()
        if len(keys[table]) == 1 and keys[table][0] in sheet.columns
    }
