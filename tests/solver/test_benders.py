"""Columns at the side: what is left has the same relaxation and the same best solution, and settles again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver.benders import Benders
from jspmodel.solver.highs import maximise, relax
from jspmodel.solver.matrix import NO_SIDE, Matrix, Side
from solver.test_search import ONE, case


def two_purses(left=3.0, right=3.0):
    """Two things worth 5 and 4 that cost 4 and 3; the first may be paid from the left purse only, up to 1 of it.

    Columns: the two things, what is paid for the first from the left and the right purse, for the second from
    the right. Rows: paid 1, paid 2, the left purse's limit for the first, both purses.
    """
    rows = [[-4, 0, 1, 1, 0], [0, -3, 0, 0, 1], [-1, 0, 1, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 1]]
    return Matrix(
        cost=np.array([5.0, 4, 0, 0, 0]),
        lower=np.zeros(5),
        upper=np.array([1.0, 1, left, right, right]),
        row_lower=np.array([0, 0, -np.inf, -np.inf, -np.inf]),
        row_upper=np.array([0, 0, 0, left, right]),
        rows=sparse.csr_array(np.array(rows, dtype=float)),
        integer=np.array([True, True, False, False, False]),
    )


SIDE = Side(np.array([2, 3, 4]), np.array([0, 1, 1]), np.array([0, 0, 1, 2, 3]))
"""All payments from the right purse are added up, and so are the rows of what is paid."""


def test_sums_by_hand():
    # x, y, left, right: left + right = 4x + 3y, left <= x, left <= 3, right <= 3.
    lean = Benders(two_purses(), SIDE, ONE).matrix
    assert lean.rows.toarray().tolist() == [[-4, -3, 1, 1], [-1, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert lean.row_upper.tolist() == [0, 0, 3, 3]
    assert lean.row_lower.tolist() == [0, -np.inf, -np.inf, -np.inf]


def test_factors_of_sums_have_no_rounding_errors():
    """49 payments in one row, each times 1 - 2/3: a mean of these numbers is not that number any more."""
    factor = 1 - 2 / 3
    alike = Matrix(
        cost=np.append(np.ones(49), np.zeros(49)),
        lower=np.zeros(98),
        upper=np.ones(98),
        row_lower=np.zeros(50),
        row_upper=np.append(np.zeros(49), 7.0),
        rows=sparse.block_array(
            [[-sparse.eye_array(49), sparse.eye_array(49)], [None, np.full((1, 49), factor)]], format="csr"
        ),
        integer=np.arange(98) < 49,
    )
    side = Side(np.arange(49, 98), np.zeros(49, dtype=np.int64), np.append(np.zeros(49, dtype=np.int64), 1))
    lean = Benders(alike, side, ONE).matrix
    assert sum([factor / 49] * 49) != factor
    assert lean.rows.toarray()[:, 49].tolist() == [1.0, factor]


def test_what_cannot_be_paid_is_excluded():
    # Each is payable alone: 4 = 1 + 3, and 3. Both cost 7, of which 1 + 3 can be paid.
    projection = Benders(two_purses(), SIDE, ONE)
    for things, payable in (((1, 0), True), ((0, 1), True), ((1, 1), False)):
        whole = projection.complete(np.array([*things, 0.0, 0.0]))
        assert (whole is not None) == payable
        if whole is not None:
            assert two_purses().rows_hold(whole)
            assert whole[:2].tolist() == list(things)
    cuts = projection.matrix.rows[4:].toarray() @ np.array([1.0, 1.0, 0.0, 0.0])
    assert (cuts > projection.matrix.row_upper[4:] + 1e-6).any()
    for things in ((1, 0), (0, 1)):
        kept = projection.matrix.rows[4:].toarray() @ np.array([*things, 0.0, 0.0])
        assert (kept <= projection.matrix.row_upper[4:] + 1e-9).all()


def test_without_multipliers_nothing_is_learnt():
    projection = Benders(two_purses(), SIDE, ONE)
    rows = projection.matrix.rows.shape[0]
    projection.add_cuts(np.zeros(5))
    assert projection.matrix.rows.shape[0] == rows


@pytest.mark.parametrize("seed", [5, 6, 7, 8])
def test_bound_and_best_are_those_of_the_whole(seed):
    whole, column_map = case(seed, budget=12)
    relaxed = relax(whole, ONE)
    projection = Benders(whole, column_map.side, ONE)
    projection.add_cuts(relaxed.duals)
    assert relax(projection.matrix, ONE).bound == pytest.approx(relaxed.bound, rel=1e-6)
    best = maximise(whole, ONE, 0.0)
    # A solution of the whole is one of what is left, and settles again.
    inside = projection.project(best.values)
    assert projection.matrix.rows_hold(inside)
    settled = projection.complete(inside)
    assert whole.rows_hold(settled)
    assert whole.cost @ settled == pytest.approx(best.objective, abs=1e-5)


def test_payments_are_classed_by_what_funds_may_pay():
    # Sums of classes make sense only if the rows of a class have all columns of a class, each once.
    whole, column_map = case(6)
    side = column_map.side
    assert len(side.kind) == len(side.columns) > len(set(side.kind.tolist())) > 1
    touched = np.flatnonzero(np.diff(whole.rows[:, side.columns].tocsr().indptr))
    assert (side.row_kind[touched] >= 0).all()
    for kind in set(side.row_kind[touched].tolist()):
        sums = whole.rows[touched[side.row_kind[touched] == kind]][:, side.columns].sum(axis=0)
        for column_kind in set(side.kind.tolist()):
            assert len(set(sums[side.kind == column_kind].tolist())) == 1


def test_what_is_only_asked_teaches_nothing():
    projection = Benders(two_purses(), SIDE, ONE)
    assert projection.complete(np.array([1.0, 1, 0, 0]), cut=False) is None
    assert projection.matrix.rows.shape[0] == 4


def test_a_fork_learns_by_itself():
    projection = Benders(two_purses(), SIDE, ONE)
    other = projection.fork()
    assert other.complete(np.array([1.0, 1, 0, 0])) is None
    assert (projection.matrix.rows.shape[0], other.matrix.rows.shape[0] > 4) == (4, True)
    assert projection.complete(np.array([1.0, 0, 0, 0])) is not None


def beside_others():
    """x and y, each paid for by itself, 1 for x and 1 for y; 2 x and what is paid for it are at most ``2``.

    Before, between and after the rows of payments stand rows without.
    """
    rows = [[1, 1, 0, 0], [-1, 0, 1, 0], [1, -1, 0, 0], [2, 0, 1, 0], [0, -1, 0, 1], [0, 1, 0, 0]]
    return Matrix(
        cost=np.array([2.0, 1, 0, 0]),
        lower=np.zeros(4),
        upper=np.array([1.0, 1, 3, 3]),
        row_lower=np.array([0, 0, -1, -np.inf, 0, 0]),
        row_upper=np.array([2, 0, 1, 2, 0, 1.0]),
        rows=sparse.csr_array(np.array(rows, dtype=float)),
        integer=np.array([True, True, False, False]),
    )


BESIDE = Side(np.array([2, 3]), np.array([0, 1]), np.array([-1, 0, -1, 1, 2, -1]))


def test_rows_without_payments_stay_first_and_sums_need_not_be_whole():
    lean = Benders(beside_others(), BESIDE, ONE)
    assert (lean.kept.tolist(), lean.sums) == ([0, 1], 2)
    assert lean.rows.tolist() == [0, 2, 5]
    assert lean.sum_row.tolist() == [3, 4, 5]
    assert lean.matrix.rows.toarray()[:3].tolist() == [[1, 1, 0, 0], [1, -1, 0, 0], [0, 1, 0, 0]]
    assert lean.matrix.row_upper.tolist() == [2, 1, 1, 0, 2, 0]
    assert lean.matrix.integer.tolist() == [True, True, False, False]
    assert lean.matrix.upper.tolist() == [1, 1, 2, 3]  # what is paid for x is at most 2 by its row


def test_what_is_missed_is_counted_in_money():
    """Of 7, 4 can be paid. And x takes 2 + 1 of 2, which is 1 too much, whatever is paid for y."""
    purses = Benders(two_purses(), SIDE, ONE)
    missed = [purses.missed(np.array([*things, 0.0, 0.0])) for things in ((0, 0), (1, 0), (0, 1), (1, 1))]
    assert missed == pytest.approx([0, 0, 0, 3])
    beside = Benders(beside_others(), BESIDE, ONE)
    missed = [beside.missed(np.array([*things, 0.0, 0.0])) for things in ((0, 1), (1, 0), (1, 1))]
    assert missed == pytest.approx([0, 1, 1])
    # Only the two rows of x press, by their places among the rows with payments.
    assert [rows.tolist() for rows in beside.violated(np.array([1.0, 1, 0, 0]))] == [[0, 1]]
    assert beside.violated(np.array([0.0, 1, 0, 0])) == []
    # What is only asked for teaches nothing.
    assert (len(purses.matrix.row_upper), len(beside.matrix.row_upper)) == (4, 6)


@pytest.mark.parametrize(
    ("multipliers", "most"),
    [
        ((0, 0), None),
        ((1, 0), None),  # a row that has no most cannot be priced so, nor one without a least
        ((0, -1), None),
        ((0, 1), 1),  # 2 x <= 2
        ((1, 1), 1),
        ((-1, 1), 2 / 3),  # 3 x <= 2: what is paid falls out
        ((-1, 0), 3),  # x - paid <= 0, and 3 can be paid at most
        ((-2, 1), 5 / 4),  # 4 x - paid <= 2
    ],
)
def test_cuts_of_multipliers_by_hand(multipliers, most):
    """What is paid is at least x, and with 2 x at most 2."""
    matrix = Matrix(
        cost=np.array([1.0, 0]),
        lower=np.zeros(2),
        upper=np.array([1.0, 3]),
        row_lower=np.array([0, -np.inf]),
        row_upper=np.array([np.inf, 2]),
        rows=sparse.csr_array(np.array([[-1.0, 1], [2, 1]])),
        integer=np.array([True, False]),
    )
    lean = Benders(matrix, Side(np.array([1]), np.array([0]), np.array([0, 1])), ONE)
    assert lean.add_cuts(np.array(multipliers, dtype=float)) is (most is not None)
    assert len(lean.matrix.row_upper) == 2 + (most is not None)
    if most is not None:
        assert lean.matrix.rows.toarray()[2].tolist() == [1, 0]
        assert lean.matrix.row_lower[2] == -np.inf
        assert lean.matrix.row_upper[2] == pytest.approx(most)


def test_with_nothing_at_the_side_all_stays_and_is_paid():
    """Whole columns are made whole of what a search calls whole."""
    whole = beside_others()
    lean = Benders(whole, NO_SIDE, ONE)
    assert lean.matrix is whole
    assert (lean.sums, len(lean.sum_row), lean.rows.tolist()) == (0, 0, list(range(6)))
    assert lean.complete(np.array([1 - 1e-7, 1e-7, 0.25, 0.5])).tolist() == [1, 0, 0.25, 0.5]
    assert lean.missed(np.array([1.0, 1, 1, 1])) == 0


def test_a_fork_asks_a_solver_of_its_own():
    """Searches beside each other run in threads: what one asks must not be answered to another."""
    lean = Benders(beside_others(), BESIDE, ONE)
    other = lean.fork()
    assert other._highs is not lean._highs


def test_what_choices_alone_break_no_payment_mends():
    """What is paid and 3 x are at most 2: with x that is 1 too much before anything is paid."""
    whole = beside_others()
    whole.rows.data[whole.rows.data == 2] = 3.0
    lean = Benders(whole, BESIDE, ONE)
    assert lean.complete(np.array([1.0, 0, 0, 0]), cut=False) is None
    assert lean.missed(np.array([1.0, 0, 0, 0])) == pytest.approx(
        2
    )  # and nothing is left to pay for x itself
    assert lean.missed(np.array([0.0, 1, 0, 0])) == 0
