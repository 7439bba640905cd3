"""What is known beyond one plan (budget frontier, draws, shadow prices, prices of rules), and its files.

They take seconds, so they are computed once and kept beside the plan, by a run and in the store:
``frontier.json``, ``robustness.json``, ``prices.json``, ``rule_prices.json``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from jspmodel.intake import is_there
from jspmodel.plan import Choice, Record
from jspmodel.proof import Finding
from jspmodel.runs.read_back import read_back
from jspmodel.selection.parametric import Frontier, FrontierPoint

FRONTIER, ROBUSTNESS, PRICES = "frontier.json", "robustness.json", "prices.json"
RULE_PRICES = "rule_prices.json"


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What was computed beyond the plan.

    Attributes
    ----------
    frontier : Frontier or None
        None where no family of plans can be ordered (``equity: max_min``), or budgets are 0.
    programs : DataFrame or None
        As ``Robustness.programs``; None where most effects are figures.
    prices : DataFrame or None
        As ``shadow_prices`` returns them; None where they were not found in time.
    rules : DataFrame or None
        As ``rule_prices`` returns them; None where the scenario does not ask for them.
    """

    frontier: Frontier | None = None
    programs: pd.DataFrame | None = None
    prices: pd.DataFrame | None = None
    rules: pd.DataFrame | None = None


NOT_ANALYSED = Sensitivity()


def write_sensitivity(sensitivity: Sensitivity, folder: Path) -> None:
    """Write what there is into the folder of a run.

    Parameters
    ----------
    sensitivity : Sensitivity
    folder : Path
    """
    parts = {
        FRONTIER: sensitivity.frontier,
        ROBUSTNESS: sensitivity.programs,
        PRICES: sensitivity.prices,
        RULE_PRICES: sensitivity.rules,
    }
    for name, part in parts.items():
        if part is not None:
            (folder / name).write_text(as_json(part), encoding="utf-8")


def read_sensitivity(folder: Path) -> Sensitivity:
    """Read what a run has computed beyond its plan.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Sensitivity

    Raises
    ------
    RunError
        If a file is not as it was written.
    """
    return Sensitivity(*(_read(folder / name) for name in (FRONTIER, ROBUSTNESS, PRICES, RULE_PRICES)))


def _read(file: Path) -> Any:
    return from_json(read_back(file, KINDS[file.name])) if is_there(file) else None


class _Price(Record):
    rule: str
    program: str
    other: str
    region: str
    agency: str
    dimension: str
    fund: str
    spending_rule: str = ""  # missing in what earlier versions wrote, as the next
    staff_kind: str = ""
    year: int
    price: float


class _RulePrice(Record):
    rule: str
    column: str
    code: str
    price: float
    least: float
    most: float
    adds: tuple[str, ...]
    drops: tuple[str, ...]
    searched: bool
    stopped: bool


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


class Points(Record):
    """A frontier as its file has it."""

    floor: float | None
    points: tuple[_Point, ...]


KINDS: dict[str, TypeAdapter[Any]] = {
    FRONTIER: TypeAdapter(Points),
    ROBUSTNESS: TypeAdapter(tuple[_Share, ...]),
    PRICES: TypeAdapter(tuple[_Price, ...]),
    RULE_PRICES: TypeAdapter(tuple[_RulePrice, ...]),
}


def as_json(part: Frontier | pd.DataFrame) -> str:
    """Return a part as its file has it."""
    data: object
    if isinstance(part, Frontier):
        data = {"floor": part.floor, "points": [_point_record(point) for point in part.points]}
    else:
        data = part.to_dict(orient="records")
    return json.dumps(data, indent=2, allow_nan=False) + "\n"


def from_json(found: Points | tuple[Record, ...]) -> Frontier | pd.DataFrame:
    """Return a part from what was read of its file."""
    if isinstance(found, Points):
        return Frontier(tuple(map(_point, found.points)), found.floor)
    return pd.DataFrame([row.model_dump() for row in found])


def _point_record(point: FrontierPoint) -> dict[str, Any]:
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
