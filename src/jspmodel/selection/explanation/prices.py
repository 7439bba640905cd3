"""What one unit more of a budget or one unit less of a rule would bring: shadow prices of the relaxation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pulp

from jspmodel.case import Case
from jspmodel.errors import Problem, SolverError
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.formulation import Formulation, Model, formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import RELAXATIONS, Constraint, LinearSolution, constraint_of
from jspmodel.selection.variables import read_label
from jspmodel.solver import Matrix, RelaxationResult, relax

SHARP = 1e-5
"""Tolerance of the first-order method that large models are relaxed by."""
HAIR = 1e-5
"""By how much every rule is loosened, in the unit of its rows: Rp 10,000, part of a programme."""
PLACES = ("program", "other", "region", "agency", "dimension", "fund", "spending_rule", "staff_kind", "year")
"""Columns of codes."""


@computed_once()
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
        ``other``, ``region``, ``agency``, ``dimension``, ``fund``, ``spending_rule``, ``staff_kind``,
        ``year``; empty, or 0 for the year, where one does not apply) and ``price`` in the unit of the
        objective (percentage points or score points) for one unit of leeway:

        - ``budget``: Rp 1 billion more of a fund in a year
        - ``fund_rules``: one percentage point more that each fund may bear of a programme's cost
        - ``region_funds``: Rp 1 billion more from a region's own funds, where that helps most
        - ``cofunding``: one percentage point less of its own part of a programme that a region must bear
        - ``parallel``: one programme more at a time, in all years; ``systems``: one new system more
        - ``staff``: one person more of a kind in an agency and year
        - ``quick_wins``, ``dimension``: one programme less demanded
        - ``min_regions``, ``volume``, ``maturity``: one region, unit of volume or level less demanded
        - ``spending_least``, ``spending_most``: a percentage point less, or more, of what is spent in a year
        - ``floor``: one percentage point less for one region
        - ``lock``, ``lock_region``, ``mandatory``, ``province``, ``requires``, ``excludes``: without the rule

    Raises
    ------
    SolverError
        If the solver ends without prices, or the plan is of other settings.
    """
    formulation = formulate(read_inputs(case, scenario), cuts=False)
    model = Model(formulation, scenario.solver)
    hold_floor(formulation, model, plan)
    relaxed = relax(_loosened(model), model.options, SHARP)
    if relaxed.infeasible:
        raise other_settings()
    if not relaxed.converged:
        raise SolverError("The solver ended without prices.", [Problem("no_prices")])
    return _Prices(formulation, model, relaxed).table()


def hold_floor(formulation: Formulation, model: Model, plan: Plan) -> None:
    """Ask of every region with a need what the equity rule asked for in a plan."""
    worst = formulation.variables.worst
    if worst is not None and plan.equity is not None:
        model.set_bounds([(worst, plan.equity.floor, 100.0)], lasting=True)


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
    relaxed: RelaxationResult

    def table(self) -> pd.DataFrame:
        solution = LinearSolution(self.formulation.variables, self.formulation.inputs, self._value)
        prices: dict[Constraint, float] = {}
        for name, place in self.model.rows.items():
            if (constraint := constraint_of(name)) is not None:
                relaxation, dual = RELAXATIONS[constraint.kind], float(self.relaxed.duals[place])
                gain = relaxation.gain(dual, read_label(name)[1], solution)
                prices[constraint] = relaxation.together(prices.get(constraint, 0.0), gain)
        return pd.DataFrame(
            [{"rule": one.kind, **_codes_by_column(one), "price": price} for one, price in prices.items()],
            columns=["rule", *PLACES, "price"],
        )

    def _value(self, variable: pulp.LpVariable) -> float:
        return float(self.relaxed.values[self.model.columns[variable.hash]])


def _loosened(model: Model) -> Matrix:
    """Return the model with a hair of leeway in the rows of every rule; regions may stay away by that."""
    matrix = model.matrix
    ruled = np.zeros(len(matrix.row_lower), dtype=bool)
    ruled[[place for name, place in model.rows.items() if constraint_of(name) is not None]] = True
    upper = matrix.row_upper + np.where(ruled & np.isinf(matrix.row_lower), HAIR, 0.0)
    return replace(matrix, row_lower=matrix.row_lower - np.where(ruled, HAIR, 0.0), row_upper=upper)


def _codes_by_column(constraint: Constraint) -> dict[str, str | int]:
    """Return the codes of a constraint by column."""
    own = zip(RELAXATIONS[constraint.kind].codes, constraint.codes, strict=True)
    codes = {**dict.fromkeys(PLACES, ""), **dict(own)}
    return {**codes, "year": int(codes["year"] or 0)}
