"""Problems of the literature with known answers."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import highspy
import numpy as np
import pytest

from jspmodel.selection import select_programs
from jspmodel.selection.formulation import Model
from jspmodel.solver.highs import relax
from selection.knapsack import knapsack
from selection.small import make_scenario, starts, stated

# Lorie and Savage (1955), "Three problems in rationing capital", The Journal of Business 28(4): nine projects,
# outlays in two years, net present values; budgets 50 and 20.
FIRST = (12, 54, 6, 6, 30, 6, 48, 36, 18)
SECOND = (3, 7, 6, 2, 35, 6, 4, 3, 3)
VALUES = (14, 17, 17, 15, 40, 12, 14, 10, 12)


def lorie_savage(budgets=(50.0, 20.0)):
    return knapsack("L", VALUES, (FIRST, SECOND), budgets)


def relaxation(budgets=(50.0, 20.0)):
    scenario = make_scenario(objective="score")
    model = Model(stated(lorie_savage(budgets), scenario, cuts=False).problem, scenario.solver)
    relaxed = relax(model.matrix.bounded(), model.options)
    return relaxed.bound, {name: relaxed.duals[place] for name, place in model.rows.items()}


def test_the_optimum_of_lorie_and_savage():
    # Projects 1, 3, 4, 6 and 9 cost 12+6+6+6+18 = 48 and 3+6+2+6+3 = 20, and are worth 14+17+15+12+12 = 70.
    plan = select_programs(lorie_savage(), make_scenario(objective="score"))
    assert sorted(starts(plan)) == ["L1", "L3", "L4", "L6", "L9"]
    assert plan.objective == pytest.approx(70)
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(70, abs=1e-3)
    assert {year: sum(p.amount for p in plan.funding if p.year == year) for year in (2027, 2028)} == {
        2027: pytest.approx(48),
        2028: pytest.approx(20),
    }


def test_the_relaxation_and_the_price_of_each_budget():
    optimum, duals = relaxation()
    assert optimum == pytest.approx(70.2727, abs=5e-4)
    assert duals["fund_budget(f,2027)"] == pytest.approx(0.136, abs=5e-4)
    assert duals["fund_budget(f,2028)"] == pytest.approx(1.864, abs=5e-4)


@pytest.mark.parametrize(
    ("row", "more"), [("fund_budget(f,2027)", (50.1, 20)), ("fund_budget(f,2028)", (50, 20.1))]
)
def test_duals_have_the_sign_of_a_finite_difference(row, more):
    before, duals = relaxation()
    after, _ = relaxation(more)
    assert duals[row] == pytest.approx((after - before) / 0.1, rel=1e-3)
    assert duals[row] > 0


# Weingartner and Ness (1967), "Methods for the solution of the multidimensional 0/1 knapsack problem", Operations
# Research 15(1): 28 projects, two outlays. Figures and optima as in the file mknap2 (WEING1, WEING2) of Beasley's
# OR-Library (1990).
NESS_VALUES = (
    1898, 440, 22507, 270, 14148, 3100, 4650, 30800, 615, 4975, 1160, 4225, 510, 11880,
    479, 440, 490, 330, 110, 560, 24355, 2885, 11748, 4550, 750, 3720, 1950, 10500,
)  # fmt: skip
NESS_FIRST = (
    45, 0, 85, 150, 65, 95, 30, 0, 170, 0, 40, 25, 20, 0, 0, 25, 0, 0, 25, 0, 165, 0, 85, 0, 0, 0, 0, 100
)  # fmt: skip
NESS_SECOND = (
    30, 20, 125, 5, 80, 25, 35, 73, 12, 15, 15, 40, 5, 10, 10, 12, 10, 9, 0, 20, 60, 40, 50, 36, 49, 40, 19, 150
)  # fmt: skip


@pytest.mark.parametrize(("budget", "optimum"), [(600.0, 141278), (500.0, 130883)])
def test_the_optimum_of_weingartner_and_ness(budget, optimum):
    case = knapsack("W", NESS_VALUES, (NESS_FIRST, NESS_SECOND), (budget, budget))
    plan = select_programs(case, make_scenario(objective="score"))
    assert plan.objective == pytest.approx(optimum)
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(optimum, abs=1)


# Petersen (1967), "Computational experience with variants of the Balas algorithm applied to the selection of R&D
# projects", Management Science 13(9): seven problems of 6 to 50 projects under 5 or 10 budgets, with their optima, as
# in the file mknap1 of Beasley's OR-Library (1990), https://people.brunel.ac.uk/~mastjjb/jeb/orlib/mknapinfo.html
# (left out: an eighth problem, whose optimum the file does not give). Each budget is that of a year.
PETERSEN = (3800, 8706.1, 4015, 6120, 12400, 10618, 16537)


def petersen(number):
    """Optimum, values, outlays by budget and budgets of a problem, from 0."""
    figures = iter(map(float, (Path(__file__).parent / "mknap1.txt").read_text(encoding="utf-8").split()))

    def take(count):
        return [next(figures) for _ in range(int(count))]

    next(figures)
    for _ in range(number + 1):
        projects, budgets, optimum = take(3)
        values, outlays, limits = take(projects), [take(projects) for _ in range(int(budgets))], take(budgets)
    return optimum, values, outlays, limits


@pytest.mark.parametrize(("number", "optimum"), [*enumerate(PETERSEN)])
def test_the_optima_of_petersen(number, optimum):
    told, values, outlays, budgets = petersen(number)
    assert told == optimum
    case = knapsack("R", values, outlays, budgets)
    plan = select_programs(case, make_scenario(objective="score"))
    assert plan.objective == pytest.approx(optimum)
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(optimum, abs=0.02)
    taken = [int(code[1:]) - 1 for code in starts(plan)]
    assert sum(values[k] for k in taken) == pytest.approx(optimum)
    assert all(sum(row[k] for k in taken) <= most for row, most in zip(outlays, budgets, strict=True))


@pytest.mark.parametrize(("number", "optimum"), [*enumerate(PETERSEN)])
def test_the_figures_of_petersen_are_the_published_ones(number, optimum):
    """HiGHS alone, on nothing but the file, comes to the published optimum."""
    _, values, outlays, budgets = petersen(number)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    taken = [solver.addBinary() for _ in values]
    for row, most in zip(outlays, budgets, strict=True):
        solver.addConstr(sum(a * x for a, x in zip(row, taken, strict=True)) <= most)
    solver.maximize(sum(v * x for v, x in zip(values, taken, strict=True)))
    assert np.dot(values, np.round(solver.getSolution().col_value)) == pytest.approx(optimum)


# Billionnet and Soutif (2004), "Using a mixed integer programming tool for solving the 0-1 quadratic knapsack
# problem", INFORMS Journal on Computing 16(2): their example r_10_100_13, ten objects, every pair worth something.
SOUTIF_VALUES = (91, 78, 22, 4, 48, 85, 46, 81, 3, 26)
SOUTIF_PAIRS = (
    (55, 23, 35, 44, 5, 91, 95, 26, 40),
    (92, 11, 20, 43, 71, 83, 27, 65),
    (7, 57, 33, 38, 57, 63, 82),
    (100, 87, 91, 83, 44, 48),
    (69, 57, 79, 89, 21),
    (9, 40, 22, 26),
    (50, 6, 7),
    (71, 52),
    (17,),
)
SOUTIF_WEIGHTS = (34, 33, 12, 3, 43, 26, 10, 2, 48, 39)
SOUTIF_CAPACITY = 145


def test_the_optimum_of_a_quadratic_knapsack():
    pairs = {(i, i + k): v for i, line in enumerate(SOUTIF_PAIRS, 1) for k, v in enumerate(line, 1)}
    assert len(pairs) == 45

    def worth(taken):
        return sum(SOUTIF_VALUES[i - 1] for i in taken) + sum(pairs[pair] for pair in combinations(taken, 2))

    # Ten objects: the optimum is proven by trying all 1,024 sets.
    sets = (taken for size in range(11) for taken in combinations(range(1, 11), size))
    fitting = [taken for taken in sets if sum(SOUTIF_WEIGHTS[i - 1] for i in taken) <= SOUTIF_CAPACITY]
    best = max(fitting, key=worth)
    linked = [(i, j, value) for (i, j), value in pairs.items()]
    case = knapsack("S", SOUTIF_VALUES, (SOUTIF_WEIGHTS,), (SOUTIF_CAPACITY,), linked)
    plan = select_programs(case, make_scenario(objective="score"))
    assert plan.objective == pytest.approx(worth(best))
    assert set(starts(plan)) == {f"S{number}" for number in best}
    assert plan.status == "optimal"
