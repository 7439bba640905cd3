"""Rounded rows: what whole columns of a row of one programme each must keep, and its relaxation does not.

Mixed-integer rounding: Nemhauser and Wolsey, "A recursive procedure to generate all cuts for 0-1 mixed
integer programs", 1990; divisors and complements: Marchand and Wolsey, "Aggregation and mixed integer
rounding to solve MIPs", 2001; sets of which one is chosen: Wolsey, "Valid inequalities for 0-1 knapsacks and
MIPs with generalised upper bound constraints", 1990.
"""

from __future__ import annotations

import numpy as np

from jspmodel.reproducible import dot
from jspmodel.solver.matrix import Array, Places

VIOLATED = 3e-4
"""By how much a solution must break a row for it to be added, the largest coefficient being 1 or so."""
PARTS = range(1, 13)
"""A row is divided by its own coefficients, and by these parts of them."""
CLEAR = 0.02
"""How far from whole a right-hand side must be, divided: rounding is then safe from noise."""
TINY = 1e-9
"""How near to whole a coefficient counts as whole; what is given away for it is ``GIVEN``."""
GIVEN = 1e-6
FEW = 2
"""Rounded rows that are taken from one row at a time, at most: those broken most, for their length."""


def rounded_rows(
    row: Array, limit: float, values: Array, group: Places, spare: float = 0.0
) -> list[tuple[Array, float, float]]:
    r"""Return the rounded rows that a solution breaks most.

    Of sum_j a[j] y[j] <= b + s, with a[j] replaced by a[j] - a[j*] and a slack 1 - sum_j y[j] of coefficient
    -a[j*] for groups of which j* is mostly chosen, divided by d > 0, q = b / d, f = q - floor(q):
    sum_j (floor(a[j] / d) + max(0, frac(a[j] / d) - f) / (1 - f)) y[j] <= floor(q) + s / (d (1 - f)).

    Parameters
    ----------
    row : array, shape (columns,)
        Coefficients a.
    limit : float
        The right-hand side b.
    values : array, shape (columns,)
        What the relaxation makes of the columns y.
    group : array of int, shape (columns,)
        The number of the group of a column, of which at most one is chosen.
    spare : float
        What the relaxation makes of s, which need not be whole and is at least 0.

    Returns
    -------
    list of (array of shape (columns,), float, float)
        Rows, the largest coefficient being 1, what they are at most, and what a unit of s adds to that.
    """
    slack = np.maximum(1 - np.bincount(group, values), 0.0)
    order = np.argsort(values, kind="stable")
    chosen = np.zeros(len(slack), dtype=np.int64)
    chosen[group[order]] = order
    turned = values[chosen] > slack
    amount = np.where(turned, row[chosen], 0.0)
    factors = np.append(row - amount[group], -amount)
    all_values = np.append(values, slack)
    all_values[chosen[turned]] = 0.0
    limit = limit - amount.sum()
    used = np.flatnonzero((all_values > TINY) & (np.abs(factors) > GIVEN))
    divisors = _divisors(factors[used], limit)
    divided = _divided(factors[used], limit, divisors)
    quotients = limit / divisors
    widened = 1 / (divisors * (1 - quotients % 1))
    broken = dot(divided, all_values[used]) - np.floor(quotients) - spare * widened
    broken /= np.maximum(np.linalg.norm(divided, axis=1), 1.0)
    rows = []
    for place in np.argsort(-broken, kind="stable")[:FEW]:
        if broken[place] > VIOLATED:
            whole = _divided(factors, limit, divisors[place : place + 1])[0]
            new = whole[: len(values)] - whole[len(values) :][group]
            most = np.floor(quotients[place]) - whole[len(values) :].sum()
            size = np.abs(new).max()
            rows.append((new / size, most / size + GIVEN, float(widened[place]) / size))
    return rows


def _divisors(factors: Array, limit: float) -> Array:
    """Return the divisors after which the right-hand side is far from whole."""
    sizes = np.unique(np.abs(factors))
    divisors = np.unique(np.concatenate([sizes / part for part in PARTS]))
    return np.asarray(divisors[np.abs((limit / divisors) % 1 - 0.5) < 0.5 - CLEAR])


def _divided(factors: Array, limit: float, divisors: Array) -> Array:
    """Return what factors become, divided and rounded, for each divisor."""
    part = (limit / divisors % 1)[:, None]
    divided = factors / divisors[:, None]
    whole = np.floor(divided + TINY)
    return np.asarray(whole + np.maximum(divided - whole - part, 0.0) / (1 - part))
