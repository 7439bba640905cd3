"""Coalitions as numbers: bit i of a number says whether player i is in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Members = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


def sums(values: Array) -> Array:
    """Return the sum of a value over the members of every coalition.

    Parameters
    ----------
    values : array of shape (players,)

    Returns
    -------
    array of shape (2 ** players,)
        Entry k for the coalition of number k; entry 0, nobody, is 0.
    """
    total = np.zeros(1)
    for value in values:
        total = np.concatenate([total, total + value])
    return total


def members(numbers: Numbers, players: int) -> Members:
    """Return who is in the coalitions of the given numbers.

    Returns
    -------
    array of shape (coalitions, players)
    """
    return (numbers[:, None] >> np.arange(players) & 1).astype(bool)


def numbered(coalitions: Members) -> Numbers:
    """Return the numbers of coalitions: the inverse of ``members``."""
    return coalitions @ (1 << np.arange(coalitions.shape[1]))
