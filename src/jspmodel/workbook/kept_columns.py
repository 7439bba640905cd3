"""The file of a case that keeps which column of a list is what, so that it is said only once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.workbook.case_notes import read_note, write_note
from jspmodel.workbook.files import raise_all
from jspmodel.workbook.layout import plain_heading
from jspmodel.workbook.list_fields import field_of, field_word, unknown_field
from jspmodel.workbook.stated_columns import same_heading

KEPT_COLUMNS = "list_columns.json"
_LARGEST = 2**16
_MOST, _LONGEST = 500, 300
"""Headings that are kept, and letters of one: no list has more."""


def read_kept(folder: Path) -> dict[str, str]:
    """Return what a case keeps.

    Parameters
    ----------
    folder : Path
        Of the case.

    Returns
    -------
    dict of str to str
        Column of a list by heading; empty where the case keeps none.

    Raises
    ------
    DataError
        If the file is no plain one, too large, or does not hold headings with the columns they stand for.
    """
    said = read_note(folder / KEPT_COLUMNS, _LARGEST, "list_columns_broken")
    if len(said) > _MOST:
        raise_all(Problem("list_columns_broken", KEPT_COLUMNS))
    problems = []
    for heading, word in said.items():
        if not isinstance(word, str) or not heading.strip() or len(heading) > _LONGEST:
            problems.append(Problem("list_columns_entry", KEPT_COLUMNS, values={"heading": heading}))
        elif not field_of(word):
            problems.append(unknown_field(word, KEPT_COLUMNS))
    raise_all(*problems)
    return {heading: field_of(word) for heading, word in said.items()}


def keep_columns(folder: Path, chosen: Mapping[str, str], headings: Collection[str] = ()) -> Path | None:
    """Keep for next time what was said of the columns of a list; what the case keeps already stays.

    Parameters
    ----------
    folder : Path
        Of the case.
    chosen : mapping of str to str
        Heading by column.
    headings : collection of str
        Of the list: those that were kept for a column of ``chosen`` are not what it is, and are forgotten.

    Returns
    -------
    Path or None
        The file; None where there was nothing new to keep.

    Raises
    ------
    DataError
        As ``read_kept``; if the file may not be written.
    """
    kept = read_kept(folder)
    again = {plain_heading(heading) for heading in chosen.values()}
    others = {
        heading: column
        for heading, column in kept.items()
        if plain_heading(heading) not in again
        and not (column in chosen and any(same_heading(text, heading) for text in headings))
    }
    after = others | {heading: column for column, heading in chosen.items()}
    if after == kept:
        return None
    path = folder / KEPT_COLUMNS
    said = {heading: field_word(column) for heading, column in after.items()}
    write_note(path, said)
    return path
