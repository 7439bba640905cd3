"""What objectives cost of each other: kept beside the plan, so that a second look costs nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.runs.result_store import Kept
from jspmodel.scenario import Scenario
from jspmodel.selection.postoptimal import (
    CompromisePlan,
    ParetoFront,
    PayoffTable,
    hierarchical_plan,
    pareto_front,
    payoff_table,
    reference_point_plan,
    weighted_plan,
)

Approach = Literal["front", "payoff", "hierarchical", "weighted", "reference_point"]
Tradeoff = ParetoFront | PayoffTable | CompromisePlan

T = TypeVar("T")


@dataclass(frozen=True)
class TradeoffQuestion:
    """What is asked of several objectives.

    Attributes
    ----------
    approach : str
        ``front``, ``payoff``, ``hierarchical``, ``weighted`` or ``reference_point``.
    objectives : tuple of str
    levels : tuple of tuple of float
        What the approach is given: losses; weights; aspirations and reservations.
    """

    approach: Approach
    objectives: tuple[str, ...]
    levels: tuple[tuple[float, ...], ...] = ()

    @property
    def name(self) -> str:
        """The name of the file in which the answer is kept: codes may be no names of files."""
        told = json.dumps([self.approach, self.objectives, self.levels])
        return f"tradeoff-{hashlib.sha256(told.encode()).hexdigest()[:16]}.json"


def find_tradeoff(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    question: TradeoffQuestion,
    kept: Kept,
    progress: Callable[[float], None] | None = None,
) -> Tradeoff:
    """Return the answer that is kept, else compute it and keep it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both.
    question : TradeoffQuestion
    kept : Kept
        Under the key of both.
    progress : callable, optional
        Called with the share that is done; not where the answer is kept.

    Returns
    -------
    ParetoFront, PayoffTable or CompromisePlan
        Not kept where the clock stopped the plan: another search may find another one.

    Raises
    ------
    DataError
        As the functions of the approaches.
    """
    kind = _kind(question.approach)
    codes = set(case.programs["program"])

    def fits(found: Tradeoff) -> bool:
        return _programs(found) <= codes

    found = kept.read(question.name, kind, fits)
    if found is None:
        found = _ask(case, scenario, plan, question, progress)
        if not plan.stopped_by_clock:
            kept.write(question.name, tradeoff_text(found))
    return found


def tradeoff_text(found: Tradeoff) -> str:
    """Return an answer as its file has it."""
    data = TypeAdapter(type(found)).dump_python(found, mode="json")
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _kind(approach: Approach) -> TypeAdapter[Tradeoff]:
    kinds: dict[str, type[Tradeoff]] = {"front": ParetoFront, "payoff": PayoffTable}
    return TypeAdapter(kinds.get(approach, CompromisePlan))


def _ask(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    question: TradeoffQuestion,
    progress: Callable[[float], None] | None,
) -> Tradeoff:
    given = case, scenario, plan, question.objectives
    if question.approach == "front":
        return pareto_front(*given, progress=progress)
    if question.approach == "payoff":
        return payoff_table(*given, progress=progress)
    if question.approach == "hierarchical":
        return hierarchical_plan(*given, *question.levels, progress=progress)
    if question.approach == "weighted":
        return weighted_plan(*given, *question.levels, progress=progress)
    return reference_point_plan(*given, *question.levels, progress=progress)


def _programs(found: Tradeoff) -> set[str]:
    """Return the programmes that an answer names."""
    if isinstance(found, CompromisePlan):
        return {one.program for one in found.choices}
    plans = found.points if isinstance(found, ParetoFront) else found.rows
    return {one.program for some in plans for one in some.choices}
