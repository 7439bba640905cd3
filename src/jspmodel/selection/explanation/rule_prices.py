"""What rules cost: the plan sought again without each of them, and without all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from math import inf

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation.asked_again import SHARE, AskedAgain
from jspmodel.selection.formulation import formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import Part, equity, rule_parts
from jspmodel.solver import Matrix, Worker, borrow_worker

ALL = ""
"""Stands for all rules together."""
WORK = 2.0
"""All questions together take at most so many times the scenario's effort."""
EQUITY = equity.RULE.name
COLUMNS = ("rule", "column", "code", "price", "least", "most", "adds", "drops", "searched", "stopped")

Named = tuple[str, str, str]
"""Name of a rule, and of its part the column of its code, and the code."""
Tell = Callable[[float], None]
"""Told which share of the questions is answered."""


@computed_once()
def rule_prices(case: Case, scenario: Scenario, plan: Plan, progress: Tell | None = None) -> pd.DataFrame:
    r"""Return what each rule costs that can be switched off, by seeking again without it.

    First with all of them, as a longer search may find a better plan all the same; then without all, as
    without one of them no plan is better than that; then without each. With *z* the worth of the best plan
    found and *U* the bound, with the rule (1) and without it (0), the best plan without it is better by

    .. math:: \max (0, z_0 - U_1) \;\le\; \text{price} \;\le\; U_0 - z_1

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both.
    progress : callable, optional
        Told after each question which share of them is answered.

    Returns
    -------
    DataFrame
        One row a rule, or a part of one (a spending rule, a document, a lock), in order of the model; then
        one for all, where there are more (``rule`` empty); none where no rule can be switched off:

        - ``rule``, ``column``, ``code``: its name, and what of it is left out, where that is not all of it:
          ``spending_rules``, ``spending_rule`` and the code of a row
        - ``price``: how much better (percentage points or score points) the best plan found without it is
          than the best found with all
        - ``least``, ``most``: what is proven of the price, beside the price of money that decides ties
        - ``adds``, ``drops``: programmes that it carries out and the best found with all does not, and the
          reverse; none also where only the worth of a better plan is known, as of one without an equity rule
        - ``searched``: False where without it the model is the same, column by column and row by row: then
          it costs nothing whatever is planned
        - ``stopped``: whether ``solver.time_limit`` stopped the search: more time may find more

    Raises
    ------
    SolverError
        If the plan is of other settings.

    Notes
    -----
    Where the equity rule asks for a floor, it is that of the plan at hand, for every question but that of the
    equity rule itself. Prices do not add up: what two rules keep out, neither keeps out alone. Each question
    takes at most a quarter of the scenario's effort, all together twice that effort, until what it finds is
    proven within a fifth of ``solver.gap``.
    """
    parts = {(rule.name, part.column, part.code): part for rule, part in rule_parts(case, scenario)}
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    with borrow_worker() as worker:
        asking = _Asking(case, scenario, plan, parts, worker, progress)
        return pd.DataFrame(asking.rows(), columns=list(COLUMNS))


@dataclass(frozen=True, eq=False)
class _Found:
    """The best plan known without some rules, and what none exceeds."""

    choices: tuple[Choice, ...]
    objective: float
    bound: float
    searched: bool = True
    stopped: bool = False

    @property
    def programs(self) -> tuple[str, ...]:
        return tuple(choice.program for choice in self.choices)


class _Asking:
    """Asks for the best plan with all rules, without all, and without each."""

    def __init__(
        self,
        case: Case,
        scenario: Scenario,
        plan: Plan,
        parts: dict[Named, Part],
        worker: Worker,
        progress: Tell | None,
    ) -> None:
        self._case, self._scenario, self._plan, self._worker = case, scenario, plan, worker
        self._parts, self._progress = parts, progress
        self._several = len(parts) > 1
        self._count, self._answered = 1 + len(parts) + self._several, 0
        self._matrix: Matrix | None = None
        self._held = _Found(plan.choices, plan.objective, plan.bound)
        self._held = self._seek((), plan.bound)

    def rows(self) -> Iterator[dict[str, object]]:
        """Yield what each rule costs, then what all do."""
        every = self._seek(self._parts.values(), inf) if self._several else None
        widest = every.bound if every else inf
        found = {name: self._known(name, self._seek([part], widest)) for name, part in self._parts.items()}
        if every:
            best = max((every, *found.values()), key=lambda one: one.objective)  # what one allows, all do
            found[ALL, ALL, ALL] = replace(every, choices=best.choices, objective=best.objective)
        proven = max(self._held.objective, min(self._held.bound, *(one.bound for one in found.values())))
        for (rule, column, code), one in found.items():
            yield {"rule": rule, "column": column, "code": code, **self._told(one, proven)}

    def _seek(self, parts: Iterable[Part], bound: float) -> _Found:
        """Seek the best plan without some parts of rules, from the best that keeps all."""
        case, scenario = self._case, self._scenario
        for part in parts:
            case, scenario = part.frees(case, scenario)
        asked = AskedAgain(case, scenario, self._plan, formulate(read_inputs(case, scenario)))
        known = asked.begin(self._worker, self._held.choices, min(SHARE, WORK / self._count))
        matrix = asked.model.matrix
        if self._matrix is not None and _same(matrix, self._matrix):
            found = replace(self._held, searched=False)
        else:
            best = asked.seek(matrix.upper, known, bound)
            least = min(best.bound, bound)
            found = _Found(asked.choices(best), best.objective, least, stopped=best.stopped)
        self._matrix = self._matrix or matrix
        self._answered += 1
        if self._progress:
            self._progress(self._answered / self._count)
        return found

    def _known(self, name: Named, found: _Found) -> _Found:
        """Return what is known without a rule: the plan was sought without an equity rule too."""
        known = self._plan.equity
        if known is None or name[0] != EQUITY:
            return found
        worth = min(max(found.objective, known.without), found.bound)
        return replace(found, objective=worth)

    def _told(self, one: _Found, proven: float) -> dict[str, object]:
        held = self._held
        price = max(0.0, one.objective - held.objective)
        most = max(price, one.bound - held.objective) if one.searched else 0.0
        return {
            "price": price,
            "least": max(0.0, one.objective - proven),
            "most": most,
            "adds": tuple(program for program in one.programs if program not in held.programs),
            "drops": tuple(program for program in held.programs if program not in one.programs),
            "searched": one.searched,
            "stopped": one.stopped,
        }


def _same(one: Matrix, other: Matrix) -> bool:
    """Return whether two models are one and the same: columns, rows and all figures."""
    if one.rows.shape != other.rows.shape or one.entries != other.entries:
        return False
    parts = ("cost", "lower", "upper", "row_lower", "row_upper", "integer")
    alike = all(np.array_equal(getattr(one, part), getattr(other, part)) for part in parts)
    return alike and (one.rows != other.rows).nnz == 0
