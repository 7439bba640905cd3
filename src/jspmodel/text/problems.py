"""Problems in words: what is wrong, where, and what mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from jspmodel.errors import JspError, Problem, TypedAmount
from jspmodel.text.untrusted_text import printable
from jspmodel.text.wording import all_wording, default_language, say

if TYPE_CHECKING:
    from jspmodel.scenario import Language

Error = TypeVar("Error", bound=JspError)

_LONGEST = 80
_SPELLED_OUT = 1e15
_LONG = 2000
_LISTS = {"choices", "codes", "needed", "missing", "forms", "found", "headings", "known"}
"""Values that are lists to choose or mend from, which are not cut where a single value would be."""
_ALIKE = 10
"""How many problems of one kind in one column are listed one by one."""


def words(problem: Problem, language: Language) -> str:
    """Return a problem in words, with its place in the file before it.

    Parameters
    ----------
    problem : Problem
    language : {"id", "en"}

    Returns
    -------
    str
        Text from the planner's files in it is shortened and free of control characters.

    Raises
    ------
    KeyError
        If the problem's code has no wording, or lacks a value that the wording wants.

    Examples
    --------
    >>> words(Problem("negative", "funds.csv", 7, "amount", {"value": "-3"}), "en")
    'row 7, column amount: "-3" is negative. Write 0 or more.'
    """
    values = {key: _format_argument(key, value, language) for key, value in problem.values.items()}
    places: dict[str, object] = {
        "file": _format_file(problem.file),
        "row": problem.row,
        "column": _format_value(problem.column, language),
    }
    text = all_wording(language)[f"problem.{problem.code}"].format_map({**places, **values})
    if values.get("nearest"):
        text += " " + say("problem.listing_nearest", language, nearest=values["nearest"])
    elif values.get("known"):
        text += " " + say("problem.listing_known", language, known=values["known"])
    return _place(problem, language) + text


def listing(problems: Iterable[Problem], language: Language | None = None) -> str:
    """Return problems as a list in words, grouped by file, errors before warnings.

    Parameters
    ----------
    problems : iterable of Problem
    language : {"id", "en"}, optional
        Default: that of messages (see ``default_language``).

    Returns
    -------
    str
        Many problems of one kind in one column are cut short, with their number.
    """
    spoken = language or default_language()
    every = list(problems)
    errors = [problem for problem in every if not problem.warning]
    warnings = [problem for problem in every if problem.warning]
    lines = list(_by_file(errors, spoken))
    if warnings:
        lines += [
            *([""] if lines else []),
            say("problem.listing_warnings", spoken),
            *_by_file(warnings, spoken),
        ]
    return "\n".join(lines)


def worded(kind: type[Error], problems: Sequence[Problem]) -> Error:
    """Return an error that says its problems in words.

    Parameters
    ----------
    kind : type of JspError
    problems : sequence of Problem

    Returns
    -------
    JspError
        Of that kind; its message is their ``listing``.
    """
    return kind(listing(problems), problems)


def _by_file(problems: Sequence[Problem], language: Language) -> list[str]:
    lines = []
    for file in dict.fromkeys(problem.file for problem in problems):
        lines.append(_format_file(file) or say("problem.listing_no_file", language))
        # Each check goes over a file anew; its reader mends it row by row.
        own = sorted((one for one in problems if one.file == file), key=lambda one: one.row or 0)
        lines += _in_file(own, language)
    return lines


def _in_file(problems: Sequence[Problem], language: Language) -> list[str]:
    alike = Counter((problem.code, problem.column) for problem in problems)
    told: Counter[tuple[str, str]] = Counter()
    lines = []
    for problem in problems:
        kind = problem.code, problem.column
        told[kind] += 1
        if told[kind] <= _ALIKE:
            lines.append(f"  - {words(problem, language)}")
        if told[kind] == _ALIKE < alike[kind]:
            more = say("problem.listing_more", language, count=alike[kind] - _ALIKE)
            lines.append(f"  - {_place(replace(problem, row=None, cell=''), language)}{more}")
    return lines


def _place(problem: Problem, language: Language) -> str:
    if problem.cell:
        return say("problem.listing_cell", language, cell=problem.cell) + ": "
    row, column = problem.row, _format_value(problem.column, language)
    key = "listing" + ("_row" if row is not None else "") + ("_column" if column else "")
    if key == "listing":
        return ""
    return say(f"problem.{key}", language, row=row, column=column) + ": "


def _format_argument(key: str, value: object, language: Language) -> str:
    if key == "command":  # to be typed, so it is not shortened
        return printable(str(value))
    if key == "tried" and isinstance(value, list | tuple):
        return ", ".join(say(f"problem.tried_{kind}", language) for kind in value)
    if key in _LISTS and isinstance(value, str):
        return printable(value, _LONG)
    return _format_value(value, language)


def _format_value(value: object, language: Language) -> str:
    """Return a value as people read it; what came from a file cannot move the cursor or flood the screen."""
    if isinstance(value, float):
        return _number(value, language)
    if isinstance(value, Decimal):
        return _typed(value, language)
    if isinstance(value, TypedAmount):
        return _typed_amount(value, language)
    if isinstance(value, list | tuple):
        return ", ".join(_format_value(item, language) for item in value)
    return printable(str(value), _LONGEST)


def _format_file(file: str) -> str:
    """Return a file as people read it: of a long path the end, which says which file it is."""
    whole = printable(file)
    return whole if len(whole) <= _LONGEST else "…" + whole[1 - _LONGEST :]


def _typed(value: Decimal, language: Language) -> str:
    """Return a number that people are told to type: in groups of thousands it might mean two."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, format="0.############", locale=language))


def _typed_amount(amount: TypedAmount, language: Language) -> str:
    told, *others = (
        f"{_typed(number, language)} {say(f'problem.listing_unit_{unit}', language)}"
        for number, unit in amount.forms
    )
    return f"{told} ({', '.join(others)})" if others else told


def _number(value: float, language: Language) -> str:
    from babel.numbers import format_decimal

    if not abs(value) < _SPELLED_OUT:
        return str(value)
    return str(format_decimal(value, format="#,##0.######", locale=language))
