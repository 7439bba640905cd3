"""One column a coalition: the same plans, the same worth, the same bound."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver import coalition_columns
from jspmodel.solver.benders import Benders
from jspmodel.solver.coalition_columns import Coalitions
from jspmodel.solver.highs import maximise, relax
from jspmodel.solver.matrix import with_rows
from solver.test_search import ONE, case

SMALL = {"programs": 3, "regions": "ABC", "years": (2027, 2028), "budget": 12}


def stated(seed, **size):
    """A random model without payments, and the same with a column a coalition."""
    whole, column_map = case(seed, **{**SMALL, **size})
    projection = Benders(whole, column_map.side, ONE)
    lean, columns = projection.matrix, column_map.among(projection.kept, projection.sums)
    return lean, columns, Coalitions(lean, columns)


def fixed(matrix, columns, values):
    """The matrix with some columns fixed."""
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[columns], upper[columns] = values, values
    return type(matrix)(
        matrix.cost, lower, upper, matrix.row_lower, matrix.row_upper, matrix.rows, matrix.integer
    )


@pytest.mark.parametrize("seed", range(4))
def test_every_plan_of_one_programme_is_there_and_no_other(seed):
    # All starts and joins of a programme are tried; the others do nothing.
    lean, column_map, made = stated(seed)
    for program in range(column_map.program.max() + 1):
        starts = column_map.start[column_map.program == program]
        joins = column_map.join[column_map.program[column_map.parent] == program]
        mine, decides = np.concatenate([starts, joins]), np.concatenate([column_map.start, column_map.join])
        for taken in product((0.0, 1.0), repeat=len(mine)):
            values = np.zeros(len(lean.cost))
            values[mine] = taken
            alone = maximise(fixed(lean, decides, values[decides]), ONE, 0.0)
            inside = made.project(values)
            listed = bool((made.expand(inside)[decides] == values[decides]).all())
            started = made.expand(inside)[column_map.start]
            assert (started <= values[column_map.start]).all()  # what has no column is left out
            if alone.values is not None:
                assert listed
                columns = np.flatnonzero(made.matrix.integer)
                same = maximise(fixed(made.matrix, columns, inside[columns]), ONE, 0.0)
                assert same.objective == pytest.approx(alone.objective, abs=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_bound_and_best_are_those_of_the_original(seed):
    lean, _, made = stated(seed, programs=6, years=(2027, 2028, 2029))
    assert made.matrix.rows.shape[0] < lean.rows.shape[0]
    assert relax(made.matrix, ONE).bound <= relax(lean, ONE).bound + 1e-6
    best, found = maximise(lean, ONE, 0.0), maximise(made.matrix, ONE, 0.0)
    assert found.objective == pytest.approx(best.objective, abs=1e-5)
    assert lean.rows_hold(made.expand(found.values))
    assert lean.cost @ made.expand(found.values) == pytest.approx(best.objective, abs=1e-5)
    again = made.project(best.values)
    assert made.matrix.rows_hold(again)
    assert made.matrix.cost @ again == pytest.approx(best.objective, abs=1e-5)


def test_programmes_with_many_regions_stay_as_they_are(monkeypatch):
    monkeypatch.setattr(coalition_columns, "FREE_REGIONS", 2)
    lean, column_map, made = stated(1, programs=5)
    assert set(column_map.start) <= set(np.flatnonzero(np.diff(made.onto.indptr) == 1))
    assert maximise(made.matrix, ONE, 0.0).objective == pytest.approx(maximise(lean, ONE, 0.0).objective)
    assert (made.program >= 0).sum() == (column_map.owner >= 0).sum()


def test_no_more_columns_than_go(monkeypatch):
    monkeypatch.setattr(coalition_columns, "MOST", 20)
    lean, _, made = stated(2, programs=5)
    assert 0 < made.listed <= 20
    assert maximise(made.matrix, ONE, 0.0).objective == pytest.approx(maximise(lean, ONE, 0.0).objective)


@pytest.mark.parametrize("kind", ["start", "join"])
def test_what_is_locked_in_is_in(kind):
    lean, column_map, _ = stated(3, budget=40)
    for column in getattr(column_map, kind):
        locked = fixed(lean, np.array([column]), 1.0)
        best = maximise(locked, ONE, 0.0)
        made = Coalitions(locked, column_map)
        found = maximise(made.matrix, ONE, 0.0)
        assert (found.values is None) == (best.values is None)
        if best.values is not None:
            assert found.objective == pytest.approx(best.objective, abs=1e-5)
            assert made.expand(found.values)[column] == 1


@pytest.mark.parametrize("most", [1.0, 0.5])
@pytest.mark.parametrize("seed", range(3))
def test_what_a_rule_says_of_partners_of_one_programme_is_kept(seed, most):
    """All that partners of a programme gain together, worth 50 more each, is limited to one of them, or half."""
    lean, column_map, _ = stated(seed, budget=40)
    partners = (column_map.owner >= 0) & (column_map.places[:, 1] >= 0)
    rows = sparse.csr_array(
        [1.0 * (partners & (column_map.owner == k)) for k in np.unique(column_map.owner[partners])]
    )
    dear = replace(lean, cost=lean.cost + 50 * partners)
    count = rows.shape[0]
    limited = with_rows(dear, rows, np.full(count, -np.inf), np.full(count, most))
    best = maximise(limited, ONE, 0.0)
    assert (rows @ best.values).max() == pytest.approx(most)
    made = Coalitions(limited, column_map)
    found = maximise(made.matrix, ONE, 0.0)
    assert found.objective == pytest.approx(best.objective, abs=1e-5)
    assert limited.rows_hold(made.expand(found.values))


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_row_that_asks_for_a_programme_is_kept(sign):
    """One start at least, though each takes 100: of 1 or more, or of its negative, -1 or less."""
    lean, column_map, _ = stated(0, budget=40)
    starts = column_map.start[column_map.program == 0]
    cost, row = lean.cost.copy(), np.zeros(len(lean.cost))
    cost[starts], row[starts] = cost[starts] - 100, sign
    low, high = (1.0, np.inf) if sign > 0 else (-np.inf, -1.0)
    dear = replace(lean, cost=cost)
    asked = with_rows(dear, sparse.csr_array(row[None, :]), np.array([low]), np.array([high]))
    for matrix, count in ((dear, 0), (asked, 1)):
        made = Coalitions(matrix, column_map)
        found = maximise(made.matrix, ONE, 0.0)
        assert made.expand(found.values)[starts].sum() == count
        assert found.objective == pytest.approx(maximise(matrix, ONE, 0.0).objective, abs=1e-5)


@pytest.mark.parametrize("seed", range(2))
def test_what_has_a_least_beside_programmes_keeps_it(seed):
    """Half of the money that the best spends in a year must be spent: that is asked of no coalition."""
    lean, column_map, _ = stated(seed, budget=40)
    best = maximise(lean, ONE, 0.0).values
    money = np.argmax(best)
    assert column_map.owner[money] < 0
    assert best[money] > 2
    lower = lean.lower.copy()
    lower[money] = best[money] / 2
    least = replace(lean, lower=lower)
    made = Coalitions(least, column_map)
    found = maximise(made.matrix, ONE, 0.0)
    assert found.objective == pytest.approx(lean.cost @ best, abs=1e-5)  # the best spends it anyhow
    assert least.bounds_hold(made.expand(found.values))


@pytest.mark.parametrize(("seed", "locked"), [(0, False), (1, False), (2, True), (3, True)])
def test_all_plans_of_all_programmes_go_there_and_back(seed, locked):
    """Every choice of starts and joins: whole solutions of either are those of the other, worth the same."""
    lean, column_map, made = stated(seed, programs=2, regions="AB", budget=9)
    if locked:
        lean = fixed(lean, column_map.start[:1], 1.0)
        made = Coalitions(lean, column_map)
    decides = np.concatenate([column_map.start, column_map.join])
    columns = np.flatnonzero(made.matrix.integer)
    seen, there = set(), 0
    for taken in product((0.0, 1.0), repeat=len(decides)):
        values = np.zeros(len(lean.cost))
        values[decides] = taken
        if not lean.bounds_hold(np.where(np.isin(np.arange(len(values)), decides), values, np.nan)):
            continue
        alone = maximise(fixed(lean, decides, values[decides]), ONE, 0.0)
        if alone.values is None:
            continue
        there += 1
        inside = made.project(alone.values)
        assert made.matrix.rows_hold(inside)
        assert made.matrix.cost @ inside >= alone.objective - 1e-6
        back = made.expand(inside)
        assert back[decides].tolist() == list(taken)
        assert lean.rows_hold(back)
        assert lean.cost @ back == pytest.approx(made.matrix.cost @ inside, abs=1e-6)
        same = maximise(fixed(made.matrix, columns, inside[columns]), ONE, 0.0)
        assert same.objective == pytest.approx(alone.objective, abs=1e-6)
        seen.add(tuple(inside[: len(made.program)][columns]))
    assert len(seen) == there >= (1 if locked else 2)  # no two plans are one there


@pytest.mark.parametrize("seed", range(4))
def test_any_whole_solution_there_is_one_here(seed):
    """Columns are drawn at will: whatever keeps all rows there keeps all rows here."""
    lean, _, made = stated(seed, budget=20)
    draw, kept = np.random.default_rng(seed), 0
    columns = np.flatnonzero(made.matrix.integer)
    for _ in range(60):
        values = np.zeros(len(made.matrix.cost))
        values[draw.choice(columns, draw.integers(0, 3), replace=False)] = 1.0
        found = maximise(fixed(made.matrix, columns, values[columns]), ONE, 0.0)
        if found.values is not None:
            kept += 1
            back = made.expand(found.values)
            assert lean.rows_hold(back)
            assert lean.cost @ back == pytest.approx(found.objective, abs=1e-5)
    assert kept > 5
