"""What a report tells beyond one plan: budget frontier, shadow prices, draws where effects are mostly levels.

They take seconds, so they are computed once and kept beside the plan, by a run and in the store:
``frontier.json``, ``robustness.json``, ``prices.json``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from jspmodel.case import Case
from jspmodel.errors import JspError, Problem, RunError
from jspmodel.plan import Choice, Plan, Record
from jspmodel.proof import Finding
from jspmodel.runs.result_store import Kept
from jspmodel.scenario import Scenario
from jspmodel.selection import shadow_prices
from jspmodel.selection.parametric import Frontier, FrontierPoint, budget_frontier, robustness
from jspmodel.text.problems import worded

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


def seek_further(case: Case, scenario: Scenario, plan: Plan, kept: Kept) -> Further:
    """Return what goes beyond the plan: what is kept of it, the rest computed and kept.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        Its answer.
    kept : Kept
        Under the key of case and scenario.

    Returns
    -------
    Further
    """
    frontier = _sought(FRONTIER, kept, plan, lambda: _frontier(case, scenario))
    draws = None
    if mostly_levels(case):
        draws = _sought(ROBUSTNESS, kept, plan, lambda: _draws(case, scenario))
    return Further(frontier, draws, seek_prices(case, scenario, plan, kept))


def seek_prices(case: Case, scenario: Scenario, plan: Plan, kept: Kept) -> pd.DataFrame | None:
    """Return the shadow prices of a plan; parameters as of ``seek_further``, None as in ``Further``."""
    return _sought(PRICES, kept, plan, lambda: _prices(case, scenario, plan))


def _sought(name: str, kept: Kept, plan: Plan, compute: Callable[[], Any]) -> Any:
    """Return a part that is kept, else compute it; it is kept where the plan is, as it may hang on it."""
    found = kept.read(name, _KINDS[name])
    if found is not None:
        return _opened(found)
    part = compute()
    if part is not None and not plan.stopped_by_clock:
        kept.write(name, _text(part))
    return part


def mostly_levels(case: Case) -> bool:
    """Say whether most effects are levels of the scenario (low, medium, high) instead of figures."""
    table = case.program_effects
    levels = (table["effect"].isna() & (table["level"] != "")).sum()
    return bool(2 * levels > len(table))


def _frontier(case: Case, scenario: Scenario) -> Frontier | None:
    own = scenario.budget_scale.all
    if own <= 0 or scenario.equity.mode == "max_min":
        return None
    try:
        return budget_frontier(
            case, scenario, POINTS, least=LEAST * own, most=MOST * own, workers=scenario.solver.threads
        )
    except JspError:  # the plan is there all the same
        return None


def _draws(case: Case, scenario: Scenario) -> pd.DataFrame | None:
    if scenario.objective != "gap_closed" or scenario.equity.mode == "max_min":
        return None
    seed, workers = scenario.simulation.seed, scenario.solver.threads
    try:
        return robustness(case, scenario, DRAWS, seed=seed, workers=workers).programs
    except JspError:
        return None


def _prices(case: Case, scenario: Scenario, plan: Plan) -> pd.DataFrame | None:
    try:
        return shadow_prices(case, scenario, plan)
    except JspError:
        return None


def save_further(further: Further, folder: Path) -> None:
    """Write what there is into the folder of a run.

    Parameters
    ----------
    further : Further
    folder : Path
    """
    parts = {FRONTIER: further.frontier, ROBUSTNESS: further.programs, PRICES: further.prices}
    for name, part in parts.items():
        if part is not None:
            (folder / name).write_text(_text(part), encoding="utf-8")


def open_further(folder: Path) -> Further:
    """Read what a run has computed beyond its plan.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Further

    Raises
    ------
    RunError
        If a file is not as it was written.
    """
    return Further(*(_read(folder / name) for name in (FRONTIER, ROBUSTNESS, PRICES)))


def _read(file: Path) -> Any:
    try:
        return _opened(_KINDS[file.name].validate_json(file.read_bytes(), strict=True))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        problem = Problem("not_a_run", file=str(file), values={"detail": str(error).splitlines()[0]})
        raise worded(RunError, [problem]) from error


class _Price(Record):
    rule: str
    program: str
    other: str
    region: str
    agency: str
    dimension: str
    fund: str
    year: int
    price: float


class _Share(Record):
    program: str
    share: float
    kind: Literal["always", "sometimes", "never"]


class _Point(Record):
    """A point of the frontier; without a plan the objective, without a bound the bound is blank."""

    scale: float
    budget: float
    objective: float | None
    bound: float | None
    tolerance: float = 0.0  # this and the next are missing in what earlier versions wrote
    finding: Finding = "not_found"
    programs: tuple[Choice, ...] | None


class _Points(Record):
    floor: float | None
    points: tuple[_Point, ...]


_KINDS: dict[str, TypeAdapter[Any]] = {
    FRONTIER: TypeAdapter(_Points),
    ROBUSTNESS: TypeAdapter(tuple[_Share, ...]),
    PRICES: TypeAdapter(tuple[_Price, ...]),
}


def _text(part: Frontier | pd.DataFrame) -> str:
    data: object
    if isinstance(part, Frontier):
        data = {"floor": part.floor, "points": [_told(point) for point in part.points]}
    else:
        data = part.to_dict(orient="records")
    return json.dumps(data, indent=2, allow_nan=False) + "\n"


def _opened(found: _Points | tuple[Record, ...]) -> Frontier | pd.DataFrame:
    if isinstance(found, _Points):
        return Frontier(tuple(map(_point, found.points)), found.floor)
    return pd.DataFrame([row.model_dump() for row in found])


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


def _point(told: _Point) -> FrontierPoint:
    objective = np.nan if told.objective is None else told.objective
    none = -np.inf if told.finding == "none" else np.inf
    bound = none if told.bound is None else told.bound
    return FrontierPoint(told.scale, told.budget, told.programs, objective, bound, told.tolerance)
