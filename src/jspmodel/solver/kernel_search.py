"""Search a model whose relaxation is quick: small kernels for plans, the whole for the proof, side by side.

A kernel holds the columns that the relaxation uses, or could use at little cost, and leaves out all others
(kernel search: Angelelli, Mansini and Speranza 2010). Searching it takes about a second; then plans are
bettered by freeing a few programmes at a time, in the columns that cost little by the relaxation (large
neighbourhood search: Shaw 1998; choosing where plan and relaxation differ: Danna, Rothberg and Le Pape
2005). Two do so side by side, from kernels of different sizes. A good plan makes the proof short: what the
relaxation prices so that no plan with it can be better than the gap allows is left out (reduced-cost fixing:
Nemhauser and Wolsey, "Integer and combinatorial optimization", 1988, II.5.2), and HiGHS bounds the rest,
while plans are bettered on. The two run beside each other and tell each other what they find.
"""

from __future__ import annotations

from functools import partial
from math import inf

import numpy as np

from jspmodel.proof import contradicts
from jspmodel.solver import neighbourhoods
from jspmodel.solver.concurrent_search import run_concurrently
from jspmodel.solver.highs import NO_RESTART, WITHOUT_HEURISTICS, WITHOUT_SUB_MIPS
from jspmodel.solver.matrix import Array
from jspmodel.solver.neighbourhoods import Neighbourhood
from jspmodel.solver.state import EXACT, SearchState
from jspmodel.solver.sub_mip import solve_sub_mip

FIRST, SECOND = (40, 60), 150
"""Whole columns of kernels, if the relaxation uses no more than half of the larger of the first ones."""
LEAST, MOST, FEW = 8, 16, 20
"""Programmes that a search around a plan frees, at least and at first at most, and its nodes."""

BEGUN, QUARTER = 1.5, 0.25
"""Units of searches around a plan before a proof begins, but no more than a part of what is left."""
CHEAP = 0.1
"""Share of what is open between plan and relaxation that a column may cost to be free in a search around a
plan; twice as much where all programmes are free and nothing is found."""


def search(state: SearchState, hint: Array | None) -> None:
    """Seek until the gap is proven, the effort is spent, or asking again would bring the same.

    Parameters
    ----------
    state : SearchState
    hint : array, optional
        What would be a solution but for the bounds of some columns.
    """
    near = None if hint is None else state.model.project(hint)
    if not state.done:
        run_concurrently(
            state, [partial(_begin, size=size, near=near, seed=seed) for seed, size in enumerate(FIRST)]
        )
    _prove_beside(state, near)
    if not state.proven:
        fill(state)


def _begin(state: SearchState, size: int, near: Array | None, seed: int) -> None:
    """Search a kernel, then around the plan that it brings."""
    kernel(state, size, near)
    work = min(BEGUN, QUARTER * state.effort.left)
    better(state, np.random.default_rng([state.options.seed, seed]), work)


def _prove_beside(state: SearchState, near: Array | None) -> None:
    """Prove, and better the plan beside it, until the gap is proven or asking again would bring the same."""
    draw, before = np.random.default_rng(state.options.seed), (inf, inf)

    def improve(one: SearchState) -> None:
        size = SECOND
        kernel(one, size, near)
        while one.plan is None and size < len(one.model.program) and not one.over:
            size *= 2
            kernel(one, size, near)
        better(one, draw)

    while not state.over and (state.bound, state.objective) != before:
        before = state.bound, state.objective
        run_concurrently(state, [prove, improve])


def kernel(state: SearchState, size: int, near: Array | None) -> None:
    """Search the columns that the relaxation would rather use, at the root node.

    Parameters
    ----------
    state : SearchState
    size : int
        So many whole columns, or in proportion more if the relaxation uses over half of ``FIRST[-1]``.
    near : array, optional
        Columns that are not 0 here are kept too.
    """
    matrix, relaxation = state.model.matrix, state.relaxation
    order = neighbourhoods.by_reduced_cost(matrix, relaxation)
    used = int((matrix.integer & (relaxation.values > EXACT)).sum())
    kept = ~matrix.integer | (matrix.lower > 0)
    kept[order[: max(size, 2 * used * size // FIRST[-1])]] = True
    for plan in (state.plan, near):
        if plan is not None:
            kept |= plan > EXACT
    solve_sub_mip(
        state,
        neighbourhoods.fixed_as_in(np.zeros(len(kept)), ~kept),
        nodes=1,
        settings={} if state.plan is None else WITHOUT_SUB_MIPS,
    )


def prove(state: SearchState) -> None:
    """Bound all plans, but for those that the relaxation shows to be no better than the gap allows.

    With b the bound of the relaxation and d the reduced costs, a plan that has column j, which the
    relaxation leaves at 0, is worth at most b + d[j]. Where that is at most (1 + gap) objective, the
    column is left out, and what bounds the rest bounds all plans if it is not lower than that.
    """
    matrix, relaxation, plan, kept = state.model.matrix, state.relaxation, state.plan, state.objective
    enough = -inf if plan is None else kept + state.gap * abs(kept)
    out = matrix.integer & (matrix.lower == 0) & (relaxation.reduced_costs < 0)
    out &= relaxation.bound + relaxation.reduced_costs <= enough
    if plan is not None:
        out &= plan < 0.5

    def bounded(bound: float) -> None:
        # A bound below a plan that is in what is searched is wrong, whatever was left out. A better one that
        # was found beside may have some of that.
        inside = state.plan is not None and not (state.plan[out] > 0.5).any()
        wrong = contradicts(state.objective if inside else kept, bound)
        state.lower("search", bound if wrong or not out.any() else max(bound, enough))

    rest = neighbourhoods.fixed_as_in(np.zeros(len(out)), out)
    settings = {} if plan is None else {**WITHOUT_HEURISTICS, **NO_RESTART}
    result = solve_sub_mip(state, rest, state.gap, settings=settings, bounded=bounded)
    if result.status == "infeasible" and state.plan is None:
        state.infeasible = True
    elif result.status != "clock":
        bounded(result.bound)
    state.end()


def better(state: SearchState, draw: np.random.Generator, work: float = inf) -> None:
    """Search around the plan: more programmes at a time where that ends soon and finds nothing.

    Parameters
    ----------
    state : SearchState
    draw : Generator
    work : float
        Units after which no further search is begun.
    """
    most, cheap, until = MOST, CHEAP, state.effort.spent + work
    count = int(state.model.program.max()) + 1
    state.receive()
    while state.plan is not None and not state.over and state.effort.spent < until:
        before, size = state.objective, int(draw.integers(LEAST, most + 1))
        near = _around(state, draw, size, cheap)
        result = solve_sub_mip(state, near, 1e-3, nodes=FEW, settings=WITHOUT_HEURISTICS)
        state.receive()
        if result.status == "limit":
            most = max(LEAST, min(most, size) - 1)
        elif state.objective <= before + EXACT:
            if size >= count:
                if cheap >= 1:
                    break  # nothing is held: asking again would bring the same
                most, cheap = MOST, 2 * cheap
            most += 1


def _around(state: SearchState, draw: np.random.Generator, size: int, cheap: float) -> Neighbourhood:
    assert state.plan is not None  # noqa: S101
    relaxation = state.relaxation
    useful = relaxation.reduced_costs >= -cheap * (relaxation.bound - state.objective)
    return neighbourhoods.around(
        state.plan, state.model.matrix.integer, state.model.program, relaxation.values, useful, draw, size
    )


def fill(state: SearchState) -> None:
    """Add programmes to the plan as long as they fit, everything that it has being held."""
    program = state.model.program
    if state.plan is not None and (program >= 0).any():
        whole = state.model.matrix.integer & (program >= 0)
        held = whole & np.isin(program, program[whole & (state.plan > 0.5)])
        solve_sub_mip(state, neighbourhoods.fixed_as_in(state.plan, held), 0.0, nodes=FEW)
