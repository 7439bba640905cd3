"""Plans that are known already, carried over to a model that has changed since."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from jspmodel.plan import Choice
from jspmodel.solver import (
    PLANS_ONLY,
    Array,
    ColumnMap,
    Matrix,
    Options,
    maximise,
    neighbourhoods,
    restrict,
)

NODES = 20
"""Nodes of a search within a plan; payments alone need none."""


def marked(
    choices: Iterable[Choice],
    start: Iterable[tuple[str, int]],
    join: Iterable[tuple[str, str, int]],
    column_map: ColumnMap,
    columns: int,
) -> Array:
    """Return a plan as values of columns: 1 where something starts or takes part, 0 elsewhere.

    The inverse of ``read_choices``.

    Parameters
    ----------
    choices : iterable of Choice
        What the model does not know is left out.
    start, join : iterable of tuple
        The keys of the columns in ``column_map.start`` and ``column_map.join``.
    column_map : ColumnMap
    columns : int
        How many columns the model has.

    Returns
    -------
    array, shape (columns,)
    """
    regions, values = {(one.program, one.start): one.regions for one in choices}, np.zeros(columns)
    values[column_map.start] = [key in regions for key in start]
    values[column_map.join] = [region in regions.get((program, year), ()) for program, region, year in join]
    return values


def kept(matrix: Matrix, column_map: ColumnMap, plan: Array, options: Options) -> Array | None:
    """Return a plan as a solution, or None if it breaks a rule.

    Parameters
    ----------
    matrix : Matrix
    column_map : ColumnMap
    plan : array, shape (columns,)
        Only starts and joins count: payments and effects are worked out again.
    options : Options

    Returns
    -------
    array, shape (columns,), or None
    """
    return _best(
        matrix, neighbourhoods.fixed_as_in(plan, np.concatenate([column_map.start, column_map.join])), options
    )


def thinned(matrix: Matrix, column_map: ColumnMap, plan: Array, options: Options) -> Array | None:
    """Return the best that is left of a plan if parts of it may be given up, or None if nothing keeps all.

    Parameters and result as of ``kept``.
    """
    return _best(matrix, neighbourhoods.subplans(column_map, plan), options)


def _best(matrix: Matrix, held: neighbourhoods.Neighbourhood, options: Options) -> Array | None:
    fixed = held[0]
    if not matrix.bounds_hold(fixed):
        return None
    restriction = restrict(matrix, *held)
    found = maximise(restriction.matrix, options, 1e-3, nodes=NODES, settings=PLANS_ONLY)
    if found.values is None:
        return None
    values = restriction.expand(found.values)
    return values if matrix.rows_hold(values) else None
