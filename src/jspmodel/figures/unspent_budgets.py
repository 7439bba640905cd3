"""What a plan leaves of the budgets, and why it is left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Plan
from jspmodel.scenario import Scenario
from jspmodel.selection import read_inputs


@dataclass(frozen=True)
class Unspent:
    """What is left of the budgets, in Rp billion; each rupiah counts once, at the first that holds.

    Attributes
    ----------
    too_late : dict of int to float
        By year: no refused proposal may start in it, nor in a later one.
    bound : float
        Of funds that may pay for no refused proposal.
    other : float
        Some refused proposal could be paid from it, but lacks something else, as its reason says.
    """

    too_late: dict[int, float]
    bound: float
    other: float


def unspent_budgets(case: Case, scenario: Scenario, plan: Plan) -> Unspent:
    """Return what a plan leaves of the budgets, and why.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both.

    Returns
    -------
    Unspent
        With B[f,t] the budget of fund f in year t and y[f,t] what the plan pays from it, B[f,t] - y[f,t] is
        told apart by what R may do, the refused proposals that could be in a plan: no start of R in t or
        later; no p in R that f may pay for; else.
    """
    left = left_of_budgets(case, scenario, plan)
    proposals, payers = read_inputs(case, scenario).proposals, measure.payers(case)
    # What is no proposal there (locked out, or too late whatever the plan) could use no money.
    refused = {item.program for item in plan.refused} & set(proposals)
    last = max((year for code in refused for year in proposals[code].starts), default=0)
    usable = {fund for code in refused for fund in payers[code]}
    too_late: dict[int, float] = defaultdict(float)
    bound = other = 0.0
    for (fund, year), amount in left.items():
        if year > last:
            too_late[year] += amount
        elif fund not in usable:
            bound += amount
        else:
            other += amount
    return Unspent(dict(sorted(too_late.items())), bound, other)


def left_of_budgets(case: Case, scenario: Scenario, plan: Plan) -> dict[tuple[str, int], float]:
    """Return what a plan leaves of each fund's budget of each year, in Rp billion; without what is used up.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan

    Returns
    -------
    dict of (str, int) to float
    """
    left = dict(measure.budgets(case, scenario))
    for payment in plan.funding:
        left[payment.fund, payment.year] -= payment.amount
    return {key: amount for key, amount in left.items() if amount > 0}
