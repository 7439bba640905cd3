"""What a plan closes in the province as a whole."""

from __future__ import annotations

from jspmodel.plan import Plan


def province_impact(plan: Plan) -> float:
    """Return the province's impact: the regions' impacts weighted by their needs.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    float
        Percent of the province's weighted gap closed, averaged over the horizon; 0 without any need.
    """
    needs = sum(item.need for item in plan.regions if item.impact is not None)
    gained = sum(item.need * item.impact for item in plan.regions if item.impact is not None)
    return gained / needs if needs > 0 else 0.0
