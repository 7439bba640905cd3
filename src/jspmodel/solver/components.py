"""What hangs together; SciPy's ``csgraph`` knows it too, and imports all of its linear algebra for that."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from jspmodel.solver.matrix import Places


def components(count: int, one: Places, other: Places) -> Places:
    """Return for each thing the number of the group that it hangs together with, directly or not.

    Parameters
    ----------
    count : int
        Of things.
    one, other : array of int
        Pairs of things that hang together.

    Returns
    -------
    array of int, shape (count,)
        From 0 in the order of the first thing of each group.

    Examples
    --------
    >>> components(5, np.array([4, 1]), np.array([1, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    # Each thing points at one that is not after it: in the end at the first of its group. What both sides of
    # a pair point at is made to point at the lesser, then everything at the end of its way.
    first = np.arange(count)
    while True:
        ends = first[one], first[other]
        lesser = np.minimum(*ends)
        if (ends[0] == ends[1]).all():
            break
        for end in ends:
            np.minimum.at(first, end, lesser)
        while ((further := first[first]) != first).any():
            first = further
    return np.unique(first, return_inverse=True)[1].astype(np.int64)


def row_components(rows: sparse.csr_array) -> Places:
    """Return for each row the number of the group of rows that it shares columns with, directly or not.

    Parameters
    ----------
    rows : sparse array, shape (rows, columns)

    Returns
    -------
    array of int, shape (rows,)
        From 0 in the order of the first row of each group.
    """
    count, columns = rows.shape
    row = np.repeat(np.arange(count), np.diff(rows.indptr))
    return components(count + columns, row, count + rows.indices)[:count]
