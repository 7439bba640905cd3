"""The same digits on every processor: products of arrays, and what is made of them."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import jspmodel
from jspmodel.reproducible import dot

SOURCE = Path(jspmodel.__file__).parent
ADOPTED = Path(__file__).parents[1] / "data" / "diy" / "adopted" / "baseline.json"
CHAIN = f"""
import json, numpy as np, jspmodel as jsp
from jspmodel.selection.parametric.parametric_model import state_parametric_model
from jspmodel.solver import ONE_THREAD, Reoptimiser

case, scenario = jsp.load("diy")
model = state_parametric_model(case, scenario).unpaid(ONE_THREAD)
relaxed = Reoptimiser(model.matrix, model.column_map, 0).relax(model.matrix).relaxed
plan = jsp.load_plan({str(ADOPTED)!r})
numbers = lambda table: table.select_dtypes("number").to_numpy(float).ravel().tolist()
print(json.dumps({{
    "ranking": numbers(jsp.rank_issues(case, scenario)),
    "model": [*model.matrix.cost, *model.matrix.rows.data],
    "bound": [relaxed.bound, *relaxed.values, *relaxed.duals],
    "prices": [*numbers(jsp.shadow_prices(case, scenario, plan))],
    "shares": numbers(jsp.share_costs(case, scenario, plan).shares),
    "paths": numbers(jsp.simulate(case, scenario, plan).paths),
}}))
"""


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1.0, 2.0], [3.0, 4.0], 11.0),
        ([[1.0, 2.0], [0.0, -1.0]], [3.0, 4.0], [11.0, -4.0]),
        ([1.0, 2.0], [[3.0, 4.0], [5.0, 6.0]], [13.0, 16.0]),
        ([[True, False], [True, True]], [[3.0, 4.0], [5.0, 6.0]], [[3.0, 4.0], [8.0, 10.0]]),
        ([1.0, 2.0], [[[1.0], [2.0]], [[3.0], [4.0]]], [[7.0], [10.0]]),
    ],
)
def test_it_adds_up_products(first: list[object], second: list[object], expected: object) -> None:
    assert np.array_equal(dot(np.array(first), np.array(second)), np.array(expected))


def test_of_nothing_it_is_nothing() -> None:
    assert dot(np.zeros(0), np.zeros(0)) == 0.0
    assert dot(np.zeros((2, 0)), np.zeros((0, 3))).tolist() == [[0.0] * 3] * 2


def test_what_differs_in_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 and 2"):
        dot(np.ones((3, 1)), np.ones(2))


@pytest.fixture(scope="module")
def here() -> dict[str, list[float]]:
    return _chain({})


@pytest.mark.parametrize("kernels", ["Prescott", "Haswell"])
def test_another_processor_gives_the_same_digits(kernels: str, here: dict[str, list[float]]) -> None:
    """An older processor is played: its kernels of BLAS, and nothing of NumPy's for newer ones."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    there = _chain({"OPENBLAS_CORETYPE": kernels, "NPY_DISABLE_CPU_FEATURES": ",".join(found)})
    assert {key: there[key] == here[key] for key in here} == dict.fromkeys(here, True)


def _chain(environment: dict[str, str]) -> dict[str, list[float]]:
    done = subprocess.run(
        [sys.executable, "-c", CHAIN], env={**os.environ, **environment}, capture_output=True, check=True
    )
    result: dict[str, list[float]] = json.loads(done.stdout)
    assert all(result.values())
    return result


BY_BLAS = {"dot", "inner", "matmul", "matvec", "tensordot", "vdot", "vecdot", "vecmat"}
BY_LAPACK = {"inv", "lstsq", "matrix_rank", "null_space", "pinv", "qr", "solve", "svd"}


def test_nobody_asks_blas_or_lapack_by_name() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {ast.unparse(node)}"
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (ast.unparse(node.value) == "np" and node.attr in BY_BLAS)
        | (ast.unparse(node.value) in {"np.linalg", "linalg"} and node.attr in BY_LAPACK)
    ]
    assert found == []
