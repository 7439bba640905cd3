"""Questions in pieces that one process answers, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from jspmodel.processes import in_pieces
from jspmodel.solver import Matrix, work_of

LONGER = 4
"""How many times as many are answered together where there is little work for each."""
Task = TypeVar("Task")


def pieces_of_work(tasks: Sequence[Task], most: int, work: float, matrix: Matrix) -> list[tuple[Task, ...]]:
    """Return tasks in pieces; longer ones where the work for one is less than what each piece takes anew.

    Parameters
    ----------
    tasks : sequence
    most : int
        Tasks of a piece at most, where there is work enough.
    work : float
        Units for each task.
    matrix : Matrix
        Of the model that each piece states and relaxes: that takes about an iteration a row.

    Returns
    -------
    list of tuple
        As of ``processes.in_pieces``.
    """
    anew = work_of(len(matrix.row_lower), matrix.entries)
    return in_pieces(tasks, most if most * work >= anew else LONGER * most)
