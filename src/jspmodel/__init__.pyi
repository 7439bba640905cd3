from . import charts, collaboration, comparison, report, tables
from .case import Case
from .collaboration import collaboration_graph, find_partners, share_costs
from .comparison import compare, cut_budgets
from .errors import (
    DataError,
    InfeasibleError,
    JspError,
    Problem,
    RunError,
    ScenarioError,
    SolverError,
)
from .intake import check, load, load_case, load_choices, load_plan, load_scenario
from .issues import rank_issues, rank_sensitivity
from .measure import missing_for_plan
from .plan import Plan
from .report import decide, possible_plan
from .scenario import Scenario
from .selection import (
    evaluate,
    formulate,
    next_billions,
    select_programs,
    shadow_prices,
    spending_prices,
    write_model,
)
from .selection.parametric import budget_frontier, live_model, robustness
from .selection.postoptimal import (
    alternatives,
    budget_presence,
    certify,
    customary_plans,
    effect_scenarios,
    exact_frontier,
    explain,
    hierarchical_plan,
    importance,
    maximin_plan,
    minimax_regret_plan,
    nested_plan,
    pareto_front,
    payoff_table,
    reference_point_plan,
    robust_portfolios,
    surely_in,
    two_stage_plan,
    weighted_plan,
    why_not,
)
from .simulation import explain_promise, regret, simulate, simulate_futures
from .whatif import what_if

__all__ = [
    "Case",
    "DataError",
    "InfeasibleError",
    "JspError",
    "Plan",
    "Problem",
    "RunError",
    "Scenario",
    "ScenarioError",
    "SolverError",
    "alternatives",
    "budget_frontier",
    "budget_presence",
    "certify",
    "charts",
    "check",
    "collaboration",
    "collaboration_graph",
    "compare",
    "comparison",
    "customary_plans",
    "cut_budgets",
    "decide",
    "effect_scenarios",
    "evaluate",
    "exact_frontier",
    "explain",
    "explain_promise",
    "find_partners",
    "formulate",
    "hierarchical_plan",
    "importance",
    "live_model",
    "load",
    "load_case",
    "load_choices",
    "load_plan",
    "load_scenario",
    "maximin_plan",
    "minimax_regret_plan",
    "missing_for_plan",
    "nested_plan",
    "next_billions",
    "pareto_front",
    "payoff_table",
    "possible_plan",
    "rank_issues",
    "rank_sensitivity",
    "reference_point_plan",
    "regret",
    "report",
    "robust_portfolios",
    "robustness",
    "select_programs",
    "shadow_prices",
    "share_costs",
    "simulate",
    "simulate_futures",
    "spending_prices",
    "surely_in",
    "tables",
    "two_stage_plan",
    "weighted_plan",
    "what_if",
    "why_not",
    "write_model",
]

__version__: str
