"""What can be said of a question of several objectives before any plan is sought."""

from __future__ import annotations

from collections.abc import Sequence

from jspmodel.case import Case
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal.multiobjective.asked_levels import (
    loss_flaws,
    raise_all,
    reference_flaws,
    weight_flaws,
)
from jspmodel.selection.postoptimal.multiobjective.objective_functions import LEAST, MOST, objective_flaws


def check_objectives(
    case: Case,
    scenario: Scenario,
    approach: str,
    objectives: Sequence[str],
    levels: Sequence[Sequence[float]] = (),
) -> None:
    """Refuse a question whose objectives or figures are not sound, before a search that takes minutes.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    approach : {"front", "payoff", "hierarchical", "weighted", "reference_point"}
    objectives : sequence of str
    levels : sequence of sequence of float
        What the approach is given: losses; weights; aspirations and reservations.

    Raises
    ------
    DataError
        With every problem at once.
    """
    flaws = [*objective_flaws(case, scenario, objectives, LEAST if approach == "front" else MOST)]
    if approach == "hierarchical":
        flaws += loss_flaws(objectives, *levels)
    elif approach == "weighted":
        flaws += weight_flaws(objectives, *levels)
    elif approach == "reference_point":
        flaws += reference_flaws(objectives, levels[0], *(levels[1:] or [()]))
    raise_all(flaws)
