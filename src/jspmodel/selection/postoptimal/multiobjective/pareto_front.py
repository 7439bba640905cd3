"""The front of two objectives, every plan of it and what is proven between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.multiobjective.front_search import FrontSearch
from jspmodel.selection.postoptimal.multiobjective.objective_functions import objective_functions
from jspmodel.selection.postoptimal.multiobjective.objective_model import ObjectiveModel, state_objectives
from jspmodel.selection.postoptimal.multiobjective.objective_search import ObjectiveSearch
from jspmodel.selection.postoptimal.multiobjective.objective_space import CLOSE, Point, Rectangle
from jspmodel.selection.postoptimal.multiobjective.outcomes import (
    OpenBox,
    ParetoFront,
    ParetoPoint,
    keys_of,
)
from jspmodel.selection.postoptimal.multiobjective.payoff import search_work

SHARE = 0.3
"""Share of the scenario's effort."""


@computed_once()
def pareto_front(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    objectives: Sequence[str],
    *,
    share: float = SHARE,
    progress: Callable[[float], None] | None = None,
) -> ParetoFront:
    r"""Find the plans that none betters in both of two objectives, and prove that these are all.

    With *f* and *g* the objectives, a question asks for

    .. math:: \max f(x) \quad \text{such that} \quad g(x) \ge \epsilon

    in the middle of the largest part of their space that is open, then for the most *g* at what was found,
    then for what lies below it with both exchanged. Plans that no weighting of *f* against *g* would find
    (*unsupported* ones) are found too. What a search proves rules a corner of the space out, also where it
    ends before its proof: so each part of the space is a plan, ruled out, or open (``boxes``).

    Parameters
    ----------
    case : Case
    scenario : Scenario
        ``solver.effort`` says how much is done; ``solver.gap`` and ``solver.time_limit`` play no part.
    plan : Plan
        The answer to both: an equity rule asks of each region what it asked for in this plan; where the
        worst-off region is one of the objectives, the equity rule does not hold.
    objectives : sequence of str
        Two of those of ``payoff_table``.
    share : float
        Of the scenario's effort.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    ParetoFront

    Raises
    ------
    DataError
        If there are not two objectives, both known and of something in the tables.
    ScenarioError, InfeasibleError
        As ``select_programs``.

    References
    ----------
    Haimes, Lasdon and Wismer (1971). On a bicriterion formulation of the problems of integrated system
    identification and system optimization.
    Chankong and Haimes (1983). Multiobjective Decision Making.
    Mavrotas (2009). Effective implementation of the epsilon-constraint method in multi-objective mathematical
    programming problems.
    Boland, Charkhgard and Savelsbergh (2015). A criterion space search algorithm for biobjective integer
    programming: The balanced box method.
    """
    functions = objective_functions(case, scenario, objectives, most=2)
    search = ObjectiveSearch(state_objectives(case, scenario, plan, functions))
    search.take(tuple(plan.choices))
    front = FrontSearch(search, search_work(search, scenario, share), progress)
    front.run()
    if progress is not None:
        progress(1.0)
    return _told(search, front, plan)


def _told(search: ObjectiveSearch, front: FrontSearch, plan: Plan) -> ParetoFront:
    model, space = search.model, front.space
    strips = list(chain.from_iterable(space.strips(front.most)))
    first, second = keys_of(model.functions)
    # A hair below nothing: that no plan gains more than nothing in the second says nothing of the first.
    highest = (space.bound(-CLOSE * space.resolution[1]), space.top)
    present = search.take(tuple(plan.choices))
    low, high = model.told([min(a, b) for a, b in zip(highest, front.most, strict=True)])
    return ParetoFront(
        (first, second),
        tuple(_point(search, front, gains, plan) for gains in space.points),
        tuple(_box(model, one) for one in strips),
        (low, high),
        _pair(model, (float(present[0]), float(present[1]))),
        not strips,
        (float(model.resolution[0]), float(model.resolution[1])),
        space.dropped,
        plan.equity is not None and model.scenario.equity.mode == "off",
    )


def _pair(model: ObjectiveModel, gains: Point) -> Point:
    first, second = model.told(gains)
    return first, second


def _box(model: ObjectiveModel, one: Rectangle) -> OpenBox:
    low, high = _pair(model, one.low), _pair(model, one.high)
    return OpenBox((low[0], high[0]), (low[1], high[1]))


def _point(search: ObjectiveSearch, front: FrontSearch, gains: Point, plan: Plan) -> ParetoPoint:
    """Write down the plan of a point: the present one where it is as good, else without what is idle."""
    model, mine = search.model, tuple(plan.choices)
    present = all(
        abs(a - b) <= apart for a, b, apart in zip(gains, search.take(mine), model.resolution, strict=True)
    )
    alike = (one for one, other in search.pool.items() if tuple(other.tolist()) == gains)
    choices = mine if present else search.without_idle(next(alike))
    bound = min(front.space.bound_at(gains), front.most[0])
    return ParetoPoint(
        _pair(model, gains),
        search.in_order(choices),
        search.judged(choices, plan).cost,
        _pair(model, (bound, gains[1]))[0],
        bound == gains[0],
        present,
    )
