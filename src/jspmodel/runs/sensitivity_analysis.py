"""What goes beyond one plan, found once: kept, else computed by the families of models."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import JspError
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Plan
from jspmodel.runs.result_store import Kept
from jspmodel.runs.sensitivity import (
    FRONTIER,
    KINDS,
    PRICES,
    ROBUSTNESS,
    RULE_PRICES,
    Sensitivity,
    as_json,
    from_json,
)
from jspmodel.scenario import Scenario
from jspmodel.selection import rule_prices, shadow_prices
from jspmodel.selection.parametric import Frontier, budget_frontier, robustness

LEAST, MOST, POINTS = 0.8, 1.2, 5
"""Budgets of the frontier as parts of the scenario's own, how many: each costs some two seconds."""
DRAWS = 100


def find_sensitivity(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    kept: Kept,
    progress: Callable[[str, float], None] | None = None,
) -> Sensitivity:
    """Return what goes beyond the plan: what is kept of it, the rest computed and kept.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        Its answer.
    kept : Kept
        Under the key of case and scenario.
    progress : callable, optional
        Called with ``rule_prices`` and the share of its questions that is answered, where the scenario asks
        for them and they are not kept.

    Returns
    -------
    Sensitivity
    """
    frontier = _sought(FRONTIER, kept, plan, lambda: _frontier(case, scenario, plan))
    draws = None
    if draws_effects(case, scenario):
        draws = _sought(ROBUSTNESS, kept, plan, lambda: _draws(case, scenario, plan))
    prices = find_prices(case, scenario, plan, kept)
    return Sensitivity(frontier, draws, prices, _find_rule_prices(case, scenario, plan, kept, progress))


def find_prices(case: Case, scenario: Scenario, plan: Plan, kept: Kept) -> pd.DataFrame | None:
    """Return the shadow prices of a plan; parameters and None as in ``find_sensitivity``."""
    return _sought(PRICES, kept, plan, lambda: _prices(case, scenario, plan))


def _find_rule_prices(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    kept: Kept,
    progress: Callable[[str, float], None] | None,
) -> pd.DataFrame | None:
    if not scenario.rule_prices:
        return None
    tell = None if progress is None else partial(progress, "rule_prices")
    return _sought(RULE_PRICES, kept, plan, lambda: _priced(case, scenario, plan, tell))


def _sought(name: str, kept: Kept, plan: Plan, compute: Callable[[], Any]) -> Any:
    """Return a part that is kept, else compute it; it is kept where the plan is, as it may hang on it."""
    found = kept.read(name, KINDS[name])
    if found is not None:
        return from_json(found)
    part = compute()
    if part is not None and not plan.stopped_by_clock:
        kept.write(name, as_json(part))
    return part


def mostly_levels(case: Case) -> bool:
    """Say whether most effects are levels of the scenario (low, medium, high) instead of figures."""
    table = case.program_effects
    levels = (table["effect"].isna() & (table["level"] != "")).sum()
    return bool(2 * levels > len(table))


def draws_effects(case: Case, scenario: Scenario) -> bool:
    """Say whether a report leads with how many programmes stay under other effects, not with a percent."""
    percent = COUNTS[scenario.objective].effects and scenario.equity.mode != "max_min"
    return percent and mostly_levels(case)


def _frontier(case: Case, scenario: Scenario, plan: Plan) -> Frontier | None:
    own, threads = scenario.budget_scale.all, scenario.solver.threads
    if own <= 0 or scenario.equity.mode == "max_min":
        return None
    least, most, known = LEAST * own, MOST * own, plan.choices
    try:
        return budget_frontier(case, scenario, POINTS, least=least, most=most, known=known, workers=threads)
    except JspError:  # the plan is there all the same
        return None


def _draws(case: Case, scenario: Scenario, plan: Plan) -> pd.DataFrame | None:
    known, seed, workers = plan.choices, scenario.simulation.seed, scenario.solver.threads
    try:
        return robustness(case, scenario, DRAWS, known=known, seed=seed, workers=workers).programs
    except JspError:
        return None


def _prices(case: Case, scenario: Scenario, plan: Plan) -> pd.DataFrame | None:
    try:
        return shadow_prices(case, scenario, plan)
    except JspError:
        return None


def _priced(
    case: Case, scenario: Scenario, plan: Plan, progress: Callable[[float], None] | None
) -> pd.DataFrame | None:
    try:
        return rule_prices(case, scenario, plan, progress)
    except JspError:
        return None
