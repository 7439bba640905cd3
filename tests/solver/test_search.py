"""The search over matrices: every part is a part, every bound a bound, both ways of searching find the best."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import sparse

from jspmodel.selection.layout import read_layout
from jspmodel.selection.solve import Model
from jspmodel.solver import attempts, dive, highs, large, parts
from jspmodel.solver.clock import Clock
from jspmodel.solver.highs import Options, maximise, relax
from jspmodel.solver.matrix import FREE, Matrix, restrict
from jspmodel.solver.search import Search
from selection.random_cases import random_case
from selection.small import scenario, stated

ONE = Options(threads=1)


def matrix(cost, rows, most, upper=None, whole=True):
    """Maximise cost x with rows x <= most, 0 <= x <= upper."""
    count = len(cost)
    return Matrix(
        cost=np.array(cost, dtype=float),
        lower=np.zeros(count),
        upper=np.ones(count) if upper is None else np.array(upper, dtype=float),
        row_lower=np.full(len(most), -np.inf),
        row_upper=np.array(most, dtype=float),
        rows=sparse.csr_array(np.array(rows, dtype=float)),
        whole=np.full(count, whole),
    )


def case(seed=5, **more):
    """The matrix and layout of a random case of eight programmes in four regions over three years."""
    size = {"programs": 8, "regions": "ABCD", "years": (2027, 2028, 2029), **more}
    formulation = stated(random_case(seed, **size), scenario())
    model = Model(formulation.problem, formulation.inputs.scenario.solver)
    return model.matrix.bounded(), read_layout(formulation, model)


def test_rows_of_positive_coefficients_bound_columns():
    # 2x + 4y <= 8 bounds x by 4 and y by 2; x - y <= 1 bounds nothing.
    stated_ = matrix([1, 1], [[2, 4], [1, -1]], [8, 1], upper=[np.inf, 1.5], whole=False)
    assert stated_.bounded().upper.tolist() == [4.0, 1.5]


def test_the_bound_of_a_whole_column_is_whole():
    # 5x <= 4 leaves a whole x at 0; 0.1y <= 0.3 lets y reach 3, whatever 0.3 / 0.1 is to a computer.
    stated_ = matrix([1, 1], [[5, 0], [0, 0.1]], [4, 0.3], upper=[1, 9])
    assert stated_.bounded().upper.tolist() == [0.0, 3.0]
    assert maximise(stated_.bounded(), ONE, 5, 0.0, start=np.zeros(2)).objective == pytest.approx(3.0)


def test_a_whole_column_gets_a_whole_bound():
    """3 x + 2 y <= 5 lets x reach 1 in whole numbers, and y 2; HiGHS has called fractions infeasible."""
    assert matrix([1, 1], [[3, 2]], [5], upper=[9, 9]).bounded().upper.tolist() == [1, 2]
    # Rounding noise takes no programme away that just fits.
    assert matrix([1], [[0.3]], [0.1 + 0.2 - 1e-12]).bounded().upper.tolist() == [1]


def test_a_part_is_worth_what_it_is_in_the_whole():
    # x fixed at 1, z follows y: what is left is max 3y + 4y, 2y + 5y <= 9 - 1.
    whole = matrix([2, 3, 4], [[1, 2, 5]], [9])
    part = restrict(whole, np.array([1.0, FREE, FREE]), np.array([0, 1, 1]))
    assert part.matrix.cost.tolist() == [7.0]
    assert part.matrix.rows.toarray().tolist() == [[7.0]]
    assert part.matrix.row_upper.tolist() == [8.0]
    assert part.whole(np.array([1.0])).tolist() == [1.0, 1.0, 1.0]
    assert part.inside(np.array([1.0, 1.0, 1.0])).tolist() == [1.0]


def test_fixed_columns_that_break_a_row_leave_no_solution():
    # y may not be 1 without x; z is free.
    whole = matrix([1, 1, 1], [[-1, 1, 0]], [0])
    assert maximise(restrict(whole, np.array([1.0, 1.0, FREE])).matrix, ONE, 5, 0.0).objective == 1
    assert maximise(restrict(whole, np.array([0.0, 1.0, FREE])).matrix, ONE, 5, 0.0).status == "infeasible"


def test_a_column_that_follows_a_fixed_one_is_fixed():
    whole = matrix([2, 3], [[1, 2]], [9])
    part = restrict(whole, np.array([1.0, FREE]), np.array([0, 0]))
    assert part.whole(np.zeros(0)).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("large", [10**9, 0])
def test_the_relaxation_by_hand(monkeypatch, large):
    # max 3x + 2y, 2x + 2y <= 3: x = 1, y = 1/2, worth 4; a unit of money is worth 1, x earns 1 more than it costs.
    monkeypatch.setattr(highs, "LARGE", large)
    relaxed = relax(matrix([3, 2], [[2, 2]], [3]), ONE, 10, 1e-7)
    assert relaxed.bound == pytest.approx(4, abs=1e-4)
    assert relaxed.values == pytest.approx([1, 0.5], abs=1e-3)
    assert relaxed.worths == pytest.approx([1, 0], abs=1e-3)


def test_the_first_order_method_never_bounds_too_low(monkeypatch):
    whole, _ = case(budget=12)
    exact = relax(whole, ONE, 10).bound
    monkeypatch.setattr(highs, "LARGE", 0)
    for tolerance in (1e-1, 1e-2, 1e-3, 1e-5):
        assert relax(whole, ONE, 10, tolerance).bound >= exact - 1e-9
    assert relax(whole, ONE, 10, 1e-6).bound == pytest.approx(exact, rel=1e-3)


def test_a_relaxation_without_a_solution_says_so():
    impossible = matrix([1, 1], [[-1, -1]], [-3])
    assert relax(impossible, ONE, 10).infeasible


def test_maximise_by_hand():
    # A knapsack of 5 for (value, weight) 4/3, 3/2, 3/3: the first two.
    told = []
    answer = maximise(matrix([4, 3, 3], [[3, 2, 3]], [5]), ONE, 10, 0.0, found=told.append)
    assert (answer.status, answer.objective) == ("optimal", pytest.approx(7))
    assert np.round(answer.values).tolist() == [1, 1, 0]
    linear = maximise(matrix([4, 3], [[3, 2]], [4], whole=False), ONE, 10, 0.0)
    assert linear.bound == linear.objective == pytest.approx(3 + 4 * 2 / 3)


@pytest.mark.parametrize(
    "kind", ["near", "coalitions", "years", "filled", "around_programs", "around_regions", "dive"]
)
def test_a_part_only_has_solutions_of_the_whole(kind):
    whole, layout = case(6, budget=25)
    relaxed = relax(whole, ONE, 10)
    plan = maximise(whole, ONE, 20, 0.2).values
    guess = relaxed.values
    freed = np.arange(layout.program.max() + 1) < 3  # of eight programmes, and of four regions
    useful = np.ones(len(plan), dtype=bool)
    made = {
        "near": lambda: parts.near(layout, guess),
        "coalitions": lambda: parts.coalitions(layout, plan, guess),
        "years": lambda: parts.years(layout, plan),
        "filled": lambda: parts.filled(layout, plan),
        "around_programs": lambda: parts.around_programs(layout, plan, freed, useful),
        "around_regions": lambda: parts.around_regions(layout, plan, freed, useful),
        "dive": lambda: (dive.dive(whole, layout, relaxed, ONE, Clock(20), -np.inf), np.arange(len(plan))),
    }
    part = restrict(whole, *made[kind]())
    answer = maximise(part.matrix, ONE, 20, 0.0)
    found = part.whole(answer.values)
    assert (whole.rows @ found <= whole.row_upper + 1e-6).all()
    assert (whole.rows @ found >= whole.row_lower - 1e-6).all()
    assert whole.cost @ found <= maximise(whole, ONE, 20, 0.0).objective + 1e-6
    if kind not in ("near", "dive"):
        assert whole.cost @ found >= whole.cost @ plan - 1e-6
    if kind == "around_regions":
        assert (found[layout.start] == np.round(plan[layout.start])).all()
    if kind == "filled":
        assert set(layout.join[plan[layout.join] > 0.5]) <= set(layout.join[found[layout.join] > 0.5])


@pytest.mark.parametrize(("seed", "large"), list(product((5, 6, 7), (10**9, 0))))
def test_the_search_is_as_good_as_the_solver_alone(monkeypatch, seed, large):
    whole, layout = case(seed, budget=15)
    plain = maximise(whole, ONE, 60, 0.0)
    monkeypatch.setattr(attempts, "LARGE", large)
    told = []
    seek = Search(whole, layout, ONE, 5.0, 0.0, better=lambda _, worth: told.append(worth))
    seek.run()
    # The way for large models proves nothing but the relaxation's bound, and need not find the very best.
    assert seek.objective == pytest.approx(plain.objective, rel=0.02 if large == 0 else 1e-5)
    assert seek.objective <= plain.objective + 1e-5 <= seek.bound + 2e-5
    assert told == sorted(told)
    assert told[-1] == seek.objective == pytest.approx(whole.cost @ seek.best)


def test_cuts_beside_a_search_better_its_bound(monkeypatch):
    whole, layout = case(6, budget=15)
    best = maximise(whole, ONE, 60, 0.0).objective
    monkeypatch.setattr(attempts, "LARGE", 0)
    seek = Search(whole, layout, Options(threads=2), 20.0, 0.0)
    seek.run()
    assert best - 1e-5 <= seek.bound < relax(whole, ONE, 10).bound - 1e-3
    assert seek.stopped  # when a better bound comes depends on the clock


def test_parts_searched_at_once_are_as_good_as_one_by_one():
    whole, layout = case(7, budget=15)
    worth = []
    for threads in (1, 2):
        seek = Search(whole, layout, Options(threads=threads), 20.0, 0.0)
        seek.take(np.zeros(len(seek.matrix.cost)))
        nothing = parts.nothing(len(seek.matrix.cost))
        seek.attempts([parts.years(seek.layout, seek.plan), nothing], 0.5)
        worth.append(seek.objective)
    assert worth[0] == pytest.approx(worth[1])
    assert worth[0] == pytest.approx(maximise(whole, ONE, 60, 0.0).objective)


def test_the_same_seed_takes_the_same_way(monkeypatch):
    whole, layout = case(6, budget=15)
    monkeypatch.setattr(attempts, "LARGE", 0)
    plans = []
    for _ in range(2):
        seek = Search(whole, layout, ONE, 60.0, 0.02)
        seek.run()
        plans.append((seek.best.tolist(), seek.stopped))
    assert plans[0] == plans[1]


def test_a_start_that_is_known_is_kept():
    whole, layout = case(7, programs=40, regions="ABCDE", years=range(2027, 2032), budget=25)
    known = maximise(whole, ONE, 3.0, 0.05).values
    seek = Search(whole, layout, ONE, 0.5, 0.0)
    seek.run(start=known)
    assert seek.objective >= whole.cost @ known - 1e-6


def test_a_dive_without_time_leaves_something_to_better(monkeypatch):
    monkeypatch.setattr(attempts, "LARGE", 0)
    monkeypatch.setattr(large, "DIVE", 0.0)
    monkeypatch.setattr(large, "DIVED", 0.0)
    whole, layout = case(5, budget=15)
    seek = Search(whole, layout, ONE, 5.0, 0.01)
    seek.run()
    assert seek.objective > 0.5 * seek.bound


def test_an_infeasible_matrix_says_so():
    whole, layout = case()
    full = np.ones(len(layout.start))
    whole.lower[layout.start] = full
    whole.row_upper[:] = np.minimum(whole.row_upper, 0.0)
    seek = Search(whole, layout, ONE, 5.0, 0.0)
    seek.run()
    assert (seek.status, seek.best) == ("infeasible", None)
