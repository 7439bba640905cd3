"""What the next billions of a budget would bring: the plan sought again with more money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

import pandas as pd
import pulp

from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation.asked_again import AskedAgain
from jspmodel.selection.explanation.prices import shadow_prices
from jspmodel.selection.formulation import formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.objectives import price_of_money
from jspmodel.selection.variables import Rows, label
from jspmodel.solver import Worker, borrow_worker

FUNDS = 3
"""So many funds are asked about, those whose money the relaxation prices highest."""
ROW = "extra_money"


def next_billions(
    case: Case, scenario: Scenario, plan: Plan, amounts: Sequence[float] = (1.0, 5.0, 10.0)
) -> pd.DataFrame:
    """Return what more money would bring, by seeking again from the present plan.

    The money may be spent in any years of the horizon in which the fund has a budget, where it does most. It
    is asked for each of the three funds with the highest shadow price (ties: table order), and for money that
    may go to any funds; first of all for no money, as a longer search may find a better plan without it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both.
    amounts : sequence of float
        Rp billion, above 0.

    Returns
    -------
    DataFrame
        One row a fund and amount, ``fund`` being empty for any funds:

        - ``gain``: how much better (percentage points or score points) the best plan found with the money is
          than the best found without; for amount 0 than ``plan``
        - ``least``, ``most``: the best plan with the money is better than the best without by at least and
          at most this: what is proven, beside the price of money that decides ties
        - ``adds``, ``drops``: programmes that it carries out and ``plan`` does not, and the reverse
        - ``stopped``: whether ``solver.time_limit`` stopped the search: more time may find more

    Raises
    ------
    SolverError
        If the plan is of other settings, or the relaxation takes too long.

    Notes
    -----
    Each question takes at most a quarter of the scenario's effort, until what it finds is proven within a
    fifth of ``solver.gap``.
    """
    funds = _dearest(shadow_prices(case, scenario, plan))
    with borrow_worker() as worker:
        model = _RaisedBudgets(case, scenario, plan, max(amounts), worker)
        model.solve("", 0.0)
        for fund in (*funds, ""):
            for amount in sorted(amounts):
                model.solve(fund, amount)
    return pd.DataFrame(_rows(model, plan))


def _dearest(prices: pd.DataFrame) -> list[str]:
    budgets = prices[(prices["rule"] == "budget") & (prices["price"] > 0)]
    highest = budgets.groupby("fund", sort=False)["price"].max().round(6)
    return list(highest.sort_values(ascending=False, kind="stable").index[:FUNDS])


def _rows(model: _RaisedBudgets, plan: Plan) -> Iterator[dict[str, object]]:
    found, now = model.found, {choice.program for choice in plan.choices}
    without = found["", 0.0]
    for (fund, amount), best in found.items():
        base, proven = (
            (without.objective, min(plan.bound, without.bound)) if amount else (plan.objective,) * 2
        )
        # More money, or the same in any funds, is never worth less.
        wider = [other.bound for (f, a), other in found.items() if a >= amount and f in ("", fund)]
        programs = [choice.program for choice in model.choices(best)]
        yield {
            "fund": fund,
            "amount": amount,
            "gain": max(0.0, best.objective - base),
            "least": max(0.0, best.objective - proven),
            "most": max(0.0, min(wider) - base),
            "adds": tuple(program for program in programs if program not in now),
            "drops": tuple(c.program for c in plan.choices if c.program not in programs),
            "stopped": best.stopped,
        }


class _RaisedBudgets(AskedAgain):
    """A model in which budgets can be raised: sum_{f,t} more[f,t] <= extra, more[f,t] on top of B[f,t].

    Attributes
    ----------
    found : dict of (fund, amount) to SearchResult
        The best plan known with some money more, its objective by the measure, and what no such plan exceeds.
    """

    def __init__(self, case: Case, scenario: Scenario, plan: Plan, most: float, worker: Worker) -> None:
        formulation = formulate(read_inputs(case, scenario))
        self._extra = pulp.LpProblem("more_money", pulp.LpMaximize).add_variable("extra", 0, 0)
        stated = replace(formulation, families=(*formulation.families, self._row))
        super().__init__(case, scenario, plan, stated)
        self._more = dict(self._raise_budgets(most))
        self.found = {("", 0.0): self.begin(worker)}

    def _row(self, *_: object) -> Rows:
        """Yield the row of the extra money, to which the raised budgets are added later."""
        yield ROW, -self._extra <= 0

    def _raise_budgets(self, most: float) -> Iterator[tuple[tuple[str, int], int]]:
        for fund, year in self.formulation.inputs.budgets:
            if (row := label("fund_budget", fund, year)) in self.model.rows:
                rows = {row: -1.0, label("year_budget", year): -1.0, ROW: 1.0}
                yield (fund, year), self.model.add(most, rows)

    def solve(self, fund: str, amount: float) -> None:
        """Seek the best plan with so much money more, from the best that is known to be possible with it."""
        upper = self.model.matrix.upper.copy()
        upper[self.model.columns[self._extra.hash]] = amount
        upper[[column for (other, _), column in self._more.items() if fund not in ("", other)]] = 0.0
        known = [f for (g, a), f in self.found.items() if a <= amount and (fund in ("", g) or not a)]
        best = max(known, key=lambda found: found.objective)
        found = self.seek(upper, best, inf if amount else best.bound)
        # What is spent beside the budgets is charged, too.
        charged = amount * price_of_money(self.formulation.inputs)
        self.found[fund, amount] = replace(found, bound=found.bound + charged)
