"""What a report tells beyond one plan: budget frontier, shadow prices, draws where effects are mostly levels.

They take seconds, so a run computes them once and keeps them beside its plan: ``frontier.json``,
``robustness.json``, ``prices.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import JspError
from jspmodel.measure.once import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection import shadow_prices
from jspmodel.selection.frontier import Frontier, FrontierPoint, budget_frontier
from jspmodel.selection.robustness import robustness

FRONTIER, ROBUSTNESS, PRICES = "frontier.json", "robustness.json", "prices.json"
LEAST, MOST, POINTS = 0.8, 1.2, 5
"""Budgets of the frontier as parts of the scenario's own, how many: each costs some two seconds."""
DRAWS = 100


@dataclass(frozen=True, eq=False)
class Further:
    """What was computed beyond the plan.

    Attributes
    ----------
    frontier : Frontier or None
        None where no family of plans can be ordered (``equity: max_min``), or budgets are 0.
    programs : DataFrame or None
        As ``Robustness.programs``; None where most effects are figures.
    prices : DataFrame or None
        As ``shadow_prices`` returns them; None where they were not found in time.
    """

    frontier: Frontier | None = None
    programs: pd.DataFrame | None = None
    prices: pd.DataFrame | None = None


NOTHING = Further()


@computed_once()
def compute_further(case: Case, settings: Scenario, plan: Plan) -> Further:
    """Compute what goes beyond the plan.

    Parameters
    ----------
    case : Case
    settings : Scenario
    plan : Plan
        Its answer.

    Returns
    -------
    Further
    """
    draws = _draws(case, settings) if mostly_levels(case) else None
    return Further(_frontier(case, settings), draws, _prices(case, settings, plan))


def mostly_levels(case: Case) -> bool:
    """Say whether most effects are levels of the scenario (low, medium, high) instead of figures."""
    table = case.program_effects
    levels = (table["effect"].isna() & (table["level"] != "")).sum()
    return bool(2 * levels > len(table))


def _frontier(case: Case, settings: Scenario) -> Frontier | None:
    own = settings.budget_scale.all
    if own <= 0 or settings.equity.mode == "max_min":
        return None
    try:
        return budget_frontier(
            case, settings, POINTS, least=LEAST * own, most=MOST * own, workers=settings.solver.threads
        )
    except JspError:  # the plan is there all the same
        return None


def _draws(case: Case, settings: Scenario) -> pd.DataFrame | None:
    if settings.objective != "gap_closed" or settings.equity.mode == "max_min":
        return None
    seed, workers = settings.simulation.seed, settings.solver.threads
    try:
        return robustness(case, settings, DRAWS, seed=seed, workers=workers).programs
    except JspError:
        return None


def _prices(case: Case, settings: Scenario, plan: Plan) -> pd.DataFrame | None:
    try:
        return shadow_prices(case, settings, plan)
    except JspError:
        return None


def save_further(further: Further, folder: Path) -> None:
    """Write what there is into the folder of a run.

    Parameters
    ----------
    further : Further
    folder : Path
    """
    if further.frontier is not None:
        points = [_told(point) for point in further.frontier.points]
        _write(folder / FRONTIER, {"floor": further.frontier.floor, "points": points})
    if further.programs is not None:
        _write(folder / ROBUSTNESS, further.programs.to_dict(orient="records"))
    if further.prices is not None:
        _write(folder / PRICES, further.prices.to_dict(orient="records"))


def open_further(folder: Path) -> Further:
    """Read what a run has computed beyond its plan.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Further
    """
    found = _read(folder / FRONTIER)
    frontier = None if found is None else Frontier(tuple(map(_point, found["points"])), found["floor"])
    programs, prices = _read(folder / ROBUSTNESS), _read(folder / PRICES)
    return Further(
        frontier,
        None if programs is None else pd.DataFrame(programs),
        None if prices is None else pd.DataFrame(prices),
    )


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def _write(file: Path, data: object) -> None:
    file.write_text(json.dumps(data, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def _told(point: FrontierPoint) -> dict[str, Any]:
    return {
        "scale": round(point.scale, 9),
        "budget": point.budget,
        "objective": None if point.choices is None else point.objective,
        "bound": point.bound if np.isfinite(point.bound) else None,
        "tolerance": point.tolerance,
        "finding": point.finding,
        "programs": None if point.choices is None else [choice.model_dump() for choice in point.choices],
    }


def _point(told: dict[str, Any]) -> FrontierPoint:
    chosen: Sequence[dict[str, Any]] | None = told["programs"]
    choices = None if chosen is None else tuple(Choice.model_validate(choice) for choice in chosen)
    objective = np.nan if told["objective"] is None else told["objective"]
    none = -np.inf if told.get("finding") == "none" else np.inf  # earlier versions did not tell the two apart
    bound = none if told["bound"] is None else told["bound"]
    tolerance = told.get("tolerance", 0.0)
    return FrontierPoint(told["scale"], told["budget"], choices, objective, bound, tolerance)
