"""Search a model whose relaxation is quick: small kernels for plans, the whole for the proof, side by side.

A kernel holds the columns that the relaxation uses, or could use at little cost, and leaves out all others
(kernel search: Angelelli, Mansini and Speranza 2010). Searching it takes a second or two and brings plans
that are seldom more than one percent from the best. A good plan makes the proof short: what the relaxation
prices so that no plan with it can be better than the gap allows is left out (reduced-cost fixing: Nemhauser
and Wolsey, "Integer and combinatorial optimization", 1988, II.5.2), and HiGHS bounds the rest. Meanwhile
plans are bettered by freeing a few programmes at a time (large neighbourhood search: Shaw 1998; choosing
where plan and relaxation differ: Danna, Rothberg and Le Pape 2005). The two run beside each other and meet
when both are done, so that what is found does not depend on which was faster.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf

import numpy as np

from jspmodel.proof import contradicts
from jspmodel.solver import parts
from jspmodel.solver.matrix import Array
from jspmodel.solver.parts import Held
from jspmodel.solver.rounding import round_to_plan
from jspmodel.solver.state import EXACT, State

FIRST, SECOND = 60, 150
"""Whole columns of kernels, if the relaxation uses no more than half of them."""
NODES, MORE = 60, 3
"""Nodes of the first proof, and how many times as many the next one has."""
LEAST, MOST, FEW = 8, 16, 20
"""Programmes that a search around a plan frees, at least and at first at most, and its nodes."""
EVEN = 0.1
"""Added to what draws a programme, so that each has a chance."""

CHAINS, TWICE = 2, 2
"""Plans are bettered so often side by side, for twice the work of the second kernel and the root node."""

Task = Callable[[State], None]


def search(state: State, hint: Array | None, *, proof: bool) -> None:
    """Seek until the gap is proven, the effort is spent, or asking again would bring the same.

    Parameters
    ----------
    state : State
    hint : array, optional
        What would be a solution but for the bounds of some columns.
    proof : bool
        Whether to prove the gap; if not, a good plan is enough.
    """
    near, root = None if hint is None else state.known(hint), Proof(1)
    if state.plan is None:
        round_to_plan(state)
    if not state.proven:
        kernel(state, FIRST, near)
    left, work = state.effort.left, 0.0
    if not _over(state):
        # The root node alone often bounds enough; asked beside a larger kernel it costs no time.
        beside(state, [lambda one: kernel(one, SECOND, near), *([root.run] if proof else [])])
    if not _over(state) and state.plan is not None:
        work = TWICE * (left - state.effort.left)
        beside(state, [_improvement(state, (0, chain), work) for chain in range(CHAINS)])
    nodes, rounds = NODES, 1
    while (proof or state.plan is None) and not _over(state):
        before, tree = (state.bound, state.objective), Proof(nodes)
        tasks = [tree.run, _improvement(state, (rounds, 0), rounds * work)]
        beside(state, tasks if state.plan is not None else tasks[:1])
        if tree.ended and (state.bound, state.objective) == before:
            break  # asking the same again would bring the same
        nodes, rounds = MORE * nodes, rounds + 1
    if not state.proven:
        fill(state)


def _over(state: State) -> bool:
    return state.proven or state.status == "infeasible" or state.effort.over


def _improvement(state: State, chain: tuple[int, int], work: float) -> Task:
    draw = np.random.default_rng([state.options.seed, *chain])
    return lambda one: better(one, draw, work)


def beside(state: State, tasks: list[Task]) -> None:
    """Do tasks side by side, each from what is known now, and take over what they find, in their order."""
    forks = [state.fork() for _ in tasks]
    with ThreadPoolExecutor(min(len(tasks), state.options.threads)) as pool:
        list(pool.map(lambda pair: pair[0](pair[1]), zip(tasks, forks, strict=True)))
    state.merge(forks)


def kernel(state: State, size: int, near: Array | None) -> None:
    """Search the columns that the relaxation would rather use, at the root node.

    Parameters
    ----------
    state : State
    size : int
        So many whole columns, or in proportion more if the relaxation uses over half of ``FIRST``.
    near : array, optional
        Columns that are not 0 here are kept too.
    """
    whole, order = state.matrix.whole, state.undecided()
    used = int((whole & (state.guess.values > EXACT)).sum())
    kept = ~whole | (state.matrix.lower > 0)
    kept[order[: max(size, 2 * used * size // FIRST)]] = True
    for plan in (state.plan, near):
        if plan is not None:
            kept |= plan > EXACT
    state.attempt(parts.as_in(np.zeros(len(kept)), ~kept), nodes=1)


@dataclass
class Proof:
    """A proof by branch and bound.

    Parameters
    ----------
    nodes : int
        At most.

    Attributes
    ----------
    ended : bool
        Whether it ended by itself.
    """

    nodes: int
    ended: bool = False

    def run(self, state: State) -> None:
        """Bound all plans, but for those that the relaxation shows to be no better than the gap allows.

        With b the bound of the relaxation and d the reduced costs, a plan that has column j, which the
        relaxation leaves at 0, is worth at most b + d[j]. Where that is at most (1 + gap) objective, the
        column is left out, and what bounds the rest bounds all plans if it is not lower than that.
        """
        matrix, guess, plan = state.matrix, state.guess, state.plan
        enough = -inf if plan is None else state.objective + state.gap * abs(state.objective)
        out = matrix.whole & (matrix.lower == 0) & (guess.worths < 0)
        out &= guess.bound + guess.worths <= enough
        if plan is not None:
            out &= plan < 0.5
        held = parts.as_in(np.zeros(len(out)), out)
        answer = state.attempt(held, state.gap, nodes=self.nodes, heuristics=plan is None)
        self.ended = answer.status != "nodes"
        if answer.status == "infeasible" and state.plan is None:
            state.status = "infeasible"
        elif answer.status != "clock":
            # The plan is in what was searched: a bound below it is wrong, whatever was left out.
            wrong = contradicts(state.objective, answer.bound)
            state.lower("search", answer.bound if wrong or not out.any() else max(answer.bound, enough))


def better(state: State, draw: np.random.Generator, work: float) -> None:
    """Search around the plan: more programmes at a time where that ends soon and finds nothing.

    Parameters
    ----------
    state : State
    draw : Generator
    work : float
        After which no further search is begun.
    """
    most, least = MOST, state.effort.left - work
    count = int(state.program.max()) + 1
    while state.effort.left > least and not _over(state):
        before, size = state.objective, int(draw.integers(LEAST, most + 1))
        answer = state.attempt(_around(state, draw, size), 1e-3, nodes=FEW, heuristics=False)
        if answer.status == "nodes":
            most = max(LEAST, min(most, size) - 1)
        elif state.objective <= before + EXACT:
            if size >= count:
                break  # nothing is held: asking again would bring the same
            most += 1


def _around(state: State, draw: np.random.Generator, size: int) -> Held:
    """Free some programmes in the columns that could help, rather where plan and relaxation differ."""
    assert state.plan is not None  # noqa: S101
    matrix, plan, guess, program = state.matrix, state.plan, state.guess, state.program
    whole = matrix.whole & (program >= 0)
    count = int(program.max()) + 1
    apart = np.bincount(program[whole], np.abs(plan - guess.values)[whole], count) + EVEN
    freed = draw.choice(count, min(size, count), replace=False, p=apart / apart.sum())
    inside = np.isin(program, freed)
    useful = guess.worths >= state.objective - guess.bound
    return parts.as_in(plan, whole & (~inside | ~(useful | (plan > 0.5))))


def fill(state: State) -> None:
    """Add programmes to the plan as long as they fit, everything that it has being held."""
    if state.plan is not None and (state.program >= 0).any():
        whole = state.matrix.whole & (state.program >= 0)
        taken = np.unique(state.program[whole & (state.plan > 0.5)])
        state.attempt(parts.as_in(state.plan, whole & np.isin(state.program, taken)), 0.0, nodes=FEW)
