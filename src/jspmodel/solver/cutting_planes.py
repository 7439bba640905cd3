"""A relaxation with rows that it breaks, round after round, while they lower its bound."""

from __future__ import annotations

from math import inf

import highspy

from jspmodel.solver.funding_cuts import FundingCuts
from jspmodel.solver.highs import RelaxationResult, add_rows, read_relaxed
from jspmodel.solver.matrix import Matrix, with_limits

ROUNDS = 8
"""Rounds of further rows for a relaxation, at most."""
GAIN = 1e-4
"""Share of the bound that a round must gain for another one, unless told otherwise."""


def relax_with_cuts(
    highs: highspy.Highs, matrix: Matrix, funding: FundingCuts, gain: float = GAIN
) -> tuple[Matrix, list[RelaxationResult]]:
    """Relax a matrix, then with rows that the relaxation breaks, as long as they lower its bound.

    Parameters
    ----------
    highs : Highs
        Holds the matrix.
    matrix : Matrix
    funding : FundingCuts
        Of it.
    gain : float
        Share of the bound that a round must gain for another one.

    Returns
    -------
    Matrix, list of RelaxationResult
        The matrix with the rows, and its relaxation after each round.
    """
    relaxations, before = list[RelaxationResult](), inf
    while True:
        highs.run()
        relaxed = read_relaxed(highs, matrix)
        relaxations.append(relaxed)
        gained = relaxed.bound <= before - gain * abs(relaxed.bound)
        if relaxed.infeasible or not gained or len(relaxations) > ROUNDS:
            return matrix, relaxations
        rows, most = funding.cuts(matrix, relaxed)
        if not len(most):
            return matrix, relaxations
        before, matrix = relaxed.bound, with_limits(matrix, rows, most)
        add_rows(highs, rows, most)
