"""How progress on one issue acts on others, directly and by way of third ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure.wide import plain_rows
from jspmodel.reproducible import dot

Array = npt.NDArray[np.float64]
_DOUBLINGS = 30
"""Of the longest chain that is added up: those longer than 2^30 steps are worth nothing."""


def spillover_strength(table: pd.DataFrame) -> tuple[float, tuple[str, ...]]:
    """Return how strongly spillovers between issues feed themselves, and the issues on a cycle.

    Parameters
    ----------
    table : DataFrame
        ``issue_spillovers``.

    Returns
    -------
    float
        The spectral radius of the table as a matrix: from 1 on an effect that goes round grows without end.
    tuple of str
        Issues that act on themselves by way of others, in table order.
    """
    table = table[(table["issue"] != "") & (table["on_issue"] != "")].dropna(subset=["value"])
    issues = list(dict.fromkeys([*table["issue"], *table["on_issue"]]))
    if not issues:
        return 0.0, ()
    direct = _matrix(table, issues)
    reached = step = (direct != 0).astype(float)
    for _ in issues:
        reached = np.minimum(1.0, reached + dot(reached, step))
    on_cycle = tuple(issue for issue, back in zip(issues, reached.diagonal(), strict=True) if back > 0)
    return float(np.abs(np.linalg.eigvals(direct)).max()), on_cycle


def spillover_chains(case: Case) -> Array:
    """Return what one unit of effect on an issue comes to on every issue: (I - S)^-1.

    S[i,j] is the ``value`` of issue i on issue j. The inverse is the sum I + S + S^2 + ... over all chains
    (Leontief 1936), finite while the spectral radius of S is below 1.

    Parameters
    ----------
    case : Case
        Its spillovers must not explode (see ``spillover_strength``).

    Returns
    -------
    array of shape (issues, issues)
        In table order; row: where the effect starts, column: where it is felt.
    """
    issues = list(case.issues["issue"])
    direct = _matrix(case.issue_spillovers, issues)
    chains, longer = np.eye(len(issues)) + direct, dot(direct, direct)
    # (I + S) (I + S^2) (I + S^4) ...: the last digits of a solver of LAPACK depend on the processor.
    for _ in range(_DOUBLINGS):
        chains, longer = chains + dot(chains, longer), dot(longer, longer)
    return np.asarray(chains)


def _matrix(table: pd.DataFrame, issues: Sequence[str]) -> Array:
    place = {issue: k for k, issue in enumerate(issues)}
    result = np.zeros((len(issues), len(issues)))
    for row in plain_rows(table):
        result[place[row.issue], place[row.on_issue]] = row.value
    return result
