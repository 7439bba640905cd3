"""What can go wrong, as values: problems carry codes and places, ``jspmodel.text`` words them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong (or, as a warning, odd) in the planner's input.

    Attributes
    ----------
    code : str
        Key of the wording in ``jspmodel/text``, such as ``unknown_code``.
    file : str
        File as the planner knows it, such as ``programs.csv``.
    row : int or None
        Line of the file as a spreadsheet counts it: the headings are row 1.
    column : str
        Column heading or scenario key.
    values : mapping of str to object
        What the wording fills in, such as the value found and the nearest valid one.
    warning : bool
        True where work can go on.
    cell : str
        Where the input was a workbook: the cell, such as ``F7``, told instead of row and column.
    """

    code: str
    file: str = ""
    row: int | None = None
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    warning: bool = False
    cell: str = ""


@dataclass(frozen=True)
class TypedAmount:
    """One amount of money in the forms in which it may be typed, a value of a problem.

    Attributes
    ----------
    forms : tuple of (Decimal, str)
        Number and unit: ``rupiah``, ``ribu``, ``juta``, ``miliar`` or ``triliun``; the first is told, the
        others behind it in brackets.
    """

    forms: tuple[tuple[Decimal, str], ...]


class JspError(Exception):
    """Base of all errors of jspmodel.

    Parameters
    ----------
    message : str
        Worded for people (see ``jspmodel.text``).
    problems : iterable of Problem
        The same as values, so that another language or layer can word them again.
    """

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class DataError(JspError):
    """Tables of a case are not valid; lists every problem found."""


class ScenarioError(JspError):
    """A scenario is not valid, or asks for a rule that is not built."""


class InfeasibleError(JspError):
    """No plan keeps all rules; the problems name the rules that clash."""


class SolverError(JspError):
    """The solver failed, or its answer did not pass the audit."""


class RunError(JspError):
    """A run could not be completed."""
