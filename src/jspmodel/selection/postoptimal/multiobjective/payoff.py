"""The trade-off (pay-off) table: the best of each objective, and the others' best values there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.proof import least_bound
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.multiobjective.objective_functions import objective_functions
from jspmodel.selection.postoptimal.multiobjective.objective_model import state_objectives
from jspmodel.selection.postoptimal.multiobjective.objective_search import ObjectiveSearch, Question
from jspmodel.selection.postoptimal.multiobjective.objective_space import HALF
from jspmodel.selection.postoptimal.multiobjective.outcomes import PayoffRow, PayoffTable, keys_of
from jspmodel.selection.postoptimal.nearby_plans import Choices
from jspmodel.solver import Array, effort_units

SHARE = 0.02
"""Share of the scenario's effort for each search."""

Told = Callable[[float], None]


@computed_once()
def payoff_table(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    objectives: Sequence[str],
    *,
    progress: Told | None = None,
) -> PayoffTable:
    r"""Find the best of each objective alone, and what the others come to there.

    Each row is lexicographic: the best of its objective, then, that being held, the best of the others in the
    order in which they are given. So its plan is efficient, and the worst value in a column estimates the
    nadir (Miettinen, *Nonlinear Multiobjective Optimization*, 1999; Mavrotas 2009).

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``solver.effort`` says how much is done.
    plan : Plan
        The answer to both.
    objectives : sequence of str
        Two or more: ``gap_closed``, ``score``, ``worst_off`` (the region that gains least), ``quick_wins``
        (of the first year), ``cost``, ``issue:CODE``, ``region:CODE``.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    PayoffTable

    Raises
    ------
    DataError
        If an objective is not known, is there twice, or nothing in the tables counts for it.
    ScenarioError, InfeasibleError
        As ``select_programs``.
    """
    functions = objective_functions(case, scenario, objectives)
    search = ObjectiveSearch(state_objectives(case, scenario, plan, functions))
    search.take(tuple(plan.choices))
    return payoff_of(search, scenario, plan, progress)


def search_work(search: ObjectiveSearch, scenario: Scenario, share: float) -> float:
    """Return the units of work that a share of the scenario's effort is."""
    return share * effort_units(scenario.solver.effort, search.model.stated.matrix.entries)


def payoff_of(
    search: ObjectiveSearch, scenario: Scenario, plan: Plan, progress: Told | None = None
) -> PayoffTable:
    """Return the pay-off table of the objectives of a search; see ``payoff_table``."""
    model, count = search.model, len(search.model.functions)
    work, levels = search_work(search, scenario, SHARE), []
    for which in range(count):
        order = [which, *(other for other in range(count) if other != which)]
        levels.append(lexicographic(search, order, np.zeros(count), work))
        if progress is not None:
            progress((which + 1) / count)
    rows = [_row(search, which, some, plan) for which, some in enumerate(levels)]
    values = np.array([model.gains(row.values) for row in rows])
    return PayoffTable(
        keys_of(model.functions),
        tuple(rows),
        model.told(values.max(axis=0).tolist()),
        model.told(values.min(axis=0).tolist()),
        model.told(search.take(tuple(plan.choices)).tolist()),
        plan.equity is not None and model.scenario.equity.mode == "off",
    )


def lexicographic(
    search: ObjectiveSearch,
    order: Sequence[int],
    losses: Array,
    work: float,
    progress: Told | None = None,
) -> list[tuple[float, float, float]]:
    """Seek the best of one objective after the other, those before being held but for a loss.

    Parameters
    ----------
    search : ObjectiveSearch
    order : sequence of int
        Numbers of the objectives, the first is sought first.
    losses : array, shape (order,)
        Share of what was found of each that may be lost.
    work : float
        Units for each search.
    progress : callable, optional

    Returns
    -------
    list of (found, bound, least)
        As gains: what was found, what no plan that keeps the levels above exceeds, what those below keep.
    """
    model, told = search.model, list[tuple[float, float, float]]()
    least = np.zeros(len(model.most))
    for number, loss in zip(order, losses.tolist(), strict=True):
        weights = np.zeros(len(least))
        weights[number] = 1.0
        question = Question(weights, least.copy())
        bound = search.seek(question, work)
        found = float(search.take(best_of(search, question))[number])
        bound = max(found, least_bound(found, [bound, float(model.most[number])])[0])
        least[number] = kept_gain(search, number, found, loss)
        told.append((found, bound, float(least[number])))
        if progress is not None:
            progress(len(told) / len(least))
    return told


def kept_gain(search: ObjectiveSearch, number: int, found: float, loss: float) -> float:
    """Return the gain that is kept of what was found where a share of its value may be lost."""
    model = search.model
    value = model.told([found if k == number else 0.0 for k in range(len(model.most))])[number]
    allowed = loss * value if loss else HALF * float(model.resolution[number])
    return max(0.0, found - allowed)


def best_of(search: ObjectiveSearch, question: Question) -> Choices:
    """Return the best plan known; whatever is held was found, so there is one."""
    best = search.best(question)
    assert best is not None  # noqa: S101
    return best


def _row(
    search: ObjectiveSearch, which: int, levels: Sequence[tuple[float, float, float]], plan: Plan
) -> PayoffRow:
    """Write down the best plan of an objective."""
    model, order = search.model, [which, *(k for k in range(len(search.model.most)) if k != which)]
    least = np.zeros(len(order))
    for number, (*_, kept) in zip(order[:-1], levels, strict=False):
        least[number] = kept
    weights = np.zeros(len(order))
    weights[order[-1]] = 1.0
    choices = search.without_idle(best_of(search, Question(weights, least)))
    gains, bound = search.take(choices), levels[0][1]
    proven = bound - gains[which] <= model.resolution[which]
    ends = [bound if k == which else 0.0 for k in range(len(order))]
    return PayoffRow(
        model.functions[which].name,
        model.told(gains.tolist()),
        model.told(ends)[which],
        bool(proven),
        search.in_order(choices),
        search.judged(choices, plan).cost,
    )
