"""What is searched in place of a model: by hand, and tried on all that can be chosen."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
import pytest

from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.solver.highs import relax
from jspmodel.solver.reformulation import Reformulation
from jspmodel.solver.relaxed_search import ONE_THREAD
from selection.small import make_scenario, one_place


@pytest.fixture(scope="module")
def stated():
    """Three programmes for 6 of 10, each of which closes 10 percent: one fits."""
    case = one_place([("X", 0.1, 6), ("Y", 0.1, 6), ("Z", 0.1, 6)], budget=10)
    return state_parametric_model(case, make_scenario())


@pytest.fixture
def reformulated(stated):
    model = Reformulation(stated.matrix, stated.column_map, ONE_THREAD)
    return model, model.reformulate(relax(stated.matrix, ONE_THREAD), inf)


def choices(model):
    """Each choice of programmes, as values of the coalitions."""
    listed = model._coalitions.listed
    assert sorted(model.program[:listed].tolist()) == [0, 1, 2]
    for chosen in product((0.0, 1.0), repeat=3):
        values = np.zeros(len(model.matrix.cost))
        values[:listed] = chosen
        yield int(sum(chosen)), values


def test_rows_that_press_are_kept_beside_all_that_was_stated(reformulated):
    model, relaxations = reformulated
    bounds = [relaxed.bound for relaxed in relaxations]
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[0] == pytest.approx(100 / 6, abs=1e-3)  # 10 of 6 each
    assert bounds[-1] == pytest.approx(10, abs=1e-3)
    stated, duals = model._coalitions.matrix, relaxations[-1].duals
    count = len(stated.row_upper)
    assert len(duals) == len(model.matrix.row_upper) > count
    assert (model.matrix.rows[:count] != stated.rows).nnz == 0
    assert model.matrix.row_upper[:count].tolist() == stated.row_upper.tolist()
    assert model.matrix.row_lower[:count].tolist() == stated.row_lower.tolist()
    assert (duals[count:] != 0).all()
    # Plans are sought without payments: rows about sets of funds say the same.
    assert model.searched.rows[:, -model._benders.sums :].nnz == 0
    assert model.matrix.rows[:, -model._benders.sums :].nnz > 0


def test_what_can_be_paid_is_paid_and_the_rest_excluded(stated, reformulated):
    model, _ = reformulated
    for count, values in choices(model):
        whole = model.fork().complete(values)
        assert (whole is not None) == (count <= 1)
        if whole is not None:
            decided = np.concatenate([stated.column_map.start, stated.column_map.join])
            assert whole[decided].sum() == 2 * count  # a start, and the place that joins it
            inside = model.project(whole)
            assert inside[: len(values)][model.program >= 0] == pytest.approx(values[model.program >= 0])


def test_what_bounds_is_told_of_what_cannot_be_paid(reformulated):
    model, _ = reformulated
    two = next(values for count, values in choices(model) if count == 2)
    before = len(model.matrix.row_upper)
    assert model.complete(two, bounds=True) is None
    new = slice(before, None)
    assert (model.matrix.rows[new] @ two > model.matrix.row_upper[new] + 1e-6).any()
    for count, values in choices(model):
        if count <= 1:
            assert (model.matrix.rows[new] @ values <= model.matrix.row_upper[new] + 1e-6).all()


def test_before_it_is_restated_a_model_is_searched_as_it_is(stated):
    model = Reformulation(stated.matrix, stated.column_map, ONE_THREAD)
    assert not model.large
    assert model.searched is model.matrix is stated.matrix
    nothing = np.zeros(len(stated.matrix.cost))
    assert model.fork().matrix is stated.matrix
    assert len(model.project(nothing)) == len(model._benders.kept) + model._benders.sums
