"""Problems of the literature with known answers."""

from __future__ import annotations

import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.solve import Model
from selection.small import one_place, rows, scenario, starts, stated

# Lorie and Savage (1955), "Three problems in rationing capital", The Journal of Business 28(4): nine projects,
# outlays in two years, net present values; budgets 50 and 20.
FIRST = (12, 54, 6, 6, 30, 6, 48, 36, 18)
SECOND = (3, 7, 6, 2, 35, 6, 4, 3, 3)
VALUES = (14, 17, 17, 15, 40, 12, 14, 10, 12)


def lorie_savage(budgets=(50.0, 20.0)):
    codes = [f"L{number}" for number in range(1, 10)]
    outlays = [
        (code, "", "build", offset, float(outlay))
        for offset, column in enumerate((FIRST, SECOND))
        for code, outlay in zip(codes, column, strict=True)
    ]
    return one_place(
        [],
        budget=0,
        programs=rows(
            "program name_id duration first_start last_start score",
            *((code, code, 1, 2027, 2027, value) for code, value in zip(codes, VALUES, strict=True)),
        ),
        program_regions=rows("program region"),
        program_costs=rows("program region kind offset amount", *outlays),
        program_effects=rows("program issue effect"),
        fund_budgets=rows("fund year amount", ("f", 2027, budgets[0]), ("f", 2028, budgets[1])),
    )


def relaxation(budgets=(50.0, 20.0)):
    settings = scenario(objective="score")
    model = Model(stated(lorie_savage(budgets), settings, cuts=False).problem, settings.solver)
    return model.relax(), model.duals()


def test_the_optimum_of_lorie_and_savage():
    # Projects 1, 3, 4, 6 and 9 cost 12+6+6+6+18 = 48 and 3+6+2+6+3 = 20, and are worth 14+17+15+12+12 = 70.
    plan = select_programs(lorie_savage(), scenario(objective="score"))
    assert sorted(starts(plan)) == ["L1", "L3", "L4", "L6", "L9"]
    assert plan.objective == pytest.approx(70)
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(70, abs=1e-3)
    assert {year: sum(p.amount for p in plan.funding if p.year == year) for year in (2027, 2028)} == {
        2027: pytest.approx(48),
        2028: pytest.approx(20),
    }


def test_the_relaxation_and_the_price_of_each_budget():
    answer, duals = relaxation()
    assert answer.objective == pytest.approx(70.2727, abs=5e-4)
    assert duals["fund_budget(f,2027)"] == pytest.approx(0.136, abs=5e-4)
    assert duals["fund_budget(f,2028)"] == pytest.approx(1.864, abs=5e-4)


@pytest.mark.parametrize(
    ("row", "more"), [("fund_budget(f,2027)", (50.1, 20)), ("fund_budget(f,2028)", (50, 20.1))]
)
def test_duals_have_the_sign_of_a_finite_difference(row, more):
    before, duals = relaxation()
    after, _ = relaxation(more)
    assert duals[row] == pytest.approx((after.objective - before.objective) / 0.1, rel=1e-3)
    assert duals[row] > 0
