"""A model read as arrays, some rows at a time, is the model that PuLP holds."""

from __future__ import annotations

import pulp
import pytest

from jspmodel.scenario import Solver
from jspmodel.selection.formulation import Model, arrays, formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.variables import label, total
from selection.random_cases import random_case
from selection.small import make_scenario


def told_by_pulp(problem):
    """Names, limits and terms of rows, as PuLP has them."""
    return [
        (row.name, row.getLb(), row.getUb(), {variable.name: factor for variable, factor in row.items()})
        for row in problem.constraints()
    ]


def read_back(model, names):
    """The same, from the arrays."""
    matrix = model.matrix
    rows = []
    for name, place in model.rows.items():
        entries = slice(*matrix.rows.indptr[place : place + 2])
        columns, factors = matrix.rows.indices[entries].tolist(), matrix.rows.data[entries].tolist()
        low, high = matrix.row_lower[place], matrix.row_upper[place]
        limits = (None if low == -float("inf") else low), (None if high == float("inf") else high)
        rows.append((name, *limits, {names[k]: f for k, f in zip(columns, factors, strict=True)}))
    return rows


@pytest.mark.parametrize("block", [1, 7, 100_000])
def test_arrays_are_the_rows_of_pulp(monkeypatch, block):
    monkeypatch.setattr(arrays, "BLOCK", block)
    case, scenario = random_case(3, programs=5, regions="ABC"), make_scenario(equity={"mode": "floor"})
    formulation = formulate(read_inputs(case, scenario))
    problem, model = formulation.problem, Model(formulation, scenario.solver)
    names = sorted(variable.name for variable in problem.variables())
    assert read_back(model, names) == told_by_pulp(problem)
    cost = {name: value for name, value in zip(names, model.matrix.cost.tolist(), strict=True) if value}
    assert cost == {variable.name: factor for variable, factor in problem.objective.items() if factor}
    bounds = {v.name: (v.lowBound, v.upBound, v.cat == pulp.LpInteger) for v in problem.variables()}
    for place, name in enumerate(names):
        low, high, whole = bounds[name]
        assert model.matrix.lower[place] == low
        assert model.matrix.upper[place] == (float("inf") if high is None else high)
        assert model.matrix.integer[place] == whole


def test_a_model_without_rows_has_the_columns_of_its_objective():
    problem = pulp.LpProblem("none", pulp.LpMaximize)
    problem.setObjective(total([(problem.add_variable("x", 0, 2), 3.0)]))
    matrix = Model(problem, Solver()).matrix
    assert (matrix.rows.shape, matrix.cost.tolist(), matrix.upper.tolist()) == ((0, 1), [3.0], [2.0])


def test_rows_of_the_same_name_are_an_error():
    problem = pulp.LpProblem("twice", pulp.LpMaximize)
    x = problem.add_variable("x", 0, 1)
    objective, row = total([(x, 1.0)]), total([(x, 1.0)]) <= 1
    with pytest.raises(ValueError, match=r"rows of the same name: cap\(a\)"):
        arrays.read_arrays(objective, iter([(label("cap", "a"), row), (label("cap", "a"), row)]))
