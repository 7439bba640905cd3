"""Parts of a model that are quick to search: what each holds fixed, and which regions follow the start.

Each function returns ``(fixed, follows)`` for ``restrict``. A plan is an array of values of all columns.
"""

from __future__ import annotations

import numpy as np

from jspmodel.solver.highs import RelaxationResult
from jspmodel.solver.matrix import NOT_FIXED, Array, ColumnMap, Flags, Matrix, Places

INTEGRALITY_TOLERANCE = 1e-6
"""How near to 0 or 1 counts as 0 or 1."""

WIDE = 0.05
"""Part in the relaxation from which a region joins where rounding at a half finds nothing."""
EVEN = 0.1
"""Added to what draws a programme, so that each has a chance."""
HALF = 0.5
"""Above this a plan has a whole column."""

Neighbourhood = tuple[Array, Places]


def all_free(columns: int) -> Neighbourhood:
    """Hold nothing."""
    return np.full(columns, NOT_FIXED), np.arange(columns)


def fixed_as_in(plan: Array, columns: Flags | Places) -> Neighbourhood:
    """Hold some columns as, or as nearly as whole numbers go, in a plan."""
    fixed, follows = all_free(len(plan))
    fixed[columns] = np.round(plan[columns])
    return fixed, follows


def by_reduced_cost(matrix: Matrix, relaxed: RelaxationResult) -> Places:
    """Return the whole columns in the order in which a relaxation would use them."""
    worth = np.where(relaxed.values > INTEGRALITY_TOLERANCE, 0.0, relaxed.reduced_costs)
    order = np.argsort(-worth, kind="stable")
    return order[matrix.integer[order]]


def around(
    plan: Array,
    integer: Flags,
    program: Places,
    guess: Array,
    useful: Flags,
    draw: np.random.Generator,
    size: int,
) -> Neighbourhood:
    """Free some programmes in the columns that are useful, rather where plan and relaxation differ.

    Parameters
    ----------
    plan, guess : array, shape (columns,)
    integer : array of bool, shape (columns,)
    program : array of int, shape (columns,)
        The programme of each column; -1 for none.
    useful : array of bool, shape (columns,)
        What is freed beside what the plan has.
    draw : Generator
    size : int
        How many programmes.

    Returns
    -------
    Neighbourhood
    """
    integer, count = integer & (program >= 0), int(program.max(initial=-1)) + 1
    if not count:  # no programme can be carried out
        return fixed_as_in(plan, integer)
    apart = np.bincount(program[integer], np.abs(plan - guess)[integer], count) + EVEN
    freed = draw.choice(count, min(size, count), replace=False, p=apart / apart.sum())
    return fixed_as_in(plan, integer & ~(np.isin(program, freed) & (useful | (plan > HALF))))


def near_relaxation(column_map: ColumnMap, guess: Array, part: float = 0.5) -> Neighbourhood:
    """Stay near a fractional solution: its coalitions, and its starts as far as they are decided."""
    fixed, follows = coalitions(column_map, np.zeros(len(guess)), guess, part)
    starts = guess[column_map.start]
    whole = np.abs(starts - np.round(starts)) < INTEGRALITY_TOLERANCE
    fixed[column_map.start[whole]] = np.round(starts[whole])
    return fixed, follows


def coalitions(column_map: ColumnMap, plan: Array, guess: Array, part: float = 0.5) -> Neighbourhood:
    """Keep the coalitions of a plan, and for what it does not carry out those of a fractional solution.

    A region takes part whenever the programme starts, or never: it does if it does in that part at least.
    """
    fixed, follows = all_free(len(plan))
    carried = _carried(column_map, plan)[column_map.program]
    starts = np.where(carried, plan[column_map.start], guess[column_map.start])
    joins = np.where(carried[column_map.parent], plan[column_map.join], guess[column_map.join])
    started = np.bincount(column_map.program, starts)
    joined = np.bincount(column_map.member, joins)[column_map.member]
    belongs = joined >= part * started[column_map.program[column_map.parent]]
    fixed[column_map.join[column_map.chooses & ~belongs]] = 0.0
    tied = column_map.chooses & belongs
    follows[column_map.join[tied]] = column_map.start[column_map.parent[tied]]
    return fixed, follows


def same_starts(column_map: ColumnMap, plan: Array) -> Neighbourhood:
    """Start what a plan carries out when the plan starts it; coalitions and further programmes are free."""
    return fixed_as_in(plan, column_map.start[_carried(column_map, plan)[column_map.program]])


def additions(column_map: ColumnMap, plan: Array) -> Neighbourhood:
    """Keep a plan whole; only add to it."""
    fixed, follows = same_starts(column_map, plan)
    fixed[column_map.join[plan[column_map.join] > 0.5]] = 1.0
    return fixed, follows


def subplans(column_map: ColumnMap, plan: Array) -> Neighbourhood:
    """Hold out what the plan does not carry out; what it does may be given up."""
    fixed, follows = all_free(len(plan))
    for columns in (column_map.start, column_map.join):
        fixed[columns[plan[columns] < 0.5]] = 0.0
    return fixed, follows


def around_programs(column_map: ColumnMap, plan: Array, freed: Flags, useful: Flags) -> Neighbourhood:
    """Free programmes in the columns that are useful or used; hold all others, and who pays for them."""
    inside = freed[column_map.owner]
    return _around(column_map, plan, (column_map.owner >= 0) & ~inside, inside, useful)


def around_regions(column_map: ColumnMap, plan: Array, freed: Flags, useful: Flags) -> Neighbourhood:
    """Free what regions take part in and pay, where it is useful or used; hold all others and all starts."""
    somewhere = column_map.places >= 0
    inside: Flags = (somewhere & freed[column_map.places]).max(axis=1)
    held: Flags = somewhere.max(axis=1) & ~inside
    held[column_map.start] = True
    return _around(column_map, plan, held, inside, useful)


def _around(column_map: ColumnMap, plan: Array, held: Flags, inside: Flags, useful: Flags) -> Neighbourhood:
    fixed, follows = all_free(len(plan))
    fixed[held] = plan[held]
    decides = np.zeros(len(plan), dtype=bool)
    decides[column_map.start], decides[column_map.join] = True, True
    fixed[held & decides] = np.round(plan[held & decides])
    fixed[inside & decides & ~useful & (plan < 0.5)] = 0.0
    return fixed, follows


def _carried(column_map: ColumnMap, plan: Array) -> Flags:
    """Return whether a plan carries out each programme."""
    carried: Flags = np.bincount(column_map.program, plan[column_map.start]) > 0.5
    return carried
