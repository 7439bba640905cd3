from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from selection.postoptimal.published import BEST, BEST_SET, BUDGET, by_score, every_set, numbers, published


def test_the_best_plan_of_the_published_case():
    plan = select_programs(published(), by_score())
    assert numbers(plan.choices) == BEST_SET
    assert plan.objective == pytest.approx(BEST)
    assert max((worth, chosen) for chosen, worth, cost in every_set() if cost <= BUDGET) == (BEST, BEST_SET)
