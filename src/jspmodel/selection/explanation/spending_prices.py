"""What spending rules cost: the plan sought again without each of them, and without all."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import pandas as pd
import pulp

from jspmodel.case import Case
from jspmodel.measure import SpendingRule, spending_rules
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation.asked_again import AskedAgain
from jspmodel.selection.formulation import formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import spending_rules as rule_module
from jspmodel.selection.variables import label
from jspmodel.solver import Array, SearchResult, Worker, borrow_worker

ALL = ""
"""Stands for all rules together."""


def spending_prices(case: Case, scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """Return what spending rules cost, by seeking again from the present plan without them.

    First with all of them, as a longer search may find a better plan all the same; then without each, and
    without all.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both.

    Returns
    -------
    DataFrame
        One row a rule, then one for all (``spending_rule`` empty), where there are more; none without rules:

        - ``price``: how much better (percentage points or score points) the best plan found without it is
          than the best found with all
        - ``least``, ``most``: the best plan without it is better than the best with all by at least and at
          most this: what is proven, beside the price of money that decides ties
        - ``adds``, ``drops``: programmes that it carries out and the best found with all does not, and the
          reverse
        - ``stopped``: whether ``solver.time_limit`` stopped the search: more time may find more

    Raises
    ------
    SolverError
        If the plan is of other settings.

    Notes
    -----
    Each question takes at most a quarter of the scenario's effort, until what it finds is proven within a
    fifth of ``solver.gap``.
    """
    rules = [rule for rule in spending_rules(case, scenario) if rule.years]
    columns = ["spending_rule", "price", "least", "most", "adds", "drops", "stopped"]
    if not rules:
        return pd.DataFrame(columns=columns)
    with borrow_worker() as worker:
        model = _WithoutRules(case, scenario, plan, rules, worker)
        asked = [rule.code for rule in rules] + ([ALL] if len(rules) > 1 else [])
        found = {code: model.without(code) for code in asked}
        return pd.DataFrame(_rows(model, found, plan), columns=columns)


def _rows(model: _WithoutRules, found: dict[str, SearchResult], plan: Plan) -> Iterator[dict[str, object]]:
    base = model.held
    held, proven = [choice.program for choice in model.choices(base)], min(plan.bound, base.bound)
    widest = found[ALL].bound if ALL in found else inf
    for code, best in found.items():
        programs = [choice.program for choice in model.choices(best)]
        yield {
            "spending_rule": code,
            "price": max(0.0, best.objective - base.objective),
            "least": max(0.0, best.objective - proven),
            "most": max(0.0, min(best.bound, widest) - base.objective),
            "adds": tuple(program for program in programs if program not in held),
            "drops": tuple(program for program in held if program not in programs),
            "stopped": best.stopped,
        }


class _WithoutRules(AskedAgain):
    """A model whose spending rules can be let go: a column gives each row the leeway that it asks for.

    Attributes
    ----------
    held : SearchResult
        The best plan known that keeps all rules.
    """

    def __init__(
        self, case: Case, scenario: Scenario, plan: Plan, rules: list[SpendingRule], worker: Worker
    ) -> None:
        added = pulp.LpProblem("without_rules", pulp.LpMaximize)
        super().__init__(case, scenario, plan, formulate(read_inputs(case, scenario)), added)
        self._leeway = {rule.code: list(self._loosened(rule)) for rule in rules}
        known = self.begin(worker)
        self._best = [self.seek(self._upper(set()), known, known.bound)]

    @property
    def held(self) -> SearchResult:
        return self._best[0]

    def _loosened(self, rule: SpendingRule) -> Iterator[int]:
        """Add a column to each row of a rule."""
        kind, sign = (rule_module.LEAST, 1.0) if rule.least else (rule_module.MOST, -1.0)
        most = self.formulation.inputs.all_costs + rule.total
        for year in rule.years:
            row = label(kind, rule.code, year)
            yield self.add(label("leeway", row), most, {row: sign})

    def _upper(self, free: set[str]) -> Array:
        """Return upper bounds with leeway for some rules alone."""
        upper = self.model.matrix.upper.copy()
        for code, columns in self._leeway.items():
            if code not in free:
                upper[columns] = 0.0
        return upper

    def without(self, code: str) -> SearchResult:
        """Seek the best plan without a rule, or without all."""
        free = set(self._leeway) if code == ALL else {code}
        best = max(self._best if code == ALL else self._best[:1], key=lambda found: found.objective)
        found = self.seek(self._upper(free), best, inf)
        self._best.append(found)
        return found
