"""A matrix as HiGHS has it: handed over as arrays, read back from HiGHS."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import highspy
import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver import highs as highs_module
from jspmodel.solver.highs import (
    SCALE,
    _Steps,
    add_rows,
    bound_of,
    farkas_multipliers,
    maximise,
    misreported,
    new_highs,
    read_relaxed,
    relax,
    state,
    state_relaxed,
)
from jspmodel.solver.matrix import Matrix, with_limits
from jspmodel.solver.relaxed_search import ONE_THREAD
from jspmodel.solver.session import Session

ROWS = [[2.0, 0.0, 3.0], [0.0, 1.0, 0.0]]


@pytest.fixture
def matrix():
    """At most 4 of 2 x + 3 z, y at least 0.5; x and z whole, x worth 1, y -0.1, z 2."""
    return Matrix(
        cost=np.array([1.0, -0.1, 2.0]),
        lower=np.zeros(3),
        upper=np.array([2.0, 1.5, 1.0]),
        row_lower=np.array([-np.inf, 0.5]),
        row_upper=np.array([4.0, np.inf]),
        rows=sparse.csr_array(ROWS),
        integer=np.array([True, False, True]),
    )


@pytest.mark.parametrize(("stating", "sign"), [(state, 1), (state_relaxed, -1)])
def test_all_of_a_matrix_is_stated(matrix, stating, sign):
    highs = new_highs(ONE_THREAD, np.inf)
    stating(highs, matrix)
    lp = highs.getLp()
    most, least = highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize
    assert lp.sense_ == (most if sign > 0 else least)
    assert list(lp.col_cost_) == [sign * SCALE * cost for cost in (1.0, -0.1, 2.0)]
    assert (list(lp.col_lower_), list(lp.col_upper_)) == ([0, 0, 0], [2, 1.5, 1])
    assert (list(lp.row_lower_), list(lp.row_upper_)) == ([-np.inf, 0.5], [4, np.inf])
    whole = [one == highspy.HighsVarType.kInteger for one in lp.integrality_]
    assert any(whole) == (sign > 0)
    assert not any(whole) or whole == [True, False, True]
    inside = lp.a_matrix_
    stored = sparse.csc_array if inside.format_ == highspy.MatrixFormat.kColwise else sparse.csr_array
    read = stored((list(inside.value_), list(inside.index_), list(inside.start_)), shape=(2, 3))
    assert read.toarray().tolist() == ROWS


def test_whole_columns_are_whole_and_others_are_not(matrix):
    """z and half an x would be worth 2.5; z alone is worth as much as two x, all with half a y."""
    found = maximise(matrix, ONE_THREAD, 0.0)
    assert found.objective == pytest.approx(1.95)
    highs = new_highs(ONE_THREAD, np.inf)
    state_relaxed(highs, matrix)
    highs.run()
    assert -highs.getInfo().objective_function_value / SCALE == pytest.approx(2.45)


@pytest.mark.parametrize(("least", "there"), [(1.0, False), (-1.0, True)])
def test_without_columns_there_is_a_solution_where_every_row_may_be_nothing(least, there):
    nothing = np.zeros(0)
    rows = {"row_lower": np.array([least]), "row_upper": np.array([2.0]), "rows": sparse.csr_array((1, 0))}
    empty = Matrix(cost=nothing, lower=nothing, upper=nothing, integer=nothing.astype(bool), **rows)
    found = maximise(empty, ONE_THREAD, 0.0)
    assert (found.status, found.bound) == (("optimal", 0.0) if there else ("infeasible", -np.inf))
    assert (found.values is None) == (not there)
    assert relax(empty, ONE_THREAD).infeasible == (not there)
    for asked in (Session(empty, ONE_THREAD).relax(), Session(empty, ONE_THREAD).maximise(0.0)):
        assert (asked.status, asked.values is None) == (found.status, not there)


@pytest.mark.parametrize(
    ("duals", "reduced", "bound"),
    [
        ((0, 0), (1, -0.1, 2), 4),  # two x and a z, without rows
        ((0.5, -0.1), (0, 0, 0.5), 2.45),  # 0.5 of 4, -0.1 of 0.5, half of z
        ((1, -1), (-1, 0.9, -1), 4.85),  # 4, -0.5, and 0.9 of 1.5 y
        ((1, 0), (-1, -0.1, -1), 4),
    ],
)
def test_what_multipliers_prove_by_hand(matrix, duals, reduced, bound):
    found, proven = bound_of(matrix, np.array(duals, dtype=float))
    assert found == pytest.approx(reduced)
    assert proven == pytest.approx(bound)


def test_a_bound_that_nothing_presses_on_may_be_infinite(matrix):
    """Neither x, whose worth its row takes, nor the least of y where that row is not priced."""
    endless = replace(matrix, upper=np.array([np.inf, 1.5, 1.0]), row_lower=np.full(2, -np.inf))
    assert bound_of(endless, np.array([0.5, 0.0]))[1] == pytest.approx(2.5)


def test_a_relaxation_by_hand_and_with_a_row_more(matrix):
    """2.45 as above; with x + z at most 1, z alone: 1.95."""
    highs = new_highs(ONE_THREAD, np.inf)
    state_relaxed(highs, matrix)
    highs.run()
    relaxed = read_relaxed(highs, matrix)
    assert (relaxed.infeasible, relaxed.converged) == (False, True)
    assert relaxed.bound == pytest.approx(2.45)
    assert relaxed.values == pytest.approx([0.5, 0.5, 1])
    assert relaxed.duals == pytest.approx([0.5, -0.1])
    assert relaxed.reduced_costs == pytest.approx([0, 0, 0.5])
    row = sparse.csr_array(np.array([[1.0, 0, 1]]))
    add_rows(highs, row, np.ones(1))
    highs.run()
    more = read_relaxed(highs, with_limits(matrix, row, np.ones(1)))
    assert more.bound == pytest.approx(1.95)
    assert more.values == pytest.approx([0, 0.5, 1])


def test_where_rows_cannot_be_kept_nothing_is_worth_anything(matrix):
    never = replace(matrix, row_lower=np.array([9.0, 0.5]), row_upper=np.array([9.5, np.inf]))
    relaxed, found = relax(never, ONE_THREAD), maximise(never, ONE_THREAD, 0.0)
    assert (relaxed.infeasible, relaxed.bound) == (True, -np.inf)
    assert (relaxed.values.tolist(), relaxed.duals.tolist()) == ([0, 0, 0], [0, 0])
    assert (found.status, found.values) == ("infeasible", None)
    assert (found.objective, found.bound) == (-np.inf, -np.inf)


def test_what_proves_that_there_is_no_solution_by_hand(matrix):
    """2 x + 3 z is 7 at most and asked to be 7.5: a multiplier of -1 shows that a half is lacking, -2 that 1 is."""
    never = replace(matrix, row_lower=np.array([7.5, 0.5]), row_upper=np.array([8.0, np.inf]))
    highs = new_highs(ONE_THREAD, np.inf)
    state_relaxed(highs, never)
    highs.run()
    multipliers = farkas_multipliers(highs, never)
    assert multipliers == pytest.approx([-2, 0])
    assert bound_of(replace(never, cost=np.zeros(3)), multipliers)[1] == pytest.approx(-1)


@pytest.mark.parametrize("ray", [[], [0.0, 0.0], [np.inf, 0.0], [1.0, 0.0], [-1.0, 0.0], [0.3, -0.7]])
def test_that_there_is_no_solution_is_not_believed_without_proof(matrix, monkeypatch, ray):
    """What is left is a bound that holds: what all columns are worth at their bounds, two x and a z, without y."""
    monkeypatch.setattr(highs_module, "ended", lambda *_: highspy.HighsModelStatus.kInfeasible)
    monkeypatch.setattr(highspy.Highs, "getDualRay", lambda _: (highspy.HighsStatus.kOk, True, np.array(ray)))
    highs = new_highs(ONE_THREAD, np.inf)
    state_relaxed(highs, matrix)
    relaxed = read_relaxed(highs, matrix)
    assert (relaxed.infeasible, relaxed.converged) == (False, False)
    assert relaxed.bound == pytest.approx(4)
    highs.run()
    assert read_relaxed(highs, matrix).bound == pytest.approx(2.45)


def test_a_column_without_any_value_leaves_no_solution(matrix):
    none = replace(matrix, lower=np.array([1.0, 0, 0]), upper=np.array([0.5, 1.5, 1]))
    assert relax(none, ONE_THREAD).infeasible


def test_without_whole_columns_the_best_is_its_own_bound(matrix):
    found = maximise(replace(matrix, integer=np.zeros(3, dtype=bool)), ONE_THREAD, 0.0)
    assert (found.status, found.stopped) == ("optimal", False)
    assert (found.objective, found.bound) == (pytest.approx(2.45), pytest.approx(2.45))


@pytest.mark.parametrize(
    ("x", "told", "wrong"),
    [
        (2.0, 1.95, False),
        (2.0, 1.95 + 1e-6, False),  # a millionth of it is noise
        (2.0, 1.95 + 3e-6, True),
        (0.5, 0.45 + 0.9e-6, False),  # and of 1, where it is less
        (0.5, 0.45 + 1.5e-6, True),
        (0.0, -0.05, False),
        (0.0, 0.05, True),
    ],
)
def test_values_that_are_not_worth_what_is_told(matrix, x, told, wrong):
    assert misreported(matrix, np.array([x, 0.5, 0.0]), told) == wrong


class Event(SimpleNamespace):
    """What HiGHS hands to those that listen."""

    def __init__(self):
        super().__init__(
            data_out=SimpleNamespace(mip_dual_bound=7 * SCALE), data_in=self, stopped=False, told=[]
        )

    def interrupt(self):
        self.stopped = True

    def setSolution(self, values):  # noqa: N802
        self.told.append(values.tolist())


def test_steps_are_counted_and_a_plan_from_elsewhere_is_handed_on_once():
    """A check stands for 40 iterations over a million coefficients, 0.4 of a unit, a query for three times that."""
    heard, answers = [], iter([True, np.array([1.0, 0.0]), True, True, False])
    steps = _Steps(1_000_000, lambda work, bound: heard.append((work, bound)) or next(answers))
    events = [Event() for _ in range(6)]
    turns = [steps.check, steps.check, steps.query, steps.query, steps.check, steps.check]
    for turn, event in zip(turns, events, strict=True):
        turn(event)
    assert [work for work, _ in heard] == pytest.approx([0.4, 0.8, 2.0, 3.2, 3.6])  # then it was to stop
    assert {bound for _, bound in heard} == {7.0}
    assert [event.told for event in events] == [[], [], [[1.0, 0.0]], [], [], []]
    assert [event.stopped for event in events] == [False, False, False, False, True, True]
    assert steps.failed is None


def test_what_fails_in_a_search_stops_it_and_is_not_lost(matrix):
    def fails(work, bound):
        raise ZeroDivisionError

    steps, event = _Steps(1, fails), Event()
    steps.check(event)
    assert event.stopped
    assert isinstance(steps.failed, ZeroDivisionError)
