"""The search over matrices: every part is a part, every bound a bound, both ways of searching find the best."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from scipy import sparse

from jspmodel.selection.formulation import Model, read_column_map
from jspmodel.solver import diving, highs, kernel_search, neighbourhoods, reformulation, state, sub_mip
from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import Options, maximise, relax
from jspmodel.solver.matrix import NOT_FIXED, Matrix, restrict
from jspmodel.solver.result import SearchResult
from jspmodel.solver.search import search
from selection.random_cases import best_by_trying, random_case
from selection.small import make_scenario, stated

ONE = Options(threads=1)


def matrix(cost, rows, most, upper=None, integer=True):
    """Maximise cost x with rows x <= most, 0 <= x <= upper."""
    count = len(cost)
    return Matrix(
        cost=np.array(cost, dtype=float),
        lower=np.zeros(count),
        upper=np.ones(count) if upper is None else np.array(upper, dtype=float),
        row_lower=np.full(len(most), -np.inf),
        row_upper=np.array(most, dtype=float),
        rows=sparse.csr_array(np.array(rows, dtype=float)),
        integer=np.full(count, integer),
    )


SMALL = {"programs": 6, "regions": "ABC", "budget": 15}
"""Proven in a second or less, and not at the root: about 150 columns in 170 rows."""


def case(seed=5, **more):
    """The matrix and column map of a random case of eight programmes in four regions over three years."""
    return deepcopy(case_once(seed, **more))


@cache
def case_once(seed, **more):
    size = {"programs": 8, "regions": "ABCD", "years": (2027, 2028, 2029), **more}
    formulation = stated(random_case(seed, **size), make_scenario())
    model = Model(formulation.problem, formulation.inputs.scenario.solver)
    return model.matrix.bounded(), read_column_map(formulation, model)


@cache
def alone(seed, **more):
    """What the solver alone finds."""
    return maximise(case(seed, **more)[0], ONE, 0.0)


def test_rows_of_positive_coefficients_bound_columns():
    # 2x + 4y <= 8 bounds x by 4 and y by 2; x - y <= 1 bounds nothing.
    stated_ = matrix([1, 1], [[2, 4], [1, -1]], [8, 1], upper=[np.inf, 1.5], integer=False)
    assert stated_.bounded().upper.tolist() == [4.0, 1.5]


def test_the_bound_of_a_whole_column_is_whole():
    # 5x <= 4 leaves a whole x at 0; 0.1y <= 0.3 lets y reach 3, whatever 0.3 / 0.1 is to a computer.
    stated_ = matrix([1, 1], [[5, 0], [0, 0.1]], [4, 0.3], upper=[1, 9])
    assert stated_.bounded().upper.tolist() == [0.0, 3.0]
    assert maximise(stated_.bounded(), ONE, 0.0, start=np.zeros(2)).objective == pytest.approx(3.0)


def test_a_whole_column_gets_a_whole_bound():
    """3 x + 2 y <= 5 lets x reach 1 in whole numbers, and y 2; HiGHS has called fractions infeasible."""
    assert matrix([1, 1], [[3, 2]], [5], upper=[9, 9]).bounded().upper.tolist() == [1, 2]
    # Rounding noise takes no programme away that just fits.
    assert matrix([1], [[0.3]], [0.1 + 0.2 - 1e-12]).bounded().upper.tolist() == [1]


def test_a_part_is_worth_what_it_is_in_the_whole():
    # x fixed at 1, z follows y: what is left is max 3y + 4y, 2y + 5y <= 9 - 1.
    whole = matrix([2, 3, 4], [[1, 2, 5]], [9])
    part = restrict(whole, np.array([1.0, NOT_FIXED, NOT_FIXED]), np.array([0, 1, 1]))
    assert part.matrix.cost.tolist() == [7.0]
    assert part.matrix.rows.toarray().tolist() == [[7.0]]
    assert part.matrix.row_upper.tolist() == [8.0]
    assert part.expand(np.array([1.0])).tolist() == [1.0, 1.0, 1.0]
    assert part.project(np.array([1.0, 1.0, 1.0])).tolist() == [1.0]


def test_fixed_columns_that_break_a_row_leave_no_solution():
    # y may not be 1 without x; z is free.
    whole = matrix([1, 1, 1], [[-1, 1, 0]], [0])
    assert maximise(restrict(whole, np.array([1.0, 1.0, NOT_FIXED])).matrix, ONE, 0.0).objective == 1
    assert maximise(restrict(whole, np.array([0.0, 1.0, NOT_FIXED])).matrix, ONE, 0.0).status == "infeasible"


def test_a_column_that_follows_a_fixed_one_is_fixed():
    whole = matrix([2, 3], [[1, 2]], [9])
    part = restrict(whole, np.array([1.0, NOT_FIXED]), np.array([0, 0]))
    assert part.expand(np.zeros(0)).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("large", [10**9, 0])
def test_the_relaxation_by_hand(monkeypatch, large):
    # max 3x + 2y, 2x + 2y <= 3: x = 1, y = 1/2, worth 4; a unit of money is worth 1, x earns 1 more than it costs.
    monkeypatch.setattr(highs, "LARGE", large)
    relaxed = relax(matrix([3, 2], [[2, 2]], [3]), ONE, 1e-7)
    assert relaxed.bound == pytest.approx(4, abs=1e-4)
    assert relaxed.values == pytest.approx([1, 0.5], abs=1e-3)
    assert relaxed.reduced_costs == pytest.approx([1, 0], abs=1e-3)


def test_the_first_order_method_never_bounds_too_low(monkeypatch):
    whole, _ = case(budget=12)
    exact = relax(whole, ONE).bound
    monkeypatch.setattr(highs, "LARGE", 0)
    for tolerance in (1e-1, 1e-2, 1e-3, 1e-5):
        assert relax(whole, ONE, tolerance).bound >= exact - 1e-9
    assert relax(whole, ONE, 1e-6).bound == pytest.approx(exact, rel=1e-3)


def test_a_relaxation_without_a_solution_says_so():
    impossible = matrix([1, 1], [[-1, -1]], [-3])
    assert relax(impossible, ONE).infeasible


def test_maximise_by_hand():
    # A knapsack of 5 for (value, weight) 4/3, 3/2, 3/3: the first two.
    told = []
    answer = maximise(matrix([4, 3, 3], [[3, 2, 3]], [5]), ONE, 0.0, on_solution=told.append)
    assert (answer.status, answer.objective) == ("optimal", pytest.approx(7))
    assert np.round(answer.values).tolist() == [1, 1, 0]
    linear = maximise(matrix([4, 3], [[3, 2]], [4], integer=False), ONE, 0.0)
    assert linear.bound == linear.objective == pytest.approx(3 + 4 * 2 / 3)


@pytest.mark.parametrize(
    "kind",
    [
        "near_relaxation",
        "coalitions",
        "same_starts",
        "additions",
        "around_programs",
        "around_regions",
        "dive",
    ],
)
def test_a_part_only_has_solutions_of_the_whole(kind):
    whole, column_map = case(6, budget=25)
    relaxed = relax(whole, ONE)
    plan = maximise(whole, ONE, 0.2).values
    guess = relaxed.values
    freed = np.arange(column_map.program.max() + 1) < 3  # of eight programmes, and of four regions
    useful = np.ones(len(plan), dtype=bool)
    made = {
        "near_relaxation": lambda: neighbourhoods.near_relaxation(column_map, guess),
        "coalitions": lambda: neighbourhoods.coalitions(column_map, plan, guess),
        "same_starts": lambda: neighbourhoods.same_starts(column_map, plan),
        "additions": lambda: neighbourhoods.additions(column_map, plan),
        "around_programs": lambda: neighbourhoods.around_programs(column_map, plan, freed, useful),
        "around_regions": lambda: neighbourhoods.around_regions(column_map, plan, freed, useful),
        "dive": lambda: (
            diving.dive(whole, column_map, relaxed, ONE, Effort(1000), -np.inf),
            np.arange(len(plan)),
        ),
    }
    part = restrict(whole, *made[kind]())
    answer = maximise(part.matrix, ONE, 0.0)
    found = part.expand(answer.values)
    assert (whole.rows @ found <= whole.row_upper + 1e-6).all()
    assert (whole.rows @ found >= whole.row_lower - 1e-6).all()
    assert whole.cost @ found <= alone(6, budget=25).objective + 1e-6
    if kind not in ("near_relaxation", "dive"):
        assert whole.cost @ found >= whole.cost @ plan - 1e-6
    if kind == "around_regions":
        assert (found[column_map.start] == np.round(plan[column_map.start])).all()
    if kind == "additions":
        assert set(column_map.join[plan[column_map.join] > 0.5]) <= set(
            column_map.join[found[column_map.join] > 0.5]
        )


def sought(whole, column_map, gap=0.0, threads=1, work=1000.0, **more):
    return search(whole, column_map, Options(threads=threads), Effort(work), gap, **more)


@pytest.mark.parametrize(("seed", "large"), list(product((5, 6, 7), (10**9, 0))))
def test_the_search_is_as_good_as_the_solver_alone(monkeypatch, seed, large):
    whole, column_map = case(seed, **SMALL)
    plain = alone(seed, **SMALL)
    monkeypatch.setattr(reformulation, "LARGE", large)
    told = []
    seek = sought(whole, column_map, progress=lambda plan, worth, _: plan is not None and told.append(worth))
    # The way for large models proves nothing but the relaxation's bound, and need not find the very best.
    assert seek.objective == pytest.approx(plain.objective, rel=0.02 if large == 0 else 1e-5)
    # Whole columns are whole to 1e-6, which is worth up to 1e-4 here.
    assert seek.objective <= plain.objective + 1e-4
    assert plain.objective <= seek.bound + 1e-5
    assert told == sorted(told)
    assert told[-1] == seek.objective == pytest.approx(whole.cost @ seek.values)
    assert whole.rows_hold(seek.values)


@pytest.mark.parametrize("gap", [0.0, 0.01, 0.2])
@pytest.mark.parametrize("seed", range(5, 13))
def test_no_bound_is_below_the_best(seed, gap):
    whole, column_map = case(seed, **SMALL)
    best = alone(seed, **SMALL).objective
    seek = sought(whole, column_map, gap)
    # HiGHS keeps rows to 1e-6, which is worth up to 1e-4 here; a plan is worth what its whole columns are.
    assert seek.bound <= (1 + gap) * seek.objective + 1e-4
    assert seek.bound >= best - 1e-5
    assert seek.objective >= best / (1 + gap) - 1e-4
    assert seek.dropped == 0


def test_what_goes_wrong_in_what_is_asked_is_not_lost():
    def asked(work: float, bound: float) -> bool:
        raise ZeroDivisionError(f"{work} {bound}")

    with pytest.raises(ZeroDivisionError):
        maximise(case(6, budget=15)[0].bounded(), ONE, 0.0, on_step=asked)


def test_a_search_that_is_asked_to_end_says_so():
    whole, _ = case(6, budget=15)
    answer = maximise(whole.bounded(), ONE, 0.0, on_step=lambda work, bound: False)
    assert answer.status == "limit"
    assert answer.bound >= alone(6, budget=15).objective - 1e-6


@pytest.mark.parametrize("large", [10**9, 0])
def test_the_same_input_takes_the_same_way_with_any_number_of_threads(monkeypatch, large):
    whole, column_map = case(6, budget=15)
    monkeypatch.setattr(reformulation, "LARGE", large)
    seeks = [sought(whole, column_map, 0.001, threads) for threads in (1, 2, 2)]
    first = seeks[0]
    for other in seeks[1:]:
        assert other.values.tolist() == first.values.tolist()
        assert (other.bound, other.work) == (first.bound, first.work)
        assert not other.stopped


def test_a_start_that_is_known_is_kept():
    whole, column_map = case(8, budget=15)
    known = alone(8, budget=15).values
    assert (
        sought(whole, column_map, work=0.0).objective < whole.cost @ known - 1e-3
    )  # else nothing is at stake
    seek = sought(whole, column_map, work=0.0, start=known)
    assert seek.objective >= whole.cost @ known - 1e-6


def test_a_plan_stands_before_any_effort_is_spent():
    whole, column_map = case(7, programs=40, regions="ABCDE", years=range(2027, 2032), budget=25)
    told = []
    seek = sought(whole, column_map, 0.01, work=1e-9, progress=lambda *now: told.append(now))
    first = next(plan for plan, _, _ in told if plan is not None)
    assert whole.rows_hold(first)
    assert 0 < whole.cost @ first <= seek.objective
    assert seek.objective <= seek.bound < np.inf  # and a bound: that of the relaxation


def test_an_infeasible_matrix_says_so():
    whole, column_map = case()
    full = np.ones(len(column_map.start))
    whole.lower[column_map.start] = full
    whole.row_upper[:] = np.minimum(whole.row_upper, 0.0)
    seek = sought(whole, column_map)
    assert (seek.status, seek.values) == ("infeasible", None)


def test_what_no_effort_is_left_for_is_not_called_impossible():
    whole, column_map = case(6, budget=15)
    whole.lower[column_map.start[:1]] = 1.0
    seek = sought(whole, column_map, work=0.0)
    assert seek.status != "infeasible"


def test_optimal_is_proven_at_its_objective_even_without_a_bound(monkeypatch):
    """HiGHS has called a model optimal with an infinite bound; asked again it said the same, for ever."""
    whole, column_map = case(6, budget=15)
    real, asked = sub_mip.maximise, []

    def unbounded(matrix, *args, **more):
        asked.append(1)
        answer = real(matrix, *args, **more)
        return replace(answer, bound=np.inf)

    monkeypatch.setattr(sub_mip, "maximise", unbounded)
    seek = sought(whole, column_map)
    assert len(asked) < 200
    assert seek.objective == pytest.approx(alone(6, budget=15).objective, abs=1e-4)


def test_a_solution_is_worth_what_is_told_of_it(monkeypatch):
    """HiGHS has told what the best is worth and the values of the start."""
    whole, _ = case(7, budget=15)
    best = alone(7, budget=15)
    start, real, answers = np.zeros(len(whole.cost)), highs._solved, []

    def stale(*args):
        answers.append(real(*args))
        return replace(answers[-1], values=start) if len(answers) == 1 else answers[-1]

    monkeypatch.setattr(highs, "_solved", stale)
    again = maximise(whole, ONE, 0.0, start)
    assert whole.cost @ again.values == pytest.approx(best.objective)
    assert again.objective == pytest.approx(best.objective)
    assert again.work == pytest.approx(sum(answer.work for answer in answers))


def test_a_kernel_keeps_the_plan_in_hand():
    whole, column_map = case(7, budget=15)
    seek = state.SearchState(whole, column_map, ONE, Effort(1000), 0.0)
    kernel_search.kernel(seek, 5, None)
    before = seek.objective
    kernel_search.kernel(seek, 1, None)
    assert seek.objective >= before > 0


@pytest.mark.parametrize("status", ["optimal", "limit", "clock"])
def test_nothing_is_asked_for_ever(monkeypatch, status):
    """A solver that says the same without any work of its own, the plan that it was given, and no bound."""
    whole, column_map = case(6, budget=15)
    asked = []

    def same(matrix, options, gap, start=None, **_):
        asked.append(1)
        assert len(asked) < 5000
        return SearchResult(status, start, -np.inf if start is None else float(matrix.cost @ start), np.inf)

    first = alone(6, budget=15).values
    monkeypatch.setattr(sub_mip, "maximise", same)
    seek = sought(whole, column_map, work=1.0, start=first)
    assert (seek.objective, seek.dropped) == (pytest.approx(whole.cost @ first), 0)
    assert not seek.proven


@pytest.mark.parametrize("said", [("optimal", 0.9), ("limit", 0.9), ("infeasible", None)])
def test_a_proof_below_the_plan_in_hand_proves_nothing(monkeypatch, said):
    """What was left out is worth less than the plan, but that makes no proof of a bound that is wrong."""
    whole, column_map = case(6, budget=15)
    best = alone(6, budget=15).values
    worth, (status, share) = whole.cost @ best, said

    def wrong(matrix, *_, start=None, **__):
        return SearchResult(status, None, -np.inf, -np.inf if share is None else share * worth - 1000)

    monkeypatch.setattr(sub_mip, "maximise", wrong)
    seek = sought(whole, column_map, work=1.0, start=best)
    assert seek.status != "infeasible"
    assert (seek.objective, seek.dropped) == (pytest.approx(worth), 1)
    assert not seek.proven
    assert seek.bound > worth


def test_a_relaxation_that_wrongly_has_no_solution_does_not_hide_a_plan(monkeypatch):
    whole, column_map = case(6, budget=15)
    best = alone(6, budget=15).values
    real = state.relax
    monkeypatch.setattr(
        state,
        "relax",
        lambda *args, **more: replace(real(*args, **more), infeasible=True, bound=-np.inf),
    )
    seek = sought(whole, column_map, start=best)
    assert (seek.status, seek.objective) == ("limit", pytest.approx(whole.cost @ best))
    most = np.maximum(whole.cost * whole.lower, whole.cost * whole.upper).sum()
    assert (seek.proven, seek.bound, seek.dropped) == (False, pytest.approx(most), 1)
    built = sought(whole, column_map)
    assert (built.status, whole.rows_hold(built.values)) == ("limit", True)


def test_a_start_outside_the_bounds_of_columns_is_no_plan():
    whole, column_map = case(6, budget=15)
    best = alone(6, budget=15).values
    whole.upper[column_map.start[best[column_map.start] > 0.5]] = 0.0
    rest = maximise(whole, ONE, 0.0).objective
    seek = sought(whole, column_map, start=best)
    assert (seek.objective, seek.proven) == (pytest.approx(rest, abs=1e-5), True)
    assert rest < whole.cost @ best - 1


@cache
def best_by_trying_once(seed):
    """The most that any plan of a random case is worth, equity aside."""
    return best_by_trying(random_case(seed, programs=2), make_scenario())


@pytest.mark.parametrize("mode", ["off", "floor", "max_min"])
@pytest.mark.parametrize("gap", [0.0, 0.01, 0.1])
@pytest.mark.parametrize("seed", range(3))
def test_no_bound_is_below_the_best_of_all_plans(seed, gap, mode):
    """Every plan is tried; the bound is of the search alone, whatever equity rule is stated."""
    best = best_by_trying_once(seed)
    formulation = stated(random_case(seed, programs=2), make_scenario(equity={"mode": mode}))
    model = Model(formulation.problem, formulation.inputs.scenario.solver)
    seek = sought(model.matrix.bounded(), read_column_map(formulation, model), gap)
    assert seek.proven
    assert seek.bound >= best - 2e-4  # what the price of money may take
    assert best / (1 + gap) - 2e-4 <= seek.objective <= best + 1e-6
