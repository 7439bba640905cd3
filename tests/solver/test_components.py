"""Groups of what hangs together, by hand and as SciPy's graphs have them."""

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from jspmodel.solver.components import components, row_components


def test_rows_that_share_a_column_are_one_group_also_by_way_of_a_third():
    table = [[1, 0, 0, 0], [0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]]
    assert row_components(sparse.csr_array(np.array(table))).tolist() == [0, 1, 0, 2, 0]


def test_without_rows_there_is_no_group():
    assert row_components(sparse.csr_array((0, 3))).tolist() == []
    assert components(0, np.zeros(0, dtype=int), np.zeros(0, dtype=int)).tolist() == []


def test_a_chain_is_one_group_in_whatever_order_its_links_are_told():
    links = np.random.default_rng(1).permutation(999)
    assert set(components(1000, links, links + 1)) == {0}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("pairs", [0, 10, 60, 100, 300])
def test_groups_and_their_order_are_those_of_scipy(seed, pairs):
    draws = np.random.default_rng(seed)
    one, other = draws.integers(100, size=(2, pairs))
    graph = sparse.coo_array((np.ones(pairs), (one, other)), shape=(100, 100))
    assert components(100, one, other).tolist() == connected_components(graph, directed=False)[1].tolist()
