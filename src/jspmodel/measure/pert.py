"""Figures that are known as a range: low, most likely, high."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def pert(low: Array, mode: Array, high: Array, stream: np.random.Generator) -> Array:
    """Draw from PERT distributions: beta distributions between low and high that peak at the mode.

    Shapes 1 + 4 (mode - low) / (high - low) and 1 + 4 (high - mode) / (high - low); the mean is
    (low + 4 mode + high) / 6 (Malcolm, Roseboom, Clark and Fazar 1959).

    Parameters
    ----------
    low, mode, high : array, all of one shape
    stream : Generator

    Returns
    -------
    array of that shape
        The mode where low and high are equal.
    """
    width = high - low
    safe = np.where(width > 0, width, 1.0)
    drawn = stream.beta(1 + 4 * (mode - low) / safe, 1 + 4 * (high - mode) / safe)
    return np.where(width > 0, low + width * drawn, mode)
