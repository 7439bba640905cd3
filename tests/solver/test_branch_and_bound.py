"""Trees of splits: what their multipliers prove, against trying every point."""

from itertools import product

import numpy as np
import pytest
from scipy import sparse

from jspmodel.solver import Effort, Matrix, Options, Split, proof_tree

OPTIONS = Options(1, 1)
NO_ROWS = np.zeros(0, dtype=np.int64)


def random_matrix(seed, columns=8, rows=4):
    """0-1 columns, rows of small whole numbers; every other row asks for at least something."""
    draw = np.random.default_rng(seed)
    factors = draw.integers(-2, 7, (rows, columns)).astype(float)
    upper = np.floor(factors.clip(min=0).sum(axis=1) * 0.5)
    lower = np.where(np.arange(rows) % 2 == 1, 1.0, -np.inf)
    return Matrix(
        cost=draw.integers(1, 20, columns).astype(float),
        lower=np.zeros(columns),
        upper=np.ones(columns),
        row_lower=lower,
        row_upper=upper,
        rows=sparse.csr_array(factors),
        integer=np.ones(columns, dtype=bool),
    )


def points(matrix):
    """All 0-1 points that keep the rows."""
    for point in product((0.0, 1.0), repeat=len(matrix.cost)):
        values = np.array(point)
        sums = matrix.rows @ values
        if (sums <= matrix.row_upper).all() and (sums >= matrix.row_lower).all():
            yield values


def leaves(nodes, at=0, limits=()):
    node = nodes[at]
    if node.split is None:
        yield node, limits
        return
    for up, child in enumerate(node.children):
        yield from leaves(nodes, child, (*limits, (node.split, up)))


def inside(values, limits, matrix):
    def value(split):
        return (matrix.rows @ values)[split.place] if split.row else values[split.place]

    return all(value(split) > split.at if up else value(split) <= split.at for split, up in limits)


@pytest.mark.parametrize("seed", range(12))
def test_each_point_is_in_one_leaf_that_bounds_it(seed):
    matrix = random_matrix(seed)
    known = list(points(matrix))
    best = max((float(matrix.cost @ point) for point in known), default=0.0)
    nodes = proof_tree(matrix, NO_ROWS, OPTIONS, best + 0.999, Effort(1e6))
    ends = list(leaves(nodes))
    assert len(nodes) == 2 * len(ends) - 1
    for point in known:
        own = [node for node, limits in ends if inside(point, limits, matrix)]
        assert len(own) == 1
        assert own[0].bound >= matrix.cost @ point - 1e-6
    assert max(node.bound for node, _ in ends) < best + 1


def test_a_row_of_whole_numbers_may_be_split_on():
    """x + y + z is at most 1 or at least 2; two of them want room for 2.2 of 2, so at most one is in."""
    matrix = Matrix(
        cost=np.array([3.0, 3.0, 3.0]),
        lower=np.zeros(3),
        upper=np.ones(3),
        row_lower=np.full(2, -np.inf),
        row_upper=np.array([2.0, 3.0]),
        rows=sparse.csr_array(np.array([[1.1, 1.1, 1.1], [1.0, 1.0, 1.0]])),
        integer=np.ones(3, dtype=bool),
    )
    nodes = proof_tree(matrix, np.array([1]), OPTIONS, 3.0, Effort(1e6))
    assert nodes[0].split == Split(row=True, place=1, at=1)
    assert len(nodes) == 3
    assert nodes[1].bound == pytest.approx(3)
    assert nodes[2].bound < 3


def test_without_effort_there_is_the_relaxation():
    matrix = random_matrix(0)
    nodes = proof_tree(matrix, NO_ROWS, OPTIONS, 0.0, Effort(0.0))
    assert [node.split for node in nodes] == [None]


def test_more_effort_never_proves_less():
    matrix = random_matrix(5, columns=14, rows=6)
    proven = [
        max(node.bound for node, _ in leaves(proof_tree(matrix, NO_ROWS, OPTIONS, 0.0, Effort(units))))
        for units in (0.0, 2e-3, 5e-3, 2e-2)
    ]
    assert proven == sorted(proven, reverse=True)
    assert proven[-1] < proven[0]


def alone(parts, costs):
    """Columns that have nothing to do with each other, the relaxation of each a part of its row's 1."""
    count = len(parts)
    return Matrix(
        cost=np.array(costs, dtype=float),
        lower=np.zeros(count),
        upper=np.ones(count),
        row_lower=np.full(count, -np.inf),
        row_upper=np.array(parts, dtype=float),
        rows=sparse.csr_array(np.eye(count)),
        integer=np.ones(count, dtype=bool),
    )


def test_the_split_that_lowers_the_bound_most_is_taken_of_the_three_nearest_to_half():
    """The first column would gain most, but it is nearly whole; of the others the last is worth most."""
    matrix = alone([0.95, 0.5, 0.5, 0.5], [100, 1, 2, 3])
    nodes = proof_tree(matrix, NO_ROWS, OPTIONS, 96.7, Effort(1e6))
    # 95 + 0.5 + 1 + 1.5 = 98; without the last 96.5, which is enough; with it there is nothing.
    assert nodes[0].split == Split(row=False, place=3, at=0)
    assert nodes[0].bound == pytest.approx(98)
    assert (len(nodes), nodes[0].children) == (3, (1, 2))
    assert nodes[1].bound == pytest.approx(96.5)
    assert nodes[2].bound < 96.7


def test_the_node_of_the_largest_bound_is_split_first_and_each_step_is_told():
    matrix, effort, spent = random_matrix(5, columns=9, rows=5), Effort(1e6), []
    nodes = proof_tree(matrix, NO_ROWS, OPTIONS, 0.0, effort, spent.append)
    split = sorted((node for node in nodes if node.children), key=lambda node: node.children)
    assert len(split) > 5
    for node in split:
        later = [other.bound for other in split if other.children > node.children]
        made = [nodes[child].bound for child in range(1, node.children[0])]
        waiting = [bound for bound in later if bound in made]
        assert node.bound >= max(waiting, default=-np.inf)
    assert len(spent) == len(split)
    assert spent == sorted(set(spent))
    assert spent[-1] == effort.spent
