"""``jspmodel template`` and ``jspmodel import``: a case to Excel and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NoReturn

import typer
from rich.markup import escape

from jspmodel.commands.console import ERR, OUT, answer_to, mendable
from jspmodel.commands.import_preview import show_changes
from jspmodel.commands.list_columns import asked_columns, keep, stated_columns
from jspmodel.commands.renamed_programs import answered
from jspmodel.errors import DataError, Problem
from jspmodel.intake import find_input
from jspmodel.scenario import Language
from jspmodel.text import LANGUAGES, listing, printable, say, worded
from jspmodel.workbook import (
    ROW_YEAR,
    Proposed,
    Reading,
    is_list,
    keep_imported,
    map_options,
    mark_workbook,
    parsed_map,
    problem_list,
    read_region_years,
    read_workbook,
    sheet_name,
    write_proposals,
    write_tables,
    write_template,
    year_heading,
)

_VALUES = "indicator_values.csv"
_LONGEST = 60
"""Characters of a heading that are shown."""
_YES, _NO = {"y", "ya", "yes"}, {"", "n", "no", "t", "tidak"}


def template(case: str, file: Path, language: Language, *, all_sheets: bool = False) -> None:
    """Write a case as a workbook.

    Parameters
    ----------
    case : str
        Folder of the case.
    file : Path
    language : {"id", "en"}
    all_sheets : bool
        Show every table as a sheet, of a case without programmes too.
    """
    with mendable(language):
        write_template(case, file, language, all_sheets=all_sheets)
    OUT.print(escape(say("workbook.template_done", language, file=file, case=case)), soft_wrap=True)


def import_workbook(
    file: str, case: str, language: Language, *, yes: bool, indicator: str = "", maps: Sequence[str] = ()
) -> None:
    """Take over what planners made of a workbook, or show what is wrong with it.

    Parameters
    ----------
    file : str
    case : str
        Folder of the case; one that is not there is made.
    language : {"id", "en"}
    yes : bool
        Do not ask before tables are overwritten.
    indicator : str
        Code or name: the workbook is a table of its values, regions by year.
    maps : sequence of str
        Which column of a list is what, each as ``pagu=Kebutuhan Dana``.
    """
    folder = Path(case)
    with mendable(language):
        if folder.exists() and not folder.is_dir():
            problem = Problem("not_a_folder", folder.as_posix())
            raise worded(DataError, [problem])
        path = find_input(file)
        with OUT.status(escape(say("workbook.reading", language, file=path.name))):
            chosen = parsed_map(maps)
            reading = _read(path, folder, indicator, is_mapped=bool(chosen))
        if reading is None:
            _listed(path, folder, language, chosen, asks=not yes)
        reading = reading if yes else answered(path, folder, reading, language)
    if reading.errors:
        _refuse(path, reading, language)
    if reading.problems:
        OUT.print(escape(problem_list(reading, language)), soft_wrap=True)
    if not reading.changes:
        OUT.print(escape(say("workbook.no_change", language, case=case)))
        return
    show_changes(reading, language)
    if reading.about:
        told = say("workbook.about_taken", language, keys=", ".join(reading.about))
        OUT.print(escape(told), soft_wrap=True)
    _ask(folder, language, yes=yes)
    with mendable(language):
        backup = write_tables(folder, reading.changes, datetime.now(), reading.about)
    try:
        keep_imported(folder, reading.mark, reading.imported)
    except DataError as error:  # the tables are written: only what tells later who touched what is not
        ERR.print(escape(str(error)), soft_wrap=True)
    if backup:
        OUT.print(escape(say("workbook.backup_at", language, path=backup.as_posix())), soft_wrap=True)
    OUT.print(escape(say("workbook.import_done", language, case=case)), soft_wrap=True)


def _read(path: Path, folder: Path, indicator: str, *, is_mapped: bool) -> Reading | None:
    """Read a workbook; None where it may be a list of proposals or goals.

    A table of regions by year is tried where nothing else fits, or an indicator is named.
    """
    not_needed = worded(DataError, [Problem("map_not_needed", path.name)])
    if indicator and is_mapped:
        raise not_needed
    if indicator:
        reading = read_region_years(path, folder, indicator)
        if reading is None:
            problem = Problem("no_region_years", path.name)
            raise worded(DataError, [problem])
        return reading
    try:
        reading = read_workbook(path, folder)
    except DataError as error:
        if error.problems[0].code != "no_sheets":
            raise
        return None if is_mapped else _by_years(path, folder)
    if is_mapped:
        raise not_needed
    if any(error.code == "no_headings" and error.file == _VALUES for error in reading.errors):
        return _by_years(path, folder) or reading
    return reading


def _by_years(path: Path, folder: Path) -> Reading | None:
    """Return a table of regions by year, unless the workbook is a list of proposals or goals."""
    stated = stated_columns(path, folder)
    return None if is_list(path, stated) else read_region_years(path, folder)


def _listed(
    path: Path, folder: Path, language: Language, chosen: Mapping[str, str], *, asks: bool
) -> NoReturn:
    """Write what is left to fill in of a Musrenbang or RPJMD list, and end the command."""
    stated = asked_columns(path, stated_columns(path, folder, chosen), language, asks=asks)
    target = _free_name(path, say("workbook.proposed", language))
    proposed = write_proposals(folder, path, target, language, stated)
    _tell_proposed(proposed, target, folder, language)
    keep(path, folder, stated, language)
    raise typer.Exit(0)


def _tell_proposed(proposed: Proposed, target: Path, folder: Path, language: Language) -> None:
    if proposed.unknown:
        headings = ", ".join(printable(heading, _LONGEST) for heading in proposed.unknown)
        OUT.print(escape(say("workbook.unknown_headings", language, headings=headings)), soft_wrap=True)
    if "programs" in proposed.fresh and (years := year_heading(proposed.unknown)):
        option = map_options({ROW_YEAR: printable(years, _LONGEST)})
        OUT.print(escape(say("workbook.map_row_year", language, option=option)), soft_wrap=True)
    if proposed.notes:
        OUT.print(escape(listing(proposed.notes, language)), soft_wrap=True)
    kind = "goals" if "indicators" in proposed.fresh else "proposals"
    count = proposed.fresh.get("indicators" if kind == "goals" else "programs", 0)
    asked = ", ".join(f"{sheet_name(table)} ({number})" for table, number in proposed.asked.items())
    words = {"file": target.as_posix(), "case": folder.as_posix(), "known": len(proposed.known)}
    if not count:
        OUT.print(escape(say(f"workbook.{kind}_none", language, **words)), soft_wrap=True)
        return
    if asked:
        OUT.print(escape(say("workbook.yellow_cells", language, sheets=asked)), soft_wrap=True)
    OUT.print(escape(say(f"workbook.{kind}_done", language, count=count, **words)), soft_wrap=True)


def _refuse(path: Path, reading: Reading, language: Language) -> None:
    """Say what is wrong, write the marked copy, and end the command."""
    ERR.print(escape(problem_list(reading, language)), soft_wrap=True)
    ERR.print(say("workbook.nothing_changed", language))
    with mendable(language):
        marked = _free_name(path, say("workbook.marked", language))
        mark_workbook(path, reading, marked, language)
    key = "marked_at" if any(error.cell for error in reading.errors) else "listed_at"
    ERR.print(escape(say(f"workbook.{key}", language, path=marked.as_posix())), soft_wrap=True)
    raise typer.Exit(3)


def _free_name(path: Path, word: str) -> Path:
    """Return a name made of a workbook's and a word, beside it, that no file has."""
    ours = "|".join(
        say(f"workbook.{name}", spoken) for name in ("marked", "proposed") for spoken in LANGUAGES
    )
    stem = re.sub(rf"-({ours})(-[0-9]+)?$", "", path.stem)
    names = (f"{stem}-{word}{f'-{number}' if number > 1 else ''}.xlsx" for number in count(1))
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


def _ask(folder: Path, language: Language, *, yes: bool) -> None:
    question = say(f"workbook.ask_{'change' if folder.exists() else 'new'}", language, case=folder.as_posix())
    if not yes and not _agreed(question, language):
        OUT.print(say("cli.none_written", language))
        raise typer.Exit(1)


def _agreed(question: str, language: Language) -> bool:
    """Ask until the answer is yes or no in either language; nothing is no."""
    told = f"{question} [{say('workbook.yes_or_no', language)}]"
    while True:
        answer = answer_to(told, language).casefold()
        if answer in _YES or answer in _NO:
            return answer in _YES
