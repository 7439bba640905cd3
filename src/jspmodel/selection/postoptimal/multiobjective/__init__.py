"""Several objectives kept apart: the trade-off table, the front of two, and plans chosen by all."""

from jspmodel.selection.postoptimal.multiobjective.asked_before import check_objectives
from jspmodel.selection.postoptimal.multiobjective.compromise_plans import (
    hierarchical_plan,
    reference_point_plan,
    weighted_plan,
)
from jspmodel.selection.postoptimal.multiobjective.objective_functions import usual_objectives
from jspmodel.selection.postoptimal.multiobjective.outcomes import (
    CompromisePlan,
    ObjectiveKey,
    ObjectiveOutcome,
    OpenBox,
    ParetoFront,
    ParetoPoint,
    PayoffRow,
    PayoffTable,
    changes,
)
from jspmodel.selection.postoptimal.multiobjective.pareto_front import pareto_front
from jspmodel.selection.postoptimal.multiobjective.payoff import payoff_table

__all__ = [
    "CompromisePlan",
    "ObjectiveKey",
    "ObjectiveOutcome",
    "OpenBox",
    "ParetoFront",
    "ParetoPoint",
    "PayoffRow",
    "PayoffTable",
    "changes",
    "check_objectives",
    "hierarchical_plan",
    "pareto_front",
    "payoff_table",
    "reference_point_plan",
    "usual_objectives",
    "weighted_plan",
]
