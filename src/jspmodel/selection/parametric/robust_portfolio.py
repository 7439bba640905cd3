"""Which programmes are worth having whatever their effects turn out to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import InfeasibleError, Problem, SolverError
from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice
from jspmodel.processes import process_map
from jspmodel.proof import finding, relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric.draws import TRIES, Common, Draws
from jspmodel.selection.parametric.parametric_model import ParametricModel
from jspmodel.selection.parametric.portfolio import Portfolios
from jspmodel.solver import Array

DEEP, TOGETHER = 16, 50
"""Draws that are searched in depth for plans to start from; draws that follow one another in one process."""
SEARCHED = 400
"""Draws in which a plan is sought around the best one known: what they find serves the others too."""


@dataclass(frozen=True, eq=False)
class Robustness:
    """The best plans of many draws of the effects.

    Attributes
    ----------
    programs : DataFrame
        One row a proposed programme, in table order: ``program``, ``share`` (part of the draws in whose best
        plan it is: its core index), ``kind`` (``always``, ``sometimes``, ``never``).
    draws : DataFrame
        One row a draw: ``draw`` (from 0), ``objective``, ``bound``, ``gap`` (0-1; NaN where nothing is
        proven), ``plan`` (place in ``plans``).
    plans : tuple of tuple of Choice
        The different plans, the one that is best most often first.
    """

    programs: pd.DataFrame
    draws: pd.DataFrame
    plans: tuple[tuple[Choice, ...], ...]

    @property
    def no_regret(self) -> list[str]:
        """The programmes that every draw's best plan has."""
        return list(self.programs.loc[self.programs["kind"] == "always", "program"])


@computed_once()
def robustness(
    case: Case,
    scenario: Scenario,
    draws: int = 1000,
    *,
    known: Sequence[Choice] = (),
    seed: int = 1,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> Robustness:
    r"""Select anew in many draws of the effects, and count who is always in.

    Each row of ``program_effects`` is drawn from its range ``low``-``effect``-``high`` (PERT, see ``pert``;
    a blank end is the effect itself), independently. Only the rows of delivered effects change from draw to
    draw: the model is stated once, and the bound of a draw is its own relaxation, which
    goes on from the last one's. The first draws are searched in depth; every draw takes the best of their
    plans, worked out anew with its own effects, and searches around it. In the end each draw takes the best
    of the plans of all draws. The share of draws that select a programme is its core index (Liesiö, Mild and
    Salo, "Preference programming for robust portfolio modeling and project selection", 2007).

    Draws, and what is searched in them, depend on ``seed`` alone, not on a clock or on who works: one worker
    or two, the result is the same. ``solver.gap`` and ``solver.time_limit`` play no part; an equity floor is
    kept as ``budget_frontier`` keeps it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Effects must count under its objective: ``gap_closed``.
    draws : int
    known : sequence of Choice
        A plan to start from, such as the answer of ``select_programs``.
    seed : int
    workers : int
        Processes.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    Robustness

    Raises
    ------
    ValueError
        If there are no draws, or effects do not count.
    ScenarioError, InfeasibleError
        As ``budget_frontier``; also if no plan keeps all rules.
    SolverError
        If no plan was found, which does not mean that there is none.
    """
    if draws < 1 or not COUNTS[scenario.objective].effects:
        raise ValueError("robustness needs at least one draw, and an objective under which effects count")
    common = Common.of(case, scenario, seed, known)
    first, rest = _chunks(min(DEEP, draws), 4), _chunks(draws, TOGETHER)
    whole, before = len(first) + 2 * len(rest), 0

    def asked(work: Callable[[Common, range], list[Any]], tasks: list[range]) -> list[Any]:
        nonlocal before
        so_far, before = before, before + len(tasks)
        told = progress and (lambda done: progress((so_far + done) / whole))
        return [one for some in process_map(work, common, tasks, workers, told) for one in some]

    common = replace(common, pool=_distinct([*common.pool, *asked(_deep, first)], common.model))
    bounds, plans = zip(*asked(_wide, rest), strict=True)
    common = replace(common, pool=_distinct(plans, common.model))
    return _summarise(case, common, np.array(bounds), asked(_best, rest))


def _chunks(count: int, size: int) -> list[range]:
    return [range(k, min(k + size, count)) for k in range(0, count, size)]


def _deep(common: Common, draws: range) -> list[Array]:
    """Search draws in depth; return the plans found."""
    some, plans = Draws(common), list[Array]()
    for draw in draws:
        some.begin(draw, np.array([*common.pool, *plans]))
        some.search(TRIES)
        if some.best is not None:
            plans.append(some.best[1])
    return plans


def _wide(common: Common, draws: range) -> list[tuple[float, Array]]:
    """Bound each draw, and search around the best known plan; return bounds and plans."""
    some, found = Draws(common), []
    for draw in draws:
        some.begin(draw, common.pool)
        some.search(
            1 if draw < SEARCHED else 0
        )  # a plan that is fair elsewhere may leave a region behind here
        if some.best is None:
            raise _no_plan(some.bound)
        found.append((some.bound, some.best[1]))
    return found


def _no_plan(bound: float) -> InfeasibleError | SolverError:
    """Return the error that there is no plan, or that none was found."""
    if finding(found=False, bound=bound) == "none":
        return InfeasibleError("No plan keeps all rules.", [Problem("no_plan_in_draw")])
    return SolverError("No plan was found that keeps all rules.", [Problem("no_plan_found_in_draw")])


def _best(common: Common, draws: range) -> list[tuple[float, int]]:
    """Return what the best of all plans is worth in each draw, and which it is."""
    portfolios, found = Portfolios(common.model), []
    for draw in draws:
        worth = portfolios.fair_worth(common.at(draw), common.pool)
        found.append((float(worth.max()), int(worth.argmax())))
    return found


def _distinct(plans: Sequence[Array], model: ParametricModel) -> Array:
    """Return plans that differ in what they carry out."""
    decides = np.concatenate([model.column_map.start, model.column_map.join])
    different = {np.round(plan[decides]).astype(bool).tobytes(): plan for plan in plans}
    return np.array(list(different.values())).reshape(len(different), len(model.matrix.cost))


def _summarise(case: Case, common: Common, bounds: Array, best: Sequence[tuple[float, int]]) -> Robustness:
    worth, plan = (np.array(part) for part in zip(*best, strict=True))
    counts = Counter(plan.tolist())
    places = {key: place for place, (key, _) in enumerate(counts.most_common())}
    plans = tuple(common.model.chosen(common.pool[key]) for key in places)
    bounds = np.maximum(bounds, worth)
    slack = 2 * common.model.slack
    gap = np.array([relative_gap(*one, slack) for one in zip(worth, bounds, strict=True)], dtype=float)
    columns = {"draw": range(len(worth)), "objective": worth, "bound": bounds, "gap": gap}
    table = pd.DataFrame({**columns, "plan": [places[key] for key in plan.tolist()]})
    often: Counter[str] = Counter()
    for key, place in places.items():
        often.update({choice.program: counts[key] for choice in plans[place]})
    codes = list(case.programs["program"])
    share = [often[code] / len(worth) for code in codes]
    kind = ["always" if s == 1 else "sometimes" if s > 0 else "never" for s in share]
    return Robustness(pd.DataFrame({"program": codes, "share": share, "kind": kind}), table, plans)
