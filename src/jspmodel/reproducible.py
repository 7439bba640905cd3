"""Products of arrays that come out the same, to the last digit, whatever processor works them out.

``@`` on dense arrays is done by a BLAS, whose OpenBLAS picks its kernels by the kind of processor and
splits long sums among as many threads as there are cores. Sums then differ in their last digit from machine
to machine, a search that compares them takes another way, and the same input gives another plan. On sparse
arrays and whole numbers ``@`` calls no BLAS.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_LETTERS = "abcdefghij"


def dot(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> Any:
    r"""Return the sums of products over the last axis of one array and the first of another.

    result[a.., b..] = sum_k first[a.., k] second[k, b..], added up in an order that depends on how
    the arrays lie in memory alone.

    Parameters
    ----------
    first : array, shape (a.., k)
    second : array, shape (k, b..)

    Returns
    -------
    array of float, shape (a.., b..), or float
        A number where both have one axis.

    Raises
    ------
    ValueError
        If the axes differ in length.

    Examples
    --------
    >>> dot(np.array([1.0, 2.0]), np.array([[3.0, 4.0], [5.0, 6.0]])).tolist()
    [13.0, 16.0]
    """
    last, one, other = first.ndim - 1, np.asarray(first, np.float64), np.asarray(second, np.float64)
    if one.shape[last] != other.shape[0]:  # einsum would take one of length 1 as often as it needs
        raise ValueError(f"{one.shape[last]} and {other.shape[0]} cannot be multiplied one by one")
    rows, columns = _LETTERS[:last], _LETTERS[last : last + other.ndim - 1]
    result = np.einsum(f"{rows}k,k{columns}->{rows}{columns}", one, other)
    return float(result) if result.ndim == 0 else result
