"""A matrix as HiGHS has it: handed over as arrays, read back from HiGHS."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver.highs import SCALE, maximise, new_highs, relax, state, state_relaxed
from jspmodel.solver.matrix import Matrix
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
