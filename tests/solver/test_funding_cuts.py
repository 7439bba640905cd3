"""What is read of funds, by hand; and what rows about them say, tried on all that can be chosen."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from math import inf

import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver.funding_cuts import NO_MONEY, FundingCuts
from jspmodel.solver.highs import maximise, relax
from jspmodel.solver.matrix import Matrix, with_limits
from jspmodel.solver.relaxed_search import ONE_THREAD

X, Y, W, MONEY, F_X, C_X, F_Y = range(7)
"""Two programmes, something else, money, what fund f pays for either and fund c for the first."""
READ = {
    "costs of X": ({X: -6, F_X: 1, C_X: 1}, 0, 0),
    "costs of Y": ({Y: -6, F_Y: 1}, 0, 0),
    "share of c": ({X: -3, C_X: 1}, -inf, 0),
    "budget of f": ({F_X: 1, F_Y: 1}, -inf, 8),
    "budget of c": ({C_X: 1}, -inf, 9),
}


def matrix_of(rows, columns, first, upper=1.0, cost=None):
    """A matrix of rows of ({column: factor}, low, high), the columns before the first sum whole but for money."""
    table = np.zeros((len(rows), columns))
    for line, (factors, _, _) in zip(table, rows, strict=True):
        line[list(factors)] = list(factors.values())
    return Matrix(
        cost=np.zeros(columns) if cost is None else np.array(cost, dtype=float),
        lower=np.zeros(columns),
        upper=np.append(np.full(first, upper), np.full(columns - first, 20.0)),
        row_lower=np.array([low for _, low, _ in rows], dtype=float),
        row_upper=np.array([high for *_, high in rows], dtype=float),
        rows=sparse.csr_array(table),
        integer=np.arange(columns) < first,
    )


@pytest.mark.parametrize(
    ("changed", "budgets", "exact"),
    [
        ({}, "fc", True),
        ({"budget of f": ({F_X: 1, F_Y: 1}, -inf, 0)}, "fc", True),
        ({"budget of f": ({F_X: 1, F_Y: 1}, -inf, 0.5)}, "fc", True),
        ({"budget of f": ({F_X: 1, F_Y: 1}, -inf, -1)}, "c", False),  # asks for what nothing pays
        ({"budget of f": ({F_X: 1, F_Y: 1}, 1, 8)}, "c", False),  # asks for something, too
        ({"budget of f": ({F_X: 1, F_Y: 1}, -inf, inf)}, "c", False),  # limits nothing
        ({"budget of f": ({F_X: 1, F_Y: 2}, -inf, 8)}, "c", False),  # weighs payments
        ({"budget of f": ({F_X: 1}, -inf, 8)}, "fc", False),  # what pays for Y has no budget
        ({"budget of f": ({F_X: 1, F_Y: 1, Y: 1}, -inf, 8)}, "c", False),
        ({"budget of f": ({F_X: 1, F_Y: 1, MONEY: 1}, -inf, 8)}, "c", False),  # money that lowers it
        ({"budget of f": ({F_X: 1, F_Y: 1, MONEY: -2}, -inf, 8)}, "c", False),
        ({"budget of f": ({F_X: 1, F_Y: 1, MONEY: -1}, -inf, 8)}, "fc", False),  # money that raises it
        ({"a second budget": ({F_X: 1}, -inf, 5)}, "fc", False),  # a sum has one
        ({"a second budget": ({F_Y: 1}, -inf, 5)}, "fc", False),
        ({"costs of X": ({X: -6, F_X: 1, C_X: 2}, 0, 0)}, "fc", False),
        ({"costs of X": ({X: -6, W: -1, F_X: 1, C_X: 1}, 0, 0)}, "fc", False),  # costs of something else
        ({"share of c": ({X: -3, W: -1, C_X: 1}, -inf, 0)}, "fc", False),
        ({"share of c": ({X: -3, C_X: 1}, -inf, 1)}, "fc", False),
        (
            {"money alone": ({MONEY: -1}, -inf, 5)},
            "fc",
            True,
        ),  # no row of payments: it tells nothing of funds
        ({"no money": ({X: 1, Y: -1}, -inf, 0)}, "fc", True),
    ],
)
def test_what_is_a_budget_and_whether_all_is_read(changed, budgets, exact):
    stated = READ | changed
    matrix = matrix_of(list(stated.values()), 7, F_X)
    beside = np.array([MONEY]) if any(MONEY in factors for factors, *_ in changed.values()) else NO_MONEY
    read = FundingCuts(matrix, np.array([0, 1]), 3, beside)
    names = [list(stated)[row] for row in read.budgets]
    assert names == [f"budget of {fund}" for fund in budgets]
    # Where there is money beside, nothing is exact; without it the rows decide.
    assert read.exact == (exact and not len(beside))


def test_what_sets_of_funds_must_bear_by_hand():
    """Without f, c bears 3 of the 6 of X (2 if it has no more), and none of Y; without c, f bears all."""
    sets = np.array([[True, False], [False, True], [True, True]])
    for budget_of_c, of_x in ((9, 3), (2, 4)):
        stated = READ | {"budget of c": ({C_X: 1}, -inf, budget_of_c)}
        matrix = matrix_of(list(stated.values()), 7, F_X)
        rows, most = FundingCuts(matrix, np.array([0, 1]), 3).capacities(matrix, sets)
        assert rows.toarray()[:, :2].tolist() == [[of_x, 6], [0, 0], [6, 6]]
        assert rows.shape == (3, 7)
        assert not rows.toarray()[:, 2:].any()
        assert most.tolist() == [8, budget_of_c, 8 + budget_of_c]


@pytest.mark.parametrize(
    ("budgets", "most", "needs"),
    [
        # The region's a and b bear 4 of 10 together: the province 6, the two all that the province has not.
        ((5, 3, 3), 4, {"p": 6, "a": 2, "b": 2, "pa": 7, "pb": 7, "ab": 5, "pab": 10}),
        ((5, 1, 2), 4, {"p": 7, "a": 3, "b": 4, "pa": 8, "pb": 9, "ab": 5, "pab": 10}),
        ((12, 3, 3), 4, {"p": 6, "a": 0, "b": 0, "pa": 7, "pb": 7, "ab": 0, "pab": 10}),
        ((5, 3, 3), 2, {"p": 8, "a": 3, "b": 3, "pa": 8, "pb": 8, "ab": 5, "pab": 10}),
    ],
)
def test_funds_of_a_region_bear_no_more_than_its_part_together(budgets, most, needs):
    rows = [({0: -10, 1: 1, 2: 1, 3: 1}, 0, 0), ({0: -most, 2: 1, 3: 1}, -inf, 0)]
    rows += [({fund + 1: 1}, -inf, budget) for fund, budget in enumerate(budgets)]
    matrix = matrix_of(rows, 4, 1)
    funding = FundingCuts(matrix, np.array([0]), 3)
    sets = np.array([[fund in some for fund in "pab"] for some in needs])
    assert funding.exact
    stated, limits = funding.capacities(matrix, sets)
    assert stated.toarray()[:, 0].tolist() == list(needs.values())
    assert limits.tolist() == [
        sum(b for fund, b in zip("pab", budgets, strict=True) if fund in some) for some in needs
    ]


def test_what_a_fund_cannot_pay_in_full_it_is_linked_to():
    """6 of 4: the relaxation has two thirds, paid with 4; a plan that is whole pays 4 at most, where it is in."""
    rows = [({0: -6, 1: 1}, 0, 0), ({1: 1}, -inf, 4)]
    matrix = matrix_of(rows, 2, 1, cost=[1, 0])
    relaxed = relax(matrix, ONE_THREAD)
    assert relaxed.values == pytest.approx([2 / 3, 4])
    found, most = FundingCuts(matrix, np.array([0]), 1).cuts(matrix, relaxed)
    assert found.toarray()[0].tolist() == [-4, 1]
    assert most[0] == 0
    # Rounded, the programme is out: 6 x <= 4.
    assert found.toarray()[1] == pytest.approx([1, 0])
    assert most[1] == pytest.approx(0, abs=1e-5)


def test_each_fund_of_several_is_linked_by_itself_too():
    """10, of which a has 4 and b 20: a pays 4 where it is in, not 4 of two fifths."""
    rows = [({0: -10, 1: 1, 2: 1}, 0, 0), ({1: 1}, -inf, 4), ({2: 1}, -inf, 20)]
    matrix = matrix_of(rows, 3, 1, cost=[-1, 1, 0])
    relaxed = relax(matrix, ONE_THREAD)
    assert relaxed.values == pytest.approx([0.4, 4, 0])
    found, most = FundingCuts(matrix, np.array([0]), 2).cuts(matrix, relaxed)
    assert found.toarray()[0].tolist() == [-4, 1, 0]
    assert most[0] == 0


def test_a_share_that_something_else_raises_is_no_link():
    """c bears 3 of X, and 1 more with W: 4 is right where both are in."""
    stated = list((READ | {"share of c": ({X: -3, W: -1, C_X: 1}, -inf, 0)}).values())
    matrix = matrix_of(stated, 7, F_X, cost=[0, 0, 0, 0, 0, 1, 0])
    relaxed = relax(matrix, ONE_THREAD)
    assert relaxed.values[[X, W, C_X]] == pytest.approx([1, 1, 4])
    found, most = FundingCuts(matrix, np.array([0, 1]), 3).cuts(matrix, relaxed)
    assert (found @ relaxed.values <= most + 1e-6).all()


def test_what_is_known_of_sets_counts_at_the_same_budgets_alone():
    """f has 4 for X, of which c may bear 3 if it has as much: with 1, f would bear 5 and X is out; with 9 it is in."""
    scarce = READ | {"budget of f": ({F_X: 1, F_Y: 1}, -inf, 4), "budget of c": ({C_X: 1}, -inf, 1)}
    ample = scarce | {"budget of c": ({C_X: 1}, -inf, 9)}
    scarce, ample = (
        matrix_of(list(stated.values()), 7, F_X, cost=[9, 1, 0, 0, 0, 0, 0]) for stated in (scarce, ample)
    )
    funding = FundingCuts(scarce, np.array([0, 1]), 3)
    whole = np.array([1.0, 0, 0, 0, 3, 3, 0])
    for matrix, out in ((scarce, True), (ample, False), (scarce, True)):
        relaxed = relax(matrix, ONE_THREAD)
        found, most = funding.cuts(matrix, relaxed)
        assert len(most)
        assert (found @ whole > most + 1e-3).any() == out
    again, limits = funding.cuts(scarce, relaxed)
    assert again.toarray().tolist() == found.toarray().tolist()
    assert limits.tolist() == most.tolist()


@pytest.mark.parametrize("beside", [0, 2])
def test_rows_are_widened_by_money_where_any_coalition_needs_the_funds(beside):
    """A programme for 6 with one region, or 2 with the other: of c 3, of the other's as much as it may bear.

    f has 2, so that 6 takes 1 of money, which is dear: the relaxation has two thirds. 3 x <= 2 + money, divided
    by 3 and rounded, is x <= money.
    """
    rows = [({0: -6, 1: -2, 2: 1, 4: 1, 5: 1}, 0, 0), ({0: -3, 1: -beside, 5: 1}, -inf, 0)]
    rows += [({4: 1}, -inf, 2), ({5: 1, 3: -1}, -inf, 9)]  # money of another kind raises the budget of c
    matrix = matrix_of(rows, 6, 2, cost=[5, -0.1, -3, -3, 0, 0])
    relaxed = relax(matrix, ONE_THREAD)
    assert relaxed.values[:4] == pytest.approx([2 / 3, 0, 0, 0])
    funding = FundingCuts(matrix, np.array([0, 0]), 2, np.array([2, 3]))
    needs, _ = funding.capacities(matrix, np.array([[True, False]]))
    assert needs.toarray()[0, :2].tolist() == [3, 0 if beside else 2]
    found, most = funding.cuts(matrix, relaxed)
    assert (found @ np.array([1.0, 0, 1, 0, 2, 3]) <= most + 1e-6).all()
    assert (found @ relaxed.values > most + 1e-3).any()
    assert [1, -1] in [pytest.approx(row[[0, 2]]) for row in found.toarray()]


def test_sets_are_each_fund_all_of_a_year_and_those_above_a_price():
    """Three funds pay for one programme in a year, a fourth for another in the next: prices 2, 1, 0.5 and 3."""
    rows = [({0: -9, 2: 1, 3: 1, 4: 1}, 0, 0), ({1: -9, 5: 1}, 0, 0)]
    rows += [({place: 1}, -inf, 4) for place in (2, 3, 4, 5)]
    funding = FundingCuts(matrix_of(rows, 6, 2), np.array([0, 1]), 4)
    found = {
        "".join("abcd"[k] for k in np.flatnonzero(flags))
        for flags in funding.sets(np.array([9, 9, 2, 1, 0.5, 3]))
    }
    assert found == {"a", "b", "c", "d", "ab", "abc"}
    one = np.eye(4, dtype=bool)
    assert [funding.beside(one[k]).tolist() for k in (0, 2, 3)] == [[0, 1, 2], [0, 1, 2], [3]]
    assert funding.beside(one[1] | one[3]).tolist() == [0, 1, 2, 3]


COUNT, FUNDS = 3, 4
RELIEF, RAISE, FIRST = COUNT, COUNT + 1, COUNT + 2
"""Of drawn models: the programmes, money that pays for the last programme, money that raises the first fund's
budget, then what each fund pays for each programme."""


def drawn(seed, money):
    """Three programmes that four funds pay, one with a share, two of them with a part of both together."""
    draw, rows = np.random.default_rng(seed), []
    for k in range(COUNT):
        cost, own = int(draw.integers(4, 10)), range(FIRST + FUNDS * k, FIRST + FUNDS * (k + 1))
        relief = {RELIEF: 1} if money and k == COUNT - 1 else {}
        rows.append(({k: -cost, **relief, **dict.fromkeys(own, 1)}, 0, 0))
        rows.append(({k: -int(draw.integers(1, cost)), own[2]: 1, own[3]: 1}, -inf, 0))
        rows.append(({k: -int(draw.integers(1, cost)), own[1]: 1}, -inf, 0))
    for fund in range(FUNDS):
        raised = {RAISE: -1} if money and fund == 0 else {}
        paid = {FIRST + FUNDS * k + fund: 1 for k in range(COUNT)}
        rows.append(({**paid, **raised}, -inf, int(draw.integers(1, 5))))
    columns = FIRST + COUNT * FUNDS
    cost = np.zeros(columns)
    cost[:COUNT], cost[RAISE], cost[RELIEF] = draw.integers(2, 9, COUNT), -0.7, -0.8
    matrix = matrix_of(rows, columns, FIRST, cost=cost)
    matrix.upper[[RAISE, RELIEF]] = 3.0 if money else 0.0
    stated = replace(matrix, integer=np.arange(columns) < COUNT)
    beside = np.array([RELIEF, RAISE]) if money else NO_MONEY
    return stated, FundingCuts(stated, np.arange(COUNT), COUNT * FUNDS, beside), draw


def paid(matrix, aim):
    """For each choice of programmes: how it is paid, if it can be, as an aim likes it best."""
    for chosen in product((0.0, 1.0), repeat=COUNT):
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        lower[:COUNT], upper[:COUNT] = chosen, chosen
        fixed = replace(matrix, lower=lower, upper=upper, cost=aim)
        yield chosen, maximise(fixed, ONE_THREAD, 0.0).values


@pytest.mark.parametrize("money", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5])
def test_rows_hold_for_all_that_can_be_paid(seed, money):
    matrix, funding, draw = drawn(seed, money)
    widened, found = matrix, []
    for _ in range(3):
        rows, most = funding.cuts(widened, relax(widened, ONE_THREAD))
        found.append((rows, most))
        widened = with_limits(widened, rows, most)
    assert sum(len(most) for _, most in found)
    sparing = np.where(np.isin(np.arange(FIRST + COUNT * FUNDS), [RAISE, RELIEF]), -1.0, 0.0)
    for aim in (sparing, sparing + draw.normal(0, 0.3, len(sparing))):
        for _, values in paid(matrix, aim):
            if values is not None:
                assert all((rows @ values <= most + 1e-6).all() for rows, most in found)


@pytest.mark.parametrize("seed", range(5))
def test_rows_of_all_sets_are_kept_by_what_can_be_paid_alone(seed):
    matrix, funding, _ = drawn(seed, money=False)
    assert funding.exact
    one, sizes = np.eye(FUNDS, dtype=bool), range(1, FUNDS + 1)
    sets = np.array(
        [one[list(some)].any(axis=0) for size in sizes for some in combinations(range(FUNDS), size)]
    )
    rows, most = funding.capacities(matrix, sets)
    for chosen, values in paid(matrix, matrix.cost):
        assert (values is not None) == bool((rows[:, :COUNT] @ np.array(chosen) <= most + 1e-6).all())
