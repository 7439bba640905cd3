"""What the controls ask, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.proof import relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection import Step
from jspmodel.simulation import Expected, simulate_futures


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes
    ----------
    budget : float
        Factor on all budgets of the scenario.
    locked_in, locked_out : tuple of str
        Programmes that must, that must not be in the plan.
    equity : bool
        Whether the equity rule holds.
    """

    budget: float
    locked_in: tuple[str, ...]
    locked_out: tuple[str, ...]
    equity: bool

    def changes(self, scenario: Scenario) -> dict[str, Any]:
        """Return the settings to change, as ``LiveModel.solve`` takes them.

        What the scenario itself says of a lock (its start, its regions) and of equity stays.
        """
        scale, known = scenario.budget_scale, {lock.program: lock for lock in scenario.locked_in}
        factor = round(scale.all * self.budget, 12)  # 0.88, not 0.8800000000000001
        locks = [known[code].model_dump() if code in known else code for code in self.locked_in]
        mode = "floor" if scenario.equity.mode == "off" else scenario.equity.mode
        return {
            "budget_scale": {**scale.model_dump(), "all": factor},
            "locked_in": locks,
            "locked_out": list(self.locked_out),
            "equity": {"mode": mode if self.equity else "off"},
        }

    def asked_scenario(self, scenario: Scenario) -> Scenario:
        """Return the scenario with what is asked in place of its own settings."""
        changes = self.changes(scenario)
        changes["equity"] = {**scenario.equity.model_dump(), **changes["equity"]}
        return Scenario.model_validate({**scenario.model_dump(), **changes})


def as_it_stands(scenario: Scenario) -> Question:
    """Return the question that the scenario itself answers."""
    return Question(
        budget=1.0,
        locked_in=tuple(lock.program for lock in scenario.locked_in),
        locked_out=tuple(scenario.locked_out),
        equity=scenario.equity.mode != "off",
    )


Ended = Literal["done", "going", "clock", "reader"]
"""Whether a search is over, goes on, or who stopped it: the time limit or whoever reads the answer."""


@dataclass(frozen=True)
class Found:
    """A plan that was found, be it the last word or the best so far.

    Attributes
    ----------
    choices : tuple of Choice
    objective, bound, gap
        As ``Reply`` has them.
    ended : {"done", "going", "clock", "reader"}
    """

    choices: tuple[Choice, ...]
    objective: float
    bound: float
    gap: float | None
    ended: Ended = "done"

    @classmethod
    def of(cls, step: Step) -> Found:
        """Return the best plan so far that a step tells."""
        gap = relative_gap(step.objective, step.bound)
        return cls(step.choices or (), step.objective, step.bound, gap, "going")


@dataclass(frozen=True, eq=False)
class Reply:
    """A plan as the controls tell it.

    Attributes
    ----------
    question : Question
    choices : tuple of Choice
    objective, bound : float
        Impact in percent, or score points; no plan is worth more than the bound.
    gap : float or None
        As that of the plan: None where nothing is proven.
    by_region : Series of float by region
        Percent of each region's weighted gap closed; empty under ``objective: score``.
    cost : float
        Rp billion over the horizon.
    ceiling : float
        Sum of all budgets, Rp billion.
    ended : {"done", "going", "clock", "reader"}
    expected : Expected or None
        What is to be expected of it; None under ``objective: score``, and while better plans are sought.
    """

    question: Question
    choices: tuple[Choice, ...]
    objective: float
    bound: float
    gap: float | None
    by_region: pd.Series[float]
    cost: float
    ceiling: float
    ended: Ended = "done"
    expected: Expected | None = None

    @property
    def found(self) -> Found:
        """The plan alone, as it was found."""
        return Found(self.choices, self.objective, self.bound, self.gap, self.ended)


def reply(case: Case, scenario: Scenario, question: Question, plan: Plan | Found) -> Reply:
    """Return what a plan comes to.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Without the question's changes.
    question : Question
    plan : Plan or Found
        The answer to the question.

    Returns
    -------
    Reply
    """
    years = measure.horizon(case, scenario)
    cost = sum(float(measure.yearly_costs(case, choice, years).to_numpy().sum()) for choice in plan.choices)
    by_region = pd.Series(dtype=float)
    if COUNTS[scenario.objective].effects:
        by_region = measure.Measure(case, scenario).impact(plan.choices).by_region
    asked = question.asked_scenario(scenario)
    ceiling = sum(measure.budgets(case, asked).values())
    ended = plan.ended if isinstance(plan, Found) else "clock" if plan.stopped_by_clock else "done"
    worth = plan.objective, plan.bound, plan.gap
    simulated = ended != "going" and COUNTS[asked.objective].effects
    expected = simulate_futures(case, asked, plan.choices).expected if simulated else None
    return Reply(question, plan.choices, *worth, by_region, cost, ceiling, ended, expected)
