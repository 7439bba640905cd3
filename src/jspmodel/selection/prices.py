"""What one unit more of a budget or one unit less of a rule would bring: shadow prices of the relaxation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pulp

from jspmodel.case import Case
from jspmodel.errors import Problem, SolverError
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.advice import NAMED_BY
from jspmodel.selection.formulation import Formulation, formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import NAMED, Rule, read_label, read_rule
from jspmodel.selection.solve import Model
from jspmodel.solver.highs import Relaxed, relax
from jspmodel.solver.matrix import Matrix

SHARP = 1e-5
"""Tolerance of the first-order method that large models are relaxed by."""
HAIR = 1e-5
"""By how much every rule is loosened, in the unit of its rows: Rp 10,000, part of a programme."""
LOCKS = {"locked_in": ("lock", 1), "locked_region": ("lock_region", 2)}
"""Rule and number of the codes that name it, for the rows of what is locked in."""
PERCENT = 0.01
"""A share of a fund gives way by percentage points."""
PLACES = ("program", "other", "region", "agency", "dimension", "fund", "year")
"""Columns of codes."""


def shadow_prices(case: Case, scenario: Scenario, plan: Plan) -> pd.DataFrame:
    r"""Return what a unit of leeway in each budget and rule would add to the best plan, to first order.

    From the relaxation, in which programmes may be carried out in part, without the rows that only repeat
    others, and with every rule loosened by a hair: where more rows meet than are needed duals are not unique,
    and a hair further they are those of more leeway. With y[k] the dual of row k (what the optimum gains if
    its right-hand side grows by 1), the price of a rule with rows a[k] x <= b[k] + theta g[k](x), theta its
    leeway, is sum_k y[k] g[k](x) at the optimum (the envelope theorem: Milgrom and Segal, "Envelope theorems
    for arbitrary choice sets", 2002).
    Prices are never negative. The optimum is concave in right-hand sides, so that a price of a budget bounds
    what the relaxation gains from more of it; the gain of a real plan comes in steps and may be 0 or more
    than the price: see ``next_billions``.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: gives the floor of an equity rule.

    Returns
    -------
    DataFrame
        One row a rule, in order of the model: ``rule``, the codes that name it (columns ``program``,
        ``other``, ``region``, ``agency``, ``dimension``, ``fund``, ``year``; empty, or 0 for the year, where
        one does not apply) and ``price`` in the unit of the objective (percentage points or score points)
        for one unit of leeway:

        - ``budget``: Rp 1 billion more of a fund in a year
        - ``fund_rules``: one percentage point more that each fund may bear of a programme's cost
        - ``region_funds``: Rp 1 billion more from a region's own funds, where that helps most
        - ``parallel``: one programme more at a time, in all years; ``systems``: one new system more
        - ``quick_wins``, ``dimension``: one programme less demanded
        - ``min_regions``, ``volume``, ``maturity``: one region, unit of volume or level less demanded
        - ``floor``: one percentage point less for one region
        - ``lock``, ``lock_region``, ``mandatory``, ``province``, ``requires``, ``excludes``: without the rule

    Raises
    ------
    SolverError
        If the solver ends without prices, or the plan is of other settings.
    """
    formulation = formulate(read_inputs(case, scenario), cuts=False)
    model = Model(formulation.problem, scenario.solver)
    hold_floor(formulation, model, plan)
    relaxed = relax(_loosened(model), model.options, SHARP)
    if relaxed.infeasible:
        raise other_settings()
    if not relaxed.finished:
        raise SolverError("The solver ended without prices.", [Problem("no_prices")])
    return _Prices(formulation, model, relaxed).table()


def hold_floor(formulation: Formulation, model: Model, plan: Plan) -> None:
    """Ask of every region with a need what the equity rule asked for in a plan."""
    worst = formulation.variables.worst
    if worst is not None and plan.equity is not None:
        model.limit([(worst, plan.equity.floor, 100.0)], lasting=True)


def other_settings() -> SolverError:
    """Return the error of a plan that does not keep the rules it is told to be an answer to."""
    return SolverError(
        "The plan does not keep the rules of this case and scenario: it is the answer to others.",
        [Problem("plan_of_other_settings")],
    )


@dataclass(frozen=True)
class _Prices:
    """Reads prices from a relaxation."""

    formulation: Formulation
    model: Model
    relaxed: Relaxed

    def table(self) -> pd.DataFrame:
        prices: dict[Rule, float] = defaultdict(float)
        for name, place in self.model.rows.items():
            kind, codes = read_label(name)
            if kind in NAMED or kind in LOCKS:
                rule, gain = _rule(name), self._gain(kind, codes, float(self.relaxed.duals[place]))
                prices[rule] = max(prices[rule], gain) if kind == "region_funds" else prices[rule] + gain
        return pd.DataFrame(
            [{"rule": rule.kind, **_named(rule), "price": price} for rule, price in prices.items()],
            columns=["rule", *PLACES, "price"],
        )

    def _gain(self, kind: str, codes: tuple[str, ...], dual: float) -> float:
        """Return what one unit of leeway in a row adds; its dual is negative where the row asks for more."""
        variables, size = self.formulation.variables, 1.0
        if kind in {"min_regions", "coalition_volume", "mandatory_region", "province_scope"}:
            size = self._value(variables.start[codes[0], int(codes[-1])])
        elif kind == "maturity":
            size = self._value(variables.join[codes[0], codes[1], int(codes[2])])
        elif kind == "fund_share":
            size = PERCENT * self._paid(codes[0], int(codes[2]))
        if kind in {"mandatory_region", "province_scope"}:  # nothing is gained by joining what does not start
            return max(0.0, -dual) * size
        return abs(dual) * size

    def _paid(self, program: str, year: int) -> float:
        pay, funds = self.formulation.variables.pay, self.formulation.inputs.payers[program]
        return sum(self._value(pay[program, fund, year]) for fund in funds if (program, fund, year) in pay)

    def _value(self, variable: pulp.LpVariable) -> float:
        return float(self.relaxed.values[self.model.columns[variable.hash]])


def _loosened(model: Model) -> Matrix:
    """Return the model with a hair of leeway in the rows of every rule; regions may stay away by that."""
    matrix = model.matrix
    ruled = np.zeros(len(matrix.row_lower), dtype=bool)
    ruled[[place for name, place in model.rows.items() if read_label(name)[0] in {*NAMED, *LOCKS}]] = True
    upper = matrix.row_upper + np.where(ruled & np.isinf(matrix.row_lower), HAIR, 0.0)
    return replace(matrix, row_lower=matrix.row_lower - np.where(ruled, HAIR, 0.0), row_upper=upper)


def _named(rule: Rule) -> dict[str, str | int]:
    """Return the codes of a rule by column."""
    codes = {**dict.fromkeys(PLACES, ""), **dict(zip(NAMED_BY[rule.kind], rule.codes, strict=True))}
    return {**codes, "year": int(codes["year"] or 0)}


def _rule(name: str) -> Rule:
    kind, codes = read_label(name)
    if kind not in LOCKS:
        return read_rule(name)
    rule, count = LOCKS[kind]
    return Rule(rule, codes[:count])
