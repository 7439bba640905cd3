"""What is selected beside every plan there is."""

from __future__ import annotations

import pytest

from jspmodel.errors import InfeasibleError
from jspmodel.selection import select_programs

SAME = 2e-4
"""What the price of money, which decides ties, may take."""
OBJECTIVES = [("gap_closed", "off"), ("gap_closed", "floor"), ("gap_closed", "max_min"), ("score", "off")]
"""Each objective with each equity rule that it may have."""


def best_above(tried, equity):
    """The most that a plan is worth (None: there is none), without the equity rule too, and what that asks for."""
    without = max((plan.objective for plan in tried), default=None)
    if without is None:
        return None, None, None
    floors = {"off": 0.0, "floor": equity.floor * without, "max_min": max(plan.least for plan in tried)}
    floor = floors[equity.mode]
    kept = [plan.objective for plan in tried if plan.least >= floor - SAME]
    return max(kept, default=None), without, floor


def assert_best(case, scenario, tried):
    """Make sure that what is selected is the best of the plans there are, and proven; return whether there is one."""
    best, without, floor = best_above(tried, scenario.equity)
    if best is None:
        with pytest.raises(InfeasibleError):
            select_programs(case, scenario)
        return False
    plan = select_programs(case, scenario)
    assert (plan.status, plan.stopped_by_clock, plan.dropped_bounds) == ("optimal", False, 0)
    assert plan.objective == pytest.approx(best, abs=SAME)
    assert plan.bound >= best - 1e-6
    if scenario.equity.mode != "off":
        assert plan.equity.without == pytest.approx(without, abs=SAME)
        assert plan.equity.floor == pytest.approx(floor, abs=SAME)
        assert min(r.impact for r in plan.regions if r.impact is not None) >= floor - SAME
    return True
