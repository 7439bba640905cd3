"""Questions about a programme name one that the tables know."""

from __future__ import annotations

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.intake import mangled_code, nearest_code
from jspmodel.text import worded


def require_program(case: Case, program: str) -> None:
    """Raise an error, with the nearest code, unless the tables have a programme.

    Parameters
    ----------
    case : Case
    program : str

    Raises
    ------
    DataError
        If there is no such code.
    """
    names = case.names("programs", "id")
    if program not in names:
        values = {"value": program, "table": "programs.csv", "nearest": nearest_code(program, names)}
        problem = Problem(mangled_code(program, names) or "unknown_code", "", None, "program", values)
        raise worded(DataError, [problem])
