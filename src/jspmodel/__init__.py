"""Planning across regions: from strategic issues to a proven, explained portfolio of joint programmes.

>>> import jspmodel as jsp
>>> case, scenario = jsp.load("diy")
>>> case.regions["name"].tolist()[:2]
['Kabupaten Kulon Progo', 'Kabupaten Bantul']

A shipped case goes by its name (``jsp.load("diy")``, ``jsp.load("diy/scenarios/cut-10.yaml")``), one of
your own by its path, one in memory by ``jsp.Case.from_frames``. From there:
``jsp.rank_issues(case, scenario)``, ``jsp.collaboration_graph(case, scenario)``,
``plan = jsp.select_programs(case, scenario)``, ``jsp.simulate(case, scenario, plan)``; or all of them at
once, ``jsp.decide("diy")``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jspmodel import charts, collaboration, comparison, report, tables
    from jspmodel.case import Case
    from jspmodel.collaboration import collaboration_graph, find_partners, share_costs
    from jspmodel.comparison import compare, cut_budgets
    from jspmodel.errors import (
        DataError,
        InfeasibleError,
        JspError,
        Problem,
        RunError,
        ScenarioError,
        SolverError,
    )
    from jspmodel.intake import check, load, load_case, load_choices, load_plan, load_scenario
    from jspmodel.issues import rank_issues, rank_sensitivity
    from jspmodel.plan import Plan
    from jspmodel.report import decide
    from jspmodel.scenario import Scenario
    from jspmodel.selection import (
        evaluate,
        formulate,
        next_billions,
        select_programs,
        shadow_prices,
        write_model,
    )
    from jspmodel.selection.parametric import budget_frontier, live_model, robustness
    from jspmodel.simulation import explain_promise, regret, simulate, simulate_futures
    from jspmodel.whatif import what_if

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
    "budget_frontier",
    "charts",
    "check",
    "collaboration",
    "collaboration_graph",
    "compare",
    "comparison",
    "cut_budgets",
    "decide",
    "evaluate",
    "explain_promise",
    "find_partners",
    "formulate",
    "live_model",
    "load",
    "load_case",
    "load_choices",
    "load_plan",
    "load_scenario",
    "next_billions",
    "rank_issues",
    "rank_sensitivity",
    "regret",
    "report",
    "robustness",
    "select_programs",
    "shadow_prices",
    "share_costs",
    "simulate",
    "simulate_futures",
    "tables",
    "what_if",
    "write_model",
]

__version__ = "0.1.0"

# Imported when first used, so that the command line answers at once.
_HOME = {
    "Case": "jspmodel.case",
    "DataError": "jspmodel.errors",
    "InfeasibleError": "jspmodel.errors",
    "JspError": "jspmodel.errors",
    "Plan": "jspmodel.plan",
    "Problem": "jspmodel.errors",
    "RunError": "jspmodel.errors",
    "Scenario": "jspmodel.scenario",
    "ScenarioError": "jspmodel.errors",
    "SolverError": "jspmodel.errors",
    "budget_frontier": "jspmodel.selection.parametric",
    "charts": "jspmodel.charts",
    "check": "jspmodel.intake",
    "collaboration": "jspmodel.collaboration",
    "collaboration_graph": "jspmodel.collaboration",
    "compare": "jspmodel.comparison",
    "comparison": "jspmodel.comparison",
    "cut_budgets": "jspmodel.comparison",
    "decide": "jspmodel.report",
    "evaluate": "jspmodel.selection",
    "explain_promise": "jspmodel.simulation",
    "find_partners": "jspmodel.collaboration",
    "formulate": "jspmodel.selection",
    "live_model": "jspmodel.selection.parametric",
    "load": "jspmodel.intake",
    "load_case": "jspmodel.intake",
    "load_choices": "jspmodel.intake",
    "load_plan": "jspmodel.intake",
    "load_scenario": "jspmodel.intake",
    "next_billions": "jspmodel.selection",
    "rank_issues": "jspmodel.issues",
    "rank_sensitivity": "jspmodel.issues",
    "regret": "jspmodel.simulation",
    "report": "jspmodel.report",
    "robustness": "jspmodel.selection.parametric",
    "select_programs": "jspmodel.selection",
    "shadow_prices": "jspmodel.selection",
    "share_costs": "jspmodel.collaboration",
    "simulate": "jspmodel.simulation",
    "simulate_futures": "jspmodel.simulation",
    "tables": "jspmodel.tables",
    "what_if": "jspmodel.whatif",
    "write_model": "jspmodel.selection",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'jspmodel' has no attribute {name!r}")
    module = import_module(_HOME[name])
    return module if _HOME[name] == f"jspmodel.{name}" else getattr(module, name)


def __dir__() -> list[str]:
    return sorted(__all__)
