"""Money that past years left over, by fund."""

from __future__ import annotations

from math import isnan

from jspmodel.measure import records, sums
from jspmodel.realisation.standing import Standing

LEAST = 0.0005
"""Rp billion below which nothing is left: amounts are told in thousandths."""


def left_over(standing: Standing) -> dict[str, float]:
    r"""Return what each fund was to pay by the plan in the years past and did not.

    .. math:: \max \Bigl( 0, \sum_{t \le T, p} (\text{pay}_{pft} - \text{realised}_{pft}) \Bigr)

    T is ``replan.through``, pay what the adopted plan pays, realised the ``amount`` of ``realisation``; money
    that one year leaves and the next one spends is not left.

    Returns
    -------
    dict of fund to float
        Rp billion; only funds of which something is left.
    """
    case, past = standing.case, set(standing.planned_past)
    planned = sums((item.fund, item.amount) for item in standing.adopted.funding if item.year in past)
    realised = sums(
        (fund, amount)
        for fund, year, amount in records(case.realisation, "fund", "year", "amount")
        if year in past and not isnan(amount)
    )
    left = {fund: planned.get(fund, 0.0) - realised.get(fund, 0.0) for fund in case.funds["fund"]}
    return {fund: amount for fund, amount in left.items() if amount > LEAST}


def is_carried(standing: Standing, fund: str) -> bool | None:
    """Return whether what a fund has left is carried into the next year; None: nobody said."""
    replan = standing.scenario.replan
    said = replan.unspent_funds.get(fund, replan.unspent)
    return None if said is None else said == "carried"


def carried_over(standing: Standing) -> dict[str, float]:
    """Return what each fund carries into the first year that is planned again, in Rp billion."""
    return {fund: amount for fund, amount in left_over(standing).items() if is_carried(standing, fund)}
