"""Questions about a programme name one that the tables know."""

from __future__ import annotations

from jspmodel.case import Case
from jspmodel.errors import DataError
from jspmodel.intake import unknown_code
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
    if problems := [*unknown_code(program, "programs", case.names("programs", "id"), "program")]:
        raise worded(DataError, problems)
