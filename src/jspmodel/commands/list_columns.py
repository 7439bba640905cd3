"""Which column of a list is what: said with ``--map``, kept by the case, or asked on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.markup import escape

from jspmodel.commands.console import OUT, answer_to
from jspmodel.scenario import Language
from jspmodel.text import printable, say
from jspmodel.workbook import (
    FORMS,
    StatedColumns,
    check_map,
    field_of,
    field_word,
    is_list,
    keep_columns,
    nearest_form,
    read_kept,
)

_LONGEST = 60


def stated_columns(path: Path, folder: Path, chosen: Mapping[str, str] | None = None) -> StatedColumns:
    """Return what is said of the headings of a list, now and by the case.

    Parameters
    ----------
    path : Path
        The list.
    folder : Path
        Of the case.
    chosen : mapping of str to str, optional
        Heading by column, as ``--map`` says.

    Returns
    -------
    StatedColumns

    Raises
    ------
    DataError
        With what is wrong with either.
    """
    if chosen:
        check_map(path, chosen)
    return StatedColumns(chosen or {}, read_kept(folder) if folder.is_dir() else {})


def asked_columns(path: Path, stated: StatedColumns, language: Language, *, asks: bool) -> StatedColumns:
    """Return what is said of the headings of a list, with what a person answers where no form fits.

    Parameters
    ----------
    path : Path
    stated : StatedColumns
    language : {"id", "en"}
    asks : bool
        Whether a person may be asked at all.

    Returns
    -------
    StatedColumns
        The same where a form fits, or nobody sits at a terminal.
    """
    if not asks or not is_terminal() or is_list(path, stated):
        return stated
    nearest = nearest_form(path, stated)
    missing: Mapping[str, str] = nearest.missing
    if not nearest.headings:
        return stated
    if not nearest.name:
        OUT.print(escape(say("workbook.map_which_list", language)), soft_wrap=True)
        form = _chosen(list(FORMS), say("workbook.map_list_number", language), language)
        if not form:
            return stated
        missing = FORMS[form][1]
    chosen = dict(stated.chosen)
    left = [heading for heading in nearest.unread if heading not in chosen.values()]
    if not left:
        return stated
    OUT.print(escape(say("workbook.map_asked", language)), soft_wrap=True)
    for field in missing:
        chosen |= _answered(field, left, language)
        left = [heading for heading in left if heading not in chosen.values()]
    if chosen:
        check_map(path, chosen)
    return StatedColumns(chosen, stated.kept)


def _answered(field: str, headings: Sequence[str], language: Language) -> dict[str, str]:
    """Return the heading by column that a person chooses; of a target with its year, or the column of it."""
    word = say("workbook.map_target", language) if field == "year" else field_word(field, language)
    heading = _chosen(headings, say("workbook.map_number", language, field=word), language)
    if not heading or field != "year":
        return {field: heading} if heading else {}
    if year := _year(language):
        return {year: heading}
    others = [other for other in headings if other != heading]
    question = say("workbook.map_number", language, field=field_word("row_year", language))
    of_years = _chosen(others, question, language) if others else ""
    return {"target": heading, "row_year": of_years} if of_years else {}


def keep(path: Path, folder: Path, stated: StatedColumns, language: Language) -> None:
    """Keep what was said of the headings of a list in the case, and say where, or why not."""
    if not stated.chosen:
        return
    if not folder.is_dir():  # a shipped case, called by its name: it is nobody's to write to
        told = say("workbook.map_not_kept", language, case=folder.as_posix())
        OUT.print(escape(told), soft_wrap=True)
        return
    if kept := keep_columns(folder, stated.chosen, nearest_form(path, stated).headings):
        said = "; ".join(
            f"{printable(heading, _LONGEST)} = {field_word(column)}"
            for column, heading in stated.chosen.items()
        )
        told = say("workbook.map_kept", language, path=kept.as_posix(), columns=said)
        OUT.print(escape(told), soft_wrap=True)


def is_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def _chosen(choices: Sequence[str], question: str, language: Language) -> str:
    """Return which of some texts a person chooses by its number, ``""`` for none."""
    for number, text in enumerate(choices, 1):
        OUT.print(escape(f"  {number}  {printable(text, _LONGEST)}"), soft_wrap=True)
    while True:
        answer = answer_to(question, language)
        if not answer or answer == "0":
            return ""
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]


def _year(language: Language) -> str:
    while True:
        answer = answer_to(say("workbook.map_year", language), language)
        if not answer or (answer.isdecimal() and field_of(answer)):
            return answer
